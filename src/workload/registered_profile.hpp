// registered_profile.hpp - a profile that comes while the simulation runs, not in a workload file.
#ifndef BATSIM_WORKLOAD_REGISTERED_PROFILE_HPP
#define BATSIM_WORKLOAD_REGISTERED_PROFILE_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "workload/workload_directory.hpp"

namespace batsim {

// Reads a profile of this workload. Its elements are profiles of the directory: of the same workload,
// or of that in their name. Throws InputError.
ProfilePtr read_registered_profile(const std::string& full_name, std::string_view json,
                                   std::uint32_t workload, const WorkloadDirectory& directory);

} // namespace batsim

#endif
