// comparison_files.hpp - a comparison for programs to read.
#ifndef BATSIM_COMPARE_COMPARISON_FILES_HPP
#define BATSIM_COMPARE_COMPARISON_FILES_HPP

#include <string>

#include "compare/comparison.hpp"
#include "compare/comparison_text.hpp"

namespace batsim {

// All numbers in SI units, with the fewest digits that read back as the same double.

// A row for each scheduler.
std::string comparison_csv(const Comparison& comparison, RealTimeRows real_times);
std::string comparison_json(const Comparison& comparison, RealTimeRows real_times);

// A row for each run, without real times; and a row for each with nothing but them.
std::string runs_csv(const Comparison& comparison);
std::string real_times_csv(const Comparison& comparison);

} // namespace batsim

#endif
