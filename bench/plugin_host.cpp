// plugin_host.cpp - prints what plugins cost: to load, to keep, to call.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../test/unit/engine/playground.hpp"
#include "base/log.hpp"
#include "platform/text.hpp"
#include "plugin/loading/library.hpp"
#include "plugin/scheduler/plugin_scheduler.hpp"
#include "plugin/trap/trap.hpp"

namespace {

using namespace batsim; // NOLINT(google-build-using-namespace): this file is a program

constexpr int kRuns = 9;
constexpr std::uint32_t kJobs = 1000;

double seconds(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Of this process, in bytes.
double resident_memory() {
    std::ifstream file("/proc/self/statm");
    double total = 0, resident = 0;
    file >> total >> resident;
    return resident * 4096;
}

void measure_loading(const std::string& path) {
    std::vector<double> times, memory;
    for (int i = 0; i < kRuns; ++i) {
        const double before = resident_memory();
        times.push_back(seconds([&] { load_plugin(path, Isolation::kNamespace); }));
        memory.push_back(resident_memory() - before);
    }
    std::printf("load a plugin (%s): %.2f ms\n", path.c_str(), median(times) * 1e3);
    std::printf("resident memory of its namespace: %.2f MB\n", median(memory) / 1e6);
}

JobRecord ended_job(JobId id) {
    Job job;
    job.full_name = "w0!" + std::to_string(id);
    job.requested_hosts = job.min_hosts = job.max_hosts = 1;
    job.profile = delay(1);
    JobRecord record(id, 0, std::move(job));
    record.hosts = parse_host_set("0").value();
    record.state = JobState::kOver;
    return record;
}

// Nanoseconds for each event of a batch of so many, without its DECIDE's share being taken out.
template <class Occurrence>
double time_of_events(PluginScheduler& scheduler, Decisions& decisions,
                      const std::vector<JobRecord>& jobs, std::size_t count) {
    Batch batch{1, {}};
    for (std::size_t i = 0; i < count; ++i) batch.events.emplace_back(Occurrence{&jobs[i]});
    return seconds([&] { scheduler.decide(batch, decisions); }) * 1e9 / static_cast<double>(count);
}

void measure_calls(const std::string& path) {
    Playground playground(1);
    HostViews hosts(playground.platform);
    const Log log(stderr);
    const WorkloadDirectory directory({}, {"s0"});
    PluginScheduler scheduler(load_plugin(path, Isolation::kNamespace), hosts, directory, log);
    InstanceRole role{};
    role.name = "s0";
    role.count = 1;
    role.hosts = playground.platform.compute_hosts();
    scheduler.init(role);
    std::vector<JobRecord> jobs;
    for (JobId id = 0; id < kJobs; ++id) jobs.push_back(ended_job(id));
    playground.run([&](const Batch&, Decisions& decisions) {
        std::vector<double> submitted, completed, alone;
        for (int i = 0; i < 100 * kRuns; ++i) {
            submitted.push_back(time_of_events<JobSubmitted>(scheduler, decisions, jobs, kJobs));
            completed.push_back(time_of_events<JobCompleted>(scheduler, decisions, jobs, kJobs));
            time_of_events<JobSubmitted>(scheduler, decisions, jobs, 1);
            alone.push_back(time_of_events<JobCompleted>(scheduler, decisions, jobs, 1));
        }
        std::printf("JOB_SUBMITTED: %.1f ns\nJOB_COMPLETED: %.1f ns\n", median(submitted),
                    median(completed));
        std::printf("a batch of one event: %.0f ns\n", median(alone));
    });
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench-plugin-host <C++ plugin> <idle plugin>\n");
        return 2;
    }
    install_crash_handlers();
    measure_loading(argv[1]);
    measure_calls(argv[2]);
    std::fflush(stdout);
    return 0;
}
