// network.hpp - what tasks need to know of a platform's links.
#ifndef BATSIM_SHARING_NETWORK_HPP
#define BATSIM_SHARING_NETWORK_HPP

#include <cstddef>
#include <cstdint>

#include "platform/platform.hpp"

namespace batsim {

// The links of a platform first, with their identifiers there; then those from hosts to themselves.
using NetworkLinkId = std::uint32_t;

struct NetworkLink {
    double bandwidth; // bytes/s
    bool is_divided;  // among what is sent at the same time; otherwise everybody may use all of it
};

// The links from one host to another one; valid until the network is asked for the next route.
struct Route {
    const NetworkLinkId* links;
    std::size_t link_count;
    double latency; // s
};

// A Network knows the links of a platform and the routes between its hosts.
class Network {
  public:
    virtual ~Network() = default;
    // Throws InputError if there is none.
    virtual Route route(HostId from, HostId to) = 0;
    // Of a link that is in a route or belongs to the platform.
    virtual NetworkLink link(NetworkLinkId link) const = 0;
    // Links known by now; routes may add some.
    virtual std::size_t link_count() const = 0;
    // Bytes that may be on their way between two ranks before the first one must have arrived.
    virtual double window() const = 0;
};

} // namespace batsim

#endif
