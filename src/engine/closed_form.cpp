// closed_form.cpp - run times that follow from a profile and the speeds of its hosts alone.
#include "engine/closed_form.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <variant>

#include "base/assert.hpp"
#include "engine/rank_amounts.hpp"
#include "engine/usage_walk.hpp"

namespace batsim {

namespace {

// Of a rank whose flops are `flops_of(rank)`; ranks on one host share its cores.
template <class FlopsOf>
double slowest_rank(const RankHosts& ranks, const HostSpeeds& speeds, FlopsOf&& flops_of) {
    double seconds = 0;
    std::map<HostId, double> flops_on;
    ranks.for_each([&](std::size_t rank, HostId host) {
        const double flops = flops_of(rank);
        seconds = std::max(seconds, flops / speeds.of(host));
        if (ranks.may_share_hosts()) flops_on[host] += flops;
    });
    for (const auto& [host, flops] : flops_on)
        seconds = std::max(seconds, flops / (speeds.of(host) * speeds.core_count(host)));
    return seconds;
}

double slowest_rank(const std::vector<double>& flops, const RankHosts& ranks,
                    const HostSpeeds& speeds) {
    if (flops.empty()) return 0;
    return slowest_rank(ranks, speeds, [&](std::size_t rank) { return flops[rank]; });
}

struct RunTime {
    const RankHosts& ranks;
    const HostSpeeds& speeds;

    double operator()(const DelayProfile& profile) const { return profile.seconds; }
    double operator()(const MoldableDelayProfile& profile) const {
        return run_time(profile.speedup, ranks.size());
    }
    double operator()(const ParallelProfile& profile) const {
        return slowest_rank(profile.flops, ranks, speeds);
    }
    double operator()(const HomogeneousProfile& profile) const {
        const double flops = flops_of_a_rank(profile, ranks.size());
        if (!ranks.may_share_hosts()) return flops / speeds.slowest(ranks.hosts());
        return slowest_rank(ranks, speeds, [=](std::size_t) { return flops; });
    }
    double operator()(const SequenceProfile& profile) const {
        double once = 0;
        for (const ProfilePtr& element : profile.elements) once += of(*element);
        return once * static_cast<double>(profile.repeat);
    }
    double operator()(const UsageTraceProfile& profile) const {
        double seconds = 0;
        ranks.for_each([&](std::size_t rank, HostId host) {
            double of_rank = 0;
            for (const UsagePhase& phase : profile.ranks[rank])
                of_rank += phase.flops / speeds.of(host);
            seconds = std::max(seconds, of_rank);
        });
        return seconds;
    }
    double operator()(const ForkJoinProfile& profile) const {
        double seconds = 0;
        for (const ProfilePtr& element : profile.elements)
            seconds = std::max(seconds, of(*element));
        return seconds;
    }
    double operator()(const MergedProfile& profile) const {
        return slowest_rank(flops_of_ranks(profile, ranks.size()), ranks, speeds);
    }
    template <class Other>
    double operator()(const Other&) const {
        fail_assertion("the profile has a closed form", __FILE__, __LINE__);
    }

    double of(const Profile& profile) const {
        if (profile.traits.seconds) return *profile.traits.seconds;
        return std::visit(*this, profile.body);
    }
};

} // namespace

bool has_closed_form(const Profile& profile, const RankHosts& ranks, bool alone) {
    const ProfileTraits& traits = profile.traits;
    if (traits.uses_storage || traits.is_program || traits.shares_itself) return false;
    if (traits.communicates && ranks.size() > 1) return false;
    return alone || !traits.computes;
}

std::optional<double> closed_form_run_time(const Profile& profile, const RankHosts& ranks,
                                           const HostSpeeds& speeds) {
    if (profile.traits.seconds) return profile.traits.seconds;
    if (!has_closed_form(profile, ranks, true)) return std::nullopt;
    return RunTime{ranks, speeds}.of(profile);
}

SequencePosition closed_form_position(const Profile& profile, const RankHosts& ranks,
                                      const HostSpeeds& speeds, double elapsed) {
    const auto& sequence = std::get<SequenceProfile>(profile.body);
    const auto last = static_cast<double>(sequence.repeat - 1);
    const double once = *closed_form_run_time(profile, ranks, speeds) / (last + 1);
    const double repetition = once > 0 ? std::min(std::floor(elapsed / once), last) : last;
    double left = repetition > 0 ? elapsed - repetition * once : elapsed; // once may be infinite
    std::size_t index = 0;
    while (index + 1 < sequence.elements.size()) {
        const double seconds = *closed_form_run_time(*sequence.elements[index], ranks, speeds);
        if (left < seconds) break;
        left -= seconds;
        ++index;
    }
    return {static_cast<std::uint64_t>(repetition), index, std::max(left, 0.0)};
}

namespace {

void task_use(const Profile& profile, const RankHosts& ranks, double seconds,
              const ComputesOn& computes_on) {
    const std::vector<double> flops = flops_of_ranks(profile, ranks.size());
    if (flops.empty() || !(seconds > 0)) return;
    ranks.for_each([&](std::size_t rank, HostId host) {
        if (flops[rank] > 0) computes_on(host, flops[rank] / seconds);
    });
}

} // namespace

void closed_form_use(const Profile& profile, const RankHosts& ranks, const HostSpeeds& speeds,
                     double elapsed, const ComputesOn& computes_on) {
    const double seconds = *closed_form_run_time(profile, ranks, speeds);
    if (const auto* sequence = std::get_if<SequenceProfile>(&profile.body)) {
        const SequencePosition at = closed_form_position(profile, ranks, speeds, elapsed);
        closed_form_use(*sequence->elements[at.index], ranks, speeds, at.elapsed, computes_on);
    } else if (const auto* fork = std::get_if<ForkJoinProfile>(&profile.body)) {
        for (const ProfilePtr& element : fork->elements)
            closed_form_use(*element, ranks, speeds, elapsed, computes_on);
    } else if (elapsed >= seconds) {
        return;
    } else if (const auto* trace = std::get_if<UsageTraceProfile>(&profile.body)) {
        UsageWalk walk(*trace, ranks);
        walk.advance(elapsed, speeds, [](HostId, double) {});
        walk.for_each_use(speeds, computes_on);
    } else {
        task_use(profile, ranks, seconds, computes_on);
    }
}

} // namespace batsim
