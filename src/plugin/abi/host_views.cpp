// host_views.cpp - the hosts of a platform as batsched.h describes them.
#include "plugin/abi/host_views.hpp"

#include <cmath>

namespace batsim {

const batsched_host_t& HostViews::view(HostId host_id) {
    if (const batsched_host_t* known = views_.find(host_id)) return *known;
    const Host& host = platform_.hosts[host_id];
    const std::size_t pstate_count = host.pstate_speeds.size();
    batsched_host_t& view = views_.emplace(host_id);
    view = {};
    view.struct_size = sizeof view;
    view.id = host_id;
    view.name = host.name.c_str();
    view.zone = host.zone.c_str();
    view.core_count = host.core_count;
    view.pstate_count = static_cast<std::uint32_t>(pstate_count);
    view.pstate_speeds = host.pstate_speeds.data();
    view.switch_on_duration = host.switch_on_duration();
    view.switch_off_duration = host.switch_off_duration();
    describe_power(host, view);
    view.properties = host.properties.c_str();
    return view;
}

void HostViews::describe_power(const Host& host, batsched_host_t& view) {
    if (host.power.empty()) {
        view.pstate_idle_watts = view.pstate_busy_watts = unknown_watts(host.pstate_speeds.size());
        view.off_watts = view.switch_on_energy = view.switch_off_energy = NAN;
        return;
    }
    auto& idle = watts_.emplace_back();
    auto& busy = watts_.emplace_back();
    for (const PstatePower& power : host.power) {
        idle.push_back(power.idle);
        busy.push_back(power.full);
    }
    view.pstate_idle_watts = idle.data();
    view.pstate_busy_watts = busy.data();
    view.off_watts = host.sleeping_watts();
    view.switch_on_energy = view.switch_on_duration * host.switching_on_watts();
    view.switch_off_energy = view.switch_off_duration * host.switching_off_watts();
}

const double* HostViews::unknown_watts(std::size_t pstate_count) {
    if (const auto* known = unknown_watts_.find(pstate_count)) return known->data();
    return unknown_watts_.emplace(pstate_count, pstate_count, NAN).data();
}

} // namespace batsim
