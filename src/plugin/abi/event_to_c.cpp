// event_to_c.cpp - engine events in the form of batsched.h.
#include "plugin/abi/event_to_c.hpp"

#include <cmath>
#include <cstddef>

#include "base/assert.hpp"

namespace batsim {

namespace {

// All members of the union begin at the same place.
constexpr std::size_t kBodyOffset = offsetof(batsched_event_t, job_submitted);

// An event without body, whose size is that with a body of the given size.
batsched_event_t make_event(batsched_event_type_t type, double date, std::size_t body_size) {
    batsched_event_t event{};
    event.struct_size = static_cast<std::uint32_t>(kBodyOffset + body_size);
    event.type = type;
    event.time = date;
    return event;
}

batsched_decision_t kind_to_c(DecisionDropped::Kind kind) {
    switch (kind) {
        case DecisionDropped::Kind::kExecuteJob: return BATSCHED_DECISION_EXECUTE_JOB;
        case DecisionDropped::Kind::kSetPstate: return BATSCHED_DECISION_SET_PSTATE;
        case DecisionDropped::Kind::kSetHostState: return BATSCHED_DECISION_SET_HOST_STATE;
        case DecisionDropped::Kind::kLendHosts: return BATSCHED_DECISION_LEND_HOSTS;
        case DecisionDropped::Kind::kTakeHosts: return BATSCHED_DECISION_TAKE_HOSTS;
    }
    fail_assertion("a dropped decision has a kind", __FILE__, __LINE__);
}

batsched_job_state_t state_to_c(JobEnd end) {
    switch (end) {
        case JobEnd::kSucceeded: return BATSCHED_JOB_SUCCEEDED;
        case JobEnd::kFailed: return BATSCHED_JOB_FAILED;
        case JobEnd::kWalltimeReached: return BATSCHED_JOB_WALLTIME_REACHED;
        case JobEnd::kKilled: return BATSCHED_JOB_KILLED;
        case JobEnd::kHostFailed: return BATSCHED_JOB_HOST_FAILED;
        case JobEnd::kRejected: break; // does not complete
    }
    fail_assertion("a completed job was started", __FILE__, __LINE__);
}

} // namespace

batsched_host_state_t state_to_c(HostState state) {
    return static_cast<batsched_host_state_t>(state); // the same order
}

batsched_job_t job_to_c(const JobRecord& record, const std::string& workload_name) {
    const Job& job = record.job;
    batsched_job_t view{};
    view.struct_size = sizeof view;
    view.requested_hosts = job.requested_hosts;
    view.min_hosts = job.min_hosts;
    view.max_hosts = job.max_hosts;
    view.id = record.id;
    view.parent = record.parent.value_or(BATSCHED_NO_JOB);
    view.name = job.full_name.c_str();
    view.workload = workload_name.c_str();
    view.profile = job.profile->full_name.c_str();
    view.submit_time = job.submit_time;
    view.walltime = job.walltime;
    view.user_id = job.user_id;
    view.group_id = job.group_id;
    view.queue_id = job.queue_id;
    view.executable_id = job.executable_id;
    return view;
}

batsched_event_t event_to_c(const SimulationBegins&, const EventContext& context) {
    batsched_event_t event = make_event(BATSCHED_EVENT_SIMULATION_BEGINS, context.date,
                                        sizeof(batsched_event_t{}.simulation_begins));
    event.simulation_begins = {context.hosts.view(), context.storage_hosts.view()};
    return event;
}

batsched_event_t event_to_c(const HostsStateChanged& change, const EventContext& context) {
    batsched_event_t event = make_event(BATSCHED_EVENT_HOSTS_STATE_CHANGED, context.date,
                                        sizeof(batsched_event_t{}.hosts_state_changed));
    event.hosts_state_changed = {state_to_c(change.state), change.hosts.view()};
    return event;
}

batsched_event_t event_to_c(const HostsLent& lent, const EventContext& context) {
    batsched_event_t event =
        make_event(BATSCHED_EVENT_HOSTS_LENT, context.date, sizeof(batsched_event_t{}.hosts_lent));
    event.hosts_lent = {lent.hosts.view(), lent.from, lent.to};
    return event;
}

batsched_event_t event_to_c(const JobCompleted& completed, const EventContext& context,
                            const batsched_job_t& job, const char* progress_json,
                            const HostSet& usable_hosts) {
    batsched_event_t event = make_event(BATSCHED_EVENT_JOB_COMPLETED, context.date,
                                        sizeof(batsched_event_t{}.job_completed));
    const JobRecord& record = *completed.job;
    const bool by_itself = record.end == JobEnd::kSucceeded || record.end == JobEnd::kFailed;
    batsched_job_completed_t& body = event.job_completed;
    body.job = &job;
    body.state = state_to_c(record.end);
    body.return_code = by_itself ? record.job.profile->return_code : 0;
    body.start_time = record.start_time;
    body.energy = record.energy;
    body.progress = record.progress ? record.progress->share : 1;
    body.progress_json = progress_json;
    body.hosts = record.hosts.view();
    body.usable_hosts = usable_hosts.view();
    return event;
}

batsched_event_t event_to_c(const JobsKilled& killed, const EventContext& context) {
    batsched_event_t event = make_event(BATSCHED_EVENT_JOBS_KILLED, context.date,
                                        sizeof(batsched_event_t{}.jobs_killed));
    event.jobs_killed = {killed.jobs.data(), killed.jobs.size()};
    return event;
}

batsched_event_t event_to_c(const HostsPstateChanged& change, const EventContext& context) {
    batsched_event_t event = make_event(BATSCHED_EVENT_HOSTS_PSTATE_CHANGED, context.date,
                                        sizeof(batsched_event_t{}.hosts_pstate_changed));
    event.hosts_pstate_changed = {change.pstate, change.hosts.view()};
    return event;
}

batsched_event_t event_to_c(const ExternalEventOccurred& occurred, const EventContext& context) {
    batsched_event_t event = make_event(BATSCHED_EVENT_EXTERNAL_EVENT, context.date,
                                        sizeof(batsched_event_t{}.external_event));
    event.external_event = {occurred.event->type.c_str(), occurred.event->json.c_str()};
    return event;
}

batsched_event_t event_to_c(const JobSubmitted&, const EventContext& context,
                            const batsched_job_t& job) {
    batsched_event_t event = make_event(BATSCHED_EVENT_JOB_SUBMITTED, context.date,
                                        sizeof(batsched_event_t{}.job_submitted));
    event.job_submitted = {&job};
    return event;
}

batsched_event_t event_to_c(const JobForwarded& forwarded, const EventContext& context,
                            const batsched_job_t& job) {
    batsched_event_t event = make_event(BATSCHED_EVENT_JOB_FORWARDED, context.date,
                                        sizeof(batsched_event_t{}.job_forwarded));
    event.job_forwarded = {&job, forwarded.from, forwarded.to};
    return event;
}

batsched_event_t event_to_c(const JobRejected& rejected, const EventContext& context,
                            const batsched_job_t& job) {
    batsched_event_t event = make_event(BATSCHED_EVENT_JOB_REJECTED, context.date,
                                        sizeof(batsched_event_t{}.job_rejected));
    event.job_rejected = {&job, rejected.reason.c_str()};
    return event;
}

batsched_event_t event_to_c(const JobStarted& started, const EventContext& context,
                            const batsched_job_t& job) {
    batsched_event_t event = make_event(BATSCHED_EVENT_JOB_STARTED, context.date,
                                        sizeof(batsched_event_t{}.job_started));
    event.job_started = {&job, started.job->walltime, started.job->hosts.view()};
    return event;
}

batsched_event_t event_to_c(const NoMoreStaticJobs&, const EventContext& context) {
    return make_event(BATSCHED_EVENT_NO_MORE_STATIC_JOBS, context.date, 0);
}

batsched_event_t event_to_c(const NoMoreExternalEvents&, const EventContext& context) {
    return make_event(BATSCHED_EVENT_NO_MORE_EXTERNAL_EVENTS, context.date, 0);
}

batsched_event_t event_to_c(const RequestedCall& call, const EventContext& context) {
    batsched_event_t event = make_event(BATSCHED_EVENT_REQUESTED_CALL, context.date,
                                        sizeof(batsched_event_t{}.requested_call));
    event.requested_call = {call.call};
    return event;
}

batsched_event_t event_to_c(const ProbeData& data, const EventContext& context) {
    batsched_event_t event =
        make_event(BATSCHED_EVENT_PROBE_DATA, context.date, sizeof(batsched_event_t{}.probe_data));
    event.probe_data = {data.probe, data.values.data(), data.values.size()};
    return event;
}

batsched_event_t event_to_c(const DecisionDropped& dropped, const EventContext& context,
                            const batsched_job_t* job) {
    batsched_event_t event = make_event(BATSCHED_EVENT_DECISION_DROPPED, context.date,
                                        sizeof(batsched_event_t{}.decision_dropped));
    event.decision_dropped = {kind_to_c(dropped.kind), job, dropped.hosts.view(),
                              dropped.reason.c_str()};
    return event;
}

batsched_event_t decide_event(double date) { return make_event(BATSCHED_EVENT_DECIDE, date, 0); }

batsched_event_t end_event(double date, batsched_exit_reason_t reason) {
    batsched_event_t event = make_event(BATSCHED_EVENT_SIMULATION_ENDS, date,
                                        sizeof(batsched_event_t{}.simulation_ends));
    event.simulation_ends = {reason};
    return event;
}

batsched_exit_reason_t reason_to_c(EndReason reason) {
    switch (reason) {
        case EndReason::kFinished: return BATSCHED_EXIT_FINISHED;
        case EndReason::kStopped: return BATSCHED_EXIT_STOPPED;
        case EndReason::kStalled: return BATSCHED_EXIT_STALLED;
        case EndReason::kInterrupted: return BATSCHED_EXIT_INTERRUPTED;
        case EndReason::kFailed: return BATSCHED_EXIT_PLUGIN_ERROR;
    }
    return BATSCHED_EXIT_SIMULATOR_ERROR;
}

const char* event_name(batsched_event_type_t type) {
    switch (type) {
        case BATSCHED_EVENT_SIMULATION_BEGINS: return "SIMULATION_BEGINS";
        case BATSCHED_EVENT_JOB_COMPLETED: return "JOB_COMPLETED";
        case BATSCHED_EVENT_JOBS_KILLED: return "JOBS_KILLED";
        case BATSCHED_EVENT_JOB_SUBMITTED: return "JOB_SUBMITTED";
        case BATSCHED_EVENT_JOB_FORWARDED: return "JOB_FORWARDED";
        case BATSCHED_EVENT_JOB_REJECTED: return "JOB_REJECTED";
        case BATSCHED_EVENT_JOB_STARTED: return "JOB_STARTED";
        case BATSCHED_EVENT_NO_MORE_STATIC_JOBS: return "NO_MORE_STATIC_JOBS";
        case BATSCHED_EVENT_REQUESTED_CALL: return "REQUESTED_CALL";
        case BATSCHED_EVENT_PROBE_DATA: return "PROBE_DATA";
        case BATSCHED_EVENT_HOSTS_STATE_CHANGED: return "HOSTS_STATE_CHANGED";
        case BATSCHED_EVENT_HOSTS_LENT: return "HOSTS_LENT";
        case BATSCHED_EVENT_HOSTS_PSTATE_CHANGED: return "HOSTS_PSTATE_CHANGED";
        case BATSCHED_EVENT_EXTERNAL_EVENT: return "EXTERNAL_EVENT";
        case BATSCHED_EVENT_NO_MORE_EXTERNAL_EVENTS: return "NO_MORE_EXTERNAL_EVENTS";
        case BATSCHED_EVENT_DECISION_DROPPED: return "DECISION_DROPPED";
        case BATSCHED_EVENT_DECIDE: return "DECIDE";
        case BATSCHED_EVENT_SIMULATION_ENDS: return "SIMULATION_ENDS";
        default: return "unknown event";
    }
}

} // namespace batsim
