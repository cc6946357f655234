// host_meter.hpp - what wants to know how jobs use the cores of their hosts.
#ifndef BATSIM_ENGINE_HOST_METER_HPP
#define BATSIM_ENGINE_HOST_METER_HPP

#include "engine/job_record.hpp"

namespace batsim {

class HostMeter {
  public:
    virtual ~HostMeter() = default;
    // The number of ranks of the job that compute on the host has changed by `delta`.
    virtual void ranks_changed(HostId host, JobId job, int delta, double now) = 0;
    // So many seconds a rank of the job has computed on the host that is not counted by ranks_changed.
    virtual void computed(HostId host, JobId job, double seconds) = 0;
    // A rank of the job has computed on the host for so many core-seconds (flops / speed of a core)
    // since the last time.
    virtual void worked(HostId host, JobId job, double core_seconds, double now) = 0;
};

} // namespace batsim

#endif
