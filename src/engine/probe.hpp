// probe.hpp - what a scheduler wants to have measured.
#ifndef BATSIM_ENGINE_PROBE_HPP
#define BATSIM_ENGINE_PROBE_HPP

#include <cstdint>
#include <variant>
#include <vector>

#include "platform/platform.hpp"

namespace batsim {

using ProbeId = std::uint64_t;

// In the order of batsched_metric_t.
enum class Metric : std::uint8_t {
    kPower,  // watts
    kEnergy, // joules since date 0
    kLoad,   // the share of the capacity that is in use
};

// In the order of batsched_aggregation_t.
enum class Aggregation : std::uint8_t { kNone, kSum, kMean, kMin, kMax };

struct Probe {
    Metric metric;
    Aggregation aggregation;
    std::variant<HostSet, std::vector<LinkId>> targets; // not empty
};

// Makes one value of them, but for kNone. There must be at least one.
std::vector<double> aggregated(std::vector<double> values, Aggregation aggregation);

} // namespace batsim

#endif
