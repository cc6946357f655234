// host_properties.hpp - what the properties of a host in a platform file say about its pstates.
#ifndef BATSIM_PLATFORM_HOST_PROPERTIES_HPP
#define BATSIM_PLATFORM_HOST_PROPERTIES_HPP

#include <string>

#include "platform/platform.hpp"

namespace batsim {

enum class Strictness {
    kLenient, // a malformed property counts as absent
    kStrict,  // it is an InputError
};

// `sleep_pstates` = "sleep:off:on[, ...]": pstates for sleeping, switching off and switching on. The
// first triple is the one that is used. Published platforms name pstates that their hosts do not have;
// that matters only where energy is simulated. Errors are of `file`.
void read_sleep_pstates(Host& host, const std::string& file, Strictness strictness);

// `wattage_per_state` = "idle:full" or "idle:epsilon:full" for each pstate, separated by commas, and
// `wattage_off`. Throws InputError of `file`; also for the names that these properties had before
// SimGrid 3.28, which would silently mean 0 W.
void read_power(Host& host, const std::string& file);
// Of all compute hosts; also reads their sleep pstates strictly.
void read_power(Platform& platform, const std::string& file);

} // namespace batsim

#endif
