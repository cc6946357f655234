// my_scheduler.cpp - the scheduler my-scheduler. So far: first come, first served.
#include <batsched.hpp>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>

namespace {

class MyScheduler : public batsched::Scheduler {
  public:
    explicit MyScheduler(const batsched::Context& context)
        : batsched::Scheduler(context), usable_(hosts()) {
        const std::string config = context.init.config; // the text of --sched-cfg
        if (!config.empty() && config != "{}")
            throw std::invalid_argument("configuration: there is nothing to configure");
    }

  private:
    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            queue_[job.id] = job.requested_hosts;
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        busy_ -= batsched::HostSet(end.hosts);
    }

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        if (change.state == BATSCHED_HOST_ON)
            usable_ |= batsched::HostSet(change.hosts);
        else
            usable_ -= batsched::HostSet(change.hosts);
    }

    // A host failed before the job could start on it: the job waits again.
    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job == nullptr) return;
        busy_ -= batsched::HostSet(dropped.hosts);
        queue_[dropped.job->id] = dropped.job->requested_hosts;
    }

    // The end of each batch of events. Begin here: which jobs are to start now, and where?
    void on_decide() override {
        while (!queue_.empty() && start(queue_.begin()->first, queue_.begin()->second))
            queue_.erase(queue_.begin());
    }

    // Whether there is room.
    bool start(batsched_job_id_t job, std::uint32_t requested_hosts) {
        const batsched::HostSet free = usable_ - busy_;
        if (requested_hosts > free.size()) return false;
        const batsched::HostSet allocation = free.first(requested_hosts);
        if (!simulator().execute_job(job, allocation)) return false; // not possible now
        busy_ |= allocation;
        return true;
    }

    batsched::HostSet usable_; // hosts that are on
    batsched::HostSet busy_;   // hosts with a job
    // Requested hosts of the waiting jobs; ids are in order of submission.
    std::map<batsched_job_id_t, std::uint32_t> queue_;
};

} // namespace

BATSCHED_PLUGIN(MyScheduler, "my-scheduler", "0.1.0", "First come, first served");
