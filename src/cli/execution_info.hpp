// execution_info.hpp - real_exec_info.json: what a run was made of and what it cost.
#ifndef BATSIM_CLI_EXECUTION_INFO_HPP
#define BATSIM_CLI_EXECUTION_INFO_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/checksum.hpp"
#include "base/error.hpp"
#include "cli/options.hpp"
#include "workload/workload.hpp"

namespace batsim {

struct InputFileInfo {
    std::string kind; // "workload"
    std::string path;
    std::optional<FileChecksum> checksum; // not of what can be read only once, such as a pipe
};

// The files that the options and the workloads name, as they are now, but for the next ones.
std::vector<InputFileInfo> describe_input_files(const Options& options,
                                                const std::vector<Workload>& workloads);
// The configuration files of the schedulers.
std::vector<InputFileInfo> describe_configurations(const Options& options);

struct SchedulerFacts {
    std::string name, plugin, version, library;
    std::uint64_t seed;
    std::vector<std::string> workloads; // names of those that it owns
    std::string hosts;                  // its partition
    std::uint64_t batch_count;
    double seconds; // wall-clock time in the plugin
};

// What only the run itself knows.
struct ExecutionFacts {
    std::string simgrid_version; // "" if it was not loaded
    std::vector<InputFileInfo> input_files;
    std::vector<SchedulerFacts> schedulers;
    double wall_time = 0; // s
    double end_date = 0;  // simulated
    ExitCode exit_code = ExitCode::kFinished;
};

// The content of the file; also measures the memory and the CPU time of the process until now.
std::string execution_info_json(const Options& options, const ExecutionFacts& facts);

} // namespace batsim

#endif
