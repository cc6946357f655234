// trace_rules.hpp - how calls of the functions of the simulator are written to a scheduler's trace.
#ifndef BATSIM_PLUGIN_TRACE_RULES_HPP
#define BATSIM_PLUGIN_TRACE_RULES_HPP

#include <string>
#include <utility>

#include "batsched.h"
#include "plugin/scheduler/plugin_scheduler.hpp"
#include "plugin/scheduler/scheduler_trace.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

// The TraceRules are what all functions with a trace have in common.
class TraceRules {
  protected:
    using Sim = const batsched_simulator_t*;
    using CString = const char*;

    static PluginScheduler& of(Sim sim) { return *static_cast<PluginScheduler*>(sim->data); }
    static const batsched_simulator_t& plain(Sim sim) { return *of(sim).untraced_; }

    // nullptr if the job is over or was never there.
    static const char* name_of(Sim sim, batsched_job_id_t id) {
        const batsched_job_t* job = of(sim).jobs_.find(id);
        return job == nullptr ? nullptr : job->name;
    }

    // Writes the row of a call that got `status`. `add(row)` adds the arguments; those that point
    // somewhere only if the simulator has found them readable.
    template <class Add>
    static batsched_status_t trace(Sim sim, const char* function, batsched_status_t status,
                                   Add&& add) {
        if (!is_main_thread() || Service::is_running()) return status;
        const Service service(function);
        PluginScheduler& self = of(sim);
        if (self.phase_ != PluginScheduler::Phase::kEvent) return status;
        JsonRow row = self.trace_->decision(self.date_, function);
        add(row, status >= 0);
        self.trace_->finish(std::move(row), status, self.sticky_why_);
        return status;
    }

    static void add_job(JsonRow& row, Sim sim, batsched_job_id_t job) {
        row.text("job", name_of(sim, job)).count("job_id", job);
    }
    static void add_receiver(JsonRow& row, Sim sim, std::uint32_t scheduler) {
        const auto& names = of(sim).schedulers_;
        if (scheduler < names.size()) row.text("to", names[scheduler]);
    }
};

} // namespace batsim

#endif
