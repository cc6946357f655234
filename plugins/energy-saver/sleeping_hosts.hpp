// sleeping_hosts.hpp - hosts that are off or on the way there or back.
#ifndef BATSIM_PLUGINS_ENERGY_SAVER_SLEEPING_HOSTS_HPP
#define BATSIM_PLUGINS_ENERGY_SAVER_SLEEPING_HOSTS_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstddef>
#include <iterator>
#include <map>

namespace energy_saver {

using batsched::HostSet;

// Hosts by a number of seconds, or by a date.
using HostGroups = std::map<double, HostSet>;

// SleepingHosts are told of changes of states, and know when hosts will be on, or could be.
class SleepingHosts {
  public:
    SleepingHosts(const batsched::Simulator& simulator, const HostSet& hosts) {
        for (const auto& interval : hosts.intervals())
            for (batsched_host_id_t host = interval.first; host <= interval.last; ++host) {
                const batsched_host_t& known = simulator.host(host);
                switch_on_times_[known.switch_on_duration].append(host, host);
                switch_off_times_[known.switch_off_duration].append(host, host);
            }
    }

    void change_state(const HostSet& hosts, batsched_host_state_t state, double now) {
        off_ -= hosts;
        remove(switching_on_, hosts);
        remove(switching_off_, hosts);
        if (state == BATSCHED_HOST_OFF) off_ |= hosts;
        if (state == BATSCHED_HOST_SWITCHING_ON) add(switching_on_, hosts, switch_on_times_, now);
        if (state == BATSCHED_HOST_SWITCHING_OFF)
            add(switching_off_, hosts, switch_off_times_, now);
    }

    const HostSet& off() const { return off_; }
    // By the time that they take to switch on.
    HostGroups off_by_time() const {
        HostGroups groups;
        add(groups, off_, switch_on_times_, 0);
        return groups;
    }
    double longest_switch_on_time() const { return switch_on_times_.rbegin()->first; }
    double longest_switch_off_time() const { return switch_off_times_.rbegin()->first; }

    // How many will be on from which date on.
    std::map<double, std::size_t> on_the_way(double now) const {
        std::map<double, std::size_t> dates;
        for (const auto& [date, hosts] : switching_on_) dates[std::max(now, date)] += hosts.size();
        return dates;
    }
    // How many could be on from which date on, if they are switched on as soon as possible.
    std::map<double, std::size_t> asleep(double now) const {
        HostGroups groups;
        add(groups, off_, switch_on_times_, now);
        for (const auto& [date, hosts] : switching_off_)
            add(groups, hosts, switch_on_times_, std::max(now, date));
        std::map<double, std::size_t> dates;
        for (const auto& [date, hosts] : groups) dates[date] = hosts.size();
        return dates;
    }

  private:
    // Each as long after `begin` as it takes.
    static void add(HostGroups& groups, const HostSet& hosts, const HostGroups& times,
                    double begin) {
        for (const auto& [seconds, of_time] : times)
            if (HostSet some = hosts & of_time; !some.empty()) groups[begin + seconds] |= some;
    }
    static void remove(HostGroups& groups, const HostSet& hosts) {
        for (auto group = groups.begin(); group != groups.end();) {
            group->second -= hosts;
            group = group->second.empty() ? groups.erase(group) : std::next(group);
        }
    }

    HostGroups switch_on_times_, switch_off_times_; // all hosts by seconds
    HostSet off_;
    HostGroups switching_on_, switching_off_; // by the date at which they have switched
};

} // namespace energy_saver

#endif
