// partition.hpp - the hosts of a scheduler and the jobs that run on them.
#ifndef BATSIM_PLUGINS_PARTITION_HPP
#define BATSIM_PLUGINS_PARTITION_HPP

#include <batsched.hpp>
#include <batsched/allocation.hpp>
#include <cstddef>
#include <utility>
#include <vector>

#include "availability.hpp"
#include "job_order.hpp"
#include "running_jobs.hpp"

namespace batsched {

// A Partition knows which hosts can take a job now, and chooses hosts for jobs.
class Partition {
  public:
    Partition(Allocation allocation, const Simulator& simulator, const HostSet& hosts)
        : simulator_(simulator),
          hosts_(hosts),
          usable_(hosts),
          free_(allocation, simulator, hosts) {}

    std::size_t free_hosts() const { return free_.size(); }
    HostSet all_free_hosts() { return free_.choose(free_.size()); }

    // False if there are not enough free hosts, or the simulator refuses; then nothing has changed.
    bool start(const WaitingJob& job, double now) {
        return job.requested_hosts <= free_.size() &&
               start_on(free_.choose(job.requested_hosts), job, now);
    }
    // On free hosts that the policy has chosen itself.
    bool start_on(HostSet hosts, const WaitingJob& job, double now) {
        if (!simulator_.execute_job(job.id, hosts)) return false;
        note_start(std::move(hosts), job, now);
        return true;
    }
    // With another number of hosts and walltime than was submitted: those of `job`. There is one rank on
    // each host.
    bool start_molded(const WaitingJob& job, double now) {
        if (job.requested_hosts > free_.size()) return false;
        HostSet hosts = free_.choose(job.requested_hosts);
        std::vector<batsched_host_id_t> ranks;
        for (const HostSet::Interval& interval : hosts.intervals())
            for (std::uint64_t id = interval.first; id <= interval.last; ++id)
                ranks.push_back(static_cast<batsched_host_id_t>(id));
        batsched_execution_t how{};
        how.rank_count = job.requested_hosts;
        how.rank_hosts = ranks.data();
        how.walltime = job.walltime;
        if (!simulator_.execute_job(job.id, hosts, how)) return false;
        note_start(std::move(hosts), job, now);
        return true;
    }

    RunningJob end(const batsched_job_completed_t& end) {
        RunningJob running = running_.remove(end.job->id);
        if (running.hosts.equals(end.usable_hosts)) // as nearly always
            free_.insert(running.hosts);
        else
            free_.insert(HostSet(end.usable_hosts));
        return running;
    }
    // What was started has not been; the job waits again.
    WaitingJob drop(batsched_job_id_t id) {
        const RunningJob running = running_.remove(id);
        free_.insert(running.hosts & usable_);
        return running.job;
    }
    // Of hosts that others have lent one hears too, but they are not used.
    void change_state(const batsched_hosts_state_changed_t& change) {
        const HostSet hosts = HostSet(change.hosts) & hosts_;
        if (change.state != BATSCHED_HOST_ON) {
            usable_ -= hosts;
            free_.erase(hosts);
            return;
        }
        usable_ |= hosts;
        free_.insert(running_.idle_among(hosts));
    }

    const RunningJob& running(batsched_job_id_t id) const { return running_.at(id); }
    // How many hosts of a running job can take others when it has ended.
    Availability::Count returned_hosts(const RunningJob& running) const {
        const bool all = usable_.size() == hosts_.size(); // as nearly always
        return static_cast<Availability::Count>(all ? running.hosts.size()
                                                    : (running.hosts & usable_).size());
    }
    // From now on, if no other job starts.
    void forecast(Availability& availability, double now) const {
        availability.reset(now, static_cast<Availability::Count>(usable_.size()));
        running_.for_each([&](const RunningJob& running) {
            availability.occupy(now, running.expected_end, returned_hosts(running));
        });
    }

  private:
    void note_start(HostSet hosts, const WaitingJob& job, double now) {
        free_.erase(hosts);
        running_.add({job, std::move(hosts), now + job.walltime});
    }

    Simulator simulator_;
    HostSet hosts_;
    HostSet usable_; // hosts that are ON
    FreeHosts free_; // usable and idle
    RunningJobs running_;
};

} // namespace batsched

#endif
