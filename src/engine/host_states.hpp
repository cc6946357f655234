// host_states.hpp - which hosts are on, and in which pstate.
#ifndef BATSIM_ENGINE_HOST_STATES_HPP
#define BATSIM_ENGINE_HOST_STATES_HPP

#include <cstdint>
#include <vector>

#include "platform/platform.hpp"

namespace batsim {

// In the order of batsched_host_state_t.
enum class HostState : std::uint8_t {
    kOn,
    kOff,
    kSwitchingOn,
    kSwitchingOff,
    kFailed,      // its jobs are lost
    kUnavailable, // takes no jobs; those on it go on
};

// HostStates is the present state of each host. Power, failure and unavailability are independent of
// each other; the state that is seen is the gravest: failed, then unavailable, then on or off.
class HostStates {
  public:
    // All hosts begin on. The platform must outlive it.
    explicit HostStates(const Platform& platform);

    HostState of(HostId host) const { return visible(entries_[host]); }
    // On or off, whatever has failed.
    HostState power(HostId host) const { return entries_[host].power; }
    // In which it computes when it is on.
    std::uint32_t pstate(HostId host) const { return entries_[host].pstate; }
    const Platform& platform() const { return platform_; }

    bool all_on(const HostSet& hosts) const { return !hosts.intersects(not_on_); }
    const HostSet& not_on() const { return not_on_; }
    HostSet among(const HostSet& hosts, HostState state) const;
    HostSet not_in_pstate(const HostSet& hosts, std::uint32_t pstate) const;

    void set_pstate(const HostSet& hosts, std::uint32_t pstate);
    // These give the hosts whose visible state has changed.
    HostSet set_power(const HostSet& hosts, HostState power);
    HostSet set_failed(const HostSet& hosts, bool failed);
    HostSet set_unavailable(const HostSet& hosts, bool unavailable);

  private:
    struct Entry {
        HostState power = HostState::kOn; // on, off or switching
        bool failed = false, unavailable = false;
        std::uint32_t pstate = 0;
    };
    static HostState visible(const Entry& entry);
    template <class Set>
    HostSet change(const HostSet& hosts, Set&& set);

    const Platform& platform_;
    std::vector<Entry> entries_;
    HostSet not_on_;
};

// Calls what(host) for each host of a set, in ascending order.
template <class What>
void for_each_host(const HostSet& hosts, What&& what) {
    for (const HostSet::Interval& interval : hosts.intervals())
        for (HostId host = interval.first; host <= interval.last; ++host) what(host);
}

} // namespace batsim

#endif
