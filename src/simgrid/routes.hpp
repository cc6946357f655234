// routes.hpp - pairs of hosts between which a platform file has forgotten the route.
#ifndef BATSIM_SIMGRID_ROUTES_HPP
#define BATSIM_SIMGRID_ROUTES_HPP

#include <set>
#include <simgrid/s4u.hpp>
#include <utility>

namespace batsim {

// SimGrid lets hosts of one zone communicate at no cost if the zone has no route between them
// (routing "Full") or no routes at all ("None"). Routes finds such pairs, so that this is an error.
class Routes {
  public:
    // Looks at all zones, which takes time quadratic in the hosts of those with routing "Full".
    explicit Routes(const simgrid::s4u::Engine& engine);

    bool is_missing(const simgrid::s4u::Host* from, const simgrid::s4u::Host* to) const;

  private:
    using Host = const simgrid::s4u::Host*;

    void look_at(const simgrid::s4u::NetZone& zone);

    std::set<std::pair<Host, Host>> missing_; // never iterated: the order is that of addresses
    std::set<const simgrid::s4u::NetZone*> without_routes_;
};

} // namespace batsim

#endif
