// host_properties.hpp - what the properties of a host in a platform file say about its pstates.
#ifndef BATSIM_PLATFORM_HOST_PROPERTIES_HPP
#define BATSIM_PLATFORM_HOST_PROPERTIES_HPP

#include <string>

#include "platform/platform.hpp"

namespace batsim {

// `sleep_pstates` = "sleep:off:on[, ...]": pstates for sleeping, switching off and switching on. The
// first triple is the one that is used. Throws InputError of `file`.
void read_sleep_pstates(Host& host, const std::string& file);

// `wattage_per_state` = "idle:full" or "idle:epsilon:full" for each pstate, separated by commas, and
// `wattage_off`. Throws InputError of `file`; also for the names that these properties had before
// SimGrid 3.28, which would silently mean 0 W.
void read_power(Host& host, const std::string& file);
void read_power(Platform& platform, const std::string& file);

} // namespace batsim

#endif
