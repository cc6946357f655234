// host_set_from_c.hpp - sets of hosts that plugins give, checked.
#ifndef BATSIM_PLUGIN_HOST_SET_FROM_C_HPP
#define BATSIM_PLUGIN_HOST_SET_FROM_C_HPP

#include <cstddef>
#include <string>

#include "batsched.h"
#include "engine/status.hpp"
#include "platform/platform.hpp"

namespace batsim {

// A host set as the plugin gave it, or what is wrong with it.
struct CheckedHosts {
    HostSet hosts;
    Status status = Status::kOk;
    std::string why;
};

// The set must be well formed and its hosts below `host_count`.
CheckedHosts check_hosts(batsched_host_set_t set, std::size_t host_count);

} // namespace batsim

#endif
