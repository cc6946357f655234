// numbers.cpp - numbers for people to read.
#include "output/numbers.hpp"

#include <array>
#include <cstdio>

namespace batsim {

std::string fixed(double value, int digits) {
    std::array<char, 512> text; // enough for the largest double
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

std::string grouped(std::uint64_t value) {
    std::string text = std::to_string(value);
    for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
    return text;
}

} // namespace batsim
