// execution_info.cpp - real_exec_info.json: what a run was made of and what it cost.
#include "cli/execution_info.hpp"

#include <sys/resource.h>
#include <sys/utsname.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/json.hpp"
#include "cli/installation.hpp"

namespace batsim {

namespace {

InputFileInfo describe(const char* kind, const std::string& path) {
    return {kind, path, checksum_of_file(path)};
}

// What cannot be told has size and checksum null.
Json describe_input_files(const std::vector<InputFileInfo>& files) {
    Json list = Json::array();
    for (const auto& [kind, path, checksum] : files)
        list.push_back({{"kind", kind},
                        {"path", path},
                        {"size", checksum ? Json(checksum->size) : Json()},
                        {"crc32", checksum ? Json(checksum->crc32) : Json()}});
    return list;
}

// Files that profiles name: lists of traces and, of MPI programs, the traces themselves.
std::set<std::string> trace_files(const Workload& workload) {
    const std::filesystem::path folder = std::filesystem::path(workload.path).parent_path();
    std::set<std::string> files;
    for (const auto& [name, profile] : workload.profiles) {
        const auto* mpi = std::get_if<MpiTraceProfile>(&profile->body);
        if (mpi == nullptr && !std::holds_alternative<UsageTraceProfile>(profile->body)) continue;
        const Json json = Json::parse(profile->json, nullptr, /* allow_exceptions */ false);
        for (const char* key : {"filename", "trace"})
            if (json.is_object() && json.contains(key) && json[key].is_string())
                files.insert(folder / json[key].get<std::string>());
        if (mpi != nullptr) files.insert(mpi->traces.begin(), mpi->traces.end());
    }
    return files;
}

// A line "VmHWM:   1234 kB" of /proc/self/status; null if there is none.
Json memory_in_kib(const std::string& key) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.compare(0, key.size() + 1, key + ":") == 0)
            return std::stoull(line.substr(key.size() + 1));
    return {};
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Json describe_machine() {
    utsname name{};
    uname(&name);
    return {{"node", name.nodename},
            {"system", std::string(name.sysname) + " " + name.release},
            {"architecture", name.machine}};
}

Json describe_schedulers(const std::vector<SchedulerFacts>& schedulers) {
    Json list = Json::array();
    for (const SchedulerFacts& scheduler : schedulers) {
        const auto checksum = checksum_of_file(scheduler.library);
        list.push_back({{"name", scheduler.name},
                        {"plugin", scheduler.plugin},
                        {"version", scheduler.version},
                        {"library", scheduler.library},
                        {"library_crc32", checksum ? Json(checksum->crc32) : Json()},
                        {"seed", scheduler.seed},
                        {"workloads", scheduler.workloads},
                        {"hosts", scheduler.hosts},
                        {"batches", scheduler.batch_count},
                        {"seconds", scheduler.seconds}});
    }
    return list;
}

} // namespace

std::vector<InputFileInfo> describe_input_files(const Options& options,
                                                const std::vector<Workload>& workloads) {
    std::vector<InputFileInfo> files;
    if (options.platform) files.push_back(describe("platform", *options.platform));
    for (const Workload& workload : workloads) {
        files.push_back(describe("workload", workload.path));
        for (const std::string& file : trace_files(workload))
            files.push_back(describe("trace", file));
    }
    for (const std::string& path : options.events) files.push_back(describe("events", path));
    if (options.schedulers_file) files.push_back(describe("schedulers", *options.schedulers_file));
    return files;
}

std::vector<InputFileInfo> describe_configurations(const Options& options) {
    std::vector<InputFileInfo> files;
    for (const SchedulerOptions& scheduler : options.schedulers)
        if (!scheduler.config_file.empty())
            files.push_back(describe("scheduler configuration", scheduler.config_file));
    return files;
}

std::string execution_info_json(const Options& options, const ExecutionFacts& facts) {
    double in_schedulers = 0;
    for (const SchedulerFacts& scheduler : facts.schedulers) in_schedulers += scheduler.seconds;
    const Json info = {
        {"batsim_version", program_version()},
        {"simgrid_version", facts.simgrid_version.empty() ? Json() : Json(facts.simgrid_version)},
        {"command_line", options.command_line},
        {"options", Json::parse(options.values)},
        {"working_directory", options.working_directory},
        {"input_files", describe_input_files(facts.input_files)},
        {"schedulers", describe_schedulers(facts.schedulers)},
        {"seed", options.seed},
        {"machine", describe_machine()},
        {"exit_code", static_cast<int>(facts.exit_code)},
        {"end_date", facts.end_date},
        {"wall_clock_seconds", facts.wall_time},
        {"cpu_seconds", cpu_seconds()},
        {"time_in_edc_seconds", in_schedulers},
        {"time_in_simu_seconds", facts.wall_time - in_schedulers},
        {"memory_VmHWM_kB", memory_in_kib("VmHWM")},
        {"memory_VmPeak_kB", memory_in_kib("VmPeak")},
    };
    return info.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace batsim
