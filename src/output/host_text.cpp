// host_text.cpp - sets of hosts as output files have them.
#include "output/host_text.hpp"

#include <utility>

#include "base/text.hpp"

namespace batsim {

void append_hosts(std::string& row, const HostSet& hosts) {
    bool first = true;
    for (const HostSet::Interval& interval : hosts.intervals()) {
        if (!std::exchange(first, false)) row += ' ';
        append_number(row, std::uint64_t{interval.first});
        if (interval.last == interval.first) continue;
        row += '-';
        append_number(row, std::uint64_t{interval.last});
    }
}

} // namespace batsim
