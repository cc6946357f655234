// scenario.hpp - small simulations in memory: hosts, jobs and what happens to them.
#ifndef BATSIM_CHECK_SCENARIO_HPP
#define BATSIM_CHECK_SCENARIO_HPP

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "platform/external_events.hpp"
#include "platform/platform.hpp"

namespace batsim {

// A job that does nothing for its run time.
struct PlannedJob {
    double submit_time;
    std::uint32_t hosts;
    double run_time;
    double walltime = std::numeric_limits<double>::infinity();
    std::int32_t return_code = 0;
};

// A Scenario is everything of a simulation but its schedulers. Its jobs are called w0!job0, w0!job1,
// ... in the order below.
struct Scenario {
    // One scheduler: its partition, and its workload.
    struct Part {
        HostSet hosts;
        std::vector<PlannedJob> jobs; // sorted by submit time
    };
    std::string what; // for messages: "jobs that have no walltime"
    std::uint32_t host_count;
    std::vector<Part> parts;
    std::vector<ExternalEvent> events{}; // sorted by date
    // The decisions of each batch take effect so many seconds later than the scheduler asks for.
    double delay = 0;
};

// One scheduler that owns all hosts.
Scenario scenario(std::string what, std::uint32_t host_count, std::vector<PlannedJob> jobs);
// Of more hosts than it owns.
Scenario scenario(std::string what, std::uint32_t host_count, HostSet partition,
                  std::vector<PlannedJob> jobs);

ExternalEvent host_event(double date, ExternalEvent::Kind kind, HostSet hosts);
ExternalEvent user_event(double date, std::string type);

// `count` jobs of all sorts for this number of hosts: dates that coincide, run times from 0, with and
// without walltime, some of which are reached. The same for the same seed.
std::vector<PlannedJob> random_jobs(std::uint64_t seed, std::size_t count, std::uint32_t hosts);
// A random partition and random jobs and events.
Scenario random_scenario(std::uint64_t seed);

} // namespace batsim

#endif
