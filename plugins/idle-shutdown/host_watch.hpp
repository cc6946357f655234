// host_watch.hpp - in which states hosts are, and on which of them jobs run.
#ifndef BATSIM_PLUGINS_IDLE_SHUTDOWN_HOST_WATCH_HPP
#define BATSIM_PLUGINS_IDLE_SHUTDOWN_HOST_WATCH_HPP

#include <batsched.hpp>
#include <cstdint>
#include <map>

#include "../common/idle_hosts.hpp"

namespace idle_shutdown {

using batsched::HostSet;
using batsched::IdleHosts;

// A HostWatch is told what happens to hosts and knows their present states.
class HostWatch {
  public:
    // Hosts begin on, and idle.
    void add(const HostSet& hosts, double now) {
        states_[BATSCHED_HOST_ON] |= hosts;
        idle_.insert(hosts, now);
    }

    void state_changed(const HostSet& hosts, batsched_host_state_t state, double now) {
        for (auto& [other, set] : states_) set -= hosts;
        states_[state] |= hosts;
        if (state == BATSCHED_HOST_ON)
            idle_.insert(hosts - busy(), now);
        else
            idle_.erase(hosts);
    }
    void job_started(const HostSet& hosts) {
        for_each(hosts, [this](batsched_host_id_t host) { ++job_counts_[host]; });
        busy_ |= hosts;
        idle_.erase(hosts);
    }
    void job_completed(const HostSet& hosts, double now) {
        HostSet left;
        for_each(hosts, [&](batsched_host_id_t host) {
            if (--job_counts_[host] == 0) left.append(host, host);
        });
        busy_ -= left;
        idle_.insert(left & in(BATSCHED_HOST_ON), now);
    }
    // They begin to be idle anew.
    void came_back(const HostSet& hosts, double now) {
        idle_.insert((hosts & in(BATSCHED_HOST_ON)) - busy(), now);
    }

    const HostSet& in(batsched_host_state_t state) const {
        static const HostSet none;
        const auto found = states_.find(state);
        return found == states_.end() ? none : found->second;
    }
    const HostSet& busy() const { return busy_; }
    const IdleHosts& idle() const { return idle_; }

  private:
    template <class Do>
    static void for_each(const HostSet& hosts, Do&& what) {
        for (const auto& interval : hosts.intervals())
            for (batsched_host_id_t host = interval.first; host <= interval.last; ++host)
                what(host);
    }

    std::map<batsched_host_state_t, HostSet> states_;
    std::map<batsched_host_id_t, std::uint32_t> job_counts_;
    HostSet busy_;
    IdleHosts idle_;
};

} // namespace idle_shutdown

#endif
