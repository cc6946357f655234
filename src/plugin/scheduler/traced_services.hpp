// traced_services.hpp - the functions of batsched_simulator_t that decide, with a trace of each call.
#ifndef BATSIM_PLUGIN_TRACED_SERVICES_HPP
#define BATSIM_PLUGIN_TRACED_SERVICES_HPP

#include "batsched.h"

namespace batsim {

// `plain` with functions that call it and write a row of the scheduler's trace. Look-ups are not
// traced. What has been refused as malformed is written without the arguments that cannot be read.
batsched_simulator_t traced(const batsched_simulator_t& plain);

} // namespace batsim

#endif
