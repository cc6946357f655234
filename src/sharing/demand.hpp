// demand.hpp - what a parallel task takes of the hosts and links that it uses.
#ifndef BATSIM_SHARING_DEMAND_HPP
#define BATSIM_SHARING_DEMAND_HPP

#include <limits>
#include <vector>

#include "engine/backend.hpp"
#include "sharing/network.hpp"
#include "sharing/shares.hpp"

namespace batsim {

// What a parallel task takes of resources from its beginning to its end.
struct Demand {
    // First those of hosts, one for each rank that computes; then those of links, one for each.
    std::vector<Use> uses;
    double latency = 0; // s, before it uses anything: that of its longest route
    // Tasks a second that the window of its connections allows.
    double most_by_latency = std::numeric_limits<double>::infinity();
};

// A DemandMaker finds out what tasks demand. Resources are the hosts of a platform, by their
// identifiers, then the links of its network.
class DemandMaker {
  public:
    // `network` must outlive the maker; nullptr: no task sends anything.
    DemandMaker(std::size_t host_count, Network* network)
        : host_count_(host_count), network_(network) {}

    // Throws InputError if there is no route for what the task sends.
    Demand demand_of(const ParallelTask& task);

  private:
    void add_messages(const ParallelTask& task, Demand& demand);
    void send(const Route& route, double bytes);

    std::size_t host_count_;
    Network* network_;
    std::vector<double> bytes_; // of the present task, for each link
    std::vector<NetworkLinkId> links_;
};

} // namespace batsim

#endif
