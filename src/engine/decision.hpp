// decision.hpp - what a scheduler has asked for, checked, until it takes effect.
#ifndef BATSIM_ENGINE_DECISION_HPP
#define BATSIM_ENGINE_DECISION_HPP

#include <string>
#include <variant>
#include <vector>

#include "engine/event.hpp"
#include "engine/job_record.hpp"

namespace batsim {

// The hosts are in the record.
struct ExecuteJob {
    JobRecord* job;
};

struct RejectJob {
    JobRecord* job;
    std::string reason;
};

// Those of them that run when it takes effect.
struct KillJobs {
    std::vector<JobId> jobs;
};

struct SetPstate {
    HostSet hosts;
    std::uint32_t pstate;
};

// On or off.
struct SetHostState {
    HostSet hosts;
    HostState state;
};

struct ArmCall {
    CallId call;
};

struct ArmProbe {
    ProbeId probe;
};

// A job that was registered; its record is in the table.
struct SubmitJob {
    JobRecord* job;
};

// The job waits; another scheduler is to decide about it.
struct ForwardJob {
    JobRecord* job;
    SchedulerIndex to;
};

// Idle hosts of its own, to another scheduler.
struct LendHosts {
    HostSet hosts;
    SchedulerIndex to;
};

// Idle hosts that it has borrowed, to those that own them.
struct ReturnHosts {
    HostSet hosts;
};

// Idle hosts of others.
struct TakeHosts {
    HostSet hosts;
};

struct StopSimulation {
    std::string reason;
};

using Decision =
    std::variant<ExecuteJob, RejectJob, KillJobs, SubmitJob, SetPstate, SetHostState, ArmCall,
                 ArmProbe, ForwardJob, LendHosts, ReturnHosts, TakeHosts, StopSimulation>;

} // namespace batsim

#endif
