// status_name.hpp - the names of statuses in batsched.h.
#ifndef BATSIM_PLUGIN_STATUS_NAME_HPP
#define BATSIM_PLUGIN_STATUS_NAME_HPP

#include "batsched.h"

namespace batsim {

// "HOSTS_BUSY"; "" if there is no such status.
const char* status_name(batsched_status_t status);

} // namespace batsim

#endif
