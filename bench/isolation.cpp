// isolation.cpp - prints what a call of a plugin costs with each --isolation.
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "plugin/open_plugin.hpp"
#include "plugin/trap/trap.hpp"

namespace {

using namespace batsim; // NOLINT(google-build-using-namespace): this file is only main
using Clock = std::chrono::steady_clock;

constexpr int kRuns = 5;

struct Mode {
    const char* name;
    Isolation isolation;
};
constexpr Mode kModes[] = {{"none", Isolation::kNone},
                           {"namespace", Isolation::kNamespace},
                           {"process", Isolation::kProcess}};

double nanoseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

// Only the function that the plugin calls.
batsched_simulator_t make_simulator() {
    batsched_simulator_t simulator{};
    simulator.struct_size = sizeof simulator;
    simulator.abi_version = BATSCHED_ABI_VERSION;
    simulator.execute_job = [](const batsched_simulator_t*, batsched_job_id_t, batsched_host_set_t,
                               const batsched_execution_t*) -> batsched_status_t {
        return BATSCHED_OK;
    };
    return simulator;
}

batsched_job_t make_job() {
    batsched_job_t job{};
    job.struct_size = sizeof job;
    job.requested_hosts = job.min_hosts = job.max_hosts = 1;
    job.name = "w0!1";
    job.workload = "w0";
    job.profile = "w0!p";
    return job;
}

batsched_event_t make_event(batsched_event_type_t type, const batsched_job_t* job) {
    batsched_event_t event{};
    event.struct_size = sizeof event;
    event.type = type;
    if (job != nullptr) event.job_submitted.job = job;
    return event;
}

// A plugin with an instance.
class Subject {
  public:
    Subject(const std::string& path, Isolation isolation)
        : simulator_(make_simulator()), plugin_(open_plugin(path, isolation)) {
        batsched_init_t init{};
        init.struct_size = sizeof init;
        init.name = "s0";
        init.config = init.directory = "";
        batsched_reply_t reply{};
        reply.struct_size = sizeof reply;
        plugin_->init(simulator_, init, instance_, reply);
    }
    ~Subject() {
        const batsched_exit_t exit{sizeof exit, BATSCHED_EXIT_FINISHED, ""};
        plugin_->finalize(instance_, exit);
    }
    Subject(const Subject&) = delete;
    Subject& operator=(const Subject&) = delete;

    // The median of several runs, in ns.
    double time_of(const batsched_event_t& event, long count) {
        std::vector<double> times;
        for (int run = 0; run < kRuns; ++run) {
            const auto begin = Clock::now();
            for (long i = 0; i < count; ++i)
                if (plugin_->on_event(instance_, event) != BATSCHED_OK) std::abort();
            times.push_back(nanoseconds_since(begin) / static_cast<double>(count));
        }
        std::nth_element(times.begin(), times.begin() + kRuns / 2, times.end());
        return times[kRuns / 2];
    }

  private:
    batsched_simulator_t simulator_;
    std::unique_ptr<Plugin> plugin_;
    batsched_instance_t* instance_ = nullptr;
};

double median_load_time(const std::string& path, Isolation isolation) {
    std::vector<double> times;
    for (int run = 0; run < kRuns; ++run) {
        const auto begin = Clock::now();
        const auto plugin = open_plugin(path, isolation);
        times.push_back(nanoseconds_since(begin) / 1e6);
    }
    std::nth_element(times.begin(), times.begin() + kRuns / 2, times.end());
    return times[kRuns / 2];
}

void measure(const std::string& path, const char* cpus, const Mode& mode, long count) {
    const batsched_job_t job = make_job();
    const double load = median_load_time(path, mode.isolation);
    Subject subject(path, mode.isolation);
    const double event = subject.time_of(make_event(BATSCHED_EVENT_DECIDE, nullptr), count);
    const double decision =
        subject.time_of(make_event(BATSCHED_EVENT_JOB_SUBMITTED, &job), count / 2);
    std::printf("%-10s %-8s %10.2f ms %12.1f ns %12.1f ns\n", mode.name, cpus, load, event,
                decision);
    std::fflush(stdout);
}

void use_one_cpu() {
    cpu_set_t all, one;
    sched_getaffinity(0, sizeof all, &all);
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu)
        if (CPU_ISSET(cpu, &all)) CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof one, &one);
}

} // namespace

int main(int argc, char** argv) {
    const std::string path = argc > 1 ? argv[1] : EAGER_PLUGIN;
    const long count = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 1'000'000;
    install_crash_handlers();
    std::printf("%-10s %-8s %13s %15s %15s\n", "isolation", "CPUs", "loading", "an event",
                "with a decision");
    for (const Mode& mode : kModes) measure(path, "all", mode, count);
    use_one_cpu();
    measure(path, "one", kModes[2], count / 10);
    return 0;
}
