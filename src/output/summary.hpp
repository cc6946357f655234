// summary.hpp - the few lines that a simulation ends with.
#ifndef BATSIM_OUTPUT_SUMMARY_HPP
#define BATSIM_OUTPUT_SUMMARY_HPP

#include <string>
#include <vector>

#include "engine/outcome.hpp"
#include "output/metrics.hpp"
#include "output/scheduler_metrics.hpp"

namespace batsim {

// What the summary says beyond the metrics. Times are wall-clock seconds.
struct RunFacts {
    std::string output_folder;
    double wall_time;
    struct SchedulerTime {
        std::string name; // "s0 (easy 1.0.0)"
        double seconds;
    };
    std::vector<SchedulerTime> schedulers;
};

// Several lines, each ended by a newline. `schedulers` has a row for each of several, else nothing.
std::string summary_text(const Metrics& metrics, const SchedulerMetrics& schedulers,
                         const Outcome& outcome, const RunFacts& facts);

} // namespace batsim

#endif
