// schedule_json.hpp - schedule.json: the metrics of the whole simulation.
#ifndef BATSIM_OUTPUT_SCHEDULE_JSON_HPP
#define BATSIM_OUTPUT_SCHEDULE_JSON_HPP

#include <string>

#include "output/host_activity.hpp"
#include "output/metrics.hpp"

namespace batsim {

// The content of schedule.json: the keys of Batsim 5, in alphabetical order.
// `joules` is what all hosts have consumed, 0 if energy was not simulated.
std::string schedule_json(const Metrics& metrics, const HostActivity& activity, double joules,
                          const std::string& version);

} // namespace batsim

#endif
