// link_watch.cpp - adds up what links do.
#include "simgrid/link_watch.hpp"

#include <algorithm>

namespace batsim {

void LinkWatch::watch(LinkId id, const simgrid::s4u::Link* link) {
    links_.push_back({id, link, link->get_bandwidth(), link->is_on(), {}});
}

// Bandwidths and states that the platform file lets change have changed already.
void LinkWatch::time_passed(double seconds) {
    for (Watched& watched : links_) {
        if (watched.on)
            watched.use.load_seconds += seconds * watched.link->get_usage() / watched.bandwidth;
        else
            watched.use.off_seconds += seconds;
        watched.bandwidth = watched.link->get_bandwidth();
        watched.on = watched.link->is_on();
    }
}

const LinkUse& LinkWatch::use(LinkId id) const {
    const auto before = [](const Watched& watched, LinkId wanted) { return watched.id < wanted; };
    return std::lower_bound(links_.begin(), links_.end(), id, before)->use;
}

} // namespace batsim
