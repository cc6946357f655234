// limits.hpp - how far simulated time goes.
#ifndef BATSIM_ENGINE_LIMITS_HPP
#define BATSIM_ENGINE_LIMITS_HPP

namespace batsim {

// No date that anybody asks for, and no run time, is later or longer than this, in seconds: sums of
// them stay finite.
inline constexpr double kLatestDate = 1e30;

} // namespace batsim

#endif
