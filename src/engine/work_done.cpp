// work_done.cpp - how much of the parts under way is done; tells a meter of it.
#include "engine/work_done.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/job_record.hpp"
#include "engine/rank_amounts.hpp"

namespace batsim {

namespace {

bool is_program(const RunningBranch& branch) {
    return branch.is_task && std::holds_alternative<MpiTraceProfile>(branch.walk.part().body);
}

} // namespace

double offset_of(const RunningBranch& branch, double now) { return now - branch.job.start_time; }

void WorkDone::begin(RunningBranch& branch, double now) {
    if (meter_ == nullptr) return;
    branch.program_work.clear();
    if (is_program(branch)) programs_[branch.id] = &branch;
    find_ranks(branch);
    tell_ranks(branch, +1, now);
}

void WorkDone::end(RunningBranch& branch, double now) {
    settle(branch, now);
    if (meter_ == nullptr) return;
    programs_.erase(branch.id);
    tell_ranks(branch, -1, now);
    branch.work.clear();
}

void WorkDone::settle(RunningBranch& branch, double now) {
    if (branch.usage) {
        advance(branch, std::max(offset_of(branch, now) - branch.since, 0.0), now);
        return;
    }
    if (!branch.work.empty()) count(branch, share_done(branch, now), now);
    if (is_program(branch)) count_program(branch, now);
}

void WorkDone::advance(RunningBranch& branch, double seconds, double now) {
    branch.since += seconds;
    branch.usage->advance(seconds, speeds_, [&](HostId host, double core_seconds) {
        if (meter_ != nullptr) meter_->worked(host, branch.job.id, core_seconds, now);
    });
}

void WorkDone::end_task(RunningBranch& branch, double now) {
    if (is_program(branch)) count_program(branch, now);
    programs_.erase(branch.id);
    if (branch.work.empty()) return;
    count(branch, 1, now);
    tell_ranks(branch, -1, now);
    branch.work.clear();
}

void WorkDone::count(RunningBranch& branch, double done, double now) {
    const double share = done - branch.metered;
    if (!(share > 0)) return;
    branch.metered = done;
    for (const RunningBranch::RankWork& rank : branch.work)
        meter_->worked(rank.host, branch.job.id, rank.flops * share / speeds_.of(rank.host), now);
}

void WorkDone::count_program(RunningBranch& branch, double now) {
    if (meter_ == nullptr) return;
    std::vector<HostWork> work = backend_.program_work(branch.id);
    branch.program_work.resize(work.size());
    for (std::size_t i = 0; i < work.size(); ++i) {
        const HostWork& before = branch.program_work[i];
        const HostId host = work[i].host;
        meter_->computed(host, branch.job.id, work[i].seconds - before.seconds);
        meter_->worked(host, branch.job.id, (work[i].flops - before.flops) / speeds_.of(host), now);
    }
    branch.program_work = std::move(work);
}

// At late dates an offset and the date that it becomes differ: whatever ends at the date is over.
void WorkDone::change_ranks(RunningBranch& branch, double now) {
    settle(branch, now);
    while (const auto seconds = branch.usage->seconds_to_change(speeds_)) {
        if (branch.job.start_time + (branch.since + *seconds) > now) break;
        advance(branch, *seconds, now);
    }
    if (meter_ == nullptr) return;
    tell_ranks(branch, -1, now);
    find_ranks(branch);
    tell_ranks(branch, +1, now);
}

void WorkDone::find_ranks(RunningBranch& branch) {
    branch.work.clear();
    if (branch.usage) {
        for (const HostId host : branch.usage->hosts_in_use()) branch.work.push_back({host, 0});
        return;
    }
    const RankHosts& ranks = branch.job.execution->context.ranks;
    const std::vector<double> flops = flops_of_ranks(branch.walk.part(), ranks.size());
    if (flops.empty()) return;
    ranks.for_each([&](std::size_t rank, HostId host) {
        if (flops[rank] > 0) branch.work.push_back({host, flops[rank]});
    });
}

// What programs on the same hosts have consumed until now depends on the ranks until now.
void WorkDone::tell_ranks(const RunningBranch& branch, int delta, double now) {
    if (branch.work.empty()) return;
    for (const auto& [id, program] : programs_) count_program(*program, now);
    for (const RunningBranch::RankWork& rank : branch.work)
        meter_->ranks_changed(rank.host, branch.job.id, delta, now);
}

double WorkDone::share_done(const RunningBranch& branch, double now) const {
    if (branch.is_task) return 1 - backend_.remaining(branch.id);
    if (branch.usage) return branch.usage->share_done();
    if (!branch.end) return NAN;
    const double left = *branch.end - branch.since;
    if (left <= 0) return 1;
    const double passed = std::clamp((offset_of(branch, now) - branch.since) / left, 0.0, 1.0);
    return branch.done + (1 - branch.done) * passed;
}

} // namespace batsim
