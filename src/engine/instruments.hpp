// instruments.hpp - reads what probes measure.
#ifndef BATSIM_ENGINE_INSTRUMENTS_HPP
#define BATSIM_ENGINE_INSTRUMENTS_HPP

#include <vector>

#include "engine/energy_meter.hpp"
#include "engine/executor.hpp"
#include "engine/host_loads.hpp"
#include "engine/link_energy.hpp"
#include "engine/probe.hpp"

namespace batsim {

// Instruments read the present state of hosts and links, after all that has happened at a date until
// then.
class Instruments {
  public:
    // What is not simulated is nullptr. All of them must outlive the instruments.
    Instruments(HostLoads loads, Executor& executor, Backend& backend, EnergyMeter* energy,
                LinkEnergy* link_energy)
        : loads_(loads),
          executor_(executor),
          backend_(backend),
          energy_(energy),
          link_energy_(link_energy) {}

    // Whether there is a model for each host or link of the probe.
    bool can_measure(const Probe& probe) const;
    // One value for each host or link, or one for all of them. The probe must be possible.
    std::vector<double> measure(const Probe& probe, double now);

  private:
    std::vector<double> read(Metric metric, const HostSet& hosts, double now);
    std::vector<double> read(Metric metric, const std::vector<LinkId>& links, double now) const;
    double read(Metric metric, LinkId link, double now) const;

    HostLoads loads_;
    Executor& executor_;
    Backend& backend_;
    EnergyMeter* energy_;
    LinkEnergy* link_energy_;
};

} // namespace batsim

#endif
