// filler.cpp - starts every waiting job that fits, in some order; nothing is reserved for the others.
#include <batsched.hpp>
#include <optional>
#include <vector>

#include "../common/config.hpp"
#include "../common/job_order.hpp"
#include "../common/queue_scheduler.hpp"
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

class Filler : public batsched::QueueScheduler {
  public:
    explicit Filler(const batsched::Context& context)
        : Filler(context, read_policy(context.init.config)) {}

  private:
    Filler(const batsched::Context& context, const Policy& policy)
        : QueueScheduler(context, policy.allocation), order_(policy.queue_order) {}

    void on_decide() override {
        if (batsched::changes_with_time(order_)) order_again();
        std::optional<batsched::Rank> rank;
        while (const WaitingJob* found = queue_.first_after(rank, Room{partition().free_hosts()})) {
            const WaitingJob job = *found;
            rank = rank_of(job);
            if (partition().start(job, now())) queue_.erase(*rank);
        }
    }

    void enqueue(const WaitingJob& job) override { queue_.insert(rank_of(job), job); }
    batsched::Rank rank_of(const WaitingJob& job) const {
        return batsched::rank(order_, job, ordered_at_);
    }
    void order_again() {
        const std::vector<WaitingJob> jobs = queue_.all();
        queue_.clear();
        ordered_at_ = now();
        for (const WaitingJob& job : jobs) enqueue(job);
    }

    batsched::JobOrder order_;
    batsched::WaitingJobs queue_;
    double ordered_at_ = 0; // date for scores that change with time
};

} // namespace filler

BATSCHED_PLUGIN(filler::Filler, "filler", "1.0.0",
                "Starts every job that fits, without reservations");
