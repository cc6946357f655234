// link_loads.hpp - adds up what links do.
#ifndef BATSIM_SHARING_LINK_LOADS_HPP
#define BATSIM_SHARING_LINK_LOADS_HPP

#include <cstddef>
#include <vector>

#include "engine/backend.hpp"

namespace batsim {

// LinkLoads integrates the loads of some links over time, from one change to the next.
class LinkLoads {
  public:
    // `link_count`: of the platform.
    void watch(const std::vector<LinkId>& links, std::size_t link_count);
    bool is_empty() const { return watched_.empty(); }
    bool watches(LinkId link) const { return link < watched_.size() && watched_[link].is_watched; }

    // From now on this share of the link's bandwidth is in use. The link is watched.
    void set(LinkId link, double load, double now);
    LinkUse use(LinkId link, double now) const;

  private:
    struct Watched {
        bool is_watched = false;
        double load = 0;
        double since = 0;
        double load_seconds = 0; // until then
    };
    std::vector<Watched> watched_; // by identifier
};

} // namespace batsim

#endif
