// json_workload.hpp - reads workload files in Batsim's JSON format.
#ifndef BATSIM_WORKLOAD_JSON_WORKLOAD_HPP
#define BATSIM_WORKLOAD_JSON_WORKLOAD_HPP

#include <cstdint>
#include <string>

#include "workload/workload.hpp"

namespace batsim {

// Reads the workload file `path` (gzipped or not) as workload number `index`, called "w<index>".
// Jobs are sorted by (submit time, id as bytes). Throws InputError with the JSON pointer of what
// is wrong.
Workload read_json_workload(const std::string& path, std::uint32_t index);

} // namespace batsim

#endif
