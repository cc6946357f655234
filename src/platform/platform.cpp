// platform.cpp - where jobs run: hosts with dense identifiers.
#include "platform/platform.hpp"

#include <algorithm>

namespace batsim {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes the run of digits at the front, without leading zeros.
std::string_view take_number(std::string_view& text) {
    std::size_t zeros = 0;
    while (zeros < text.size() && text[zeros] == '0') ++zeros;
    std::size_t end = zeros;
    while (end < text.size() && is_digit(text[end])) ++end;
    const std::string_view number = text.substr(zeros, end - zeros);
    text.remove_prefix(end);
    return number;
}

// < 0, 0, > 0 like memcmp; without regard to leading zeros.
int compare_natural(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        if (is_digit(a.front()) && is_digit(b.front())) {
            const std::string_view x = take_number(a);
            const std::string_view y = take_number(b);
            if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
            if (const int order = x.compare(y); order != 0) return order;
            continue;
        }
        if (a.front() != b.front())
            return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front())
                       ? -1
                       : 1;
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    if (a.empty() && b.empty()) return 0;
    return a.empty() ? -1 : 1;
}

HostSet range(std::size_t first, std::size_t end) {
    if (first == end) return {};
    return HostSet::range(static_cast<HostId>(first), static_cast<HostId>(end - 1));
}

} // namespace

bool Host::is_computing(std::uint32_t pstate) const {
    return std::find(virtual_pstates.begin(), virtual_pstates.end(), pstate) ==
           virtual_pstates.end();
}

double Host::switch_off_duration() const {
    return sleep_pstates ? 1 / pstate_speeds[sleep_pstates->switching_off] : 0;
}

double Host::switch_on_duration() const {
    return sleep_pstates ? 1 / pstate_speeds[sleep_pstates->switching_on] : 0;
}

double Host::sleeping_watts() const {
    return sleep_pstates ? power[sleep_pstates->sleep].idle : off_watts;
}

double Host::switching_off_watts() const {
    return sleep_pstates ? power[sleep_pstates->switching_off].full : off_watts;
}

double Host::switching_on_watts() const {
    return sleep_pstates ? power[sleep_pstates->switching_on].full : off_watts;
}

HostSet Platform::compute_hosts() const { return range(0, compute_host_count); }
HostSet Platform::storage_hosts() const { return range(compute_host_count, hosts.size()); }

std::optional<LinkId> Platform::find_link(std::string_view name) const {
    const auto found = std::lower_bound(
        links.begin(), links.end(), name,
        [](const Link& link, std::string_view wanted) { return natural_less(link.name, wanted); });
    if (found == links.end() || found->name != name) return std::nullopt;
    return static_cast<LinkId>(found - links.begin());
}

Platform flat_platform(std::uint32_t count, double speed) {
    Platform platform;
    platform.compute_host_count = count;
    platform.hosts.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        platform.hosts[i].name = "host" + std::to_string(i);
        platform.hosts[i].pstate_speeds = {speed};
    }
    return platform;
}

bool natural_less(std::string_view a, std::string_view b) {
    const int order = compare_natural(a, b);
    return order != 0 ? order < 0 : a < b;
}

} // namespace batsim
