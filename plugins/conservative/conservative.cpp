// conservative.cpp - conservative backfilling: each job has a reservation from its submission on, and a
// later one may only go before it if that delays none.
//
// A. Mu'alem and D. Feitelson, "Utilization, predictability, workloads, and user runtime estimates in
// scheduling the IBM SP2 with backfilling", IEEE TPDS 12(6), 2001.
#include <batsched.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "../common/config.hpp"
#include "../common/partition.hpp"
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

class Conservative : public batsched::Scheduler {
  public:
    explicit Conservative(const batsched::Context& context)
        : Scheduler(context),
          policy_(read_policy(context.init.config)),
          partition_(policy_.allocation, simulator(), hosts()) {
        plan_.make_again(partition_, 0);
    }

  private:
    struct Call {
        batsched_call_id_t id;
        double date;
    };

    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            submitted_.push_back(batsched::waiting(job));
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        const auto running = partition_.end(end);
        plan_.end(running, partition_.returned_hosts(running), now());
    }

    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job == nullptr) return;
        plan_.add(partition_.drop(dropped.job->id), now());
        hosts_changed_ = true;
    }

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        partition_.change_state(change);
        hosts_changed_ = true;
    }

    void on_requested_call(batsched_call_id_t) override { call_.reset(); }

    void on_decide() override {
        plan_.advance(now());
        adapt_plan();
        for (const batsched::WaitingJob& job : submitted_) reserve(job);
        submitted_.clear();
        // A job whose hosts are not free yet, because another one has not ended at the last digit of
        // its expected end, starts at the next event.
        for (const batsched::WaitingJob& job : plan_.due(now()))
            if (partition_.start(job, now())) plan_.start(job.id, now());
        call_at(plan_.next_start(now()));
    }

    void adapt_plan() {
        if (hosts_changed_)
            plan_.make_again(partition_, now());
        else if (plan_.is_loose(now()))
            policy_.compression ? plan_.compress(now()) : plan_.place_unplaced(now());
        hosts_changed_ = false;
    }

    void reserve(const batsched::WaitingJob& job) {
        const double start = plan_.add(job, now());
        if (policy_.annotate && start != Plan::kNever)
            simulator().annotate_job(job.id, nlohmann::json{{"reserved_start", start}}.dump());
    }

    // Nothing else may happen at the begin of a reservation if a job before it has ended early.
    void call_at(double date) {
        if (call_ && call_->date == date) return;
        if (call_) simulator().cancel_call(call_->id);
        call_.reset();
        if (date != Plan::kNever) call_ = Call{simulator().call_me_later(date), date};
    }

    Policy policy_;
    batsched::Partition partition_;
    Plan plan_;
    std::vector<batsched::WaitingJob> submitted_; // in this batch
    bool hosts_changed_ = false;                  // since the plan was made
    std::optional<Call> call_;                    // at the begin of a reservation
};

} // namespace conservative

BATSCHED_PLUGIN(conservative::Conservative, "conservative", "1.0.0",
                "Conservative backfilling: a reservation for each job");
