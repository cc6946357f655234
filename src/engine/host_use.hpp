// host_use.hpp - which hosts can take a job now, and how fast they are.
#ifndef BATSIM_ENGINE_HOST_USE_HPP
#define BATSIM_ENGINE_HOST_USE_HPP

#include <optional>
#include <vector>

#include "platform/platform.hpp"

namespace batsim {

// How fast one core of each host computes now, in flop/s.
class HostSpeeds {
  public:
    explicit HostSpeeds(const Platform& platform);

    double of(HostId host) const { return speeds_[host]; }
    // The lowest speed in a set that is not empty.
    double slowest(const HostSet& hosts) const;

  private:
    std::vector<double> speeds_;
    std::optional<double> common_; // of all hosts, if they are all equal
};

// The hosts on which a job has been placed. A host runs one job at a time.
class HostUse {
  public:
    explicit HostUse(const Platform& platform) : free_(platform.compute_hosts()) {}

    bool all_free(const HostSet& hosts) const { return free_.contains(hosts); }
    bool is_free(HostId host) const { return free_.contains(host); }
    HostSet busy_among(const HostSet& hosts) const { return hosts - free_.all(); }
    void take(const HostSet& hosts) { free_.erase(hosts); }
    void give_back(const HostSet& hosts) { free_.insert(hosts); }

  private:
    HostPool free_;
};

} // namespace batsim

#endif
