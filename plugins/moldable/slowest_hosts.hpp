// slowest_hosts.hpp - the hosts of a partition in the order of their speeds.
#ifndef BATSIM_PLUGINS_MOLDABLE_SLOWEST_HOSTS_HPP
#define BATSIM_PLUGINS_MOLDABLE_SLOWEST_HOSTS_HPP

#include <batsched.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace moldable {

// SlowestHosts knows on which hosts jobs run longest.
class SlowestHosts {
  public:
    // With the speeds of now.
    SlowestHosts(const batsched::Simulator& simulator, const batsched::HostSet& hosts) {
        std::map<double, batsched::HostSet> by_speed;
        for (const auto& interval : hosts.intervals())
            for (std::uint64_t i = interval.first; i <= interval.last; ++i) {
                const auto id = static_cast<batsched_host_id_t>(i);
                by_speed[speed(simulator, id)].append(id, id);
            }
        batsched::HostSet slower;
        for (auto& [speed, alike] : by_speed) {
            classes_.push_back({slower, alike});
            slower |= alike;
        }
    }

    // The `count` slowest ones; all of them if there are fewer.
    batsched::HostSet first(std::size_t count) const {
        for (const Class& of : classes_)
            if (count <= of.slower.size() + of.alike.size())
                return of.slower | of.alike.first(count - of.slower.size());
        return classes_.back().slower | classes_.back().alike;
    }

  private:
    struct Class {
        batsched::HostSet slower; // all of the classes before
        batsched::HostSet alike;
    };
    static double speed(const batsched::Simulator& simulator, batsched_host_id_t id) {
        return simulator.host(id).pstate_speeds[simulator.host_status(id).pstate];
    }

    std::vector<Class> classes_; // one at least
};

} // namespace moldable

#endif
