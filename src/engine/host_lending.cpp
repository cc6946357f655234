// host_lending.cpp - hosts go from one scheduler to another, and back.
#include "engine/host_lending.hpp"

#include <utility>

namespace batsim {

// Others may have taken them, or started jobs on them, while a scheduler delayed its decisions.
bool HostLending::are_idle_at_home(const HostSet& hosts) const {
    if (!use_.all_free(hosts)) return false;
    for (const auto& slot : slots_)
        if (hosts.intersects(slot->hosts.away())) return false;
    return true;
}

void HostLending::drop(SchedulerSlot& slot, DecisionDropped::Kind kind, const HostSet& hosts) {
    slot.events.emplace_back(
        DecisionDropped{kind, nullptr, hosts,
                        "not all of the hosts " + hosts.to_string() +
                            " are idle and held by the scheduler that owns them any more"});
}

void HostLending::apply(SchedulerSlot& slot, const LendHosts& decision) {
    if (!are_idle_at_home(decision.hosts))
        return drop(slot, DecisionDropped::Kind::kLendHosts, decision.hosts);
    lend(slot, decision.hosts, *slots_[decision.to]);
}

void HostLending::apply(SchedulerSlot& slot, const ReturnHosts& decision) {
    for (const auto& owner : slots_)
        if (const HostSet part = decision.hosts & owner->hosts.owned(); !part.empty())
            give_back(slot, part, *owner);
}

void HostLending::apply(SchedulerSlot& slot, const TakeHosts& decision) {
    if (!are_idle_at_home(decision.hosts))
        return drop(slot, DecisionDropped::Kind::kTakeHosts, decision.hosts);
    for (const auto& owner : slots_)
        if (const HostSet part = decision.hosts & owner->hosts.owned(); !part.empty())
            lend(*owner, part, slot);
}

void HostLending::tell_state(SchedulerSlot& owner, HostState state, HostSet hosts) {
    if (!owner.role.observes && !hosts.empty())
        owner.events.emplace_back(HostsStateChanged{state, std::move(hosts)});
}

void HostLending::lend(SchedulerSlot& owner, const HostSet& hosts, SchedulerSlot& holder) {
    tell_state(owner, HostState::kUnavailable,
               hosts - states_.among(hosts, HostState::kUnavailable));
    owner.hosts.leave(hosts);
    holder.hosts.arrive(hosts);
    const HostsLent lent{hosts, owner.index, holder.index};
    if (!holder.role.observes) holder.events.emplace_back(lent);
    audience_.tell(lent);
}

void HostLending::give_back(SchedulerSlot& holder, const HostSet& hosts, SchedulerSlot& owner) {
    holder.hosts.leave(hosts);
    owner.hosts.arrive(hosts);
    for (const HostState state : {HostState::kOn, HostState::kOff, HostState::kSwitchingOn,
                                  HostState::kSwitchingOff, HostState::kFailed})
        tell_state(owner, state, states_.among(hosts, state));
    audience_.tell(HostsLent{hosts, holder.index, owner.index});
}

} // namespace batsim
