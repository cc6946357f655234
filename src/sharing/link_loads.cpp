// link_loads.cpp - adds up what links do.
#include "sharing/link_loads.hpp"

namespace batsim {

void LinkLoads::watch(const std::vector<LinkId>& links, std::size_t link_count) {
    watched_.resize(link_count);
    for (const LinkId link : links) watched_[link].is_watched = true;
}

void LinkLoads::set(LinkId link, double load, double now) {
    Watched& watched = watched_[link];
    watched.load_seconds += watched.load * (now - watched.since);
    watched.since = now;
    watched.load = load;
}

LinkUse LinkLoads::use(LinkId link, double now) const {
    const Watched& watched = watched_[link];
    return {watched.load_seconds + watched.load * (now - watched.since), 0};
}

} // namespace batsim
