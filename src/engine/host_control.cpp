// host_control.cpp - changes hosts: what schedulers decide and what happens from outside.
#include "engine/host_control.hpp"

#include <utility>

namespace batsim {

namespace {

double switch_duration(const Host& host, HostState target) {
    return target == HostState::kOn ? host.switch_on_duration() : host.switch_off_duration();
}

bool is_out_of_reach(HostState state) {
    return state == HostState::kFailed || state == HostState::kUnavailable;
}

} // namespace

// ---- Decisions -----------------------------------------------------------------------------------

// Hosts that fail or become unavailable while a scheduler delays its decisions.
bool HostControl::drop_if_not_usable(SchedulerSlot& slot, DecisionDropped::Kind kind,
                                     const HostSet& hosts) {
    HostSet gone;
    for_each_host(hosts & hosts_.states.not_on(), [&](HostId host) {
        if (is_out_of_reach(hosts_.states.of(host))) gone.append(host, host);
    });
    gone |= hosts & slot.hosts.away();
    if (gone.empty()) return false;
    slot.events.emplace_back(DecisionDropped{
        kind, nullptr, hosts, "hosts " + gone.to_string() + " have failed or are unavailable"});
    return true;
}

void HostControl::apply(SchedulerSlot& slot, const SetPstate& decision, double now) {
    if (drop_if_not_usable(slot, DecisionDropped::Kind::kSetPstate, decision.hosts)) return;
    const HostSet hosts = hosts_.states.not_in_pstate(decision.hosts, decision.pstate);
    if (hosts.empty()) return; // an event would wake the scheduler, which may ask again
    hosts_.executor.before_speed_change(hosts, now);
    hosts_.states.set_pstate(hosts, decision.pstate);
    hosts_.speeds.set(hosts, decision.pstate);
    for_each_host(hosts, [&](HostId host) { hosts_.backend.set_pstate(host, decision.pstate); });
    hosts_.executor.after_speed_change(hosts, now);
    if (hosts_.energy != nullptr) hosts_.energy->hosts_changed(hosts, now);
    changed_ = true;
    slot.events.emplace_back(HostsPstateChanged{decision.pstate, hosts});
    audience_.tell_all_but(slot.index, HostsPstateChanged{decision.pstate, hosts});
    for (Observer* observer : observers_) observer->on_pstates_changed(hosts, decision.pstate, now);
}

void HostControl::apply(SchedulerSlot& slot, const SetHostState& decision, double now) {
    if (drop_if_not_usable(slot, DecisionDropped::Kind::kSetHostState, decision.hosts)) return;
    const HostState opposite = decision.state == HostState::kOn ? HostState::kOff : HostState::kOn;
    const HostSet hosts = hosts_.states.among(decision.hosts, opposite);
    std::map<double, HostSet> by_duration;
    for_each_host(hosts, [&](HostId host) {
        by_duration[switch_duration(hosts_.states.platform().hosts[host], decision.state)].append(
            host, host);
    });
    for (const auto& [duration, group] : by_duration) begin_switch(group, decision.state, now);
}

// All of them take equally long.
void HostControl::begin_switch(const HostSet& hosts, HostState target, double now) {
    const HostId any = hosts.intervals().front().first;
    const double duration = switch_duration(hosts_.states.platform().hosts[any], target);
    if (!(duration > 0)) return set_power(hosts, target, now);
    set_power(hosts, target == HostState::kOn ? HostState::kSwitchingOn : HostState::kSwitchingOff,
              now);
    switches_.emplace(next_switch_, Switch{hosts, target});
    calendar_.add(now + duration, {Due::Kind::kSwitchEnd, 0, next_switch_});
    ++next_switch_;
}

void HostControl::switch_ended(std::uint64_t id, double now) {
    const auto found = switches_.find(id);
    const Switch ended = std::move(found->second);
    switches_.erase(found);
    set_power(ended.hosts, ended.target, now);
}

// Hosts that are unavailable look the same as before, but draw another power.
void HostControl::set_power(const HostSet& hosts, HostState power, double now) {
    const HostSet seen = hosts_.states.set_power(hosts, power);
    if (hosts_.energy != nullptr) hosts_.energy->hosts_changed(hosts, now);
    tell_states(seen, now);
}

// ---- External events -----------------------------------------------------------------------------

void HostControl::happened(const ExternalEvent& event, double now) {
    using Kind = ExternalEvent::Kind;
    HostStates& states = hosts_.states;
    switch (event.kind) {
        case Kind::kForwarded: return;
        case Kind::kUnavailable: return tell_states(states.set_unavailable(event.hosts, true), now);
        case Kind::kAvailable: return tell_states(states.set_unavailable(event.hosts, false), now);
        case Kind::kFailure: {
            const HostSet failed = states.set_failed(event.hosts, true);
            abandon_switches(failed);
            return tell_states(failed, now);
        }
        case Kind::kRepair: return tell_states(states.set_failed(event.hosts, false), now);
    }
}

// Hosts that were off or switching are on when they have been repaired.
void HostControl::abandon_switches(const HostSet& hosts) {
    for (auto& [id, under_way] : switches_) under_way.hosts -= hosts;
    hosts_.states.set_power(hosts, HostState::kOn);
}

// ---- Telling -------------------------------------------------------------------------------------

void HostControl::tell_states(const HostSet& hosts, double now) {
    if (hosts.empty()) return;
    changed_ = true;
    if (hosts_.energy != nullptr) hosts_.energy->hosts_changed(hosts, now);
    for (const HostState state :
         {HostState::kOn, HostState::kOff, HostState::kSwitchingOn, HostState::kSwitchingOff,
          HostState::kFailed, HostState::kUnavailable}) {
        const HostSet changed = hosts_.states.among(hosts, state);
        if (changed.empty()) continue;
        for (Observer* observer : observers_) observer->on_host_states_changed(changed, state, now);
        audience_.tell(HostsStateChanged{state, changed});
        for (const auto& slot : slots_) {
            if (slot->role.observes) continue;
            if (HostSet held = changed & slot->hosts.all(); !held.empty())
                slot->events.emplace_back(HostsStateChanged{state, std::move(held)});
        }
    }
}

bool HostControl::take_changed() { return std::exchange(changed_, false); }

} // namespace batsim
