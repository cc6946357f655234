// check_inputs.cpp - reads everything that a simulation would be made of, and simulates nothing.
#include "cli/check_inputs.hpp"

#include <cstdio>
#include <string>

#include "base/text.hpp"
#include "cli/inputs.hpp"
#include "cli/scheduler_setup.hpp"
#include "workload/names.hpp"

namespace batsim {

namespace {

std::string counted(std::uint64_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string scheduler_line(const SchedulerOptions& scheduler, const Plugin& plugin) {
    return "scheduler " + scheduler.name + " '" + plugin.path() + "': " + plugin.name() + " " +
           plugin.version() + ", " + plugin.description();
}

// Of several schedulers.
std::string ownership_line(const SchedulerOptions& scheduler, const HostSet& hosts) {
    std::string workloads;
    for (const std::uint32_t workload : scheduler.workloads)
        workloads += (workloads.empty() ? "" : ", ") + workload_name(workload);
    const char* what = scheduler.workloads.size() == 1 ? "workload " : "workloads ";
    return "scheduler " + scheduler.name + " owns " +
           (workloads.empty() ? "no workload" : what + workloads) + " and " +
           (hosts.empty() ? "no hosts" : "hosts " + hosts.to_string());
}

std::string platform_line(const Options& options, const Platform& platform) {
    return "platform" + (options.platform ? " '" + *options.platform + "'" : "") + ": " +
           counted(platform.compute_host_count, "host") +
           (platform.has_network ? " with" : " without") + " a network, " +
           counted(platform.storage_hosts().size(), "storage host");
}

// Reads the workload to its end.
std::string workload_line(Workload& workload, const Platform& platform) {
    std::uint64_t job_count = 0;
    std::uint64_t too_large = 0;
    double first_submit = 0, last_submit = 0;
    while (const auto job = workload.jobs->next()) {
        if (job_count++ == 0) first_submit = job->submit_time;
        last_submit = job->submit_time;
        if (job->min_hosts > platform.compute_host_count) ++too_large;
    }
    std::string line =
        "workload " + workload.name + " '" + workload.path + "': " + counted(job_count, "job");
    if (job_count > 0)
        line += ", submitted from " + number_text(first_submit) + " s to " +
                number_text(last_submit) + " s";
    if (!workload.is_log) line += ", of " + counted(workload.profiles.size(), "profile");
    line += ", made for " + counted(workload.host_count, "host");
    if (too_large > 0) line += "; " + counted(too_large, "job") + " larger than the platform";
    return line;
}

} // namespace

void check_inputs(const Options& options, const Log& log) {
    const auto print = [&options](const std::string& line) {
        if (!options.quiet) std::printf("%s\n", line.c_str());
    };
    const SchedulerRegistry registry = load_plugins(options);
    for (std::size_t i = 0; i < registry.plugins().size(); ++i)
        print(scheduler_line(options.schedulers[i], *registry.plugins()[i]));
    std::vector<Workload> workloads = read_workloads(options, log);
    ClosedFormBackend closed_form;
    Machine machine = read_machine(options, workloads, closed_form);
    read_events(options, machine.platform);
    const std::vector<HostSet> partitions = batsim::partitions(options, machine.platform);
    read_power_models(options, machine.platform);
    choose_backend(options, needs_of(options, workloads), machine);
    print(platform_line(options, machine.platform));
    for (Workload& workload : workloads) print(workload_line(workload, machine.platform));
    if (partitions.size() == 1) return;
    for (std::size_t i = 0; i < partitions.size(); ++i)
        print(ownership_line(options.schedulers[i], partitions[i]));
}

} // namespace batsim
