// link_energy.hpp - how much energy the links of the network have consumed.
#ifndef BATSIM_ENGINE_LINK_ENERGY_HPP
#define BATSIM_ENGINE_LINK_ENERGY_HPP

#include <vector>

#include "engine/backend.hpp"

namespace batsim {

// LinkEnergy is that of all links with a power model (see LinkPower). Power is linear in the load, so
// energy follows from the time that a link was on and the integral of its load, which the backend adds
// up: all bytes that went through it / its bandwidth.
class LinkEnergy {
  public:
    // The platform must outlive it.
    explicit LinkEnergy(const Platform& platform);
    // Before the simulation: who knows what links do.
    void attach(Backend& backend);

    const std::vector<LinkId>& links() const { return links_; } // those with a power model
    const Platform& platform() const { return platform_; }
    // Of a link with a power model. The rates of the backend must be up to date.
    double watts(LinkId link) const;
    // From date 0 until now.
    double joules(LinkId link, double now) const;
    double mean_load(LinkId link, double now) const; // 0 at date 0
    double total(double now) const;

  private:
    const Platform& platform_;
    const Backend* backend_ = nullptr;
    std::vector<LinkId> links_;
};

} // namespace batsim

#endif
