// platform_reader.hpp - platform files of SimGrid.
#ifndef BATSIM_SIMGRID_PLATFORM_READER_HPP
#define BATSIM_SIMGRID_PLATFORM_READER_HPP

#include <simgrid/s4u.hpp>
#include <string>
#include <vector>

#include "engine/backend.hpp"

namespace batsim {

// Loads the platform file into the engine and describes its hosts; `hosts` gets SimGrid's hosts by
// identifier. Throws InputError.
Platform read_platform(simgrid::s4u::Engine& engine, const std::string& path,
                       const HostRoles& roles, std::vector<simgrid::s4u::Host*>& hosts);

} // namespace batsim

#endif
