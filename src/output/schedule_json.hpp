// schedule_json.hpp - schedule.json and schedule.csv: the metrics of the whole simulation.
#ifndef BATSIM_OUTPUT_SCHEDULE_JSON_HPP
#define BATSIM_OUTPUT_SCHEDULE_JSON_HPP

#include <string>

#include "output/metrics.hpp"

namespace batsim {

// The content of schedule.json: the keys of Batsim 5, in alphabetical order.
std::string schedule_json(const Metrics& metrics, const std::string& version);

// Wall-clock seconds.
struct RealTimes {
    double whole;         // of the run
    double in_schedulers; // a part of it
};

// The content of schedule.csv: the keys of Batsim 4 in alphabetical order, and one line of values.
// There the makespan is the last end, from date 0.
std::string schedule_csv(const Metrics& metrics, const std::string& version,
                         const RealTimes& times);

} // namespace batsim

#endif
