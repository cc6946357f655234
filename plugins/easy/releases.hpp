// releases.hpp - when running jobs are expected to give hosts back, and how many.
#ifndef BATSIM_PLUGINS_EASY_RELEASES_HPP
#define BATSIM_PLUGINS_EASY_RELEASES_HPP

#include <batsched.hpp>
#include <cstddef>
#include <ext/pb_ds/assoc_container.hpp>
#include <limits>
#include <utility>

namespace easy {

// Releases is a search tree over expected ends in which each node knows the hosts that all its
// descendants release, so that "when are there enough hosts?" takes O(log n).
class Releases {
  public:
    void insert(double end, batsched_job_id_t job, std::size_t hosts) {
        releases_.insert({{end, job}, hosts});
    }
    void erase(double end, batsched_job_id_t job) { releases_.erase({end, job}); }
    void clear() { releases_.clear(); }

    struct Moment {
        double date;
        std::size_t released; // up to and at this date
    };
    // The first date until which at least `hosts` are released. All hosts released at that date
    // count, whichever job releases them. Infinity if there are never enough.
    Moment when_released(std::size_t hosts) const {
        std::size_t before = 0;
        double date = std::numeric_limits<double>::infinity();
        for (Node node = releases_.node_begin(); node != releases_.node_end();) {
            const std::size_t left = sum(node.get_l_child());
            if (before + left + (*node)->second >= hosts) date = (*node)->first.first;
            if (before + left >= hosts) {
                node = node.get_l_child();
            } else {
                if (before + left + (*node)->second >= hosts) break;
                before += left + (*node)->second;
                node = node.get_r_child();
            }
        }
        return {date, released_until(date)};
    }

  private:
    using Key = std::pair<double, batsched_job_id_t>;
    // Keeps the metadata of a node of the tree up to date, as the library asks for it.
    template <class ConstNode, class Node, class Compare, class Allocator>
    struct KeepSum {
        using metadata_type = std::size_t;
        virtual ~KeepSum() = default;
        void operator()(Node node, ConstNode end) const {
            std::size_t sum = (*node)->second;
            for (const ConstNode child :
                 {ConstNode(node.get_l_child()), ConstNode(node.get_r_child())})
                if (child != end) sum += child.get_metadata();
            const_cast<std::size_t&>(node.get_metadata()) = sum;
        }
    };
    using Tree = __gnu_pbds::tree<Key, std::size_t, std::less<>, __gnu_pbds::rb_tree_tag, KeepSum>;
    using Node = Tree::node_const_iterator;

    std::size_t sum(Node node) const {
        return node == releases_.node_end() ? 0 : node.get_metadata();
    }
    std::size_t released_until(double date) const {
        std::size_t released = 0;
        for (Node node = releases_.node_begin(); node != releases_.node_end();) {
            if ((*node)->first.first <= date) {
                released += sum(node.get_l_child()) + (*node)->second;
                node = node.get_r_child();
            } else {
                node = node.get_l_child();
            }
        }
        return released;
    }

    Tree releases_;
};

} // namespace easy

#endif
