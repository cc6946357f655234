// probes.hpp - the probes of one scheduler, and when they measure.
#ifndef BATSIM_ENGINE_PROBES_HPP
#define BATSIM_ENGINE_PROBES_HPP

#include <cstdint>
#include <map>
#include <utility>

#include "engine/calls.hpp"
#include "engine/probe.hpp"

namespace batsim {

// A probe measures at the dates at which a call would come; see Calls for each of these functions.
class Probes {
  public:
    Probes(DueCalendar& calendar, std::uint32_t owner)
        : dates_(calendar, owner, Due::Kind::kProbe) {}

    ProbeId create(Probe probe, double first_time, double period) {
        const ProbeId id = dates_.create(first_time, period);
        probes_.emplace(id, std::move(probe));
        return id;
    }
    void arm(ProbeId probe, double now) { dates_.arm(probe, now); }
    bool stop(ProbeId probe) {
        probes_.erase(probe);
        return dates_.cancel(probe);
    }
    void came(ProbeId probe, double now) { dates_.came(probe, now); }
    void delivered(ProbeId probe) {
        dates_.delivered(probe);
        if (!is_pending(probe)) probes_.erase(probe);
    }
    bool is_pending(ProbeId probe) const { return dates_.is_pending(probe); }
    bool was_created(ProbeId probe) const { return dates_.was_created(probe); }
    // One that is pending.
    const Probe& operator[](ProbeId probe) const { return probes_.at(probe); }

  private:
    Calls dates_;
    std::map<ProbeId, Probe> probes_; // those that are pending
};

} // namespace batsim

#endif
