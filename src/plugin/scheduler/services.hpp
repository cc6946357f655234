// services.hpp - the functions of batsched_simulator_t.
#ifndef BATSIM_PLUGIN_SERVICES_HPP
#define BATSIM_PLUGIN_SERVICES_HPP

#include "batsched.h"

namespace batsim {

class PluginScheduler;

// What `scheduler` gets as its simulator: functions that check, convert and call its Decisions.
batsched_simulator_t make_services(PluginScheduler& scheduler);

} // namespace batsim

#endif
