// reservations.cpp - maintenance windows and advance reservations under EASY or conservative backfilling.
//
// D. Lifka, "The ANL/IBM SP scheduling system", JSSPP 1995; A. Mu'alem and D. Feitelson, "Utilization,
// predictability, workloads, and user runtime estimates in scheduling the IBM SP2 with backfilling",
// IEEE TPDS 12(6), 2001; W. Smith, I. Foster, V. Taylor, "Scheduling with advanced reservations",
// IPDPS 2000.
#include <algorithm>
#include <batsched.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "../common/config.hpp"
#include "../common/wake_up.hpp"
#include "advance_reservations.hpp"
#include "conservative_queue.hpp"
#include "easy_queue.hpp"
#include "windows.hpp"

namespace reservations {

struct Policy {
    bool conservative, annotate;
    batsched::Allocation allocation;
    std::vector<Window> windows;
};

Policy read_policy(const char* text, const HostSet& hosts) {
    batsched::Config config(text);
    Policy policy{};
    policy.conservative = config.word("backfilling", {"easy", "conservative"}) == "conservative";
    policy.annotate = config.flag("annotate", false);
    if (policy.annotate && !policy.conservative)
        config.fail(
            "'annotate' is for 'backfilling' \"conservative\": with \"easy\" no date is "
            "reserved at the submission");
    policy.allocation = batsched::read_allocation(config);
    policy.windows = WindowReader(hosts).read(config);
    config.check_unused();
    return policy;
}

class Reservations : public batsched::Scheduler {
  public:
    explicit Reservations(const batsched::Context& context)
        : Reservations(context, read_policy(context.init.config, HostSet(context.init.hosts))) {}

  private:
    Reservations(const batsched::Context& context, const Policy& policy)
        : Scheduler(context),
          annotate_(policy.annotate),
          resources_(policy.allocation, simulator(), hosts(), classes_of(hosts(), policy.windows)),
          advance_(simulator(), resources_),
          queue_(make_queue(policy.conservative)),
          wake_up_(simulator()) {}

    struct Submitted {
        WaitingJob job;
        std::optional<double> start; // of its advance reservation
    };

    std::unique_ptr<Queue> make_queue(bool conservative) {
        if (conservative) return std::make_unique<ConservativeQueue>(resources_);
        return std::make_unique<EasyQueue>(resources_);
    }

    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            submitted_.push_back({batsched::waiting(job), start_of(job)});
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        queue_->note_freed(resources_.end(end, now()));
    }

    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job == nullptr) return;
        const WaitingJob job = resources_.drop(dropped.job->id);
        if (start_of(*dropped.job))
            advance_.add_again(job, now());
        else
            queue_->add(job, now());
        hosts_changed_ = true;
    }

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        resources_.change_state(change);
        hosts_changed_ = true;
    }

    void on_requested_call(batsched_call_id_t) override { wake_up_.clear(); }

    void on_decide() override {
        resources_.timetable().advance(now());
        if (hosts_changed_) make_plan_again();
        queue_->adapt(now());
        for (const Submitted& submitted : submitted_) take(submitted);
        submitted_.clear();
        advance_.start_jobs(now());
        queue_->start_jobs(now());
        wake_up_.set(std::min(advance_.next_date(now()), queue_->next_date(now())));
    }

    void make_plan_again() {
        resources_.make_timetable(now());
        advance_.place_again();
        queue_->place_again(now());
        hosts_changed_ = false;
    }

    void take(const Submitted& submitted) {
        if (submitted.start) {
            advance_.request(submitted.job, *submitted.start, now());
            return;
        }
        const double start = queue_->add(submitted.job, now());
        if (annotate_ && start != Queue::kNever)
            simulator().annotate_job(submitted.job.id,
                                     nlohmann::json{{"reserved_start", start}}.dump());
    }

    std::optional<double> start_of(const batsched_job_t& job) const {
        return read_start(simulator().job_extra(job.id), job.name);
    }

    bool annotate_;
    Resources resources_;
    AdvanceReservations advance_;
    std::unique_ptr<Queue> queue_;     // of the other jobs
    std::vector<Submitted> submitted_; // in this batch
    bool hosts_changed_ = false;       // since the timetable was made
    batsched::WakeUp wake_up_;         // when something begins or ends without an event
};

} // namespace reservations

BATSCHED_PLUGIN(
    reservations::Reservations, "reservations", "1.0.0",
    "EASY or conservative backfilling with maintenance windows and advance reservations");
