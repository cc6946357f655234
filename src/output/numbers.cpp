// numbers.cpp - numbers for people to read.
#include "output/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
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

std::string duration_text(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::min(std::ceil(seconds), 1e15));
    if (whole < 60) return std::to_string(whole) + " s";
    if (whole < 3600)
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return grouped(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

} // namespace batsim
