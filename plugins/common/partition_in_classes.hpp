// partition_in_classes.hpp - the hosts of a scheduler in classes of hosts that are alike, and the jobs that
// run on them.
#ifndef BATSIM_PLUGINS_PARTITION_IN_CLASSES_HPP
#define BATSIM_PLUGINS_PARTITION_IN_CLASSES_HPP

#include <batsched.hpp>
#include <batsched/allocation.hpp>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "job_order.hpp"
#include "running_jobs.hpp"
#include "timetable.hpp"

namespace batsched {

// A PartitionInClasses is what Partition is for hosts that are all alike.
class PartitionInClasses {
  public:
    // `classes` are disjoint and together all `hosts`; one at least.
    PartitionInClasses(Allocation allocation, const Simulator& simulator, const HostSet& hosts,
                       std::vector<HostSet> classes)
        : simulator_(simulator), hosts_(hosts), usable_(hosts), classes_(std::move(classes)) {
        for (const HostSet& of_class : classes_)
            free_.emplace_back(allocation, simulator, of_class);
    }

    std::size_t class_count() const { return classes_.size(); }
    std::size_t free_hosts() const {
        std::size_t sum = 0;
        for (const auto& free : free_) sum += free.size();
        return sum;
    }

    // So many free hosts of each class. None if there are fewer, which happens if a job has not ended at
    // the last digit of its expected end.
    std::optional<HostSet> choose(const Share& share) {
        HostSet hosts;
        for (std::size_t i = 0; i < free_.size(); ++i) {
            if (share[i] > free_[i].size()) return std::nullopt;
            if (share[i] > 0) hosts |= free_[i].choose(share[i]);
        }
        return hosts;
    }
    // On hosts that were chosen, with that walltime; false if the simulator refuses.
    bool start_on(const HostSet& hosts, const WaitingJob& job, double walltime, double now) {
        batsched_execution_t how{};
        if (walltime != job.walltime) how.walltime = walltime;
        if (!simulator_.execute_job(job.id, hosts, how)) return false;
        for (auto& free : free_) free.erase(hosts);
        running_.add({job, hosts, now + walltime});
        return true;
    }

    RunningJob end(const batsched_job_completed_t& end) {
        give_back(HostSet(end.usable_hosts));
        return running_.remove(end.job->id);
    }
    // What was started has not been; the job waits again.
    RunningJob drop(batsched_job_id_t id) {
        RunningJob running = running_.remove(id);
        give_back(running.hosts & usable_);
        return running;
    }
    // Of hosts that others have lent one hears too, but they are not used.
    void change_state(const batsched_hosts_state_changed_t& change) {
        const HostSet hosts = HostSet(change.hosts) & hosts_;
        if (change.state != BATSCHED_HOST_ON) {
            usable_ -= hosts;
            for (auto& free : free_) free.erase(hosts);
            return;
        }
        usable_ |= hosts;
        give_back(running_.idle_among(hosts));
    }

    Share usable() const { return by_class(usable_); }
    // Of the hosts of a running job, those that can take others when it has ended.
    Share returned_hosts(const RunningJob& running) const {
        const bool all = usable_.size() == hosts_.size(); // as nearly always
        return by_class(all ? running.hosts : running.hosts & usable_);
    }
    // Calls visit(running) for each running job, in no particular order.
    template <class Visit>
    void for_each_running(Visit&& visit) const {
        running_.for_each(visit);
    }

  private:
    void give_back(const HostSet& hosts) {
        for (std::size_t i = 0; i < free_.size(); ++i)
            free_[i].insert(free_.size() == 1 ? hosts : hosts & classes_[i]);
    }
    Share by_class(const HostSet& hosts) const {
        if (classes_.size() == 1) return {static_cast<std::uint32_t>(hosts.size())};
        Share share;
        for (const HostSet& of_class : classes_)
            share.push_back(static_cast<std::uint32_t>((hosts & of_class).size()));
        return share;
    }

    Simulator simulator_;
    HostSet hosts_;
    HostSet usable_; // hosts that are ON
    std::vector<HostSet> classes_;
    std::vector<FreeHosts> free_; // of each class: usable and idle
    RunningJobs running_;
};

} // namespace batsched

#endif
