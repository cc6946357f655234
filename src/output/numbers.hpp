// numbers.hpp - numbers for people to read.
#ifndef BATSIM_OUTPUT_NUMBERS_HPP
#define BATSIM_OUTPUT_NUMBERS_HPP

#include <cstdint>
#include <string>

namespace batsim {

std::string fixed(double value, int digits); // "12.50"
std::string grouped(std::uint64_t value);    // "1,234,567"
std::string duration_text(double seconds);   // "17 s", "3 min 20 s", "2 h 5 min"

} // namespace batsim

#endif
