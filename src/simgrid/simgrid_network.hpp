// simgrid_network.hpp - the links and routes of a platform that SimGrid has read.
#ifndef BATSIM_SIMGRID_SIMGRID_NETWORK_HPP
#define BATSIM_SIMGRID_SIMGRID_NETWORK_HPP

#include <cstdint>
#include <memory>
#include <simgrid/s4u.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "sharing/network.hpp"
#include "simgrid/routes.hpp"

namespace batsim {

// A SimgridNetwork asks SimGrid for the route between two hosts once, and remembers it, as tasks
// need the square of their ranks of them and start on the same hosts again and again.
class SimgridNetwork : public Network {
  public:
    // The hosts and the platform's links by identifier. `platform_file`: what errors call it.
    SimgridNetwork(const simgrid::s4u::Engine& engine, std::vector<simgrid::s4u::Host*> hosts,
                   std::vector<simgrid::s4u::Link*> links, std::string platform_file);

    Route route(HostId from, HostId to) override;
    NetworkLink link(NetworkLinkId link) const override { return links_[link]; }
    std::size_t link_count() const override { return links_.size(); }
    double window() const override { return window_; }

  private:
    struct Remembered {
        std::size_t first_link; // in route_links_
        std::uint32_t link_count;
        double latency;
    };

    void remember(HostId from, HostId to);
    Remembered find(HostId from, HostId to);
    NetworkLinkId id_of(const simgrid::s4u::Link* link);
    void forget_routes();

    const simgrid::s4u::Engine& engine_;
    std::vector<simgrid::s4u::Host*> hosts_;
    std::vector<NetworkLink> links_;
    std::unordered_map<const simgrid::s4u::Link*, NetworkLinkId> ids_; // never iterated
    std::string platform_file_;
    std::unique_ptr<Routes> missing_; // made when the first task communicates
    double window_;

    // For each host from which a route is known, for each host that it may lead to: 1 + the index of the
    // route, or 0.
    std::vector<std::vector<std::uint32_t>> routes_from_;
    std::vector<Remembered> remembered_;
    std::vector<NetworkLinkId> route_links_;
    std::size_t row_count_ = 0; // that are not empty
};

} // namespace batsim

#endif
