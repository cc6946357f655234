// service_server.hpp - carries out what a plugin in a worker process asks the simulator for.
#ifndef BATSIM_PLUGIN_SERVICE_SERVER_HPP
#define BATSIM_PLUGIN_SERVICE_SERVER_HPP

#include "batsched.h"
#include "plugin/abi/message.hpp"

namespace batsim {

// Calls the function of `simulator` that the message is about and writes the answer, its kind first.
// Throws BrokenMessage.
void serve(MessageReader& call, const batsched_simulator_t& simulator, MessageWriter& answer);

} // namespace batsim

#endif
