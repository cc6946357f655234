// closed_form.cpp - run times that follow from a profile and the speeds of its hosts alone.
#include "engine/closed_form.hpp"

#include <algorithm>
#include <variant>

#include "base/assert.hpp"

namespace batsim {

namespace {

// Rank i is on the i-th host of the set.
double slowest_rank(const std::vector<double>& flops, const HostSet& hosts,
                    const HostSpeeds& speeds) {
    double seconds = 0;
    std::size_t rank = 0;
    for (const HostSet::Interval& interval : hosts.intervals())
        for (HostId host = interval.first; host <= interval.last && rank < flops.size(); ++host)
            seconds = std::max(seconds, flops[rank++] / speeds.of(host));
    return seconds;
}

struct RunTime {
    const HostSet& hosts;
    const HostSpeeds& speeds;

    std::optional<double> operator()(const DelayProfile& profile) const { return profile.seconds; }
    std::optional<double> operator()(const ParallelProfile& profile) const {
        return slowest_rank(profile.flops, hosts, speeds);
    }
    std::optional<double> operator()(const HomogeneousProfile& profile) const {
        return flops_of_a_rank(profile, hosts.size()) / speeds.slowest(hosts);
    }
    std::optional<double> operator()(const SequenceProfile& profile) const {
        double once = 0;
        for (const ProfilePtr& element : profile.elements) {
            const auto seconds = closed_form_run_time(*element, hosts, speeds);
            if (!seconds) return std::nullopt;
            once += *seconds;
        }
        return once * static_cast<double>(profile.repeat);
    }
    std::optional<double> operator()(const UnknownProfile&) const {
        fail_assertion("jobs have no unknown profiles", __FILE__, __LINE__);
    }
};

} // namespace

std::optional<double> closed_form_run_time(const Profile& profile, const HostSet& hosts,
                                           const HostSpeeds& speeds) {
    if (profile.traits.seconds) return profile.traits.seconds;
    if (profile.traits.communicates && hosts.size() > 1) return std::nullopt;
    return std::visit(RunTime{hosts, speeds}, profile.body);
}

} // namespace batsim
