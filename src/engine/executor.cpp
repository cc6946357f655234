// executor.cpp - runs jobs: from the decision to execute to the date of the end.
#include "engine/executor.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
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
    if (std::min(seconds, job.walltime) <= kLatestDate) return;
    throw InputError("job '" + job.job.full_name + "'", "",
                     "would run for " + number_text(seconds) + " s on hosts " +
                         job.hosts.to_string() + ", more than " + number_text(kLatestDate));
}

RankHosts ranks_of(const JobRecord& job) { return {job.hosts, job.placement.get()}; }

bool all_over(const RunningBranch& fork) {
    return std::all_of(fork.forked.begin(), fork.forked.end(),
                       [](const auto& branch) { return branch->over; });
}

} // namespace

// ---- Jobs ----------------------------------------------------------------------------------------

bool Executor::walks_through(const JobRecord& job) const {
    const Profile& profile = *job.job.profile;
    if (profile.traits.seconds) return false;
    if (work_.is_metered() || !has_closed_form(profile, ranks_of(job), !model_.shared_hosts))
        return true;
    return speeds_.may_change();
}

void Executor::start(JobRecord& job) {
    if (!walks_through(job)) {
        start_with_closed_form(job);
        return;
    }
    const auto find_storage = [this, &job](const std::string& label) {
        const auto host = storages_.find(label, job.placement.get());
        BATSIM_ASSERT(host); // Decisions has checked it
        return *host;
    };
    const bool by_leaves = work_.is_metered() || speeds_.may_change();
    job.execution = std::make_unique<Execution>(
        job, *job.job.profile,
        ExecutionContext{ranks_of(job), speeds_, find_storage, !model_.shared_hosts, by_leaves});
    executions_.emplace(job.id, job.execution.get());
    if (job.walltime != kNoWalltime)
        job.execution->walltime_entry =
            calendar_.add(job.start_time + job.walltime, {Due::Kind::kWalltime, job.owner, job.id});
    begin_next_part(job.execution->first, job.start_time);
}

void Executor::start_with_closed_form(JobRecord& job) {
    const double seconds = *closed_form_run_time(*job.job.profile, ranks_of(job), speeds_);
    const double walltime = job.walltime;
    const bool too_long = seconds > walltime + walltime * kWalltimeTolerance;
    check_length(job, seconds);
    job.end = too_long ? JobEnd::kWalltimeReached : natural_end(job);
    job.end_entry = calendar_.add(job.start_time + (too_long ? walltime : seconds),
                                  {Due::Kind::kJobEnd, job.owner, job.id});
}

JobEnd Executor::walltime_reached(JobRecord& job, double now) {
    Execution& execution = *job.execution;
    execution.walltime_entry.reset();
    const double tolerance = job.walltime * kWalltimeTolerance;
    const bool ends = seconds_left(execution.first, tolerance, now) <= tolerance;
    cut_off(job, now);
    return ends ? natural_end(job) : JobEnd::kWalltimeReached;
}

void Executor::cut_off(JobRecord& job, double now) {
    if (!job.execution) {
        calendar_.remove(job.end_entry);
        return;
    }
    drop(job.execution->first, now);
    forget(job);
}

void Executor::forget(JobRecord& job) {
    if (job.execution->walltime_entry) calendar_.remove(*job.execution->walltime_entry);
    executions_.erase(job.id);
}

// ---- Parts ---------------------------------------------------------------------------------------

// False if the branch is over.
bool Executor::begin_next_part(RunningBranch& branch, double now) {
    Branch::Part part = branch.walk.next();
    if (std::holds_alternative<Branch::Over>(part)) return false;
    branch.id = next_part_++;
    branch.done = branch.metered = 0;
    branch.since = branch.walk.part_start();
    branch.end.reset();
    parts_.emplace(branch.id, &branch);
    if (const auto* stretch = std::get_if<Branch::Stretch>(&part))
        begin_stretch(branch, stretch->seconds);
    else if (auto* task = std::get_if<BackendTask>(&part))
        begin_task(branch, std::move(*task));
    else
        begin_fork(branch, *std::get<Branch::Fork>(part).profile, now);
    if (branch.forked.empty()) work_.begin(branch, now);
    return true;
}

void Executor::begin_stretch(RunningBranch& branch, double seconds) {
    const ExecutionContext& context = branch.job.execution->context;
    if (const auto* trace = std::get_if<UsageTraceProfile>(&branch.walk.part().body))
        if (context.by_leaves) branch.usage = std::make_unique<UsageWalk>(*trace, context.ranks);
    branch.end = branch.walk.part_end(seconds);
    enter_calendar(branch);
}

void Executor::begin_task(RunningBranch& branch, BackendTask task) {
    branch.is_task = true;
    ++task_count_;
    backend_.start(branch.id, std::move(task));
}

// Where the length of the fork is known, its branches matter to the meter only.
void Executor::begin_fork(RunningBranch& branch, const ForkJoinProfile& fork, double now) {
    const Profile& part = branch.walk.part();
    const ExecutionContext& context = branch.job.execution->context;
    for (const ProfilePtr& element : fork.elements)
        branch.forked.push_back(std::make_unique<RunningBranch>(branch.job, &branch, *element,
                                                                context, branch.walk.part_start()));
    for (const auto& forked : branch.forked) begin_next_part(*forked, now);
    if (!branch.walk.part_has_closed_form()) return;
    branch.end = branch.walk.part_end(*closed_form_run_time(part, context.ranks, speeds_));
    enter_calendar(branch);
}

void Executor::enter_calendar(RunningBranch& branch) {
    check_length(branch.job, *branch.end);
    double offset = *branch.end;
    if (branch.usage && work_.is_metered())
        if (const auto seconds = branch.usage->seconds_to_change(speeds_))
            offset = std::min(offset, branch.since + *seconds);
    branch.entry = calendar_.add(branch.job.start_time + offset,
                                 {Due::Kind::kPartEnd, branch.job.owner, branch.id});
}

std::optional<Executor::Ended> Executor::part_ended(PartId part, double now) {
    RunningBranch* branch = parts_.at(part);
    branch->entry.reset();
    if (branch->usage && now < branch->job.start_time + *branch->end) {
        work_.change_ranks(*branch, now);
        enter_calendar(*branch);
        return std::nullopt;
    }
    branch->walk.set_part_end(branch->is_task ? offset_of(*branch, now) : *branch->end);
    end_part(*branch, now);
    while (!begin_next_part(*branch, now)) {
        branch->over = true;
        RunningBranch* parent = branch->parent;
        if (parent == nullptr) {
            forget(branch->job);
            return Ended{branch->job, natural_end(branch->job)};
        }
        if (parent->end || !all_over(*parent)) return std::nullopt;
        parent->walk.set_part_end(branch->walk.part_start());
        end_part(*parent, now);
        branch = parent;
    }
    return std::nullopt;
}

// Of a task, the backend has ended it.
void Executor::end_part(RunningBranch& branch, double now) {
    if (branch.is_task) {
        work_.end_task(branch, now);
        branch.is_task = false;
        --task_count_;
    } else {
        work_.end(branch, now);
    }
    for (const auto& forked : branch.forked) drop(*forked, now);
    branch.forked.clear();
    branch.usage.reset();
    parts_.erase(branch.id);
}

void Executor::drop(RunningBranch& branch, double now) {
    if (branch.over) return;
    work_.end(branch, now);
    if (branch.entry) calendar_.remove(*branch.entry);
    if (std::exchange(branch.is_task, false)) {
        backend_.cancel(branch.id);
        --task_count_;
    }
    for (const auto& forked : branch.forked) drop(*forked, now);
    parts_.erase(branch.id);
    branch.over = true;
}

// ---- How far ----------------------------------------------------------------------------------------

// Of the present part; for a task at the mean rate that it has had so far.
double Executor::seconds_left_of_part(const RunningBranch& branch, double enough,
                                      double now) const {
    const double offset = offset_of(branch, now);
    if (branch.end) return *branch.end - offset;
    if (branch.is_task) {
        const double left = backend_.remaining(branch.id);
        return left < 1 ? (offset - branch.since) * left / (1 - left) : kNoWalltime;
    }
    double most = 0;
    for (const auto& forked : branch.forked)
        most = std::max(most, seconds_left(*forked, enough, now));
    return most;
}

double Executor::seconds_left(const RunningBranch& branch, double enough, double now) const {
    if (branch.over) return 0;
    return seconds_left_of_part(branch, enough, now) + branch.walk.seconds_after_part(enough);
}

Progress Executor::progress(const JobRecord& job, double now) {
    if (!job.execution)
        return closed_form_progress(*job.job.profile, ranks_of(job), speeds_, now - job.start_time);
    for_each_branch(job.execution->first,
                    [&](RunningBranch& branch) { work_.settle(branch, now); });
    return progress(job.execution->first, now);
}

Progress Executor::progress(const RunningBranch& branch, double now) const {
    if (branch.over) return leaf_progress(branch.walk.profile(), 1);
    Progress progress = part_progress(branch, now);
    const auto& levels = branch.walk.levels();
    for (auto level = levels.rbegin(); level != levels.rend(); ++level)
        progress = sequence_progress(*level->profile, level->repetition, level->index, progress);
    return progress;
}

Progress Executor::part_progress(const RunningBranch& branch, double now) const {
    const Profile& part = branch.walk.part();
    const ExecutionContext& context = branch.job.execution->context;
    if (branch.end && !context.goes_into_known(part))
        return closed_form_progress(part, context.ranks, speeds_,
                                    offset_of(branch, now) - branch.walk.part_start());
    if (branch.forked.empty()) return leaf_progress(part, work_.share_done(branch, now));
    std::vector<Progress> elements;
    for (const auto& forked : branch.forked) elements.push_back(progress(*forked, now));
    return fork_progress(part, elements);
}

// ---- Speeds --------------------------------------------------------------------------------------

template <class Do>
void Executor::for_each_branch_on(const HostSet& hosts, Do&& what) {
    for (const auto& [job, execution] : executions_)
        if (!(execution->first.job.hosts & hosts).empty()) for_each_branch(execution->first, what);
}

void Executor::settle(double now) {
    for (const auto& [job, execution] : executions_)
        for_each_branch(execution->first, [&](RunningBranch& branch) {
            if (can_ask_backend_ || !branch.is_task) work_.settle(branch, now);
        });
}

void Executor::before_speed_change(const HostSet& hosts, double now) {
    for_each_branch_on(hosts, [&](RunningBranch& branch) {
        work_.settle(branch, now);
        if (branch.is_task || branch.usage || !branch.end) return;
        branch.done = work_.share_done(branch, now);
        branch.since = offset_of(branch, now);
    });
}

void Executor::after_speed_change(const HostSet& hosts, double now) {
    for_each_branch_on(hosts, [&](RunningBranch& branch) {
        branch.walk.forget_lengths();
        const Profile& part = branch.walk.part();
        if (!branch.end || part.traits.seconds) return;
        calendar_.remove(*branch.entry);
        branch.end = offset_of(branch, now) + seconds_left_at_new_speed(branch, now);
        enter_calendar(branch);
    });
}

double Executor::seconds_left_at_new_speed(const RunningBranch& branch, double now) const {
    if (branch.usage) return branch.usage->seconds_left(speeds_);
    double most = 0;
    for (const auto& forked : branch.forked)
        most = std::max(most, seconds_left(*forked, kNoWalltime, now));
    if (!branch.forked.empty()) return most;
    const RankHosts& ranks = branch.job.execution->context.ranks;
    return (1 - branch.done) * *closed_form_run_time(branch.walk.part(), ranks, speeds_);
}

} // namespace batsim
