// host_set_text.hpp - sets of hosts as text.
#ifndef BATSIM_PLUGINS_STATIC_ORDER_HOST_SET_TEXT_HPP
#define BATSIM_PLUGINS_STATIC_ORDER_HOST_SET_TEXT_HPP

#include <batsched/host_set.hpp>
#include <optional>
#include <string_view>

namespace static_order {

// "0-3,7" with the separator ','; spaces before intervals do not matter. None if it is no such set.
std::optional<batsched::HostSet> read_host_set(std::string_view text, char separator);

} // namespace static_order

#endif
