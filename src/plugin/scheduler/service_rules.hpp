// service_rules.hpp - when and by whom the functions of the simulator may be called.
#ifndef BATSIM_PLUGIN_SERVICE_RULES_HPP
#define BATSIM_PLUGIN_SERVICE_RULES_HPP

#include <cstdint>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "batsched.h"
#include "engine/decisions.hpp"
#include "plugin/abi/host_set_from_c.hpp"
#include "plugin/abi/service_list.hpp"
#include "plugin/scheduler/plugin_scheduler.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

// The ServiceRules are what all those functions have in common: they are called in the right phase
// and thread, they do not throw, and they answer with a status that is remembered if it is negative.
class ServiceRules {
  protected:
    using Sim = const batsched_simulator_t*;
    using Phase = PluginScheduler::Phase;

    static PluginScheduler& of(Sim sim) { return *static_cast<PluginScheduler*>(sim->data); }

    // Runs a function that may be called in some phases: `body(scheduler, why)` gives the status and
    // says why it is negative. Our own exceptions must not pass through the plugin.
    template <class Body>
    static batsched_status_t in_phase(Sim sim, const char* function,
                                      const char* (*wrong_phase)(Phase), Body&& body) noexcept {
        if (!is_main_thread() || Service::is_running()) return of(sim).refuse(function);
        leave_expired_call();
        const Service service(function);
        PluginScheduler& self = of(sim);
        try {
            if (const char* why = wrong_phase(self.phase_))
                return self.answer(Status::kWrongState, function, why);
            std::string why;
            const Status status = body(self, why);
            return self.answer(status, function, why);
        } catch (const std::bad_alloc&) {
            return self.answer(Status::kInvalidArgument, function, kNoMemory);
        } catch (const std::exception& error) {
            return self.answer(Status::kInvalidArgument, function, error.what());
        }
    }

    // What is wrong with calling an [event] function in this phase, or nullptr.
    static const char* wrong_for_event(Phase phase) {
        if (phase == Phase::kEvent) return nullptr;
        const char* const why = wrong_for_any(phase);
        return why != nullptr ? why
                              : "may only be called inside sched_on_event, and not in "
                                "SIMULATION_ENDS";
    }
    static const char* wrong_for_init_and_event(Phase phase) {
        if (phase == Phase::kInit || phase == Phase::kEvent) return nullptr;
        return "may only be called inside sched_init and sched_on_event";
    }
    static const char* wrong_for_any(Phase phase) {
        if (phase != Phase::kLoaded && phase != Phase::kBetween && phase != Phase::kGone)
            return nullptr;
        return "was called while no function of this instance runs; use the simulator that "
               "sched_init of the same instance was given, and not after its sched_finalize";
    }

    // Runs an [event] function: `body(scheduler, decisions, why)`.
    template <class Body>
    static batsched_status_t in_event(Sim sim, const char* function, Body&& body) noexcept {
        return in_phase(sim, function, wrong_for_event,
                        [&](PluginScheduler& self, std::string& why) {
                            const Status status = body(self, *self.decisions_, why);
                            if (static_cast<int>(status) < 0 && why.empty())
                                why = self.decisions_->why();
                            return status;
                        });
    }

    // The same with a set of hosts, checked: `body(decisions, hosts, why)`.
    template <class Body>
    static batsched_status_t with_hosts(Sim sim, const char* function, batsched_host_set_t set,
                                        Body&& body) noexcept {
        return in_event(sim, function, [&](auto& self, Decisions& decisions, std::string& why) {
            CheckedHosts checked = check_hosts(set, self.hosts_.count());
            why = std::move(checked.why);
            if (checked.status != Status::kOk) return checked.status;
            return body(decisions, std::move(checked.hosts), why);
        });
    }

    static Status null(const char* argument, std::string& why) {
        why = std::string("'") + argument + "' must not be NULL";
        return Status::kInvalidArgument;
    }

    static Status invalid(const char* rule, std::int64_t value, std::string& why) {
        why = std::string(rule) + ", is " + std::to_string(value);
        return Status::kInvalidArgument;
    }
    static Status no_host(batsched_host_id_t host, std::string& why) {
        why = "there is no host " + std::to_string(host);
        return Status::kUnknownId;
    }
};

} // namespace batsim

#endif
