// host_text.hpp - sets of hosts as output files have them.
#ifndef BATSIM_OUTPUT_HOST_TEXT_HPP
#define BATSIM_OUTPUT_HOST_TEXT_HPP

#include <string>

#include "platform/platform.hpp"

namespace batsim {

// "0-3 6": hyphens inside intervals, spaces between them.
void append_hosts(std::string& row, const HostSet& hosts);

} // namespace batsim

#endif
