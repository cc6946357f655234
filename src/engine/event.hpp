// event.hpp - what schedulers are told.
#ifndef BATSIM_ENGINE_EVENT_HPP
#define BATSIM_ENGINE_EVENT_HPP

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/host_states.hpp"
#include "engine/job_record.hpp"
#include "engine/outcome.hpp"
#include "engine/probe.hpp"
#include "platform/external_events.hpp"

namespace batsim {

using CallId = std::uint64_t;

struct SimulationBegins {};

// Those of the scheduler's hosts (of all, if it observes) whose state has become another one.
struct HostsStateChanged {
    HostState state;
    HostSet hosts;
};

// Hosts have gone from the scheduler `from` to `to`, which holds them now. For the one that gets hosts
// of another, and for those that observe; the owner sees changes of their states.
struct HostsLent {
    HostSet hosts;
    SchedulerIndex from, to;
};

// Comes once for each job that was started; the record stays until the batch was decided.
struct JobCompleted {
    const JobRecord* job;
};

// Answers one request to kill jobs, after all of them have completed.
struct JobsKilled {
    std::vector<JobId> jobs; // as requested
};

struct HostsPstateChanged {
    std::uint32_t pstate;
    HostSet hosts;
};

// One of those that are forwarded. It lives as long as the simulation.
struct ExternalEventOccurred {
    const ExternalEvent* event;
};

struct JobSubmitted {
    const JobRecord* job;
};

// For schedulers that observe: the job went from one scheduler to another.
struct JobForwarded {
    const JobRecord* job;
    SchedulerIndex from, to;
};

// For schedulers that observe. The record stays until the batch was decided.
struct JobRejected {
    const JobRecord* job;
    std::string reason;
};

// For schedulers that observe, also of their own jobs.
struct JobStarted {
    const JobRecord* job;
};

// The last job of the scheduler's workloads has been submitted; of all, if it observes.
struct NoMoreStaticJobs {};

struct NoMoreExternalEvents {};

struct RequestedCall {
    CallId call;
};

// What a probe has measured, before the decisions of this batch.
struct ProbeData {
    ProbeId probe;
    std::vector<double> values;
};

// A decision about hosts, or about a job that is waiting again, has become impossible before it took
// effect.
struct DecisionDropped {
    enum class Kind { kExecuteJob, kSetPstate, kSetHostState, kLendHosts, kTakeHosts };
    Kind kind;
    const JobRecord* job; // of an execution
    HostSet hosts;
    std::string reason;
};

// The order of the alternatives is the order of delivery inside a batch.
using Event = std::variant<SimulationBegins, HostsStateChanged, HostsLent, JobCompleted, JobsKilled,
                           HostsPstateChanged, ExternalEventOccurred, JobSubmitted, JobForwarded,
                           JobRejected, JobStarted, NoMoreStaticJobs, NoMoreExternalEvents,
                           RequestedCall, ProbeData, DecisionDropped>;

// Whether `a` is delivered before `b`: by type, then by identifier; events that have none stay in
// the order in which they occurred.
bool delivered_before(const Event& a, const Event& b);

// All events of one date for one scheduler, in order of delivery.
struct Batch {
    double date;
    std::vector<Event> events;
};

} // namespace batsim

#endif
