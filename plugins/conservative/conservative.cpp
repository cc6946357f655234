// conservative.cpp - conservative backfilling: each job has a reservation from its submission on, and a
// later one may only go before it if that delays none.
//
// A. Mu'alem and D. Feitelson, "Utilization, predictability, workloads, and user runtime estimates in
// scheduling the IBM SP2 with backfilling", IEEE TPDS 12(6), 2001.
#include <batsched.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "../common/config.hpp"
#include "../common/queue_scheduler.hpp"
#include "../common/wake_up.hpp"
#include "plan.hpp"

namespace conservative {

struct Policy {
    bool compression, annotate;
    batsched::Allocation allocation;
};

Policy read_policy(const char* text) {
    batsched::Config config(text);
    const Policy policy{config.flag("compression", true), config.flag("annotate", false),
                        batsched::read_allocation(config)};
    config.check_unused();
    return policy;
}

class Conservative : public batsched::QueueScheduler {
  public:
    explicit Conservative(const batsched::Context& context)
        : Conservative(context, read_policy(context.init.config)) {}

  private:
    Conservative(const batsched::Context& context, const Policy& policy)
        : QueueScheduler(context, policy.allocation), policy_(policy), wake_up_(simulator()) {}

    void enqueue(const WaitingJob& job) override { submitted_.push_back(job); }
    void enqueue_again(const WaitingJob& job) override { plan_.add(job, now()); }
    void job_ended(const batsched::RunningJob& running) override {
        plan_.end(running, partition().returned_hosts(running), now());
    }
    void hosts_changed() override { hosts_changed_ = true; }
    void on_requested_call(batsched_call_id_t) override { wake_up_.clear(); }

    void on_decide() override {
        plan_.advance(now());
        adapt_plan();
        for (const WaitingJob& job : submitted_) reserve(job);
        submitted_.clear();
        // A job whose hosts are not free yet, because another one has not ended at the last digit of
        // its expected end, starts at the next event.
        for (const WaitingJob& job : plan_.due(now()))
            if (partition().start(job, now())) plan_.start(job.id, now());
        // Nothing else may happen at the begin of a reservation if a job before it has ended early.
        wake_up_.set(plan_.next_start(now()));
    }

    void adapt_plan() {
        if (hosts_changed_)
            plan_.make_again(partition(), now());
        else if (plan_.is_loose(now()))
            policy_.compression ? plan_.compress(now()) : plan_.place_unplaced(now());
        hosts_changed_ = false;
    }

    void reserve(const WaitingJob& job) {
        const double start = plan_.add(job, now());
        if (policy_.annotate && start != Plan::kNever)
            simulator().annotate_job(job.id, nlohmann::json{{"reserved_start", start}}.dump());
    }

    Policy policy_;
    Plan plan_;
    std::vector<WaitingJob> submitted_; // in this batch
    bool hosts_changed_ = true;         // since the plan was made
    batsched::WakeUp wake_up_;          // at the begin of a reservation
};

} // namespace conservative

BATSCHED_PLUGIN(conservative::Conservative, "conservative", "1.0.0",
                "Conservative backfilling: a reservation for each job");
