// external_events.hpp - what happens to a platform from outside, by a file.
#ifndef BATSIM_PLATFORM_EXTERNAL_EVENTS_HPP
#define BATSIM_PLATFORM_EXTERNAL_EVENTS_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "platform/platform.hpp"

namespace batsim {

struct ExternalEvent {
    enum class Kind {
        kForwarded,   // nothing to the simulator; schedulers are told
        kUnavailable, // hosts take no jobs any more; those on them go on
        kAvailable,
        kFailure, // jobs on the hosts are lost
        kRepair,
    };
    double date;
    Kind kind;
    HostSet hosts;    // unless it is forwarded
    std::string type; // as in the file
    std::string json; // the whole event
};

// Reads a file with one JSON object in each line: {"type": ..., "timestamp": <date>, ...}; lines of
// white space are skipped. `machine_unavailable`, `machine_available`, `host_failure` and
// `host_repair` have `resources`, hosts like "0-4 6 8" that must be below `host_count`. Throws
// InputError with the number of the line.
std::vector<ExternalEvent> read_external_events(const std::string& path, std::uint32_t host_count);

// In the order of their dates; those of one date stay in the order of the files and their lines.
void sort_by_date(std::vector<ExternalEvent>& events);

} // namespace batsim

#endif
