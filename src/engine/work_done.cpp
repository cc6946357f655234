// work_done.cpp - how much of the parts under way is done; tells a meter of it.
#include "engine/work_done.hpp"

#include <algorithm>
#include <cmath>

#include "engine/job_record.hpp"
#include "engine/rank_amounts.hpp"

namespace batsim {

double offset_of(const RunningBranch& branch, double now) { return now - branch.job.start_time; }

void WorkDone::begin(RunningBranch& branch, double now) {
    if (meter_ == nullptr) return;
    find_ranks(branch);
    tell_ranks(branch, +1, now);
}

void WorkDone::end(RunningBranch& branch, double now) {
    settle(branch, now);
    if (meter_ == nullptr) return;
    tell_ranks(branch, -1, now);
    branch.work.clear();
}

void WorkDone::settle(RunningBranch& branch, double now) {
    if (branch.usage) {
        const double seconds = std::max(offset_of(branch, now) - branch.since, 0.0);
        branch.since += seconds;
        branch.usage->advance(seconds, speeds_, [&](HostId host, double core_seconds) {
            if (meter_ != nullptr) meter_->worked(host, branch.job.id, core_seconds, now);
        });
        return;
    }
    if (!branch.work.empty()) count(branch, share_done(branch, now), now);
}

void WorkDone::end_task(RunningBranch& branch, double now) {
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

void WorkDone::change_ranks(RunningBranch& branch, double now) {
    settle(branch, now);
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

void WorkDone::tell_ranks(const RunningBranch& branch, int delta, double now) {
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
