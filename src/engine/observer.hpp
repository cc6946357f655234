// observer.hpp - what wants to know how the simulation goes, such as output files.
#ifndef BATSIM_ENGINE_OBSERVER_HPP
#define BATSIM_ENGINE_OBSERVER_HPP

#include "engine/event.hpp"
#include "engine/job_record.hpp"

namespace batsim {

// What a probe has measured at a date.
struct ProbeReading {
    double date;
    SchedulerIndex scheduler; // whose probe it is
    ProbeId id;
    const Probe& probe;
    const std::vector<double>& values;
};

class Observer {
  public:
    virtual ~Observer() = default;
    // The simulation has come to this date; before anything happens at it.
    virtual void on_date(double) {}
    virtual void on_job_started(const JobRecord&) {} // at its start_time
    // The job is no longer on its hosts; its end and end_time are set.
    virtual void on_job_ended(const JobRecord&) {}
    // The state or the pstate of these hosts has become another one at this date. States and pstates
    // at the beginning are not told.
    virtual void on_host_states_changed(const HostSet&, HostState, double) {}
    virtual void on_pstates_changed(const HostSet&, std::uint32_t, double) {}
    virtual void on_probe_data(const ProbeReading&) {}
    // The job has ended or was rejected and its record is final. Jobs come in order of the dates
    // at which their scheduler has heard of the end, then of identifiers.
    virtual void on_job_over(const JobRecord& job) = 0;
    // The job was running when the simulation ended at this date.
    virtual void on_job_cut_off(const JobRecord&, double) {}
    // The job was waiting when the simulation ended.
    virtual void on_job_left_waiting(const JobRecord&) {}
    // The simulation is over. Not called after an error.
    virtual void on_simulation_over(const Outcome& outcome) = 0;
};

} // namespace batsim

#endif
