// options.hpp - what a simulation was asked to do.
#ifndef BATSIM_CLI_OPTIONS_HPP
#define BATSIM_CLI_OPTIONS_HPP

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "cli/command_line.hpp"
#include "cli/scheduler_options.hpp"
#include "engine/backend.hpp"
#include "platform/platform.hpp"
#include "plugin/loading/library.hpp"
#include "workload/swf_line.hpp"

namespace batsim {

// Names and meanings of output files: those of Batsim 5, or of Batsim 4.
enum class OutputFormat { kV5, kV4 };

struct Options {
    std::vector<std::string> command_line; // as given, without the program's name
    std::string working_directory;         // before a plugin can change it
    std::string values;                    // JSON: of all options, also of those not given

    std::optional<std::string> platform; // file
    std::optional<std::uint32_t> hosts;  // without a file
    double host_speed = 1e9;             // flop/s
    std::string master_host;
    std::map<std::string, std::string> host_roles; // by name of the host
    BackendSettings simgrid;                       // --sg-cfg, --sg-log
    std::optional<std::uint32_t> most_hosts;
    bool most_hosts_from_workloads = false;
    bool share_everything = false;   // --execution-model simgrid
    std::vector<std::string> events; // files of external events
    bool energy = false;

    std::vector<std::string> workloads; // files
    SwfOptions swf;

    std::vector<SchedulerOptions> schedulers;
    std::optional<std::string> schedulers_file; // which says them all
    std::vector<std::string> plugin_folders;
    std::uint64_t seed = 1;
    Isolation isolation = Isolation::kNamespace;
    bool may_restart = true; // the program, when it has too little room for the plugins
    bool probe_plugins = false;
    std::optional<double> call_limit; // seconds of real time for each call of a plugin

    std::optional<double> stop_at; // simulated date

    std::string output_folder; // with the format of Batsim 4 the beginning of all files' names
    OutputFormat output_format = OutputFormat::kV5;
    bool trace_hosts = false;                  // machine_states.csv and pstate_changes.csv
    std::optional<std::string> decision_trace; // file of --trace-decisions
    bool quiet = false;
    bool progress = false;   // also if stderr is no terminal
    bool check_only = false; // --check-inputs
    LogLevel log_level = LogLevel::kInfo;
};

// Checks the options one by one and together. Throws UsageError, or InputError for files about
// schedulers, which are read here.
Options read_options(const CommandLine& line);

// Only the options that a comparison has too.
Options read_common_options(const CommandLine& line);

// The folders of --plugin-dir, which must exist.
std::vector<std::string> read_plugin_folders(const CommandLine& line);
Isolation read_isolation(const CommandLine& line);

} // namespace batsim

#endif
