// host_lending.hpp - hosts go from one scheduler to another, and back.
#ifndef BATSIM_ENGINE_HOST_LENDING_HPP
#define BATSIM_ENGINE_HOST_LENDING_HPP

#include <memory>
#include <vector>

#include "engine/audience.hpp"
#include "engine/host_states.hpp"
#include "engine/host_use.hpp"
#include "engine/scheduler_slot.hpp"

namespace batsim {

// A HostLending carries out what schedulers decide about who holds hosts. To the owner a host that it
// does not hold is unavailable; so it need not know that hosts can be lent.
class HostLending {
  public:
    using Slots = std::vector<std::unique_ptr<SchedulerSlot>>;
    // All references must outlive it.
    HostLending(const Slots& slots, Audience& audience, const HostStates& states,
                const HostUse& use)
        : slots_(slots), audience_(audience), states_(states), use_(use) {}

    // A decision takes effect, or is dropped if it has become impossible.
    void apply(SchedulerSlot& slot, const LendHosts& decision);
    void apply(SchedulerSlot& slot, const ReturnHosts& decision);
    void apply(SchedulerSlot& slot, const TakeHosts& decision);

  private:
    bool are_idle_at_home(const HostSet& hosts) const;
    static void drop(SchedulerSlot& slot, DecisionDropped::Kind kind, const HostSet& hosts);
    // Those that observe see true states anyway.
    static void tell_state(SchedulerSlot& owner, HostState state, HostSet hosts);
    void lend(SchedulerSlot& owner, const HostSet& hosts, SchedulerSlot& holder);
    void give_back(SchedulerSlot& holder, const HostSet& hosts, SchedulerSlot& owner);

    const Slots& slots_;
    Audience& audience_;
    const HostStates& states_;
    const HostUse& use_;
};

} // namespace batsim

#endif
