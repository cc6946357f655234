// speedup.cpp - how the run time of a job depends on the number of its ranks.
#include "workload/speedup.hpp"

#include <algorithm>

namespace batsim {

namespace {

double run_time_of(const DowneySpeedup& model, std::size_t rank_count) {
    return model.seconds / downey_speedup(model, rank_count);
}

double run_time_of(const TabledRunTimes& table, std::size_t rank_count) {
    const auto above = std::upper_bound(table.ranks.begin(), table.ranks.end(), rank_count);
    if (above != table.ranks.begin())
        return *(table.seconds.begin() + (above - table.ranks.begin()) - 1);
    return table.seconds.front() * static_cast<double>(table.ranks.front()) /
           static_cast<double>(rank_count);
}

} // namespace

double downey_speedup(const DowneySpeedup& model, std::size_t rank_count) {
    const auto n = static_cast<double>(rank_count);
    const double a = model.parallelism;
    const double sigma = model.variance;
    if (sigma <= 1) {
        if (n <= a) return a * n / (a + sigma / 2 * (n - 1));
        if (n <= 2 * a - 1) return a * n / (sigma * (a - 0.5) + n * (1 - sigma / 2));
    } else if (n <= a + a * sigma - sigma) {
        return n * a * (sigma + 1) / (sigma * (n + a - 1) + a);
    }
    return a;
}

double run_time(const Speedup& speedup, std::size_t rank_count) {
    return std::visit([=](const auto& model) { return run_time_of(model, rank_count); }, speedup);
}

} // namespace batsim
