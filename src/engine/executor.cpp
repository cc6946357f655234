// executor.cpp - runs jobs: from the decision to execute to the date of the end.
#include "engine/executor.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "engine/closed_form.hpp"
#include "engine/limits.hpp"

namespace batsim {

namespace {

// Durations within this share of the walltime are equal to it.
constexpr double kWalltimeTolerance = 1e-9;

JobEnd natural_end(const JobRecord& job) {
    return job.job.profile->return_code == 0 ? JobEnd::kSucceeded : JobEnd::kFailed;
}

void check_length(const JobRecord& job, double seconds) {
    if (seconds <= kLatestDate) return;
    throw InputError("job '" + job.job.full_name + "'", "",
                     "would run for " + number_text(seconds) + " s on hosts " +
                         job.hosts.to_string() + ", more than " + number_text(kLatestDate));
}

} // namespace

void Executor::start(JobRecord& job) {
    const Profile& profile = *job.job.profile;
    if (const auto seconds = closed_form_run_time(profile, job.hosts, speeds_)) {
        start_with_closed_form(job, *seconds);
        return;
    }
    job.execution = std::make_unique<Execution>(profile, job.hosts, speeds_);
    if (job.job.walltime != kNoWalltime)
        job.execution->walltime_entry = calendar_.add(job.start_time + job.job.walltime,
                                                      {Due::Kind::kWalltime, job.owner, job.id});
    begin_next_part(job);
}

void Executor::start_with_closed_form(JobRecord& job, double seconds) {
    const double walltime = job.job.walltime;
    const bool too_long = seconds > walltime + walltime * kWalltimeTolerance;
    check_length(job, std::min(seconds, walltime));
    job.end = too_long ? JobEnd::kWalltimeReached : natural_end(job);
    job.end_entry = calendar_.add(job.start_time + (too_long ? walltime : seconds),
                                  {Due::Kind::kJobEnd, job.owner, job.id});
}

bool Executor::begin_next_part(JobRecord& job) {
    Execution& execution = *job.execution;
    Execution::Part part = execution.next();
    if (auto* task = std::get_if<ParallelTask>(&part)) {
        execution.part_length.reset();
        ++task_count_;
        backend_.start(job.id, std::move(*task));
        return true;
    }
    if (const auto* wait = std::get_if<Execution::Wait>(&part)) {
        check_length(job, std::min(execution.part_start + wait->seconds, job.job.walltime));
        execution.part_length = wait->seconds;
        execution.part_entry =
            calendar_.add(job.start_time + (execution.part_start + wait->seconds),
                          {Due::Kind::kPartEnd, job.owner, job.id});
        return true;
    }
    return false;
}

std::optional<JobEnd> Executor::part_ended(JobRecord& job, double now) {
    Execution& execution = *job.execution;
    if (execution.part_length) {
        execution.part_start += *execution.part_length;
        execution.part_entry.reset();
    } else {
        execution.part_start = now - job.start_time;
        --task_count_;
    }
    execution.part_length = 0; // nothing is under way
    if (begin_next_part(job)) return std::nullopt;
    if (execution.walltime_entry) calendar_.remove(*execution.walltime_entry);
    return natural_end(job);
}

JobEnd Executor::walltime_reached(JobRecord& job, double now) {
    Execution& execution = *job.execution;
    execution.walltime_entry.reset();
    const double tolerance = job.job.walltime * kWalltimeTolerance;
    const double left = seconds_left_of_part(job, now);
    const bool ends = left + execution.seconds_after_part(tolerance) <= tolerance;
    end_part(job);
    return ends ? natural_end(job) : JobEnd::kWalltimeReached;
}

// Of the present part; for a task at the mean rate that it has had so far.
double Executor::seconds_left_of_part(const JobRecord& job, double now) const {
    const Execution& execution = *job.execution;
    const double elapsed = now - (job.start_time + execution.part_start);
    if (execution.part_length) return *execution.part_length - elapsed;
    const double left = backend_.remaining(job.id);
    return left < 1 ? elapsed * left / (1 - left) : kNoWalltime;
}

void Executor::end_part(JobRecord& job) {
    Execution& execution = *job.execution;
    if (execution.part_entry) {
        calendar_.remove(*execution.part_entry);
    } else {
        backend_.cancel(job.id);
        --task_count_;
    }
}

void Executor::cut_off(JobRecord& job) {
    if (!job.execution) {
        calendar_.remove(job.end_entry);
        return;
    }
    if (job.execution->walltime_entry) calendar_.remove(*job.execution->walltime_entry);
    end_part(job);
}

} // namespace batsim
