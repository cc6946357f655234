// host_use.cpp - which hosts can take a job now, and how fast they are.
#include "engine/host_use.hpp"

#include <algorithm>
#include <limits>

namespace batsim {

HostSpeeds::HostSpeeds(const Platform& platform) : platform_(platform) {
    speeds_.reserve(platform.hosts.size());
    for (const Host& host : platform.hosts) {
        speeds_.push_back(host.pstate_speeds[host.initial_pstate]);
        ++host_counts_[speeds_.back()];
        may_change_ = may_change_ || host.pstate_speeds.size() > 1;
    }
}

void HostSpeeds::set(const HostSet& hosts, std::size_t pstate) {
    for (const HostSet::Interval& interval : hosts.intervals())
        for (HostId host = interval.first; host <= interval.last; ++host) {
            const auto old = host_counts_.find(speeds_[host]);
            if (--old->second == 0) host_counts_.erase(old);
            speeds_[host] = platform_.hosts[host].pstate_speeds[pstate];
            ++host_counts_[speeds_[host]];
        }
}

double HostSpeeds::slowest(const HostSet& hosts) const {
    if (host_counts_.size() == 1) return host_counts_.begin()->first;
    double slowest = std::numeric_limits<double>::infinity();
    for (const HostSet::Interval& interval : hosts.intervals())
        for (HostId host = interval.first; host <= interval.last; ++host)
            slowest = std::min(slowest, speeds_[host]);
    return slowest;
}

void HostUse::take(const HostSet& hosts) {
    const HostSet shared = free_.erase(hosts);
    for (const HostSet::Interval& interval : shared.intervals())
        for (HostId host = interval.first; host <= interval.last; ++host) ++more_jobs_[host];
}

void HostUse::give_back(const HostSet& hosts) {
    if (more_jobs_.empty()) {
        free_.insert(hosts);
        return;
    }
    HostSet idle;
    for (const HostSet::Interval& interval : hosts.intervals())
        for (HostId host = interval.first; host <= interval.last; ++host) {
            const auto more = more_jobs_.find(host);
            if (more == more_jobs_.end())
                idle.append(host, host);
            else if (--more->second == 0)
                more_jobs_.erase(more);
        }
    free_.insert(idle);
}

std::uint32_t HostUse::job_count(HostId host) const {
    if (free_.contains(host)) return 0;
    const auto more = more_jobs_.find(host);
    return more == more_jobs_.end() ? 1 : 1 + more->second;
}

} // namespace batsim
