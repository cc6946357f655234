// link_watch.hpp - adds up what links do.
#ifndef BATSIM_SIMGRID_LINK_WATCH_HPP
#define BATSIM_SIMGRID_LINK_WATCH_HPP

#include <simgrid/s4u.hpp>
#include <vector>

#include "engine/backend.hpp"

namespace batsim {

// A LinkWatch integrates the loads of links over time. SimGrid shares bandwidth anew only where its
// clock stops, so that loads are constant in between and the integral is exact.
class LinkWatch {
  public:
    // Call for ascending identifiers, before time passes.
    void watch(LinkId id, const simgrid::s4u::Link* link);
    // SimGrid's clock has gone on by so many seconds; bandwidth has not been shared anew since.
    void time_passed(double seconds);
    // Of a link that is watched.
    const LinkUse& use(LinkId id) const;

  private:
    struct Watched {
        LinkId id;
        const simgrid::s4u::Link* link;
        double bandwidth; // at the time when the clock stopped last
        bool on;
        LinkUse use;
    };
    std::vector<Watched> links_;
};

} // namespace batsim

#endif
