// machine.hpp - the hosts of the scheduler by class, the jobs that run on them, and what is left.
#ifndef BATSIM_PLUGINS_RESERVATIONS_MACHINE_HPP
#define BATSIM_PLUGINS_RESERVATIONS_MACHINE_HPP

#include <algorithm>
#include <batsched.hpp>
#include <batsched/allocation.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../common/job_order.hpp"
#include "timetable.hpp"

namespace reservations {

using batsched::WaitingJob;

// A Machine starts jobs on hosts that it chooses.
class Machine {
  public:
    Machine(batsched::Allocation allocation, const batsched::Simulator& simulator,
            const HostSet& hosts, std::vector<HostClass> classes)
        : simulator_(simulator), hosts_(hosts), usable_(hosts), timetable_(std::move(classes)) {
        for (const HostClass& of_class : timetable_.classes())
            free_.emplace_back(allocation, simulator, of_class.hosts);
        make_timetable(0);
    }

    // With the running jobs, and the reservations that others put there.
    Timetable& timetable() { return timetable_; }
    std::size_t free_hosts(std::size_t of_class) const { return free_[of_class].size(); }
    std::size_t free_hosts() const {
        std::size_t sum = 0;
        for (const auto& free : free_) sum += free.size();
        return sum;
    }

    // Starts the job on so many hosts of each class. False if they are not free, which happens if a job
    // has not ended at the last digit of its expected end, or the simulator refuses.
    bool start(const WaitingJob& job, const Share& share, double now) {
        HostSet hosts;
        for (std::size_t i = 0; i < free_.size(); ++i) {
            if (share[i] > free_[i].size()) return false;
            if (share[i] > 0) hosts |= free_[i].choose(share[i]);
        }
        if (!simulator_.execute_job(job.id, hosts)) return false;
        for (auto& free : free_) free.erase(hosts);
        timetable_.occupy(now, now + job.walltime, share);
        running_.emplace(job.id, Running{job, std::move(hosts), now + job.walltime});
        return true;
    }
    // Gives the expected end.
    double end(const batsched_job_completed_t& end, double now) {
        give_back(HostSet(end.usable_hosts));
        const Running running = forget(end.job->id);
        timetable_.release(now, running.expected_end, share_of(running));
        return running.expected_end;
    }
    // What was started has not been; the job waits again. Needs a new timetable.
    WaitingJob drop(batsched_job_id_t id) {
        const Running running = forget(id);
        give_back(running.hosts & usable_);
        return running.job;
    }
    // Needs a new timetable.
    void change_state(const batsched_hosts_state_changed_t& change) {
        HostSet hosts(change.hosts);
        if (change.state != BATSCHED_HOST_ON) {
            usable_ -= hosts;
            for (auto& free : free_) free.erase(hosts);
            return;
        }
        usable_ |= hosts;
        for (const auto& [id, running] : running_) hosts -= running.hosts;
        give_back(hosts);
    }
    // Makes the timetable anew, without reservations.
    void make_timetable(double now) {
        timetable_.reset(now, by_class(usable_));
        for (const auto& [id, running] : running_)
            timetable_.occupy(now, running.expected_end, share_of(running));
    }

  private:
    struct Running {
        WaitingJob job;
        HostSet hosts;
        double expected_end; // if it lasts as long as its walltime
    };

    void give_back(const HostSet& hosts) {
        for (std::size_t i = 0; i < free_.size(); ++i)
            free_[i].insert(free_.size() == 1 ? hosts : hosts & timetable_.classes()[i].hosts);
    }
    Running forget(batsched_job_id_t id) {
        const auto found = running_.find(id);
        Running running = std::move(found->second);
        running_.erase(found);
        return running;
    }
    // Of the hosts of a running job, those that can take others when it has ended.
    Share share_of(const Running& running) const {
        const bool all = usable_.size() == hosts_.size(); // as nearly always
        return by_class(all ? running.hosts : running.hosts & usable_);
    }
    Share by_class(const HostSet& hosts) const {
        if (free_.size() == 1) return {static_cast<std::uint32_t>(hosts.size())};
        Share share;
        for (const HostClass& of_class : timetable_.classes())
            share.push_back(static_cast<std::uint32_t>((hosts & of_class.hosts).size()));
        return share;
    }

    batsched::Simulator simulator_;
    HostSet hosts_;
    HostSet usable_; // hosts that are ON
    Timetable timetable_;
    std::vector<batsched::FreeHosts> free_; // of each class: usable and idle
    // What is made of all of them does not depend on their order.
    std::unordered_map<batsched_job_id_t, Running> running_;
};

} // namespace reservations

#endif
