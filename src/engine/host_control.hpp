// host_control.hpp - changes hosts: what schedulers decide and what happens from outside.
#ifndef BATSIM_ENGINE_HOST_CONTROL_HPP
#define BATSIM_ENGINE_HOST_CONTROL_HPP

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/audience.hpp"
#include "engine/backend.hpp"
#include "engine/due.hpp"
#include "engine/energy_meter.hpp"
#include "engine/executor.hpp"
#include "engine/host_states.hpp"
#include "engine/host_use.hpp"
#include "engine/observer.hpp"
#include "engine/scheduler_slot.hpp"

namespace batsim {

// What a HostControl changes.
struct ControlledHosts {
    HostStates& states;
    HostSpeeds& speeds;
    Executor& executor;
    Backend& backend;
    EnergyMeter* energy; // nullptr: energy is not simulated
};

// A HostControl carries out changes of hosts, which may take time, and tells the schedulers that hold
// them and the observers. Jobs are not its business: those on a host that fails must be ended before.
class HostControl {
  public:
    using Slots = std::vector<std::unique_ptr<SchedulerSlot>>;
    // All references must outlive it.
    HostControl(const ControlledHosts& hosts, DueCalendar& calendar, const Slots& slots,
                Audience& audience, const std::vector<Observer*>& observers)
        : hosts_(hosts),
          calendar_(calendar),
          slots_(slots),
          audience_(audience),
          observers_(observers) {}

    // A decision takes effect, or is dropped if it has become impossible.
    void apply(SchedulerSlot& slot, const SetPstate& decision, double now);
    void apply(SchedulerSlot& slot, const SetHostState& decision, double now);
    // The calendar says that a switch is over.
    void switch_ended(std::uint64_t id, double now);
    // An external event about hosts.
    void happened(const ExternalEvent& event, double now);

    // Whether a host has changed since the last call.
    bool take_changed();

  private:
    struct Switch {
        HostSet hosts;
        HostState target;
    };

    void begin_switch(const HostSet& hosts, HostState target, double now);
    void set_power(const HostSet& hosts, HostState power, double now);
    void abandon_switches(const HostSet& hosts);
    void tell_states(const HostSet& hosts, double now);
    bool drop_if_not_usable(SchedulerSlot& slot, DecisionDropped::Kind kind, const HostSet& hosts);

    ControlledHosts hosts_;
    DueCalendar& calendar_;
    const Slots& slots_;
    Audience& audience_;
    const std::vector<Observer*>& observers_;
    std::map<std::uint64_t, Switch> switches_; // under way
    std::uint64_t next_switch_ = 0;
    bool changed_ = false;
};

} // namespace batsim

#endif
