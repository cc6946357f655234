// host_states.cpp - which hosts are on, and in which pstate.
#include "engine/host_states.hpp"

namespace batsim {

HostStates::HostStates(const Platform& platform)
    : platform_(platform), entries_(platform.hosts.size()) {
    for (std::size_t host = 0; host < entries_.size(); ++host)
        entries_[host].pstate = platform.hosts[host].initial_pstate;
}

HostState HostStates::visible(const Entry& entry) {
    if (entry.failed) return HostState::kFailed;
    return entry.unavailable ? HostState::kUnavailable : entry.power;
}

HostSet HostStates::among(const HostSet& hosts, HostState state) const {
    HostSet found;
    for_each_host(hosts, [&](HostId host) {
        if (of(host) == state) found.append(host, host);
    });
    return found;
}

HostSet HostStates::not_in_pstate(const HostSet& hosts, std::uint32_t pstate) const {
    HostSet found;
    for_each_host(hosts, [&](HostId host) {
        if (entries_[host].pstate != pstate) found.append(host, host);
    });
    return found;
}

void HostStates::set_pstate(const HostSet& hosts, std::uint32_t pstate) {
    for_each_host(hosts, [&](HostId host) { entries_[host].pstate = pstate; });
}

template <class Set>
HostSet HostStates::change(const HostSet& hosts, Set&& set) {
    HostSet changed, on;
    for_each_host(hosts, [&](HostId host) {
        const HostState before = of(host);
        set(entries_[host]);
        if (of(host) != before) changed.append(host, host);
        if (of(host) == HostState::kOn) on.append(host, host);
    });
    not_on_ |= hosts;
    not_on_ -= on;
    return changed;
}

HostSet HostStates::set_power(const HostSet& hosts, HostState power) {
    return change(hosts, [power](Entry& entry) { entry.power = power; });
}

HostSet HostStates::set_failed(const HostSet& hosts, bool failed) {
    return change(hosts, [failed](Entry& entry) { entry.failed = failed; });
}

HostSet HostStates::set_unavailable(const HostSet& hosts, bool unavailable) {
    return change(hosts, [unavailable](Entry& entry) { entry.unavailable = unavailable; });
}

} // namespace batsim
