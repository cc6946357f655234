// host_decisions.cpp - the part of Decisions that is about hosts.
#include "engine/decisions.hpp"

namespace batsim {

namespace {

// What a request for `target` means for a host in this state.
enum class Request { kDo, kDone, kRefused };

Request request_in(HostState state, HostState target) {
    const bool on = target == HostState::kOn;
    switch (state) {
        case HostState::kOn: return on ? Request::kDone : Request::kDo;
        case HostState::kOff: return on ? Request::kDo : Request::kDone;
        case HostState::kSwitchingOn: return on ? Request::kDone : Request::kRefused;
        case HostState::kSwitchingOff: return on ? Request::kRefused : Request::kDone;
        case HostState::kFailed:
        case HostState::kUnavailable: break;
    }
    return Request::kRefused;
}

} // namespace

std::string Decisions::owned_hosts_text() const {
    const std::string owned = slot_.hosts.owned().to_string();
    const std::string borrowed = slot_.hosts.borrowed().to_string();
    return (owned.empty() ? "no hosts" : owned) +
           (borrowed.empty() ? "" : " and has borrowed " + borrowed);
}

Status Decisions::check_hosts(const HostSet& hosts) {
    if (hosts.empty()) return fail(Status::kInvalidArgument, "there are no hosts in the set");
    if (slot_.hosts.contains(hosts)) return Status::kOk;
    const HostSet foreign = hosts - slot_.hosts.all() - slot_.hosts.away();
    if (foreign.empty()) return Status::kRefused; // lent
    return fail(Status::kNotOwner, "hosts " + foreign.to_string() +
                                       " do not belong to this scheduler, which owns " +
                                       owned_hosts_text());
}

Status Decisions::set_pstate(HostSet hosts, std::uint32_t pstate) {
    if (const Status status = check_hosts(hosts); status != Status::kOk) return status;
    Status status = Status::kOk;
    for_each_host(hosts, [&](HostId id) {
        const Host& host = resources_.states.platform().hosts[id];
        if (pstate >= host.pstate_speeds.size())
            status = fail(Status::kInvalidArgument, "host " + std::to_string(id) + " has only " +
                                                        std::to_string(host.pstate_speeds.size()) +
                                                        " pstates, there is no pstate " +
                                                        std::to_string(pstate));
        else if (!host.is_computing(pstate))
            status = fail(Status::kInvalidArgument,
                          "pstate " + std::to_string(pstate) + " of host " + std::to_string(id) +
                              " stands for sleeping or switching; use set_host_state");
    });
    if (status == Status::kOk) status = check_on(hosts);
    if (status == Status::kOk) slot_.decisions.emplace_back(SetPstate{std::move(hosts), pstate});
    return status;
}

Status Decisions::set_host_state(const HostSet& hosts, HostState state) {
    if (state != HostState::kOn && state != HostState::kOff)
        return fail(Status::kInvalidArgument, "hosts can be switched on or off only");
    if (const Status status = check_hosts(hosts); status != Status::kOk) return status;
    HostSet to_switch;
    bool refused = hosts.intersects(slot_.leaving);
    for_each_host(hosts, [&](HostId host) {
        const Request request = request_in(resources_.states.of(host), state);
        refused = refused || request == Request::kRefused;
        if (request == Request::kDo) to_switch.append(host, host);
    });
    if (refused) return Status::kRefused;
    if (state == HostState::kOff && !hosts_.all_free(to_switch))
        return fail(Status::kHostsBusy, "hosts " + hosts_.busy_among(to_switch).to_string() +
                                            " cannot be switched off, they run jobs");
    if (to_switch.empty()) return Status::kOk;
    if (state == HostState::kOff) slot_.leaving |= to_switch;
    slot_.decisions.emplace_back(SetHostState{std::move(to_switch), state});
    return Status::kOk;
}

} // namespace batsim
