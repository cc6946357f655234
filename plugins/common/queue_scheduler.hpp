// queue_scheduler.hpp - what all policies with a queue do in the same way: taking jobs in, and keeping
// account of hosts.
#ifndef BATSIM_PLUGINS_QUEUE_SCHEDULER_HPP
#define BATSIM_PLUGINS_QUEUE_SCHEDULER_HPP

#include <batsched.hpp>

#include "job_order.hpp"
#include "partition.hpp"

namespace batsched {

// A QueueScheduler rejects jobs that are larger than its partition and knows which hosts are free. Where
// the other jobs wait, and which of them start in on_decide(), is up to the policy.
class QueueScheduler : public Scheduler {
  protected:
    QueueScheduler(const Context& context, Allocation allocation)
        : Scheduler(context), partition_(allocation, simulator(), hosts()) {}

    // The job waits from now on.
    virtual void enqueue(const WaitingJob& job) = 0;
    // It was started, but the start has been dropped, so that it waits again.
    virtual void enqueue_again(const WaitingJob& job) { enqueue(job); }
    virtual void job_ended(const RunningJob&) {}
    // Free hosts have changed otherwise than by the start or the end of a job.
    virtual void hosts_changed() {}

    Partition& partition() { return partition_; }
    const Partition& partition() const { return partition_; }

  private:
    void on_job_submitted(const batsched_job_t& job) final {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            enqueue(waiting(job));
    }
    void on_job_completed(const batsched_job_completed_t& end) final {
        job_ended(partition_.end(end));
    }
    void on_decision_dropped(const batsched_decision_dropped_t& dropped) final {
        if (dropped.job == nullptr) return;
        enqueue_again(partition_.drop(dropped.job->id));
        hosts_changed();
    }
    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) final {
        partition_.change_state(change);
        hosts_changed();
    }

    Partition partition_;
};

} // namespace batsched

#endif
