// simulation.cpp - the main loop: what happens at a date, in which order.
#include "engine/simulation.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace batsim {

namespace {

constexpr std::uint64_t kMostBatchesWithoutChange = 10'000;
constexpr double kNever = std::numeric_limits<double>::infinity();

bool shares_hosts(const Simulation::Setup& setup) {
    return setup.share_everything ||
           std::any_of(setup.schedulers.begin(), setup.schedulers.end(),
                       [](const SchedulerRole& role) { return role.shares_hosts; });
}

} // namespace

Simulation::Simulation(Setup setup)
    : jobs_to_come_(std::move(setup.workloads)),
      observers_(std::move(setup.observers)),
      backend_(setup.backend),
      interrupted_(std::move(setup.interrupted)),
      stop_at_(setup.stop_at),
      hosts_(setup.platform),
      speeds_(setup.platform),
      storages_(setup.platform),
      resources_{speeds_, storages_, setup.platform.has_network, backend_.executes_tasks()},
      executor_(calendar_, backend_, speeds_, storages_, {shares_hosts(setup), nullptr}),
      owner_of_workload_(jobs_to_come_.stream_count()) {
    for (SchedulerRole& role : setup.schedulers) {
        const auto index = static_cast<SchedulerIndex>(slots_.size());
        for (const std::uint32_t workload : role.workloads) owner_of_workload_[workload] = index;
        slots_.push_back(std::make_unique<SchedulerSlot>(std::move(role), calendar_, index));
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
    const Job* job = jobs_to_come_.peek();
    if (job != nullptr && (!date || job->submit_time < *date)) date = job->submit_time;
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
        batches_here_ = 0;
    }
    for (Observer* observer : observers_) observer->on_date(now_);
    for (const TaskId task : ended) end_part(task);
    take_due();
    if (!over_) submit_jobs();
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
        case Due::Kind::kCall: {
            SchedulerSlot& slot = *slots_[due.scheduler];
            slot.calls.came(due.id, now_);
            slot.events.emplace_back(RequestedCall{due.id});
            return;
        }
        case Due::Kind::kResume: {
            SchedulerSlot& slot = *slots_[due.scheduler];
            slot.waits = false;
            apply(slot);
            return;
        }
    }
}

void Simulation::submit_jobs() {
    for (const Job* job = jobs_to_come_.peek(); job != nullptr && job->submit_time <= now_;
         job = jobs_to_come_.peek()) {
        SchedulerSlot& slot = *slots_[owner_of_workload_[job->workload]];
        JobRecord& record =
            jobs_.emplace(submitted_count_, submitted_count_, slot.index, jobs_to_come_.next());
        ++submitted_count_;
        changed_ = true;
        slot.events.emplace_back(JobSubmitted{&record});
    }
    tell_no_more_jobs();
}

void Simulation::tell_no_more_jobs() {
    for (auto& slot : slots_) {
        if (slot->knows_no_more_jobs) continue;
        const auto& workloads = slot->role.workloads;
        const bool done = std::all_of(workloads.begin(), workloads.end(), [this](auto workload) {
            return jobs_to_come_.is_exhausted(workload);
        });
        if (!done) continue;
        slot->knows_no_more_jobs = true;
        slot->events.emplace_back(NoMoreStaticJobs{});
    }
}

void Simulation::end_part(PartId part) {
    if (const auto ended = executor_.part_ended(part, now_)) end_job(ended->job, ended->how);
}

void Simulation::keep_progress(JobRecord& job) {
    job.progress = std::make_unique<Progress>(executor_.progress(job, now_));
}

void Simulation::stop_job(JobRecord& job, JobEnd end) {
    keep_progress(job);
    executor_.cut_off(job, now_);
    end_job(job, end);
}

void Simulation::end_job(JobRecord& job, JobEnd end) {
    if (end == JobEnd::kSucceeded || end == JobEnd::kFailed) job.progress.reset();
    job.state = JobState::kOver;
    job.end = end;
    job.end_time = now_;
    job.execution.reset();
    hosts_.give_back(job.hosts);
    --running_count_;
    changed_ = true;
    slots_[job.owner]->events.emplace_back(JobCompleted{&job});
}

// ---- Decisions -----------------------------------------------------------------------------------

void Simulation::decide_all() {
    const auto ready = [this](const auto& slot) { return is_ready(*slot); };
    while (!over_ && std::any_of(slots_.begin(), slots_.end(), ready)) {
        for (auto& slot : slots_) {
            if (!over_ && is_ready(*slot)) decide(*slot);
        }
        if (!over_) take_due();
    }
}

void Simulation::decide(SchedulerSlot& slot) {
    Batch batch{now_, std::exchange(slot.events, {})};
    std::stable_sort(batch.events.begin(), batch.events.end(), delivered_before);
    Decisions decisions(now_, slot, jobs_, submitted_count_, hosts_, resources_);
    slot.role.scheduler->decide(batch, decisions);
    for (const Event& event : batch.events)
        if (const auto* call = std::get_if<RequestedCall>(&event)) slot.calls.delivered(call->call);
    retire(batch.events);
    if (slot.delay > 0) {
        slot.waits = true;
        calendar_.add(now_ + std::exchange(slot.delay, 0), {Due::Kind::kResume, slot.index, 0});
    } else {
        apply(slot);
    }
    if (!over_) check_progress(slot);
}

void Simulation::apply(SchedulerSlot& slot) {
    for (const Decision& decision : std::exchange(slot.decisions, {})) {
        std::visit([&](const auto& alternative) { apply(slot, alternative); }, decision);
        if (over_) return;
    }
}

void Simulation::apply(SchedulerSlot&, const ExecuteJob& decision) {
    JobRecord& job = *decision.job;
    job.state = JobState::kRunning;
    job.start_time = now_;
    ++running_count_;
    changed_ = true;
    executor_.start(job);
}

void Simulation::apply(SchedulerSlot&, const RejectJob& decision) {
    decision.job->state = JobState::kOver;
    decision.job->end = JobEnd::kRejected;
    changed_ = true;
    retire(*decision.job);
}

void Simulation::apply(SchedulerSlot& slot, const KillJobs& decision) {
    for (const JobId id : decision.jobs) {
        JobRecord* job = jobs_.find(id);
        if (job != nullptr && job->state == JobState::kRunning) stop_job(*job, JobEnd::kKilled);
    }
    slot.events.emplace_back(JobsKilled{decision.jobs});
}

void Simulation::apply(SchedulerSlot& slot, const ArmCall& decision) {
    slot.calls.arm(decision.call, now_);
}

void Simulation::apply(SchedulerSlot&, const StopSimulation& decision) {
    outcome_.stop_reason = decision.reason;
    end(EndReason::kStopped);
}

void Simulation::retire(const std::vector<Event>& delivered) {
    for (const Event& event : delivered)
        if (const auto* completed = std::get_if<JobCompleted>(&event))
            retire(*jobs_.find(completed->job->id));
}

void Simulation::retire(JobRecord& job) {
    for (Observer* observer : observers_) observer->on_job_over(job);
    jobs_.erase(job.id);
}

// ---- The end -------------------------------------------------------------------------------------

void Simulation::check_progress(const SchedulerSlot& slot) {
    if (std::exchange(changed_, false)) {
        batches_here_ = 0;
        idle_batches_ = 0;
        return;
    }
    if (++batches_here_ >= kMostBatchesWithoutChange)
        throw PluginError("livelock: " + std::to_string(kMostBatchesWithoutChange) +
                          " batches at date " + number_text(now_) +
                          " in which no job and no host changed state; the last one was for "
                          "scheduler '" +
                          slot.role.name + "'");
    if (only_calls_remain() && ++idle_batches_ >= kMostBatchesWithoutChange)
        end(EndReason::kStalled);
}

// Whether nothing but requested calls can wake a scheduler.
bool Simulation::only_calls_remain() const {
    return running_count_ == 0 && jobs_to_come_.peek() == nullptr &&
           std::none_of(slots_.begin(), slots_.end(), [](const auto& slot) { return slot->waits; });
}

void Simulation::check_end() {
    if (is_finished())
        end(EndReason::kFinished);
    else if (is_stalled())
        end(EndReason::kStalled);
}

bool Simulation::is_finished() const {
    const auto pending = [](const auto& slot) {
        return slot->waits || !slot->events.empty() || !slot->decisions.empty();
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
    report_jobs_over();
    cut_off_jobs();
    if (reason == EndReason::kInterrupted) return;
    for (auto& slot : slots_) slot->role.scheduler->simulation_ends(now_, reason);
}

// The backend may be in the middle of something: it is left as it is.
void Simulation::fail(const Error& error) {
    outcome_.reason = EndReason::kFailed;
    outcome_.error = error;
    outcome_.date = now_;
    if (!std::exchange(over_, true)) {
        report_jobs_over();
        cut_off_jobs();
    }
    for (Observer* observer : observers_) observer->on_simulation_over(outcome_);
}

// Those whose schedulers have not heard of it: their rows must not be lost.
void Simulation::report_jobs_over() {
    jobs_.for_each([this](JobId, const JobRecord& job) {
        if (job.state != JobState::kOver) return;
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
        }
    });
}

} // namespace batsim
