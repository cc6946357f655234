// comparison_text.hpp - a comparison for people to read, on a terminal or in Markdown.
#ifndef BATSIM_COMPARE_COMPARISON_TEXT_HPP
#define BATSIM_COMPARE_COMPARISON_TEXT_HPP

#include <string>

#include "compare/comparison.hpp"

namespace batsim {

// Whether metrics that differ from run to run are shown.
enum class RealTimeRows { kShown, kLeftOut };

// At most 100 columns wide, but for long words in messages.
std::string comparison_text(const Comparison& comparison);

std::string comparison_markdown(const Comparison& comparison, RealTimeRows real_times);

// "seed 7", "seeds 1-3,7".
std::string named_seeds(const std::vector<std::uint64_t>& seeds);

// "1-3,7": ascending seeds that follow each other are joined.
std::string seeds_text(const std::vector<std::uint64_t>& seeds);

} // namespace batsim

#endif
