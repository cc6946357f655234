// text.cpp - host sets and speeds as users write them.
#include "platform/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace batsim {

namespace {

std::optional<HostId> parse_host(std::string_view text) {
    const auto number = parse_integer(text);
    if (!number || *number < 0 || *number >= UINT32_MAX) return std::nullopt;
    return static_cast<HostId>(*number);
}

std::optional<HostSet> parse_range(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = parse_host(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_host(text.substr(dash + 1));
    if (!first || !last || *first > *last) return std::nullopt;
    return HostSet::range(*first, *last);
}

} // namespace

std::optional<HostSet> parse_host_set(std::string_view text) {
    std::string commas(text);
    std::replace(commas.begin(), commas.end(), ' ', ',');
    HostSet hosts;
    for (const std::string& part : split(commas, ',')) {
        if (part.empty()) continue;
        const auto range = parse_range(part);
        if (!range) return std::nullopt;
        hosts |= *range;
    }
    return hosts;
}

std::optional<double> parse_speed(std::string_view text) {
    static constexpr std::array kUnits{
        std::pair{std::string_view("kf"), 1e3},  std::pair{std::string_view("Mf"), 1e6},
        std::pair{std::string_view("Gf"), 1e9},  std::pair{std::string_view("Tf"), 1e12},
        std::pair{std::string_view("Pf"), 1e15}, std::pair{std::string_view("Ef"), 1e18},
        std::pair{std::string_view("f"), 1.0},
    };
    double factor = 1;
    for (const auto& [unit, value] : kUnits) {
        const bool ends =
            text.size() > unit.size() && text.substr(text.size() - unit.size()) == unit;
        if (!ends) continue;
        factor = value;
        text.remove_suffix(unit.size());
        break;
    }
    const auto number = parse_double(text);
    if (!number || !(*number > 0) || *number * factor > 1e30) return std::nullopt;
    return *number * factor;
}

} // namespace batsim
