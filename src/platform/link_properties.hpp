// link_properties.hpp - what the properties of a link in a platform file say about its power.
#ifndef BATSIM_PLATFORM_LINK_PROPERTIES_HPP
#define BATSIM_PLATFORM_LINK_PROPERTIES_HPP

#include <string>

#include "platform/platform.hpp"

namespace batsim {

// `wattage_range` = "idle:busy", and `wattage_off`. A link without wattage_range has no power model.
// Throws InputError of `file`; also for the name that the range had before SimGrid 3.28.
void read_link_power(Link& link, const std::string& file);
// Of all links.
void read_link_power(Platform& platform, const std::string& file);

} // namespace batsim

#endif
