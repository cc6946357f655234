// speedup.hpp - how the run time of a job depends on the number of its ranks.
#ifndef BATSIM_WORKLOAD_SPEEDUP_HPP
#define BATSIM_WORKLOAD_SPEEDUP_HPP

#include <cstddef>
#include <variant>
#include <vector>

namespace batsim {

// The model of A. Downey, "A model for speedup of parallel programs", 1997: while a job runs, its
// parallelism varies about its mean. Without variance the speedup is linear up to A ranks, then constant.
struct DowneySpeedup {
    double seconds;     // >= 0, on one rank
    double parallelism; // >= 1, the mean; his A
    double variance;    // >= 0, of the parallelism, in units of (A - 1)^2; his sigma
};

// Run times that were measured, or come from elsewhere. A number of ranks that is not there has that of
// the next lower one: the ranks above it are of no use. Below the first one there are too few ranks
// for the work, which takes longer in proportion.
struct TabledRunTimes {
    std::vector<std::size_t> ranks; // increasing, not empty
    std::vector<double> seconds;    // of each
};

using Speedup = std::variant<DowneySpeedup, TabledRunTimes>;

// How many times faster than on one rank.
double downey_speedup(const DowneySpeedup& model, std::size_t rank_count);

double run_time(const Speedup& speedup, std::size_t rank_count);

} // namespace batsim

#endif
