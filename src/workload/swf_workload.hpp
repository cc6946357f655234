// swf_workload.hpp - reads logs in the Standard Workload Format as workloads.
#ifndef BATSIM_WORKLOAD_SWF_WORKLOAD_HPP
#define BATSIM_WORKLOAD_SWF_WORKLOAD_HPP

#include <cstdint>
#include <string>

#include "workload/swf_line.hpp"
#include "workload/workload.hpp"

namespace batsim {

// Reads the log `path` (gzipped or not) as workload number `index`, called "w<index>". The whole
// file is checked before this returns. Logs that are sorted by (submit time, job number) and longer
// than kSwfKeptLines are then read a second time while the simulation runs, so that memory does not
// grow with them; other logs are kept and sorted (152 bytes a line). Each job has a delay profile
// named after its run time. Throws InputError with the number of the line.
Workload read_swf_workload(const std::string& path, std::uint32_t index, const SwfOptions& options);

inline constexpr std::size_t kSwfKeptLines = 50'000;

} // namespace batsim

#endif
