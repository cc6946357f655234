// usage_walk.cpp - how far the ranks of a usage trace have come.
#include "engine/usage_walk.hpp"

#include <algorithm>

namespace batsim {

namespace {

// What is left of a phase below this share is a rounding error.
constexpr double kNothing = 1e-12;

} // namespace

UsageWalk::UsageWalk(const UsageTraceProfile& profile, const RankHosts& ranks) {
    ranks.for_each([&](std::size_t rank, HostId host) {
        Rank added{&profile.ranks[rank], host, 0};
        for (const UsagePhase& phase : *added.phases) added.flops_in_all += phase.flops;
        enter(added);
        ranks_.push_back(added);
    });
}

// Begins the present phase, or the next one that takes time.
void UsageWalk::enter(Rank& rank) {
    while (!rank.over() && (*rank.phases)[rank.phase].flops == 0) ++rank.phase;
    rank.flops_left = rank.over() ? 0 : (*rank.phases)[rank.phase].flops;
}

void UsageWalk::advance(Rank& rank, double seconds, const HostSpeeds& speeds,
                        const Worked& worked) {
    const double speed = speeds.of(rank.host);
    while (!rank.over()) {
        const UsagePhase& phase = (*rank.phases)[rank.phase];
        const double left = rank.flops_left / speed;
        const double passed = std::min(seconds, left);
        worked(rank.host, phase.usage * speeds.core_count(rank.host) * passed);
        seconds -= passed;
        rank.flops_left -= passed * speed;
        if (passed < left && rank.flops_left > phase.flops * kNothing) break;
        ++rank.phase;
        enter(rank);
    }
}

void UsageWalk::advance(double seconds, const HostSpeeds& speeds, const Worked& worked) {
    for (Rank& rank : ranks_) advance(rank, seconds, speeds, worked);
}

double UsageWalk::seconds_left(const HostSpeeds& speeds) const {
    double most = 0;
    for (const Rank& rank : ranks_) {
        double flops = rank.flops_left;
        for (std::size_t i = rank.phase + 1; i < rank.phases->size(); ++i)
            flops += (*rank.phases)[i].flops;
        most = std::max(most, flops / speeds.of(rank.host));
    }
    return most;
}

double UsageWalk::flops_to_change(const Rank& rank) {
    double flops = rank.flops_left;
    const bool works = rank.works();
    for (std::size_t i = rank.phase + 1; i < rank.phases->size(); ++i) {
        if (((*rank.phases)[i].usage > 0) != works) break;
        flops += (*rank.phases)[i].flops;
    }
    return flops;
}

std::optional<double> UsageWalk::seconds_to_change(const HostSpeeds& speeds) const {
    std::optional<double> least;
    for (const Rank& rank : ranks_) {
        if (rank.over()) continue;
        const double seconds = flops_to_change(rank) / speeds.of(rank.host);
        least = std::min(seconds, least.value_or(seconds));
    }
    return least;
}

std::vector<HostId> UsageWalk::hosts_in_use() const {
    std::vector<HostId> hosts;
    for (const Rank& rank : ranks_)
        if (rank.works()) hosts.push_back(rank.host);
    return hosts;
}

void UsageWalk::for_each_use(const HostSpeeds& speeds,
                             const std::function<void(HostId, double)>& use) const {
    for (const Rank& rank : ranks_)
        if (rank.works())
            use(rank.host, (*rank.phases)[rank.phase].usage * speeds.core_count(rank.host) *
                               speeds.of(rank.host));
}

double UsageWalk::share_done() const {
    double share = 1;
    for (const Rank& rank : ranks_) {
        if (rank.over()) continue;
        double left = rank.flops_left;
        for (std::size_t i = rank.phase + 1; i < rank.phases->size(); ++i)
            left += (*rank.phases)[i].flops;
        share = std::min(share, 1 - left / rank.flops_in_all);
    }
    return share;
}

} // namespace batsim
