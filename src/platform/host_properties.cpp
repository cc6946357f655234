// host_properties.cpp - what the properties of a host in a platform file say about its pstates.
#include "platform/host_properties.hpp"

#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "platform/property.hpp"

namespace batsim {

namespace {

std::optional<std::uint32_t> parse_pstate(std::string_view text, const Host& host) {
    const auto pstate = parse_integer(trimmed(text));
    if (!pstate || *pstate < 0 || *pstate >= static_cast<std::int64_t>(host.pstate_speeds.size()))
        return std::nullopt;
    return static_cast<std::uint32_t>(*pstate);
}

PstatePower parse_power(const std::string& text, const Property& property) {
    const std::vector<double> watts = property.list_of_watts(text);
    if (watts.size() == 2) return {watts[0], watts[0], watts[1]};
    if (watts.size() == 3) return {watts[0], watts[1], watts[2]};
    property.fail("must be idle:full or idle:epsilon:full for each pstate, separated by commas");
}

Property property_of(const Host& host, const char* key, const std::string& file) {
    return {file, "host '" + host.name + "'", host.properties, key};
}

void read_triples(Host& host, const std::string& file) {
    const Property property = property_of(host, "sleep_pstates", file);
    if (!property.is_given()) return;
    for (const std::string& triple : split(property.value(), ',')) {
        std::vector<std::uint32_t> pstates;
        for (const std::string& part : split(triple, ':')) {
            const auto pstate = parse_pstate(part, host);
            if (!pstate)
                property.fail("must name pstates from 0 to " +
                              std::to_string(host.pstate_speeds.size() - 1));
            pstates.push_back(*pstate);
        }
        if (pstates.size() != 3) property.fail("must be sleep:off:on, three pstates");
        if (!host.sleep_pstates) host.sleep_pstates = {pstates[0], pstates[1], pstates[2]};
        host.virtual_pstates.insert(host.virtual_pstates.end(), pstates.begin(), pstates.end());
    }
    if (!host.is_computing(host.initial_pstate))
        property.fail("must not name pstate " + std::to_string(host.initial_pstate) +
                      ", in which the host begins");
}

} // namespace

void read_sleep_pstates(Host& host, const std::string& file, Strictness strictness) {
    host.sleep_pstates.reset();
    host.virtual_pstates.clear();
    try {
        read_triples(host, file);
    } catch (const InputError&) {
        if (strictness == Strictness::kStrict) throw;
        host.sleep_pstates.reset();
        host.virtual_pstates.clear();
    }
}

void read_power(Host& host, const std::string& file) {
    property_of(host, "watt_per_state", file).refuse_old_name("wattage_per_state");
    property_of(host, "watt_off", file).refuse_old_name("wattage_off");
    const Property per_state = property_of(host, "wattage_per_state", file);
    if (!per_state.is_given())
        throw InputError(file, "host '" + host.name + "'",
                         "has no property wattage_per_state, which --energy needs");
    host.power.clear();
    for (const std::string& text : split(per_state.value(), ','))
        host.power.push_back(parse_power(text, per_state));
    if (host.power.size() != host.pstate_speeds.size())
        per_state.fail("must have values for " + std::to_string(host.pstate_speeds.size()) +
                       " pstates");
    const Property off = property_of(host, "wattage_off", file);
    if (off.is_given()) host.off_watts = off.watts();
}

void read_power(Platform& platform, const std::string& file) {
    for (HostId host = 0; host < platform.compute_host_count; ++host) {
        read_sleep_pstates(platform.hosts[host], file, Strictness::kStrict);
        read_power(platform.hosts[host], file);
    }
}

} // namespace batsim
