// sleeping_hosts.hpp - hosts that are off or on the way there or back.
#ifndef BATSIM_PLUGINS_ENERGY_SAVER_SLEEPING_HOSTS_HPP
#define BATSIM_PLUGINS_ENERGY_SAVER_SLEEPING_HOSTS_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstddef>
#include <map>
#include <utility>

namespace energy_saver {

using batsched::HostSet;

// SleepingHosts are told of changes of states. When hosts could be on follows from the longest times that a
// host of the partition takes to switch.
class SleepingHosts {
  public:
    SleepingHosts(const batsched::Simulator& simulator, const HostSet& hosts) {
        for (const auto& interval : hosts.intervals())
            for (batsched_host_id_t host = interval.first; host <= interval.last; ++host) {
                switch_on_time_ =
                    std::max(switch_on_time_, simulator.host(host).switch_on_duration);
                switch_off_time_ =
                    std::max(switch_off_time_, simulator.host(host).switch_off_duration);
            }
    }

    void change_state(const HostSet& hosts, batsched_host_state_t state, double now) {
        off_ -= hosts;
        remove(switching_on_, hosts);
        remove(switching_off_, hosts);
        if (state == BATSCHED_HOST_OFF) off_ |= hosts;
        if (state == BATSCHED_HOST_SWITCHING_ON) switching_on_[now + switch_on_time_] |= hosts;
        if (state == BATSCHED_HOST_SWITCHING_OFF) switching_off_[now + switch_off_time_] |= hosts;
    }

    const HostSet& off() const { return off_; }
    double switch_on_time() const { return switch_on_time_; }
    double switch_off_time() const { return switch_off_time_; }

    // How many will be on from which date on.
    std::map<double, std::size_t> on_the_way(double now) const {
        std::map<double, std::size_t> dates;
        for (const auto& [date, hosts] : switching_on_) dates[std::max(now, date)] += hosts.size();
        return dates;
    }
    // How many could be on from which date on, if they are switched on as soon as possible.
    std::map<double, std::size_t> asleep(double now) const {
        std::map<double, std::size_t> dates;
        if (!off_.empty()) dates[now + switch_on_time_] += off_.size();
        for (const auto& [date, hosts] : switching_off_)
            dates[std::max(now, date) + switch_on_time_] += hosts.size();
        return dates;
    }

  private:
    using Groups = std::map<double, HostSet>; // by the date at which they have switched

    static void remove(Groups& groups, const HostSet& hosts) {
        for (auto group = groups.begin(); group != groups.end();) {
            group->second -= hosts;
            group = group->second.empty() ? groups.erase(group) : std::next(group);
        }
    }

    HostSet off_;
    Groups switching_on_, switching_off_;
    double switch_on_time_ = 0, switch_off_time_ = 0; // seconds
};

} // namespace energy_saver

#endif
