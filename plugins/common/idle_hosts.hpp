// idle_hosts.hpp - since when hosts have had nothing to do.
#ifndef BATSIM_PLUGINS_IDLE_HOSTS_HPP
#define BATSIM_PLUGINS_IDLE_HOSTS_HPP

#include <batsched.hpp>
#include <cstddef>
#include <iterator>
#include <limits>
#include <map>

namespace batsched {

// The hosts of a set with the highest identifiers.
inline HostSet last(const HostSet& hosts, std::size_t count) {
    return count >= hosts.size() ? hosts : hosts - hosts.first(hosts.size() - count);
}

// IdleHosts are hosts that are on and without a job, by the date since when.
class IdleHosts {
  public:
    void insert(const HostSet& hosts, double now) {
        if (hosts.empty()) return;
        erase(hosts);
        since_[now] |= hosts;
        all_ |= hosts;
    }
    void erase(const HostSet& hosts) {
        if (!all_.intersects(hosts)) return;
        all_ -= hosts;
        for (auto group = since_.begin(); group != since_.end();) {
            group->second -= hosts;
            group = group->second.empty() ? since_.erase(group) : std::next(group);
        }
    }
    const HostSet& all() const { return all_; }

    // At most `count` of those hosts of `among` that have been idle for so long: first those that have been
    // so for the longest time, of these the ones with the highest identifiers, which are used the least.
    HostSet longest(const HostSet& among, double seconds, double now, std::size_t count) const {
        HostSet chosen;
        for (const auto& [since, hosts] : since_) {
            if (since + seconds > now || chosen.size() == count) break;
            chosen |= last(hosts & among, count - chosen.size());
        }
        return chosen;
    }

    // The first date after `now` at which hosts of `among` have been idle for so long; infinity: none.
    double next_date(const HostSet& among, double seconds, double now) const {
        for (const auto& [since, hosts] : since_)
            if (since + seconds > now && hosts.intersects(among)) return since + seconds;
        return std::numeric_limits<double>::infinity();
    }

  private:
    std::map<double, HostSet> since_;
    HostSet all_;
};

} // namespace batsched

#endif
