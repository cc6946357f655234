// capabilities.hpp - what a simulation can do, as batsched_init_t says it.
#ifndef BATSIM_PLUGIN_CAPABILITIES_HPP
#define BATSIM_PLUGIN_CAPABILITIES_HPP

#include <cstdint>

#include "platform/platform.hpp"

namespace batsim {

// BATSCHED_CAPABILITY_ bits of a simulation on this platform.
std::uint64_t capabilities_of(const Platform& platform, bool has_energy);

} // namespace batsim

#endif
