// waiting_jobs.hpp - waiting jobs in the order in which they may start, searched for those that fit.
#ifndef BATSIM_PLUGINS_WAITING_JOBS_HPP
#define BATSIM_PLUGINS_WAITING_JOBS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ext/pb_ds/assoc_container.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "job_order.hpp"

namespace batsched {

// WaitingJobs is a search tree in which each node knows the least hosts and the least walltime
// among its descendants, so that a search passes over subtrees in which nothing can fit. It takes
// O(log n) where one of the two decides. A subtree whose narrowest job is too long and whose
// shortest job is too wide is searched in vain; in a queue made only of such pairs a search is
// linear. (A structure that finds the first job under two bounds in O(log n) is not known to us.)
// What fits is said by room.takes(hosts, walltime), which is also asked with the least of several jobs'
// hosts and walltimes: "no" must then hold for them all.
class WaitingJobs {
  public:
    void insert(const Rank& rank, const WaitingJob& job) { jobs_.insert({rank, job}); }
    void erase(const Rank& rank) { jobs_.erase(rank); }
    void clear() { jobs_.clear(); }

    // The first job after `rank`, or of all, that may start, or nullptr.
    template <class Room>
    const WaitingJob* first_after(const std::optional<Rank>& rank, const Room& room) const {
        return find(jobs_.node_begin(), rank, room);
    }
    // The first job after `rank`, or of all, or nullptr.
    const WaitingJob* next(const std::optional<Rank>& rank) const {
        const auto found = rank ? jobs_.upper_bound(*rank) : jobs_.begin();
        return found == jobs_.end() ? nullptr : &found->second;
    }
    bool empty() const { return jobs_.empty(); }
    std::size_t size() const { return jobs_.size(); }
    std::vector<WaitingJob> all() const {
        std::vector<WaitingJob> jobs;
        jobs.reserve(jobs_.size());
        for (const auto& [rank, job] : jobs_) jobs.push_back(job);
        return jobs;
    }
    // Of all jobs; there must be one. They may be those of two different ones.
    std::uint32_t fewest_hosts() const { return jobs_.node_begin().get_metadata().hosts; }
    double shortest_walltime() const { return jobs_.node_begin().get_metadata().walltime; }

  private:
    struct Least {
        std::uint32_t hosts;
        double walltime;
    };
    // Keeps the metadata of a node of the tree up to date, as the library asks for it.
    template <class ConstNode, class Node, class Compare, class Allocator>
    struct KeepLeast {
        using metadata_type = Least;
        virtual ~KeepLeast() = default;
        void operator()(Node node, ConstNode end) const {
            Least least{(*node)->second.requested_hosts, (*node)->second.walltime};
            for (const ConstNode child :
                 {ConstNode(node.get_l_child()), ConstNode(node.get_r_child())}) {
                if (child == end) continue;
                least.hosts = std::min(least.hosts, child.get_metadata().hosts);
                least.walltime = std::min(least.walltime, child.get_metadata().walltime);
            }
            const_cast<Least&>(node.get_metadata()) = least;
        }
    };
    using Tree =
        __gnu_pbds::tree<Rank, WaitingJob, std::less<>, __gnu_pbds::rb_tree_tag, KeepLeast>;
    using Node = Tree::node_const_iterator;

    template <class Room>
    const WaitingJob* find(Node node, const std::optional<Rank>& rank, const Room& room) const {
        if (node == jobs_.node_end()) return nullptr;
        const Least& least = node.get_metadata();
        if (!room.takes(least.hosts, least.walltime)) return nullptr;
        const auto& [key, job] = **node;
        if (rank < key) {
            if (const WaitingJob* found = find(node.get_l_child(), rank, room)) return found;
            if (room.takes(job.requested_hosts, job.walltime)) return &job;
        }
        return find(node.get_r_child(), rank, room);
    }

    Tree jobs_;
};

} // namespace batsched

#endif
