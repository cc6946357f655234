// route_memory.cpp - routes that have been found once.
#include "sharing/route_memory.hpp"

#include <utility>

namespace batsim {

// That of the route, or the empty one where it belongs.
std::size_t RouteMemory::slot_of(const From& from, HostId to) const {
    constexpr std::uint32_t kSpread = 0x9E3779B9; // 2^32 divided by the golden ratio
    const std::size_t mask = from.slots.size() - 1;
    std::size_t slot = ((to * kSpread) >> 8) & mask;
    while (from.slots[slot] != 0 && routes_[from.slots[slot] - 1].to != to)
        slot = (slot + 1) & mask;
    return slot;
}

std::optional<Route> RouteMemory::find(HostId from, HostId to) const {
    if (from >= from_.size() || from_[from].count == 0) return std::nullopt;
    const std::uint32_t entry = from_[from].slots[slot_of(from_[from], to)];
    if (entry == 0) return std::nullopt;
    return route(routes_[entry - 1]);
}

Route RouteMemory::add(HostId from, HostId to, const std::vector<NetworkLinkId>& links,
                       double latency) {
    if (routes_.size() >= most_routes_) forget_all();
    if (from >= from_.size()) from_.resize(from + std::size_t{1});
    make_room(from_[from]);
    routes_.push_back({to, static_cast<std::uint32_t>(links.size()), links_.size(), latency});
    links_.insert(links_.end(), links.begin(), links.end());
    from_[from].slots[slot_of(from_[from], to)] = static_cast<std::uint32_t>(routes_.size());
    ++from_[from].count;
    return route(routes_.back());
}

void RouteMemory::make_room(From& from) const {
    if (2 * (from.count + 1) <= from.slots.size()) return;
    const auto before = std::exchange(
        from.slots, std::vector<std::uint32_t>(from.slots.empty() ? 8 : 2 * from.slots.size()));
    for (const std::uint32_t entry : before)
        if (entry != 0) from.slots[slot_of(from, routes_[entry - 1].to)] = entry;
}

void RouteMemory::forget_all() {
    from_.clear();
    routes_.clear();
    links_.clear();
}

} // namespace batsim
