// host_loads.cpp - how much of their hosts jobs use at present.
#include "engine/host_loads.hpp"

#include <algorithm>
#include <map>

#include "engine/closed_form.hpp"
#include "engine/host_states.hpp"
#include "engine/rank_amounts.hpp"
#include "engine/work_done.hpp"

namespace batsim {

namespace {

// Of a host all of whose cores compute: 1.
double without_rounding_error(double load) { return load > 1 && load < 1 + 1e-9 ? 1 : load; }

// What branches compute where, apart from tasks.
class BranchUse {
  public:
    BranchUse(const HostSpeeds& speeds, double now, const ComputesOn& computes_on)
        : speeds_(speeds), now_(now), computes_on_(computes_on) {}

    void add(const RunningBranch& branch) const {
        if (branch.is_task || !branch.forked.empty()) return;
        if (branch.usage)
            branch.usage->for_each_use(speeds_, computes_on_);
        else if (branch.end)
            add_stretch(branch);
    }

  private:
    void add_stretch(const RunningBranch& branch) const {
        const ExecutionContext& context = branch.job.execution->context;
        const Profile& part = branch.walk.part();
        const double seconds = *branch.end - branch.since;
        if (!context.by_leaves)
            closed_form_use(part, context.ranks, speeds_,
                            offset_of(branch, now_) - branch.walk.part_start(), computes_on_);
        else if (seconds > 0)
            add_leaf(part, context.ranks, (1 - branch.done) / seconds);
    }

    // Of which this share is done in each second.
    void add_leaf(const Profile& leaf, const RankHosts& ranks, double rate) const {
        const std::vector<double> flops = flops_of_ranks(leaf, ranks.size());
        if (flops.empty()) return;
        ranks.for_each([&](std::size_t rank, HostId host) {
            if (flops[rank] > 0) computes_on_(host, flops[rank] * rate);
        });
    }

    const HostSpeeds& speeds_;
    double now_;
    const ComputesOn& computes_on_;
};

} // namespace

std::vector<double> HostLoads::of(const HostSet& hosts, double now) const {
    std::map<HostId, double> flops_on; // per second
    for_each_host(hosts, [&](HostId host) { flops_on[host] = backend_.computing_rate(host); });
    const ComputesOn computes_on = [&flops_on](HostId host, double rate) {
        const auto found = flops_on.find(host);
        if (found != flops_on.end()) found->second += rate;
    };
    const BranchUse branches(speeds_, now, computes_on);
    jobs_.for_each([&](JobId, const JobRecord& job) {
        if (job.state != JobState::kRunning || !job.hosts.intersects(hosts)) return;
        if (job.execution)
            for_each_branch(job.execution->first,
                            [&](const RunningBranch& branch) { branches.add(branch); });
        else
            closed_form_use(*job.job.profile, RankHosts(job.hosts, job.placement.get()), speeds_,
                            now - job.start_time, computes_on);
    });
    std::vector<double> loads;
    loads.reserve(flops_on.size());
    for (const auto& [host, rate] : flops_on)
        loads.push_back(
            without_rounding_error(rate / (speeds_.of(host) * speeds_.core_count(host))));
    return loads;
}

} // namespace batsim
