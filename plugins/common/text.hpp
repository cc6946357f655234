// text.hpp - numbers as text, sets of hosts from text.
#ifndef BATSIM_PLUGINS_TEXT_HPP
#define BATSIM_PLUGINS_TEXT_HPP

#include <algorithm>
#include <batsched/host_set.hpp>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace batsched {

// The shortest text that reads back as the same number.
inline std::string text_of(double value) {
    char text[32];
    return {text, std::to_chars(std::begin(text), std::end(text), value).ptr};
}

namespace detail {

// Takes a number from the front of the text.
inline bool take_number(std::string_view& text, batsched_host_id_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc();
}

// One host or one interval: "7", "0-3".
inline std::optional<HostSet> read_interval(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    batsched_host_id_t first = 0;
    if (!take_number(text, first)) return std::nullopt;
    batsched_host_id_t last = first;
    if (!text.empty() && text[0] == '-') {
        text.remove_prefix(1);
        if (!take_number(text, last)) return std::nullopt;
    }
    if (!text.empty() || last < first) return std::nullopt;
    return HostSet::range(first, last);
}

} // namespace detail

// A set of hosts such as "0-3,7"; spaces before intervals do not matter. None if the text is not one.
inline std::optional<HostSet> read_hosts(std::string_view text, char separator = ',') {
    HostSet hosts;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find(separator), text.size());
        const auto interval = detail::read_interval(text.substr(0, length));
        if (!interval) return std::nullopt;
        hosts |= *interval;
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return hosts;
}

} // namespace batsched

#endif
