// schedulers_file.hpp - the file of --schedulers: the schedulers of a simulation and what each owns.
#ifndef BATSIM_CLI_SCHEDULERS_FILE_HPP
#define BATSIM_CLI_SCHEDULERS_FILE_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "cli/scheduler_options.hpp"

namespace batsim {

// What such a file looks like, for messages.
inline constexpr const char* kSchedulersFileFormat =
    R"([{"name": "a", "library": "easy", "config": {}, "workloads": ["w0"], "hosts": "0-63,70", "seed": 1}, ...])";

// "schedulers 'file.json'": how messages name the file.
std::string schedulers_file_text(const std::string& path);

// The names of the workloads are w0, w1, ... A scheduler for which the file gives
// no seed gets `seed`. Throws InputError.
std::vector<SchedulerOptions> read_schedulers_file(const std::string& path,
                                                   std::size_t workload_count, std::uint64_t seed);

} // namespace batsim

#endif
