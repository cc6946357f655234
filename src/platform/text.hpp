// text.hpp - host sets and speeds as users write them.
#ifndef BATSIM_PLATFORM_TEXT_HPP
#define BATSIM_PLATFORM_TEXT_HPP

#include <optional>
#include <string_view>

#include "platform/platform.hpp"

namespace batsim {

// "0-63,70" (also separated by spaces, in any order); "" is the empty set. Nothing if the text is
// malformed.
std::optional<HostSet> parse_host_set(std::string_view text);

// "1Gf", "98.095Mf", "2.5e9" in flop/s, with the unit prefixes of SimGrid. Nothing if the text is
// malformed or the speed is not positive.
std::optional<double> parse_speed(std::string_view text);

} // namespace batsim

#endif
