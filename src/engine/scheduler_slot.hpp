// scheduler_slot.hpp - one scheduler of a simulation: what it owns, what it is to be told, what it
// has decided.
#ifndef BATSIM_ENGINE_SCHEDULER_SLOT_HPP
#define BATSIM_ENGINE_SCHEDULER_SLOT_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "engine/calls.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/held_hosts.hpp"
#include "engine/probes.hpp"
#include "engine/scheduler.hpp"

namespace batsim {

// What a scheduler is responsible for.
struct SchedulerRole {
    std::string name; // of the instance, unique
    Scheduler* scheduler;
    HostSet hosts;                        // its partition
    std::vector<std::uint32_t> workloads; // those that it owns
    bool shares_hosts = false;            // may execute several jobs on a host at once
    bool registers = false;     // may register profiles and jobs, until it says it is done
    bool observes = false;      // sees what happens to all jobs and hosts
    std::string display_name{}; // of the plugin
    std::vector<SchedulerIndex> takes_from{}; // whose idle hosts it may take
};

struct SchedulerSlot {
    SchedulerSlot(SchedulerRole its_role, DueCalendar& calendar, SchedulerIndex its_index)
        : index(its_index),
          role(std::move(its_role)),
          registration_is_open(role.registers),
          hosts(role.hosts),
          calls(calendar, its_index),
          probes(calendar, its_index) {}

    SchedulerIndex index;
    SchedulerRole role;
    bool registration_is_open; // while it is, the simulation is not finished
    HeldHosts hosts;
    Calls calls;
    Probes probes;
    std::vector<Event> events;       // to be delivered
    std::vector<Decision> decisions; // to take effect
    // Empty: what was delivered and has taken effect, to use their memory again.
    std::vector<Event> spare_events;
    std::vector<Decision> spare_decisions;
    HostSet leaving;                 // hosts that these decisions switch off or move
    double delay = 0;                // seconds until they do, asked for in this batch
    bool waits = false;              // for that date; no event is delivered until then
    bool knows_no_more_jobs = false; // has been told so
};

} // namespace batsim

#endif
