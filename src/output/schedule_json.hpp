// schedule_json.hpp - schedule.json and schedule.csv: the metrics of the whole simulation.
#ifndef BATSIM_OUTPUT_SCHEDULE_JSON_HPP
#define BATSIM_OUTPUT_SCHEDULE_JSON_HPP

#include <optional>
#include <string>

#include "output/host_activity.hpp"
#include "output/metrics.hpp"
#include "output/scheduler_metrics.hpp"

namespace batsim {

struct ScheduleFacts {
    const Metrics& metrics;
    const SchedulerMetrics& schedulers; // a row for each of several, else nothing
    const HostActivity& activity;
    double joules;                     // consumed by all hosts; 0 if energy was not simulated
    std::optional<double> link_joules; // consumed by all links, if any has a power model
    std::string version;
};

// The content of schedule.json: the keys of Batsim 5, in alphabetical order.
std::string schedule_json(const ScheduleFacts& facts);

// Wall-clock seconds.
struct RealTimes {
    double whole;         // of the run
    double in_schedulers; // a part of it
};

// The content of schedule.csv: the keys of Batsim 4 in alphabetical order, and one line of values.
// There the makespan is the last end, from date 0.
std::string schedule_csv(const ScheduleFacts& facts, const RealTimes& times);

} // namespace batsim

#endif
