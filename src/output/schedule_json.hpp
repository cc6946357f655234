// schedule_json.hpp - schedule.json: the metrics of the whole simulation.
#ifndef BATSIM_OUTPUT_SCHEDULE_JSON_HPP
#define BATSIM_OUTPUT_SCHEDULE_JSON_HPP

#include <string>

#include "output/metrics.hpp"

namespace batsim {

// The content of schedule.json: the keys of Batsim 5, in alphabetical order.
std::string schedule_json(const Metrics& metrics, const std::string& version);

} // namespace batsim

#endif
