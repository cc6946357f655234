// route_memory.hpp - routes that have been found once.
#ifndef BATSIM_SHARING_ROUTE_MEMORY_HPP
#define BATSIM_SHARING_ROUTE_MEMORY_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sharing/network.hpp"

namespace batsim {

// A RouteMemory keeps routes, because a task needs the square of its ranks of them, and others start on
// the same hosts again and again. When it is full it forgets all.
class RouteMemory {
  public:
    // So many take some ten megabytes.
    static constexpr std::size_t kMostRoutes = std::size_t{1} << 20;
    explicit RouteMemory(std::size_t most_routes = kMostRoutes) : most_routes_(most_routes) {}

    // Valid until something is added.
    std::optional<Route> find(HostId from, HostId to) const;
    // One that is not kept; valid as above.
    Route add(HostId from, HostId to, const std::vector<NetworkLinkId>& links, double latency);

  private:
    struct Kept {
        HostId to;
        std::uint32_t link_count;
        std::size_t first_link; // in links_
        double latency;
    };
    // Routes from one host: a hash table with linear probing, at least half empty, of 1 + the index of
    // a route, or 0. Its size is a power of two. One host after the other is asked for all of its
    // routes, so that small tables stay in the processor's cache.
    struct From {
        std::vector<std::uint32_t> slots;
        std::size_t count = 0;
    };

    Route route(const Kept& kept) const {
        return {links_.data() + kept.first_link, kept.link_count, kept.latency};
    }
    std::size_t slot_of(const From& from, HostId to) const;
    void make_room(From& from) const;
    void forget_all();

    std::size_t most_routes_;
    std::vector<From> from_; // by identifier
    std::vector<Kept> routes_;
    std::vector<NetworkLinkId> links_;
};

} // namespace batsim

#endif
