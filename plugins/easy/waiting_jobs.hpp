// waiting_jobs.hpp - waiting jobs in the order in which they may be backfilled, searched for those
// that fit.
#ifndef BATSIM_PLUGINS_EASY_WAITING_JOBS_HPP
#define BATSIM_PLUGINS_EASY_WAITING_JOBS_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstdint>
#include <ext/pb_ds/assoc_container.hpp>
#include <limits>
#include <utility>

namespace easy {

struct WaitingJob {
    batsched_job_id_t id;
    std::uint32_t requested_hosts;
    double walltime;
};

// Which jobs may start now without delaying the first one: those that fit on the free hosts and
// either end before the reservation or leave enough hosts for it.
struct Room {
    std::size_t free_hosts;
    std::size_t spare_hosts; // hosts that will be free beside the reserved ones
    double now, reservation; // dates

    // Also asked with the least of several jobs' hosts and walltimes: then "no" holds for them all.
    bool takes(std::uint32_t hosts, double walltime) const {
        return hosts <= free_hosts && (hosts <= spare_hosts || ends_before(walltime));
    }
    bool ends_before(double walltime) const { return now + walltime <= reservation; }
};

// WaitingJobs is a search tree in which each node knows the least hosts and the least walltime
// among its descendants, so that a search passes over subtrees in which nothing can fit. It takes
// O(log n) where one of the two decides. A subtree whose narrowest job is too long and whose
// shortest job is too wide is searched in vain; in a queue made only of such pairs a search is
// linear. (A structure that finds the first job under two bounds in O(log n) is not known to us.)
class WaitingJobs {
  public:
    using Rank = std::pair<double, batsched_job_id_t>; // order of backfilling; ids break ties

    void insert(double order, const WaitingJob& job) { jobs_.insert({{order, job.id}, job}); }
    void erase(double order, batsched_job_id_t id) { jobs_.erase({order, id}); }

    // The first job after `rank` that may start, or nullptr. The empty rank comes before all jobs.
    const WaitingJob* first_after(const Rank& rank, const Room& room) const {
        return find(jobs_.node_begin(), rank, room);
    }
    static Rank rank(double order, const WaitingJob& job) { return {order, job.id}; }
    static Rank before_all() { return {-std::numeric_limits<double>::infinity(), 0}; }

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

    const WaitingJob* find(Node node, const Rank& rank, const Room& room) const {
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

} // namespace easy

#endif
