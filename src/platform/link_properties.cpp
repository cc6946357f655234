// link_properties.cpp - what the properties of a link in a platform file say about its power.
#include "platform/link_properties.hpp"

#include <vector>

#include "platform/property.hpp"

namespace batsim {

namespace {

Property property_of(const Link& link, const char* key, const std::string& file) {
    return {file, "link '" + link.name + "'", link.properties, key};
}

} // namespace

void read_link_power(Link& link, const std::string& file) {
    property_of(link, "watt_range", file).refuse_old_name("wattage_range");
    property_of(link, "watt_off", file).refuse_old_name("wattage_off");
    const Property range = property_of(link, "wattage_range", file);
    if (!range.is_given()) return;
    const std::vector<double> watts = range.list_of_watts(range.value());
    if (watts.size() != 2) range.fail("must be idle:busy");
    link.power = LinkPower{watts[0], watts[1]};
    const Property off = property_of(link, "wattage_off", file);
    if (off.is_given()) link.power->off = off.watts();
}

void read_link_power(Platform& platform, const std::string& file) {
    for (Link& link : platform.links)
        if (link.properties != "{}") read_link_power(link, file);
}

} // namespace batsim
