// wires.hpp - a network for tests.
#ifndef BATSIM_TEST_SHARING_WIRES_HPP
#define BATSIM_TEST_SHARING_WIRES_HPP

#include <map>
#include <utility>
#include <vector>

#include "sharing/network.hpp"

namespace batsim {

// Links and routes that a test lays.
class Wires : public Network {
  public:
    NetworkLinkId add_link(double bandwidth, bool is_divided = true) {
        links_.push_back({bandwidth, is_divided});
        return static_cast<NetworkLinkId>(links_.size() - 1);
    }
    // In both directions.
    void add_route(HostId from, HostId to, std::vector<NetworkLinkId> links, double latency = 0) {
        routes_[{from, to}] = routes_[{to, from}] = {std::move(links), latency};
    }

    Route route(HostId from, HostId to) override {
        const auto& [links, latency] = routes_.at({from, to});
        return {links.data(), links.size(), latency};
    }
    NetworkLink link(NetworkLinkId link) const override { return links_[link]; }
    std::size_t link_count() const override { return links_.size(); }
    double window() const override { return 20; }

  private:
    std::vector<NetworkLink> links_;
    std::map<std::pair<HostId, HostId>, std::pair<std::vector<NetworkLinkId>, double>> routes_;
};

} // namespace batsim

#endif
