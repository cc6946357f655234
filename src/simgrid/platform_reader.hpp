// platform_reader.hpp - platform files of SimGrid.
#ifndef BATSIM_SIMGRID_PLATFORM_READER_HPP
#define BATSIM_SIMGRID_PLATFORM_READER_HPP

#include <simgrid/s4u.hpp>
#include <string>
#include <vector>

#include "engine/backend.hpp"

namespace batsim {

// What SimGrid calls the hosts and the links of a platform, by identifier.
struct SimgridPlatform {
    std::vector<simgrid::s4u::Host*>& hosts;
    std::vector<simgrid::s4u::Link*>& links;
};

// Loads the platform file into the engine and describes it. Throws InputError.
Platform read_platform(simgrid::s4u::Engine& engine, const std::string& path,
                       const HostRoles& roles, const SimgridPlatform& made);

} // namespace batsim

#endif
