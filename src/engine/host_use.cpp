// host_use.cpp - which hosts can take a job now, and how fast they are.
#include "engine/host_use.hpp"

#include <algorithm>
#include <functional>
#include <limits>

namespace batsim {

HostSpeeds::HostSpeeds(const Platform& platform) {
    speeds_.reserve(platform.hosts.size());
    for (const Host& host : platform.hosts)
        speeds_.push_back(host.pstate_speeds[host.initial_pstate]);
    const bool equal =
        std::adjacent_find(speeds_.begin(), speeds_.end(), std::not_equal_to<>()) == speeds_.end();
    if (equal && !speeds_.empty()) common_ = speeds_.front();
}

double HostSpeeds::slowest(const HostSet& hosts) const {
    if (common_) return *common_;
    double slowest = std::numeric_limits<double>::infinity();
    for (const HostSet::Interval& interval : hosts.intervals())
        for (HostId host = interval.first; host <= interval.last; ++host)
            slowest = std::min(slowest, speeds_[host]);
    return slowest;
}

} // namespace batsim
