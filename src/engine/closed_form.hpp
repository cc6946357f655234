// closed_form.hpp - run times that follow from a profile and the speeds of its hosts alone.
#ifndef BATSIM_ENGINE_CLOSED_FORM_HPP
#define BATSIM_ENGINE_CLOSED_FORM_HPP

#include <optional>

#include "engine/host_use.hpp"
#include "platform/platform.hpp"
#include "workload/profile.hpp"

namespace batsim {

// The seconds that `profile` takes on `hosts`, with one rank on each host and no other job there:
//   delay           its seconds
//   parallel task   max over the ranks i of flops_i / speed_i, if nothing is sent
//   sequence        repeat * (sum over its elements)
// Nothing if the profile sends anything between different ranks: then time depends on what else
// uses the network.
std::optional<double> closed_form_run_time(const Profile& profile, const HostSet& hosts,
                                           const HostSpeeds& speeds);

} // namespace batsim

#endif
