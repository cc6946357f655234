// simulation.cpp - the main loop: what happens at a date, in which order.
#include "engine/simulation.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace batsim {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

bool shares_hosts(const Simulation::Setup& setup) {
    return setup.share_everything ||
           std::any_of(setup.schedulers.begin(), setup.schedulers.end(),
                       [](const SchedulerRole& role) { return role.shares_hosts; });
}

WorkloadDirectory* directory_to_register_in(const Simulation::Setup& setup) {
    const bool needed = std::any_of(setup.schedulers.begin(), setup.schedulers.end(),
                                    [](const SchedulerRole& role) { return role.registers; });
    return needed ? setup.directory : nullptr;
}

} // namespace

Simulation::Simulation(Setup setup)
    : jobs_to_come_(std::move(setup.workloads)),
      observers_(std::move(setup.observers)),
      backend_(setup.backend),
      interrupted_(std::move(setup.interrupted)),
      stop_at_(setup.stop_at),
      hosts_(setup.platform.compute_hosts()),
      states_(setup.platform),
      speeds_(setup.platform),
      storages_(setup.platform),
      resources_{
          speeds_,     states_, storages_, setup.platform.has_network, backend_.executes_tasks(),
          instruments_},
      energy_(setup.energy),
      link_energy_(setup.link_energy),
      executor_(calendar_, backend_, speeds_, storages_, {shares_hosts(setup), energy_}),
      instruments_({jobs_, speeds_, backend_}, executor_, backend_, energy_, link_energy_),
      owner_of_workload_(jobs_to_come_.stream_count()),
      external_events_(std::move(setup.external_events)),
      host_control_({states_, speeds_, executor_, backend_, energy_}, calendar_, slots_, audience_,
                    observers_),
      host_lending_(slots_, audience_, states_, hosts_),
      peers_(slots_, jobs_, states_, hosts_),
      registration_(directory_to_register_in(setup), jobs_, owner_of_workload_) {
    if (energy_ != nullptr) energy_->attach(states_, executor_);
    if (link_energy_ != nullptr) link_energy_->attach(backend_);
    for (SchedulerRole& role : setup.schedulers) {
        const auto index = static_cast<SchedulerIndex>(slots_.size());
        for (const std::uint32_t workload : role.workloads) owner_of_workload_[workload] = index;
        owner_of_workload_.push_back(index); // of the one that is named like the scheduler
        slots_.push_back(std::make_unique<SchedulerSlot>(std::move(role), calendar_, index));
        if (slots_.back()->role.observes) audience_.add(*slots_.back());
    }
}

Outcome Simulation::run() {
    calendar_.add(0, {Due::Kind::kBeginning, 0, 0});
    try {
        backend_.run(*this);
        if (!over_) end(EndReason::kStalled);
        for (Observer* observer : observers_) observer->on_simulation_over(outcome_);
    } catch (const Error& error) {
        if (error.code() == ExitCode::kOutput) throw; // there is nobody to tell the end to
        fail(error);
    }
    return std::move(outcome_);
}

// While something is to come, the backend must not pass the date of the stop.
std::optional<double> Simulation::next_date() const {
    const auto due = next_due();
    const bool goes_on = due || (!over_ && executor_.task_count() > 0);
    if (!goes_on || stop_at_ == kNever) return due;
    return std::min(due.value_or(kNever), stop_at_);
}

std::optional<double> Simulation::next_due() const {
    if (over_) return std::nullopt;
    std::optional<double> date;
    if (!calendar_.empty()) date = calendar_.next_date();
    const auto consider = [&date](double other) { date = std::min(other, date.value_or(other)); };
    if (const Job* job = jobs_to_come_.peek()) consider(job->submit_time);
    if (next_external_event_ < external_events_.size())
        consider(external_events_[next_external_event_].date);
    return date;
}

void Simulation::advance(double date, const std::vector<TaskId>& ended) {
    if (over_) return;
    if (interrupted_ && interrupted_()) {
        end(EndReason::kInterrupted);
        return;
    }
    if (date > now_) {
        now_ = date;
        watchdog_.date_advanced();
    }
    for (Observer* observer : observers_) observer->on_date(now_);
    for (const TaskId task : ended) end_part(task);
    take_due();
    if (!over_) {
        take_external_events();
        submit_jobs();
        resume_schedulers();
    }
    decide_all();
    if (!over_) check_end();
    if (!over_ && now_ >= stop_at_) {
        outcome_.stopped_at_date = true;
        end(EndReason::kStopped);
    }
}

// ---- What happens --------------------------------------------------------------------------------

void Simulation::take_due() {
    while (!over_ && !calendar_.empty() && calendar_.next_date() <= now_) handle(calendar_.take());
}

void Simulation::handle(const Due& due) {
    switch (due.kind) {
        case Due::Kind::kBeginning:
            for (auto& slot : slots_) slot->events.emplace_back(SimulationBegins{});
            tell_no_more_jobs();
            if (external_events_.empty())
                for (auto& slot : slots_) slot->events.emplace_back(NoMoreExternalEvents{});
            return;
        case Due::Kind::kJobEnd: {
            JobRecord& job = *jobs_.find(due.id);
            if (job.end == JobEnd::kWalltimeReached) keep_progress(job);
            end_job(job, job.end);
            return;
        }
        case Due::Kind::kPartEnd: end_part(due.id); return;
        case Due::Kind::kWalltime: {
            JobRecord& job = *jobs_.find(due.id);
            keep_progress(job);
            end_job(job, executor_.walltime_reached(job, now_));
            return;
        }
        case Due::Kind::kSwitchEnd: host_control_.switch_ended(due.id, now_); return;
        case Due::Kind::kCall: {
            SchedulerSlot& slot = *slots_[due.scheduler];
            slot.calls.came(due.id, now_);
            slot.events.emplace_back(RequestedCall{due.id});
            return;
        }
        case Due::Kind::kProbe:
            slots_[due.scheduler]->probes.came(due.id, now_);
            due_probes_.emplace_back(due.scheduler, due.id);
            return;
        case Due::Kind::kResume: resuming_.push_back(due.scheduler); return;
    }
}

// After all that happens at this date without them: whether a job ends or is killed must not depend on
// the order in the calendar.
void Simulation::resume_schedulers() {
    while (!over_ && !resuming_.empty()) {
        std::sort(resuming_.begin(), resuming_.end());
        for (const SchedulerIndex scheduler : std::exchange(resuming_, {})) {
            slots_[scheduler]->waits = false;
            if (!over_) apply(*slots_[scheduler]);
        }
        if (!over_) take_due(); // what they have caused at this date
    }
}

void Simulation::take_external_events() {
    const std::size_t count = external_events_.size();
    if (next_external_event_ == count) return;
    while (next_external_event_ < count && external_events_[next_external_event_].date <= now_)
        happened(external_events_[next_external_event_++]);
    if (next_external_event_ == count)
        for (auto& slot : slots_) slot->events.emplace_back(NoMoreExternalEvents{});
}

void Simulation::happened(const ExternalEvent& event) {
    if (event.kind == ExternalEvent::Kind::kFailure) lose_jobs_on(event.hosts);
    host_control_.happened(event, now_);
    if (event.kind != ExternalEvent::Kind::kForwarded) return;
    for (auto& slot : slots_) slot->events.emplace_back(ExternalEventOccurred{&event});
}

void Simulation::submit_jobs() {
    for (const Job* job = jobs_to_come_.peek(); job != nullptr && job->submit_time <= now_;
         job = jobs_to_come_.peek()) {
        SchedulerSlot& slot = *slots_[owner_of_workload_[job->workload]];
        const JobId id = registration_.number_static_job(*job);
        JobRecord& record = jobs_.emplace(id, id, slot.index, jobs_to_come_.next());
        watchdog_.job_changed();
        slot.events.emplace_back(JobSubmitted{&record});
        audience_.tell_all_but(slot.index, JobSubmitted{&record});
    }
    tell_no_more_jobs();
}

bool Simulation::has_all_jobs(const SchedulerSlot& slot) const {
    if (slot.role.observes) return jobs_to_come_.peek() == nullptr;
    const auto& workloads = slot.role.workloads;
    return std::all_of(workloads.begin(), workloads.end(),
                       [this](auto workload) { return jobs_to_come_.is_exhausted(workload); });
}

void Simulation::tell_no_more_jobs() {
    for (auto& slot : slots_) {
        if (slot->knows_no_more_jobs) continue;
        if (!has_all_jobs(*slot)) continue;
        slot->knows_no_more_jobs = true;
        slot->events.emplace_back(NoMoreStaticJobs{});
    }
}

// After what has happened and before anything is decided: the order of what is due at one date must
// not matter.
void Simulation::measure() {
    if (due_probes_.empty()) return;
    std::sort(due_probes_.begin(), due_probes_.end());
    for (const auto& [scheduler, id] : std::exchange(due_probes_, {})) {
        SchedulerSlot& slot = *slots_[scheduler];
        const Probe& probe = slot.probes[id];
        ProbeData data{id, instruments_.measure(probe, now_)};
        for (Observer* observer : observers_)
            observer->on_probe_data({now_, scheduler, id, probe, data.values});
        slot.events.emplace_back(std::move(data));
    }
}

// ---- Decisions -----------------------------------------------------------------------------------

void Simulation::decide_all() {
    const auto ready = [this](const auto& slot) { return is_ready(*slot); };
    if (!over_) measure();
    while (!over_ && std::any_of(slots_.begin(), slots_.end(), ready)) {
        for (auto& slot : slots_) {
            if (!over_ && !slot->role.observes && is_ready(*slot)) decide(*slot);
        }
        for (SchedulerSlot* slot : audience_.slots()) {
            if (!over_ && is_ready(*slot)) decide(*slot);
        }
        if (!over_) take_due();
        resume_schedulers();
        if (!over_) measure();
    }
}

void Simulation::decide(SchedulerSlot& slot) {
    Batch batch{now_, std::exchange(slot.events, std::move(slot.spare_events))};
    if (slot.role.observes) slot.events = take_ends_of_starting_jobs(batch.events);
    if (!std::is_sorted(batch.events.begin(), batch.events.end(), delivered_before))
        std::stable_sort(batch.events.begin(), batch.events.end(), delivered_before);
    peers_.batch_begins();
    Decisions decisions(now_, slot, jobs_, registration_, hosts_, resources_, peers_);
    slot.role.scheduler->decide(batch, decisions);
    for (const Event& event : batch.events) {
        if (const auto* call = std::get_if<RequestedCall>(&event)) slot.calls.delivered(call->call);
        if (const auto* data = std::get_if<ProbeData>(&event)) slot.probes.delivered(data->probe);
    }
    retire(slot, batch.events);
    batch.events.clear();
    slot.spare_events = std::move(batch.events);
    if (slot.delay > 0) {
        slot.waits = true;
        calendar_.add(now_ + std::exchange(slot.delay, 0), {Due::Kind::kResume, slot.index, 0});
    } else {
        apply(slot);
    }
    if (!over_) check_progress(slot);
}

void Simulation::apply(SchedulerSlot& slot) {
    slot.leaving = {};
    std::vector<Decision> decisions =
        std::exchange(slot.decisions, std::move(slot.spare_decisions));
    for (const Decision& decision : decisions) {
        std::visit([&](const auto& alternative) { apply(slot, alternative); }, decision);
        if (over_) return;
    }
    decisions.clear();
    slot.spare_decisions = std::move(decisions);
}

void Simulation::apply(SchedulerSlot& slot, const ExecuteJob& decision) {
    JobRecord& job = *decision.job;
    if (!states_.all_on(job.hosts)) return drop_execution(slot, job);
    job.state = JobState::kRunning;
    job.start_time = now_;
    ++running_count_;
    watchdog_.job_changed();
    if (energy_ != nullptr) energy_->job_started(job, now_);
    for (Observer* observer : observers_) observer->on_job_started(job);
    audience_.tell(JobStarted{&job});
    executor_.start(job);
}

void Simulation::drop_execution(SchedulerSlot& slot, JobRecord& job) {
    hosts_.give_back(job.hosts);
    const std::string gone = (job.hosts & states_.not_on()).to_string();
    slot.events.emplace_back(DecisionDropped{DecisionDropped::Kind::kExecuteJob, &job,
                                             std::exchange(job.hosts, {}),
                                             "hosts " + gone + " are not on"});
    job.state = JobState::kWaiting;
    job.walltime = job.job.walltime;
    job.placement.reset();
}

void Simulation::apply(SchedulerSlot&, const RejectJob& decision) {
    decision.job->state = JobState::kOver;
    decision.job->end = JobEnd::kRejected;
    watchdog_.job_changed();
    audience_.tell_end(*decision.job, JobRejected{decision.job, decision.reason});
    leave(*decision.job);
}

void Simulation::apply(SchedulerSlot& slot, const KillJobs& decision) {
    for (const JobId id : decision.jobs) {
        JobRecord* job = jobs_.find(id);
        if (job != nullptr && job->state == JobState::kRunning) stop_job(*job, JobEnd::kKilled);
    }
    slot.events.emplace_back(JobsKilled{decision.jobs});
}

void Simulation::apply(SchedulerSlot& slot, const SetPstate& decision) {
    host_control_.apply(slot, decision, now_);
}

void Simulation::apply(SchedulerSlot& slot, const SetHostState& decision) {
    host_control_.apply(slot, decision, now_);
}

void Simulation::apply(SchedulerSlot&, const SubmitJob& decision) {
    JobRecord& job = *decision.job;
    job.state = JobState::kWaiting;
    job.job.submit_time = now_;
    watchdog_.job_changed();
    slots_[job.owner]->events.emplace_back(JobSubmitted{&job});
    audience_.tell_all_but(job.owner, JobSubmitted{&job});
}

void Simulation::apply(SchedulerSlot& slot, const ArmCall& decision) {
    slot.calls.arm(decision.call, now_);
}

void Simulation::apply(SchedulerSlot& slot, const ArmProbe& decision) {
    slot.probes.arm(decision.probe, now_);
}

void Simulation::apply(SchedulerSlot&, const StopSimulation& decision) {
    outcome_.stop_reason = decision.reason;
    end(EndReason::kStopped);
}

} // namespace batsim
