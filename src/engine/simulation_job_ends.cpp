// simulation_job_ends.cpp - how jobs end, and when they are forgotten.
#include <algorithm>
#include <utility>

#include "engine/simulation.hpp"

namespace batsim {

void Simulation::lose_jobs_on(const HostSet& hosts) {
    std::vector<JobRecord*> lost;
    jobs_.for_each([&](JobId id, const JobRecord& job) {
        if (job.state == JobState::kRunning && job.hosts.intersects(hosts))
            lost.push_back(jobs_.find(id));
    });
    for (JobRecord* job : lost) stop_job(*job, JobEnd::kHostFailed);
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
    watchdog_.job_changed();
    if (energy_ != nullptr) job.energy = energy_->job_ended(job, now_);
    for (Observer* observer : observers_) observer->on_job_ended(job);
    slots_[job.owner]->events.emplace_back(JobCompleted{&job});
    audience_.tell_end(job, JobCompleted{&job});
}

void Simulation::retire(const SchedulerSlot& slot, const std::vector<Event>& delivered) {
    for (const Event& event : delivered) {
        if (const auto* completed = std::get_if<JobCompleted>(&event))
            has_heard_of_end(slot, *jobs_.find(completed->job->id));
        else if (const auto* rejected = std::get_if<JobRejected>(&event))
            has_heard_of_end(slot, *jobs_.find(rejected->job->id));
    }
}

void Simulation::has_heard_of_end(const SchedulerSlot& slot, JobRecord& job) {
    if (job.owner == slot.index && !job.has_left) return leave(job);
    job.listeners.erase(std::find(job.listeners.begin(), job.listeners.end(), slot.index));
    erase_if_forgotten(job);
}

// It no longer exists for its owner.
void Simulation::leave(JobRecord& job) {
    for (Observer* observer : observers_) observer->on_job_over(job);
    job.has_left = true;
    erase_if_forgotten(job);
}

void Simulation::erase_if_forgotten(JobRecord& job) {
    if (job.has_left && job.listeners.empty()) jobs_.erase(job.id);
}

} // namespace batsim
