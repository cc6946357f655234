// host_set_text.cpp - sets of hosts as text.
#include "host_set_text.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace static_order {

namespace {

// Takes a number from the front of the text.
bool take_number(std::string_view& text, batsched_host_id_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc();
}

// One host or one interval: "7", "0-3".
std::optional<batsched::HostSet> read_interval(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    batsched_host_id_t first = 0;
    if (!take_number(text, first)) return std::nullopt;
    batsched_host_id_t last = first;
    if (!text.empty() && text[0] == '-') {
        text.remove_prefix(1);
        if (!take_number(text, last)) return std::nullopt;
    }
    if (!text.empty() || last < first) return std::nullopt;
    return batsched::HostSet::range(first, last);
}

} // namespace

std::optional<batsched::HostSet> read_host_set(std::string_view text, char separator) {
    batsched::HostSet hosts;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find(separator), text.size());
        const auto interval = read_interval(text.substr(0, length));
        if (!interval) return std::nullopt;
        hosts |= *interval;
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return hosts;
}

} // namespace static_order
