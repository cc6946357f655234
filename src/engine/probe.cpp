// probe.cpp - what a scheduler wants to have measured.
#include "engine/probe.hpp"

#include <algorithm>
#include <numeric>

namespace batsim {

std::vector<double> aggregated(std::vector<double> values, Aggregation aggregation) {
    const auto sum = [&values] { return std::accumulate(values.begin(), values.end(), 0.0); };
    switch (aggregation) {
        case Aggregation::kNone: return values;
        case Aggregation::kSum: return {sum()};
        case Aggregation::kMean: return {sum() / static_cast<double>(values.size())};
        case Aggregation::kMin: return {*std::min_element(values.begin(), values.end())};
        case Aggregation::kMax: return {*std::max_element(values.begin(), values.end())};
    }
    return values;
}

} // namespace batsim
