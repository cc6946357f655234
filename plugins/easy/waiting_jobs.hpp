// waiting_jobs.hpp - waiting jobs in the order in which they may be backfilled, searched for those
// that fit.
#ifndef BATSIM_PLUGINS_EASY_WAITING_JOBS_HPP
#define BATSIM_PLUGINS_EASY_WAITING_JOBS_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstdint>
#include <ext/pb_ds/assoc_container.hpp>
#include <optional>
#include <vector>

#include "../common/availability.hpp"
#include "../common/job_order.hpp"

namespace easy {

using batsched::Rank;
using batsched::WaitingJob;

struct Reservation {
    double start, end; // start may be infinity, then it keeps no hosts
    std::uint32_t hosts;
};

// Which jobs may start now without delaying those with a reservation. So many hosts stay free from now
// on: each step has fewer than the one before, from its date on.
class Room {
  public:
    // `availability` has all reservations but the last.
    void measure(const batsched::Availability& availability, const Reservation& last, double now,
                 std::size_t free_hosts) {
        now_ = now;
        steps_.clear();
        Count hosts = static_cast<Count>(free_hosts);
        for (double date = now; date != kNever;) {
            const bool reserved = last.start <= date && date < last.end;
            hosts = std::min(hosts, availability.free_at(date) - (reserved ? last.hosts : 0));
            steps_.push_back({date, hosts});
            const double taken =
                availability.first_below(std::max(date, last.start), hosts + last.hosts);
            date =
                std::min(availability.first_below(date, hosts), taken < last.end ? taken : kNever);
        }
    }
    // Also asked with the least of several jobs' hosts and walltimes: then "no" holds for them all.
    bool takes(std::uint32_t hosts, double walltime) const {
        for (const Step& step : steps_) {
            if (step.date >= now_ + walltime) return true;
            if (hosts > step.hosts) return false;
        }
        return true;
    }

  private:
    using Count = batsched::Availability::Count;
    static constexpr double kNever = batsched::Availability::kNever;
    struct Step {
        double date;
        Count hosts;
    };
    double now_ = 0;
    std::vector<Step> steps_;
};

// WaitingJobs is a search tree in which each node knows the least hosts and the least walltime
// among its descendants, so that a search passes over subtrees in which nothing can fit. It takes
// O(log n) where one of the two decides. A subtree whose narrowest job is too long and whose
// shortest job is too wide is searched in vain; in a queue made only of such pairs a search is
// linear. (A structure that finds the first job under two bounds in O(log n) is not known to us.)
class WaitingJobs {
  public:
    void insert(const Rank& rank, const WaitingJob& job) { jobs_.insert({rank, job}); }
    void erase(const Rank& rank) { jobs_.erase(rank); }
    void clear() { jobs_.clear(); }

    // The first job after `rank`, or of all, that may start, or nullptr.
    const WaitingJob* first_after(const std::optional<Rank>& rank, const Room& room) const {
        return find(jobs_.node_begin(), rank, room);
    }
    // Of all jobs; there must be one.
    std::uint32_t fewest_hosts() const { return jobs_.node_begin().get_metadata().hosts; }

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

} // namespace easy

#endif
