// scheduler_options.hpp - the schedulers that a simulation was asked to have, and what each owns.
#ifndef BATSIM_CLI_SCHEDULER_OPTIONS_HPP
#define BATSIM_CLI_SCHEDULER_OPTIONS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.hpp"
#include "platform/platform.hpp"

namespace batsim {

struct SchedulerOptions {
    std::string name; // unique, also among the names of workloads
    std::string library;
    std::string config;                   // the text, also if it came from a file
    std::string config_file;              // that file, or ""
    std::vector<std::uint32_t> workloads; // those that it owns, by index
    std::optional<HostSet> hosts;         // all, if nothing
    std::uint64_t seed = 1;
    std::vector<std::string> takes_from; // schedulers from which it may take hosts
};

// The schedulers of --sched-lib, or those of the file of --schedulers. Each workload has exactly one
// owner. Throws UsageError, or InputError for what is in a file.
std::vector<SchedulerOptions> read_schedulers(const CommandLine& line, std::size_t workload_count);

// Those of --sched-lib with their --sched-cfg, named s0, s1, ...; each owns all workloads. Throws UsageError,
// or InputError for a configuration file.
std::vector<SchedulerOptions> read_sched_libs(const CommandLine& line, std::size_t workload_count);

// What a --sched-cfg stands for: itself, or what is in its @file. Throws InputError.
std::string read_configuration(const std::string& argument);
std::uint64_t read_seed(const CommandLine& line);

} // namespace batsim

#endif
