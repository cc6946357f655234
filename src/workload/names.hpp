// names.hpp - names of jobs and profiles, as workload files write them.
#ifndef BATSIM_WORKLOAD_NAMES_HPP
#define BATSIM_WORKLOAD_NAMES_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace batsim {

// The name without the prefix "workload!", with which it may be written.
std::string without_prefix(const std::string& name, const std::string& workload);

// The name of the workload of the index-th file: "w0", "w1", ...
inline std::string workload_name(std::uint32_t index) { return "w" + std::to_string(index); }

// Whether a job or a profile may have the name: full names are split at '!', and schedulers see names
// as C strings.
bool is_name(std::string_view name);

inline constexpr const char* kNameRule = "must be a text without '!' and NUL characters";

} // namespace batsim

#endif
