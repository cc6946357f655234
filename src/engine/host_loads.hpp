// host_loads.hpp - how much of their hosts jobs use at present.
#ifndef BATSIM_ENGINE_HOST_LOADS_HPP
#define BATSIM_ENGINE_HOST_LOADS_HPP

#include <vector>

#include "engine/backend.hpp"
#include "engine/host_use.hpp"
#include "engine/job_record.hpp"

namespace batsim {

// HostLoads adds up what the running jobs compute: closed forms by themselves, tasks as the backend
// says. A parallel task computes evenly until all of its ranks end; a usage trace uses the share of the
// host that it says.
class HostLoads {
  public:
    // All of them must outlive it.
    HostLoads(const JobTable& jobs, const HostSpeeds& speeds, const Backend& backend)
        : jobs_(jobs), speeds_(speeds), backend_(backend) {}

    // The share of each host's cores that is in use, in the order of the hosts: 0 .. 1, or more if
    // usage traces on one host use more than it has. Usage traces must have been settled, the rates of
    // the backend be up to date.
    std::vector<double> of(const HostSet& hosts, double now) const;

  private:
    const JobTable& jobs_;
    const HostSpeeds& speeds_;
    const Backend& backend_;
};

} // namespace batsim

#endif
