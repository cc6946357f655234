// closed_form.hpp - run times that follow from a profile and the speeds of its hosts alone.
#ifndef BATSIM_ENGINE_CLOSED_FORM_HPP
#define BATSIM_ENGINE_CLOSED_FORM_HPP

#include <cstdint>
#include <functional>
#include <optional>

#include "engine/host_use.hpp"
#include "engine/rank_hosts.hpp"
#include "workload/profile.hpp"

namespace batsim {

// Whether the profile shares nothing with other jobs, nor its parts with each other, so that its run
// time is known. Nothing is sent between ranks or to storage, no MPI program is replayed, and not
// more than one part of a fork-join composition computes. `alone`: no other job computes on the
// same hosts.
bool has_closed_form(const Profile& profile, const RankHosts& ranks, bool alone);

// The seconds that `profile` takes on these hosts, if it has a closed form when alone:
//   delay           its seconds
//   parallel task   the largest of flops_i / speed_i over the ranks i and, where ranks share hosts,
//                   of (sum of their flops) / (cores * speed) over the hosts; amounts of merged
//                   tasks are added up first
//   usage trace     the largest sum of flops / speed over the ranks
//   sequence        repeat * (sum over its elements)
//   fork-join       the largest of its elements
std::optional<double> closed_form_run_time(const Profile& profile, const RankHosts& ranks,
                                           const HostSpeeds& speeds);

// Where a sequence of known length is after some seconds.
struct SequencePosition {
    std::uint64_t repetition;
    std::size_t index; // of the element that runs
    double elapsed;    // seconds of it
};
SequencePosition closed_form_position(const Profile& profile, const RankHosts& ranks,
                                      const HostSpeeds& speeds, double elapsed);

// Told how many flop/s a rank computes on a host.
using ComputesOn = std::function<void(HostId, double rate)>;
// What each rank of a profile of known length computes after so many seconds.
void closed_form_use(const Profile& profile, const RankHosts& ranks, const HostSpeeds& speeds,
                     double elapsed, const ComputesOn& computes_on);

} // namespace batsim

#endif
