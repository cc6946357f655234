// filler.cpp - starts every waiting job that fits, in some order; nothing is reserved for the others.
#include <batsched.hpp>
#include <optional>
#include <vector>

#include "../common/config.hpp"
#include "../common/job_order.hpp"
#include "../common/partition.hpp"
#include "../common/waiting_jobs.hpp"

namespace filler {

using batsched::WaitingJob;

// Whatever finds its hosts free may start.
struct Room {
    std::size_t free_hosts;
    bool takes(std::uint32_t hosts, double) const { return hosts <= free_hosts; }
};

struct Policy {
    batsched::JobOrder queue_order;
    batsched::Allocation allocation;
};

Policy read_policy(const char* text) {
    batsched::Config config(text);
    const Policy policy{batsched::read_order(config, "queue_order"),
                        batsched::read_allocation(config)};
    config.check_unused();
    return policy;
}

class Filler : public batsched::Scheduler {
  public:
    explicit Filler(const batsched::Context& context)
        : Scheduler(context),
          policy_(read_policy(context.init.config)),
          partition_(policy_.allocation, simulator(), hosts()) {}

  private:
    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            add(batsched::waiting(job));
    }
    void on_job_completed(const batsched_job_completed_t& end) override { partition_.end(end); }
    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job != nullptr) add(partition_.drop(dropped.job->id));
    }
    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        partition_.change_state(change);
    }

    void on_decide() override {
        if (batsched::changes_with_time(policy_.queue_order)) order_again();
        std::optional<batsched::Rank> rank;
        while (const WaitingJob* found = queue_.first_after(rank, Room{partition_.free_hosts()})) {
            const WaitingJob job = *found;
            rank = rank_of(job);
            if (partition_.start(job, now())) queue_.erase(*rank);
        }
    }

    void add(const WaitingJob& job) { queue_.insert(rank_of(job), job); }
    batsched::Rank rank_of(const WaitingJob& job) const {
        return batsched::rank(policy_.queue_order, job, ordered_at_);
    }
    void order_again() {
        const std::vector<WaitingJob> jobs = queue_.all();
        queue_.clear();
        ordered_at_ = now();
        for (const WaitingJob& job : jobs) add(job);
    }

    Policy policy_;
    batsched::Partition partition_;
    batsched::WaitingJobs queue_;
    double ordered_at_ = 0; // date for scores that change with time
};

} // namespace filler

BATSCHED_PLUGIN(filler::Filler, "filler", "1.0.0",
                "Starts every job that fits, without reservations");
