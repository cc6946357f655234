// power_cap.cpp - EASY backfilling that never lets the platform draw more than a given power.
//
// Y. Georgiou, D. Glesser, D. Trystram, "Adaptive resource and job management for limited power
// consumption", IPDPS workshops 2015.
#include <batsched.hpp>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../common/config.hpp"
#include "../common/waiting_jobs.hpp"
#include "../common/wake_up.hpp"
#include "powered_hosts.hpp"

namespace power_cap {

struct Policy {
    std::vector<CapStep> caps;
    bool lower_pstates;
    std::optional<FixedWatts> fixed;
    batsched::Allocation allocation;
};

constexpr double kLatest = 1e18; // s

std::vector<CapStep> read_caps(batsched::Config& config) {
    if (!config.has("cap"))
        config.fail(
            "must have a 'cap' in watts, or an array of them such as "
            "[{\"from\": 0, \"watts\": 5000}, {\"from\": 3600, \"watts\": 4000}]");
    if (config.is_number("cap")) return {{0, from_watts(config.number("cap", 0, kMostWatts, 0))}};
    std::vector<CapStep> caps;
    for (batsched::Config& object :
         config.objects("cap", 1, "a number of watts or an array of objects")) {
        if (!object.has("from") || !object.has("watts"))
            object.fail("must have 'from' and 'watts'");
        const double from = object.number("from", 0, kLatest, 0);
        if (caps.empty() ? from != 0 : from <= caps.back().from)
            object.fail(caps.empty() ? "'from' of the first cap must be 0"
                                     : "'from' must be later than that of the cap before");
        caps.push_back({from, from_watts(object.number("watts", 0, kMostWatts, 0))});
        object.check_unused();
    }
    return caps;
}

std::optional<FixedWatts> read_fixed_watts(batsched::Config& config) {
    if (config.has("idle_watts") != config.has("busy_watts"))
        config.fail("must have both 'idle_watts' and 'busy_watts', or neither");
    const bool is_there = config.has("idle_watts");
    const double idle = config.number("idle_watts", 0, kMostWattsOfHost, 0);
    const double busy = config.number("busy_watts", idle, kMostWattsOfHost, kMostWattsOfHost);
    if (!is_there) return std::nullopt;
    return FixedWatts{idle, busy};
}

Policy read_policy(const char* text) {
    batsched::Config config(text);
    Policy policy{read_caps(config), config.flag("lower_pstates", true), read_fixed_watts(config),
                  batsched::read_allocation(config)};
    config.check_unused();
    return policy;
}

class PowerCap : public batsched::Scheduler {
  public:
    explicit PowerCap(const batsched::Context& context)
        : Scheduler(context), policy_(read_policy(context.init.config)), wake_up_(simulator()) {}

  private:
    // Which jobs may start now beside running ones and the reservation.
    struct Room {
        const PoweredHosts& hosts;
        double now;
        bool takes(std::uint32_t count, double walltime) const {
            return hosts.may_take(count, walltime, now);
        }
    };

    // Only now it is known in which pstates hosts are.
    void on_simulation_begins(const batsched_simulation_begins_t&) override {
        PowerModel model =
            PowerModelReader(simulator(), policy_.lower_pstates, policy_.fixed).read(hosts());
        for (const CapStep& step : policy_.caps)
            if (step.cap < model.idle)
                throw std::invalid_argument("idle hosts alone draw " + text_of(model.idle) +
                                            ", the cap from " + batsched::text_of(step.from) +
                                            " on is " + text_of(step.cap));
        hosts_ = std::make_unique<PoweredHosts>(policy_.allocation, simulator(), hosts(),
                                                std::move(model), policy_.caps);
    }

    void on_job_submitted(const batsched_job_t& job) override {
        const WaitingJob waiting = batsched::waiting(job);
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else if (const auto power = hosts_->too_much_for(waiting, now()))
            reject(job.id, *power, "never");
        else
            jobs_.insert(rank(waiting), waiting);
    }

    void on_job_completed(const batsched_job_completed_t& end) override { hosts_->end(end, now()); }

    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.kind == BATSCHED_DECISION_SET_PSTATE)
            hosts_->forget_pstates(HostSet(dropped.hosts));
        if (dropped.job == nullptr) return;
        const WaitingJob job = hosts_->drop(dropped.job->id);
        jobs_.insert(rank(job), job);
        hosts_changed_ = true;
    }

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        hosts_->change_state(change);
        hosts_changed_ = true;
    }

    void on_requested_call(batsched_call_id_t) override { wake_up_.clear(); }

    void on_decide() override {
        if (hosts_changed_) hosts_->make_accounts_again(now());
        hosts_changed_ = false;
        hosts_->advance(now());
        while (!jobs_.empty() && (starts(first()) || is_too_late_for(first()))) {
        }
        if (!jobs_.empty() && hosts_->free_hosts() > 0) backfill(first());
        wake_up_.set(jobs_.empty() ? PoweredHosts::kNever : hosts_->next_step(now()));
    }

    bool starts(const WaitingJob& job) {
        if (!room().takes(job.requested_hosts, job.walltime)) return false;
        const auto placement = hosts_->place_now(job, now());
        if (!placement || !hosts_->start(job, *placement)) return false;
        if (placement->level > 0)
            simulator().annotate_job(
                job.id, nlohmann::json{{"stretched_walltime", placement->walltime}}.dump());
        jobs_.erase(rank(job));
        return true;
    }

    void reject(batsched_job_id_t job, Microwatts power, const std::string& when) {
        simulator().reject_job(job, "it would draw " + text_of(power) +
                                        " more than idle hosts, which the cap " + when +
                                        " leaves for its walltime");
    }

    // Where the cap falls, a job may have waited until it cannot run any more; then it is rejected.
    bool is_too_late_for(const WaitingJob& job) {
        const auto power = hosts_->too_much_for(job, now());
        if (!power) return false;
        reject(job.id, *power, "no longer");
        jobs_.erase(rank(job));
        return true;
    }

    // Starts jobs that do not delay this one.
    void backfill(const WaitingJob& reserved) {
        const auto reservation = hosts_->place_earliest(reserved, now());
        if (reservation) hosts_->occupy(*reservation);
        std::optional<batsched::Rank> last = rank(reserved);
        while (const WaitingJob* found = jobs_.first_after(last, room())) {
            last = rank(*found);
            starts(*found);
        }
        if (reservation) hosts_->release(*reservation);
    }

    const WaitingJob& first() const { return *jobs_.next(std::nullopt); }
    static batsched::Rank rank(const WaitingJob& job) { return {0, job.id}; }
    Room room() const { return {*hosts_, now()}; }

    Policy policy_;
    std::unique_ptr<PoweredHosts> hosts_; // since the simulation has begun
    batsched::WaitingJobs jobs_;          // in the order of submission
    bool hosts_changed_ = false;          // since the accounts were made
    batsched::WakeUp wake_up_;            // when the cap changes
};

} // namespace power_cap

BATSCHED_PLUGIN(power_cap::PowerCap, "power-cap", "1.0.0",
                "EASY backfilling under a cap on the power of the platform");
