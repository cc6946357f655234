// scheduler_trace.hpp - writes down what one scheduler is told and what it asks for.
#ifndef BATSIM_PLUGIN_SCHEDULER_TRACE_HPP
#define BATSIM_PLUGIN_SCHEDULER_TRACE_HPP

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "batsched.h"
#include "plugin/scheduler/json_row.hpp"

namespace batsim {

// Takes the rows of a trace; may throw OutputError.
using TraceSink = std::function<void(std::string_view row)>;

// A SchedulerTrace makes a line of JSON of each event and of each decision at the moment at which it
// crosses the boundary, so that the last lines say what happened before a crash.
class SchedulerTrace {
  public:
    SchedulerTrace(TraceSink sink, std::string scheduler)
        : sink_(std::move(sink)), scheduler_(std::move(scheduler)) {}

    // Whether the scheduler puts several jobs on a host; before the first event.
    void set_shares_hosts(bool shares) { shares_hosts_ = shares; }
    // The names of all schedulers of the simulation, by index; before the first event.
    void set_schedulers(std::vector<std::string> names) { schedulers_ = std::move(names); }
    void event(const batsched_event_t& event);
    // The row of a decision, for its arguments. `function` is the name in batsched_simulator_t.
    JsonRow decision(double date, const char* function) const;
    // Ends the row of a decision with the simulator's answer, and why it is negative, and writes it.
    void finish(JsonRow row, batsched_status_t status, const std::string& why);

    // Throws the error of a row that could not be written: it could not pass through the plugin.
    void check() const;

  private:
    void write(const JsonRow& row) noexcept;

    TraceSink sink_;
    std::string scheduler_;
    std::vector<std::string> schedulers_;
    bool shares_hosts_ = false;
    std::optional<OutputError> error_;
};

} // namespace batsim

#endif
