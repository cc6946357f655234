// resources.hpp - what windows, running jobs and reservations leave of the hosts, and when.
#ifndef BATSIM_PLUGINS_RESERVATIONS_RESOURCES_HPP
#define BATSIM_PLUGINS_RESERVATIONS_RESOURCES_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "../common/partition_in_classes.hpp"
#include "../common/timetable.hpp"
#include "windows.hpp"

namespace reservations {

using batsched::Share;
using batsched::Timetable;
using batsched::WaitingJob;

// Hosts of each class with a timetable, in which others put reservations.
class Resources {
  public:
    using Count = Timetable::Count;

    Resources(batsched::Allocation allocation, const batsched::Simulator& simulator,
              const HostSet& hosts, std::vector<HostClass> classes)
        : classes_(std::move(classes)),
          partition_(allocation, simulator, hosts, hosts_of(classes_)),
          timetable_(classes_.size()) {
        make_timetable(0);
    }

    Timetable& timetable() { return timetable_; }
    std::size_t free_hosts() const { return partition_.free_hosts(); }
    // Without a reservation: no hosts.
    Share nothing() const { return Share(classes_.size()); }
    // Which hosts a job takes. Hosts of which a window begins soon after it come first, so that the
    // others are left for longer jobs.
    Share share(double start, const WaitingJob& job) const {
        std::vector<std::pair<double, std::size_t>> by_window;
        by_window.reserve(classes_.size());
        for (std::size_t i = 0; i < classes_.size(); ++i)
            by_window.emplace_back(classes_[i].next_window(start + job.walltime), i);
        std::sort(by_window.begin(), by_window.end());
        std::vector<std::size_t> order;
        order.reserve(by_window.size());
        for (const auto& [date, i] : by_window) order.push_back(i);
        return timetable_.share(start, job.walltime, job.requested_hosts, order);
    }
    // The first end of a window after a date and so many others of the same hosts, or infinity.
    double next_end_of_window(double date, std::ptrdiff_t others = 0) const {
        double end = Timetable::kNever;
        for (const HostClass& of_class : classes_)
            end = std::min(end, of_class.next_end(date, others));
        return end;
    }

    // False if the hosts are not free yet or the simulator refuses.
    bool start(const WaitingJob& job, const Share& share, double now) {
        const std::optional<HostSet> hosts = partition_.choose(share);
        if (!hosts || !partition_.start_on(*hosts, job, job.walltime, now)) return false;
        timetable_.occupy(now, now + job.walltime, share);
        return true;
    }
    // Gives the expected end.
    double end(const batsched_job_completed_t& end, double now) {
        const auto running = partition_.end(end);
        timetable_.release(now, running.expected_end, partition_.returned_hosts(running));
        return running.expected_end;
    }
    // What was started has not been. Needs a new timetable, as does the next one.
    WaitingJob drop(batsched_job_id_t id) { return partition_.drop(id).job; }
    void change_state(const batsched_hosts_state_changed_t& change) {
        partition_.change_state(change);
    }
    // Makes the timetable anew, without reservations.
    void make_timetable(double now) {
        const Share usable = partition_.usable();
        timetable_.reset(now, usable);
        for (std::size_t i = 0; i < classes_.size(); ++i)
            for (const Interval& window : classes_[i].windows)
                if (window.end > now) timetable_.occupy(i, window.begin, window.end, usable[i]);
        partition_.for_each_running([&](const auto& running) {
            timetable_.occupy(now, running.expected_end, partition_.returned_hosts(running));
        });
    }

  private:
    static std::vector<HostSet> hosts_of(const std::vector<HostClass>& classes) {
        std::vector<HostSet> hosts;
        hosts.reserve(classes.size());
        for (const HostClass& of_class : classes) hosts.push_back(of_class.hosts);
        return hosts;
    }

    std::vector<HostClass> classes_;
    batsched::PartitionInClasses partition_;
    Timetable timetable_;
};

} // namespace reservations

#endif
