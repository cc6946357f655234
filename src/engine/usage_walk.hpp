// usage_walk.hpp - how far the ranks of a usage trace have come.
#ifndef BATSIM_ENGINE_USAGE_WALK_HPP
#define BATSIM_ENGINE_USAGE_WALK_HPP

#include <functional>
#include <optional>
#include <vector>

#include "engine/host_use.hpp"
#include "engine/rank_hosts.hpp"
#include "workload/profile.hpp"

namespace batsim {

// A UsageWalk knows in which phase each rank of a usage trace is. A phase takes flops / speed of its
// host, so ranks go on at different paces, which change with the speeds.
class UsageWalk {
  public:
    // The profile must outlive the walk.
    UsageWalk(const UsageTraceProfile& profile, const RankHosts& ranks);

    // Called with the host of a rank and the core-seconds that the rank has used there.
    using Worked = std::function<void(HostId, double core_seconds)>;
    // Lets `seconds` pass at these speeds. After those of seconds_to_change() a phase more is over.
    void advance(double seconds, const HostSpeeds& speeds, const Worked& worked);

    // Seconds until the last rank is over.
    double seconds_left(const HostSpeeds& speeds) const;
    // Seconds until a rank begins or stops to use its host; nothing if none does any more.
    std::optional<double> seconds_to_change(const HostSpeeds& speeds) const;
    // The hosts that ranks use in the present phases, one for each rank.
    std::vector<HostId> hosts_in_use() const;
    // Calls use(host, flop/s) for each rank that uses its host in the present phase.
    void for_each_use(const HostSpeeds& speeds,
                      const std::function<void(HostId, double)>& use) const;
    // The share of all flops that is done, of the rank that is least far.
    double share_done() const;

  private:
    struct Rank {
        const std::vector<UsagePhase>* phases;
        HostId host;
        double flops_in_all;
        std::size_t phase = 0;
        double flops_left = 0; // of the present phase
        bool over() const { return phase == phases->size(); }
        bool works() const { return !over() && (*phases)[phase].usage > 0; }
    };

    static void enter(Rank& rank);
    static void advance(Rank& rank, double seconds, const HostSpeeds& speeds, const Worked& worked);
    static double flops_to_change(const Rank& rank);

    std::vector<Rank> ranks_;
};

} // namespace batsim

#endif
