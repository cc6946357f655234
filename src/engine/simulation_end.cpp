// simulation_end.cpp - when and how a simulation ends.
#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "engine/simulation.hpp"

namespace batsim {

void Simulation::check_progress(const SchedulerSlot& slot) {
    if (host_control_.take_changed()) watchdog_.host_changed();
    switch (watchdog_.batch_over(only_calls_remain())) {
        case Watchdog::Verdict::kFine: return;
        case Watchdog::Verdict::kStalled: end(EndReason::kStalled); return;
        case Watchdog::Verdict::kLivelock: break;
    }
    const bool hosts_changed = watchdog_.batches_without_change() == 0;
    const auto count = hosts_changed ? Watchdog::kMostBatchesWithoutChangeOfJobs
                                     : Watchdog::kMostBatchesWithoutChange;
    throw PluginError("livelock: " + std::to_string(count) + " batches at date " +
                      number_text(now_) + " in which no job " +
                      (hosts_changed ? "" : "and no host ") +
                      "changed state; the last one was for scheduler '" + slot.role.name +
                      "'; a decision that changes nothing, such as a call at the present date, "
                      "makes another batch: it must not be made in each");
}

namespace {

template <class... Kinds, class Variant>
bool is_one_of(const Variant& variant) {
    return (std::holds_alternative<Kinds>(variant) || ...);
}

// Whether it can change a job or a host, not only whose they are or when a scheduler is woken.
bool can_change_something(const Decision& decision) {
    return !is_one_of<ForwardJob, LendHosts, ReturnHosts, TakeHosts, ArmCall, ArmProbe>(decision);
}

// Whether it is more than what the scheduler has asked for itself.
bool is_news(const Event& event) { return !is_one_of<RequestedCall, ProbeData>(event); }

// Whether something may come of it that a scheduler delays its decisions.
bool waits_for_something(const SchedulerSlot& slot) {
    const auto& decisions = slot.decisions;
    const auto& events = slot.events;
    return slot.waits && (std::any_of(decisions.begin(), decisions.end(), can_change_something) ||
                          std::any_of(events.begin(), events.end(), is_news));
}

} // namespace

// Whether nothing but requested calls and probes can wake a scheduler, and nothing can come of decisions
// that are delayed.
bool Simulation::only_calls_remain() const {
    return running_count_ == 0 && jobs_to_come_.peek() == nullptr &&
           next_external_event_ == external_events_.size() &&
           std::none_of(slots_.begin(), slots_.end(),
                        [](const auto& slot) { return waits_for_something(*slot); });
}

void Simulation::check_end() {
    if (is_finished())
        end(EndReason::kFinished);
    else if (is_stalled())
        end(EndReason::kStalled);
}

bool Simulation::is_finished() const {
    const auto pending = [](const auto& slot) {
        return slot->waits || slot->registration_is_open || !slot->events.empty() ||
               !slot->decisions.empty();
    };
    return jobs_.size() == 0 && jobs_to_come_.peek() == nullptr &&
           std::none_of(slots_.begin(), slots_.end(), pending);
}

bool Simulation::is_stalled() const { return !next_due() && executor_.task_count() == 0; }

void Simulation::end(EndReason reason) {
    BATSIM_ASSERT(!over_);
    over_ = true;
    outcome_.reason = reason;
    outcome_.date = now_;
    for (const auto& slot : slots_)
        if (slot->registration_is_open) outcome_.registering.push_back(slot->role.name);
    for (const HostState lost : {HostState::kFailed, HostState::kUnavailable})
        outcome_.lost_host_count += states_.among(states_.not_on(), lost).size();
    report_jobs_over();
    cut_off_jobs();
    add_up_energy();
    if (reason == EndReason::kInterrupted) return;
    for (auto& slot : slots_) slot->role.scheduler->simulation_ends(now_, reason);
}

void Simulation::add_up_energy() {
    if (energy_ != nullptr) outcome_.joules = energy_->total(now_);
    if (link_energy_ != nullptr) outcome_.link_joules = link_energy_->total(now_);
}

// The backend may be in the middle of something: it is left as it is, and unless it has just waited for
// a scheduler it is not asked either.
void Simulation::fail(const Error& error) {
    outcome_.reason = EndReason::kFailed;
    outcome_.error = error;
    outcome_.date = now_;
    if (!std::exchange(over_, true)) {
        report_jobs_over();
        cut_off_jobs();
        if (error.code() != ExitCode::kPlugin) executor_.backend_is_lost();
        add_up_energy();
    }
    for (Observer* observer : observers_) observer->on_simulation_over(outcome_);
}

// Those whose schedulers have not heard of it: their rows must not be lost.
void Simulation::report_jobs_over() {
    jobs_.for_each([this](JobId, const JobRecord& job) {
        if (job.state != JobState::kOver || job.has_left) return;
        for (Observer* observer : observers_) observer->on_job_over(job);
    });
}

void Simulation::cut_off_jobs() {
    jobs_.for_each([this](JobId id, const JobRecord&) {
        JobRecord& job = *jobs_.find(id);
        if (job.state == JobState::kRunning) {
            if (!outcome_.error) executor_.cut_off(job, now_);
            outcome_.running_jobs.push_back(job.job.full_name);
            for (Observer* observer : observers_) observer->on_job_cut_off(job, now_);
        } else if (job.state != JobState::kOver) {
            outcome_.waiting_jobs.push_back(job.job.full_name);
            for (Observer* observer : observers_) observer->on_job_left_waiting(job);
        }
    });
}

} // namespace batsim
