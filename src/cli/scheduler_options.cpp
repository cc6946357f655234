// scheduler_options.cpp - the schedulers that a simulation was asked to have, and what each owns.
#include "cli/scheduler_options.hpp"

#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "base/input_file.hpp"
#include "cli/schedulers_file.hpp"
#include "platform/text.hpp"

namespace batsim {

namespace {

bool is_file_argument(const std::string& argument) {
    return !argument.empty() && argument[0] == '@';
}

HostSet read_hosts(const std::string& text) {
    auto hosts = parse_host_set(text);
    if (!hosts || hosts->empty())
        throw UsageError("option --sched-hosts: must be a set of hosts such as 0-63,70, is '" +
                         text + "'");
    return std::move(*hosts);
}

void read_configurations(const CommandLine& line, std::vector<SchedulerOptions>& schedulers) {
    const std::vector<std::string> configs = line.list("--sched-cfg");
    if (configs.size() > schedulers.size())
        throw UsageError("there are more --sched-cfg than --sched-lib");
    for (std::size_t i = 0; i < configs.size(); ++i) {
        schedulers[i].config = read_configuration(configs[i]);
        if (is_file_argument(configs[i])) schedulers[i].config_file = configs[i].substr(1);
    }
}

void read_partitions(const CommandLine& line, std::vector<SchedulerOptions>& schedulers) {
    const std::vector<std::string> hosts = line.list("--sched-hosts");
    if (hosts.size() > schedulers.size())
        throw UsageError("there are more --sched-hosts than --sched-lib");
    for (std::size_t i = 0; i < hosts.size(); ++i) schedulers[i].hosts = read_hosts(hosts[i]);
    if (schedulers.size() > 1 && hosts.size() < schedulers.size())
        throw UsageError("with several schedulers each one needs its --sched-hosts");
}

// One scheduler owns all workloads; of several the i-th owns the i-th.
void share_out_workloads(std::size_t workload_count, std::vector<SchedulerOptions>& schedulers) {
    const std::size_t count = schedulers.size();
    if (count == 1) return;
    if (workload_count != count)
        throw UsageError("with " + std::to_string(count) + " --sched-lib there must be " +
                         std::to_string(count) +
                         " workloads, the i-th for the i-th scheduler; for anything else give "
                         "--schedulers <file>, where each scheduler says what it owns: " +
                         kSchedulersFileFormat);
    for (std::size_t i = 0; i < count; ++i)
        schedulers[i].workloads = {static_cast<std::uint32_t>(i)};
}

void refuse_with_file(const CommandLine& line) {
    for (const char* option : {"--sched-lib", "--sched-cfg", "--sched-hosts"})
        if (line.is_given(option))
            throw UsageError(std::string("--schedulers and ") + option +
                             " exclude each other: the file says it all");
}

} // namespace

std::vector<SchedulerOptions> read_schedulers(const CommandLine& line, std::size_t workload_count) {
    if (const auto file = line.text("--schedulers")) {
        refuse_with_file(line);
        return read_schedulers_file(*file, workload_count, read_seed(line));
    }
    std::vector<SchedulerOptions> schedulers = read_sched_libs(line, workload_count);
    for (SchedulerOptions& scheduler : schedulers) scheduler.seed = read_seed(line);
    share_out_workloads(workload_count, schedulers);
    read_partitions(line, schedulers);
    return schedulers;
}

std::vector<SchedulerOptions> read_sched_libs(const CommandLine& line, std::size_t workload_count) {
    std::vector<SchedulerOptions> schedulers;
    for (const std::string& library : line.list("--sched-lib")) {
        SchedulerOptions scheduler;
        scheduler.name = "s" + std::to_string(schedulers.size());
        scheduler.library = library;
        scheduler.workloads.resize(workload_count);
        std::iota(scheduler.workloads.begin(), scheduler.workloads.end(), 0U);
        schedulers.push_back(std::move(scheduler));
    }
    if (schedulers.empty())
        throw UsageError("no scheduler: give --sched-lib <plugin>, e.g. --sched-lib easy");
    read_configurations(line, schedulers);
    return schedulers;
}

std::string read_configuration(const std::string& argument) {
    if (!is_file_argument(argument)) return argument;
    const std::string file = argument.substr(1);
    return read_file(file, "scheduler configuration '" + file + "'");
}

std::uint64_t read_seed(const CommandLine& line) {
    return static_cast<std::uint64_t>(*line.integer("--seed", 0, INT64_MAX));
}

} // namespace batsim
