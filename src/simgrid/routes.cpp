// routes.cpp - pairs of hosts between which a platform file has forgotten the route.
#include "simgrid/routes.hpp"

#include <simgrid/kernel/routing/NetZoneImpl.hpp>
#include <string_view>
#include <typeinfo>
#include <vector>

namespace batsim {

namespace {

namespace s4u = simgrid::s4u;

// SimGrid does not export its classes of zones, so that they can only be told by their names.
bool is_kind(const s4u::NetZone& zone, std::string_view class_name) {
    const simgrid::kernel::routing::NetZoneImpl& implementation = *zone.get_impl();
    return std::string_view(typeid(implementation).name()).find(class_name) !=
           std::string_view::npos;
}

bool has_route(const s4u::Host* from, const s4u::Host* to) {
    std::vector<s4u::Link*> links;
    double latency = 0;
    from->route_to(to, links, &latency);
    return !links.empty() || latency > 0;
}

} // namespace

Routes::Routes(const s4u::Engine& engine) { look_at(*engine.get_netzone_root()); }

void Routes::look_at(const s4u::NetZone& zone) {
    if (is_kind(zone, "EmptyZone")) without_routes_.insert(&zone);
    if (is_kind(zone, "FullZone")) {
        const std::vector<s4u::Host*> hosts = zone.get_all_hosts();
        for (const s4u::Host* from : hosts)
            for (const s4u::Host* to : hosts)
                if (from != to && from->get_englobing_zone() == &zone &&
                    to->get_englobing_zone() == &zone && !has_route(from, to))
                    missing_.insert({from, to});
    }
    for (const s4u::NetZone* child : zone.get_children()) look_at(*child);
}

bool Routes::is_missing(Host from, Host to) const {
    if (from == to) return false;
    if (!missing_.empty() && missing_.count({from, to}) != 0) return true;
    const s4u::NetZone* zone = from->get_englobing_zone();
    return !without_routes_.empty() && zone == to->get_englobing_zone() &&
           without_routes_.count(zone) != 0;
}

} // namespace batsim
