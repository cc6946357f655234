// engine.cpp - prints what a job costs in the engine with a plugin, and in an ideal event heap.
//
// Neither reads nor writes anything: the difference is what the simulation of hosts, the contract
// and the crossing to the plugin and back cost.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <functional>
#include <memory>
#include <queue>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "engine/simulation.hpp"
#include "plugin/registry.hpp"
#include "plugin/trap/trap.hpp"
#include "workload/workload_directory.hpp"

namespace {

using namespace batsim; // NOLINT(google-build-using-namespace): this file is only main

constexpr int kRuns = 5;
constexpr double kSpeed = 1e9; // flop/s of each host

struct Request {
    double submit_time;
    std::uint32_t hosts;
    std::uint32_t seconds;
};

double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double median_of_runs(const std::function<double()>& run) {
    std::vector<double> times;
    for (int i = 0; i < kRuns; ++i) times.push_back(run());
    std::sort(times.begin(), times.end());
    return times[kRuns / 2];
}

// The jobs of bench/generate.py: 1 to 8 hosts, 10 to 100 s, 85 % load.
std::vector<Request> make_requests(std::size_t count, std::uint32_t hosts) {
    std::mt19937_64 random(20261124);
    std::uniform_int_distribution<std::uint32_t> width(1, 8), seconds(10, 100);
    std::exponential_distribution<double> gap(0.85 * hosts / (55 * 4.5));
    std::vector<Request> requests;
    double date = 0;
    for (std::size_t i = 0; i < count; ++i) {
        date += gap(random);
        requests.push_back({date, width(random), seconds(random)});
    }
    return requests;
}

// First come, first served on counted hosts; gives the makespan.
double run_heap(const std::vector<Request>& requests, std::uint64_t hosts) {
    using End = std::pair<double, std::uint32_t>; // and hosts that become free
    std::priority_queue<End, std::vector<End>, std::greater<>> ends;
    std::size_t submitted = 0, started = 0;
    double now = 0;
    while (submitted < requests.size() || !ends.empty()) {
        const bool is_submission =
            submitted < requests.size() &&
            (ends.empty() || requests[submitted].submit_time < ends.top().first);
        now = is_submission ? requests[submitted++].submit_time : ends.top().first;
        if (!is_submission) {
            hosts += ends.top().second;
            ends.pop();
        }
        for (; started < submitted && requests[started].hosts <= hosts; ++started) {
            hosts -= requests[started].hosts;
            ends.emplace(now + requests[started].seconds, requests[started].hosts);
        }
    }
    return now;
}

std::vector<ProfilePtr> make_profiles(bool computes) {
    std::vector<ProfilePtr> profiles;
    for (std::uint32_t seconds = 0; seconds <= 100; ++seconds) {
        Profile profile;
        profile.full_name = "w0!" + std::to_string(seconds);
        if (computes)
            profile.body = HomogeneousProfile{seconds * kSpeed, 0, AmountMeaning::kForEachValue};
        else
            profile.body = DelayProfile{static_cast<double>(seconds)};
        profile.traits = traits_of(profile.body);
        profiles.push_back(std::make_shared<const Profile>(std::move(profile)));
    }
    return profiles;
}

std::unique_ptr<JobStream> make_jobs(const std::vector<Request>& requests, bool computes) {
    const std::vector<ProfilePtr> profiles = make_profiles(computes);
    std::deque<Job> jobs;
    for (const Request& request : requests) {
        Job job;
        job.full_name = "w0!" + std::to_string(jobs.size());
        job.submit_time = request.submit_time;
        job.requested_hosts = job.min_hosts = job.max_hosts = request.hosts;
        job.walltime = request.seconds + 10;
        job.profile = profiles[request.seconds];
        jobs.push_back(std::move(job));
    }
    return std::make_unique<StoredJobs>(std::move(jobs));
}

// CPU seconds of the simulation alone.
double run_engine(const std::vector<Request>& requests, std::uint32_t hosts, bool computes,
                  const std::string& plugin) {
    const Platform platform = flat_platform(hosts, kSpeed);
    const Log log(stderr);
    const WorkloadDirectory directory({}, {"s0"});
    SchedulerRegistry registry(PluginSearchPath({}), Isolation::kNone);
    registry.load(plugin);
    registry.create_instances(platform, directory, log);
    InstanceRole role{};
    role.name = "s0";
    role.count = 1;
    role.hosts = platform.compute_hosts();
    registry.instance(0).init(role);
    ClosedFormBackend backend;
    std::vector<std::unique_ptr<JobStream>> workloads;
    workloads.push_back(make_jobs(requests, computes));
    Simulation simulation(
        {platform,
         std::move(workloads),
         {{"s0", &registry.instance(0), platform.compute_hosts(), {0}, false, false}},
         {},
         backend,
         {}});
    const double begin = cpu_seconds();
    const Outcome outcome = simulation.run();
    const double seconds = cpu_seconds() - begin;
    if (outcome.reason != EndReason::kFinished) std::exit(1);
    registry.finalize_all(BATSCHED_EXIT_FINISHED, "");
    return seconds;
}

void compare(std::size_t count, std::uint32_t hosts, const std::string& plugin) {
    const std::vector<Request> requests = make_requests(count, hosts);
    double makespan = 0;
    const double heap = median_of_runs([&] {
        const double begin = cpu_seconds();
        makespan += run_heap(requests, hosts);
        return cpu_seconds() - begin;
    });
    const auto per_job = [count](double seconds) {
        return seconds * 1e6 / static_cast<double>(count);
    };
    std::printf("%9zu jobs, %6u hosts: heap %.3f us a job", count, hosts, per_job(heap));
    for (const bool computes : {false, true}) {
        const double engine =
            median_of_runs([&] { return run_engine(requests, hosts, computes, plugin); });
        std::printf(", %s %.3f us (+%.3f)", computes ? "compute" : "delay", per_job(engine),
                    per_job(engine - heap));
    }
    std::printf("%s\n", makespan > 0 ? "" : "?");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench-engine <plugin, such as build/plugins/fcfs.so>\n");
        return 2;
    }
    install_crash_handlers();
    for (const std::size_t jobs : {10'000, 100'000, 1'000'000}) compare(jobs, 128, argv[1]);
    for (const std::uint32_t hosts : {1'024, 10'000, 100'000}) compare(100'000, hosts, argv[1]);
    return 0;
}
