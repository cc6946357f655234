// limits.hpp - the largest values that input files may give. Beyond them a double no longer counts
// in useful steps, or a sum of them could overflow.
#ifndef BATSIM_WORKLOAD_LIMITS_HPP
#define BATSIM_WORKLOAD_LIMITS_HPP

#include <cstddef>
#include <cstdint>

namespace batsim {

// Dates and durations: 30 billion years, as Batsim's own workloads have dates of 10^17. A double
// resolves seconds up to 9e15 and steps of 128 s at the limit.
inline constexpr double kMaxSeconds = 1e18;
inline constexpr double kMaxAmount = 1e30;             // flops, bytes
inline constexpr std::int64_t kMaxHosts = 100'000'000; // of a platform or a job
inline constexpr std::int64_t kMaxRepeat = 1'000'000'000;
inline constexpr double kLeastSpeedup = 1e-9;        // below 1: several ranks are slower
inline constexpr double kMaxVariance = 1e9;          // of the parallelism, see DowneySpeedup
inline constexpr std::size_t kDeepestNesting = 1000; // of compositions

} // namespace batsim

#endif
