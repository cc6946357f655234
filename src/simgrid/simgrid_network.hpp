// simgrid_network.hpp - the links and routes of a platform that SimGrid has read.
#ifndef BATSIM_SIMGRID_SIMGRID_NETWORK_HPP
#define BATSIM_SIMGRID_SIMGRID_NETWORK_HPP

#include <memory>
#include <simgrid/s4u.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "sharing/network.hpp"
#include "sharing/route_memory.hpp"
#include "simgrid/routes.hpp"

namespace batsim {

// A SimgridNetwork asks SimGrid for the route between two hosts, once.
class SimgridNetwork : public Network {
  public:
    // The hosts and the platform's links by identifier. `platform_file`: what errors call it.
    SimgridNetwork(const simgrid::s4u::Engine& engine, std::vector<simgrid::s4u::Host*> hosts,
                   const std::vector<simgrid::s4u::Link*>& links, std::string platform_file);

    Route route(HostId from, HostId to) override;
    NetworkLink link(NetworkLinkId link) const override { return links_[link]; }
    std::size_t link_count() const override { return links_.size(); }
    double window() const override { return window_; }

  private:
    Route find_route(HostId from, HostId to);
    NetworkLinkId id_of(const simgrid::s4u::Link* link);

    const simgrid::s4u::Engine& engine_;
    std::vector<simgrid::s4u::Host*> hosts_;
    std::vector<NetworkLink> links_;
    std::unordered_map<const simgrid::s4u::Link*, NetworkLinkId> ids_; // never iterated
    std::string platform_file_;
    std::unique_ptr<Routes> missing_; // made when the first task communicates
    double window_;
    RouteMemory routes_;
};

} // namespace batsim

#endif
