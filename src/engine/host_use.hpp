// host_use.hpp - which hosts can take a job now, and how fast they are.
#ifndef BATSIM_ENGINE_HOST_USE_HPP
#define BATSIM_ENGINE_HOST_USE_HPP

#include <cstdint>
#include <map>
#include <vector>

#include "platform/platform.hpp"

namespace batsim {

// How fast one core of each host computes now, in flop/s.
class HostSpeeds {
  public:
    // The platform must outlive it.
    explicit HostSpeeds(const Platform& platform);

    double of(HostId host) const { return speeds_[host]; }
    // The lowest speed in a set that is not empty.
    double slowest(const HostSet& hosts) const;
    void set(const HostSet& hosts, std::size_t pstate);
    // Whether a host has several speeds, so that one may change while a job runs.
    bool may_change() const { return may_change_; }

    double core_count(HostId host) const { return platform_.hosts[host].core_count; }

  private:
    const Platform& platform_;
    bool may_change_ = false;
    std::vector<double> speeds_;
    std::map<double, std::size_t> host_counts_; // by speed
};

// The hosts on which jobs have been placed. A host runs one job at a time unless its scheduler may
// share hosts; then it is free when no job is on it.
class HostUse {
  public:
    // All of them are free.
    explicit HostUse(const HostSet& hosts) : free_(hosts) {}

    std::size_t free_count() const { return free_.size(); }

    bool all_free(const HostSet& hosts) const { return free_.contains(hosts); }
    bool is_free(HostId host) const { return free_.contains(host); }
    HostSet busy_among(const HostSet& hosts) const { return hosts - free_.all(); }
    void take(const HostSet& hosts);
    void give_back(const HostSet& hosts);
    std::uint32_t job_count(HostId host) const;

  private:
    HostPool free_;
    // Of hosts with several jobs, how many there are beside the first.
    std::map<HostId, std::uint32_t> more_jobs_;
};

} // namespace batsim

#endif
