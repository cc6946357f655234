// steady_platform.hpp - platforms that never change by themselves.
#ifndef BATSIM_SIMGRID_STEADY_PLATFORM_HPP
#define BATSIM_SIMGRID_STEADY_PLATFORM_HPP

#include <simgrid/s4u.hpp>
#include <string>
#include <vector>

namespace batsim {

// Whether the platform is one of which hosts and links, once SimGrid has told what they are, say everything:
// its file has no traces of speeds, bandwidths, latencies or states and no settings, everything is
// on, and all links are shared in the usual ways, so that none is wireless. In case of doubt false.
bool is_steady(const std::string& path, const std::vector<simgrid::s4u::Host*>& hosts,
               const std::vector<simgrid::s4u::Link*>& links);

} // namespace batsim

#endif
