// multifactor.cpp - EASY backfilling in the order of priorities that weigh age, size, fair share and
// queue, as the multifactor plugin of Slurm does.
#include <algorithm>
#include <batsched.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "../common/config.hpp"
#include "../common/easy_backfilling.hpp"
#include "../common/job_order.hpp"
#include "../common/json.hpp"
#include "../common/text.hpp"
#include "priorities.hpp"

namespace multifactor {

using batsched::Rank;
using batsched::WaitingJob;

constexpr double kDay = 86400, kWeek = 7 * kDay; // seconds
constexpr double kLongestTime = 1e9;
constexpr double kForever = std::numeric_limits<double>::infinity();

struct Policy {
    PrioritySettings priorities;
    double period; // between calculations, s; 0: whenever something could start
    std::optional<batsched::JobOrder> backfill_order; // none: that of priorities
    std::size_t reservations;
    batsched::Allocation allocation;
    bool annotate;
};

Weights read_weights(batsched::Config& config) {
    const auto weight = [&](const char* factor) {
        return config.number(std::string("PriorityWeight") + factor, 0, UINT32_MAX, 0);
    };
    return {weight("Age"), weight("JobSize"), weight("Fairshare"), weight("Partition")};
}

FairShare::Settings read_fair_share(batsched::Config& config) {
    FairShare::Settings settings;
    settings.shares = config.numbers_by_name("Shares", 0, UINT32_MAX);
    settings.half_life = config.number("PriorityDecayHalfLife", 0, kLongestTime, kWeek);
    const auto reset = config.word("PriorityUsageResetPeriod", {"NONE", "DAILY", "WEEKLY"});
    settings.reset_period = reset == "NONE" ? 0 : reset == "DAILY" ? kDay : kWeek;
    settings.dampening = config.number("FairShareDampeningFactor", 1, UINT16_MAX, 1);
    return settings;
}

Policy read_policy(const char* text) {
    batsched::Config config(text);
    Policy policy;
    policy.priorities.weights = read_weights(config);
    policy.priorities.max_age = config.number("PriorityMaxAge", 1, kLongestTime, kWeek);
    policy.priorities.favors_small = config.flag("PriorityFavorSmall", false);
    policy.priorities.queues = config.numbers_by_name("PriorityJobFactor", 0, UINT16_MAX);
    policy.priorities.fair_share = read_fair_share(config);
    policy.period = config.number("PriorityCalcPeriod", 0, kLongestTime, 300);
    if (policy.period > 0 && policy.period < 1)
        config.fail("'PriorityCalcPeriod' must be 0 or at least 1, is " +
                    batsched::text_of(policy.period));
    policy.backfill_order = batsched::read_order(config, "backfill_order", "priority");
    policy.reservations = config.integer("reservations", 1, UINT64_MAX, /* otherwise */ 1);
    policy.allocation = batsched::read_allocation(config);
    policy.annotate = config.flag("annotate", false);
    config.check_unused();
    return policy;
}

class Multifactor : public batsched::EasyBackfilling {
  public:
    explicit Multifactor(const batsched::Context& context)
        : Multifactor(context, read_policy(context.init.config)) {}

  private:
    Multifactor(const batsched::Context& context, const Policy& policy)
        : EasyBackfilling(context,
                          {policy.reservations, policy.allocation, !policy.backfill_order}),
          policy_(policy),
          priorities_(policy.priorities, hosts().size()) {}

    // ---- Priorities ------------------------------------------------------------------------------

    Rank queue_rank(const WaitingJob& job) const override { return {-priorities_.of(job), job.id}; }
    Rank backfill_rank(const WaitingJob& job) const override {
        return policy_.backfill_order ? batsched::rank(*policy_.backfill_order, job, ordered_at_)
                                      : queue_rank(job);
    }
    bool update_ranks() override {
        if (policy_.period == 0) calculate(now());
        const bool scores_change =
            policy_.backfill_order && batsched::changes_with_time(*policy_.backfill_order);
        if (scores_change) ordered_at_ = now();
        return std::exchange(are_new_, false) || scores_change;
    }
    void calculate(double date) {
        priorities_.calculate(date);
        are_new_ = true;
    }

    // Priorities are those at the last multiple of the period, before what happens at that date.
    void on_event(const batsched_event_t& event) override {
        if (policy_.period > 0 && event.time >= next_calculation_) {
            const double count = std::floor(event.time / policy_.period);
            calculate(count * policy_.period);
            next_calculation_ = (count + 1) * policy_.period;
            // The quotient may have been rounded down, and dates may be further apart than periods.
            if (next_calculation_ <= event.time)
                next_calculation_ =
                    std::max((count + 2) * policy_.period, std::nextafter(event.time, kForever));
        }
        EasyBackfilling::on_event(event);
    }

    // ---- Jobs ------------------------------------------------------------------------------------

    void enqueue(const WaitingJob& job) override {
        WaitingJob grouped = job;
        grouped.group = group_of(job.id);
        EasyBackfilling::enqueue(grouped);
    }
    void enqueue_again(const WaitingJob& job) override {
        priorities_.ended(job, now());
        EasyBackfilling::enqueue(job);
    }
    void job_started(const WaitingJob& job) override {
        if (policy_.annotate)
            simulator().annotate_job(job.id,
                                     nlohmann::json{{"priority", priorities_.of(job)}}.dump());
        priorities_.started(job, now());
    }
    void job_ended(const batsched::RunningJob& running) override {
        EasyBackfilling::job_ended(running);
        priorities_.ended(running.job, now());
    }

    // Numbers of logs, else what JSON workloads say, else "".
    std::uint32_t group_of(batsched_job_id_t id) {
        const batsched_job_t& job = *simulator().job(id);
        if (job.user_id >= 0 && job.queue_id >= 0)
            return priorities_.group(std::to_string(job.user_id), std::to_string(job.queue_id));
        const nlohmann::json extra =
            batsched::read_extra(simulator().job_extra(id), {"user", "queue"});
        const auto text = [&](std::int32_t number, const char* key) {
            if (number >= 0) return std::to_string(number);
            const auto found = extra.find(key);
            if (found == extra.end()) return std::string();
            if (found->is_string()) return found->get<std::string>();
            if (!found->is_number())
                throw std::invalid_argument(std::string("job '") + job.name + "': '" + key +
                                            "' must be a text or a number, is " +
                                            found->type_name());
            return found->dump();
        };
        return priorities_.group(text(job.user_id, "user"), text(job.queue_id, "queue"));
    }

    void on_decide() override {
        EasyBackfilling::on_decide();
        const bool wakes_up = policy_.period > 0 && may_start() && call_date_ != next_calculation_;
        if (!wakes_up) return;
        call_date_ = next_calculation_;
        simulator().call_me_later(call_date_);
    }

    Policy policy_;
    Priorities priorities_;
    bool are_new_ = false;        // since ranks were updated
    double next_calculation_ = 0; // date
    double call_date_ = 0;        // of the last call that was asked for
    double ordered_at_ = 0;       // date for scores of the backfill order
};

} // namespace multifactor

BATSCHED_PLUGIN(multifactor::Multifactor, "multifactor", "1.0.0",
                "EASY backfilling by priorities of age, size, fair share and queue, as in Slurm");
