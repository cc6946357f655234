// numbers.hpp - numbers for people to read.
#ifndef BATSIM_OUTPUT_NUMBERS_HPP
#define BATSIM_OUTPUT_NUMBERS_HPP

#include <cstdint>
#include <string>

namespace batsim {

std::string fixed(double value, int digits); // "12.50"
std::string grouped(std::uint64_t value);    // "1,234,567"

} // namespace batsim

#endif
