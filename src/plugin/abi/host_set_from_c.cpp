// host_set_from_c.cpp - sets of hosts that plugins give, checked.
#include "plugin/abi/host_set_from_c.hpp"

#include <utility>

namespace batsim {

namespace {

std::string text_of(const batsched_interval_t& interval) {
    return std::to_string(interval.first) + "-" + std::to_string(interval.last);
}

// What is wrong with the order of an interval and the one before it, or "".
std::string order_error(const batsched_interval_t& before, const batsched_interval_t& interval) {
    if (interval.first <= before.last)
        return "the intervals of the host set must be sorted and disjoint, but " +
               text_of(interval) + " comes after " + text_of(before);
    if (interval.first == before.last + 1)
        return "the intervals of the host set must not touch: join " + text_of(before) + " and " +
               text_of(interval);
    return "";
}

} // namespace

CheckedHosts check_hosts(batsched_host_set_t set, std::size_t host_count) {
    if (set.intervals == nullptr && set.count > 0)
        return {{}, Status::kInvalidArgument, "the host set has no intervals (NULL)"};
    if (set.count > host_count)
        return {
            {},
            Status::kInvalidArgument,
            "the host set has more intervals than there are hosts: " + std::to_string(set.count)};
    for (std::size_t i = 0; i < set.count; ++i) {
        const batsched_interval_t& interval = set.intervals[i];
        if (interval.first > interval.last)
            return {
                {}, Status::kInvalidArgument, "the host set has the interval " + text_of(interval)};
        if (interval.last >= host_count)
            return {{},
                    Status::kUnknownId,
                    "there is no host " + std::to_string(interval.last) + "; the last one is " +
                        std::to_string(host_count - 1)};
        if (i == 0) continue;
        if (std::string error = order_error(set.intervals[i - 1], interval); !error.empty())
            return {{}, Status::kInvalidArgument, std::move(error)};
    }
    return {HostSet(set), Status::kOk, ""};
}

} // namespace batsim
