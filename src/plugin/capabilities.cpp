// capabilities.cpp - what a simulation can do, as batsched_init_t says it.
#include "plugin/capabilities.hpp"

#include "batsched.h"

namespace batsim {

std::uint64_t capabilities_of(const Platform& platform, bool has_energy) {
    std::uint64_t capabilities = BATSCHED_CAPABILITY_SHARED_HOSTS | BATSCHED_CAPABILITY_PSTATES |
                                 BATSCHED_CAPABILITY_ON_OFF | BATSCHED_CAPABILITY_PROBES;
    if (platform.has_network) capabilities |= BATSCHED_CAPABILITY_NETWORK;
    if (has_energy) capabilities |= BATSCHED_CAPABILITY_ENERGY;
    if (!platform.storage_hosts().empty()) capabilities |= BATSCHED_CAPABILITY_STORAGE;
    return capabilities;
}

} // namespace batsim
