// comparison.hpp - several schedulers on the same inputs: what their runs say together.
#ifndef BATSIM_COMPARE_COMPARISON_HPP
#define BATSIM_COMPARE_COMPARISON_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compare/run_result.hpp"
#include "compare/statistics.hpp"

namespace batsim {

// A scheduler that takes part, and its runs by the index of the seed.
struct Contestant {
    std::string name;   // unique
    std::string plugin; // as the user has given it
    std::string config; // text
    std::vector<RunResult> runs;
};

// Runs of one scheduler that have failed for the same reason.
struct Failures {
    std::string message;
    std::vector<std::uint64_t> seeds;
};

// What all runs of one scheduler say. Only those that are completed count.
struct SchedulerSummary {
    std::size_t completed = 0, failed = 0;
    std::vector<Failures> failures; // in order of the first seed
    ByMetric<std::optional<Estimate>> means;
    // Of the value minus that of the first scheduler with the same seed, over the seeds with which both
    // are completed: the paired-t interval (Law, Simulation Modeling and Analysis, section 10.2.1).
    // Nothing for the first scheduler.
    ByMetric<std::optional<Estimate>> differences;
    bool same_with_all_seeds = false; // several, and all give the same schedule
    // The first scheduler in front of this one whose schedules are the same, seed by seed.
    std::optional<std::size_t> same_as;
};

// A Comparison is the whole experiment, with its results.
struct Comparison {
    std::vector<std::uint64_t> seeds;
    double shake = 0; // s, see ShakenJobs
    std::uint64_t job_count = 0;
    std::uint32_t host_count = 0;
    std::vector<Contestant> contestants;

    std::vector<SchedulerSummary> summaries() const; // one for each contestant
    std::size_t count_of(RunResult::State state) const;
};

} // namespace batsim

#endif
