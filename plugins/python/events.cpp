// events.cpp - events as calls of a scheduler's methods.
#include "events.hpp"

#include "host_set_type.hpp"
#include "records.hpp"

namespace python {

namespace {

Ref number(double value) { return take(PyFloat_FromDouble(value)); }
Ref id_of(std::uint64_t id) { return take(PyLong_FromUnsignedLongLong(id)); }
Ref host_set(const batsched_host_set_t& hosts) { return make_host_set(batsched::HostSet(hosts)); }

Ref job_ids(const batsched_jobs_killed_t& killed) {
    Ref tuple = take(PyTuple_New(static_cast<Py_ssize_t>(killed.count)));
    for (std::size_t i = 0; i < killed.count; ++i)
        PyTuple_SET_ITEM(tuple.get(), static_cast<Py_ssize_t>(i), id_of(killed.jobs[i]).release());
    return tuple;
}

Ref completed(const batsched_job_completed_t& end, Session& session) {
    const batsched::HostSet all(end.hosts), usable(end.usable_hosts);
    Ref hosts = make_host_set(all);
    Ref usable_hosts = all == usable ? hosts.share() : make_host_set(usable);
    return make_record(Record::kJobCompleted, session.job(*end.job),
                       session.runtime().to_enum(Enum::kJobState, end.state),
                       take(PyLong_FromLong(end.return_code)), number(end.start_time),
                       number(end.energy), number(end.progress), text(end.progress_json),
                       std::move(hosts), std::move(usable_hosts));
}

Ref index_of(std::uint32_t scheduler) { return take(PyLong_FromUnsignedLong(scheduler)); }

Ref hosts_lent(const batsched_hosts_lent_t& lent) {
    return make_record(Record::kHostsLent, host_set(lent.hosts), index_of(lent.from),
                       index_of(lent.to));
}

Ref forwarded(const batsched_job_forwarded_t& move, Session& session) {
    return make_record(Record::kJobForwarded, session.job(*move.job), index_of(move.from),
                       index_of(move.to));
}

Ref rejected(const batsched_job_rejected_t& rejection, Session& session) {
    return make_record(Record::kJobRejected, session.job(*rejection.job), text(rejection.reason));
}

Ref started(const batsched_job_started_t& start, Session& session) {
    return make_record(Record::kJobStarted, session.job(*start.job), number(start.walltime),
                       host_set(start.hosts));
}

Ref probe_data(const batsched_probe_data_t& data) {
    Ref values = take(PyTuple_New(static_cast<Py_ssize_t>(data.count)));
    for (std::size_t i = 0; i < data.count; ++i)
        PyTuple_SET_ITEM(values.get(), static_cast<Py_ssize_t>(i),
                         number(data.values[i]).release());
    return make_record(Record::kProbeData, id_of(data.probe), std::move(values));
}

Ref dropped(const batsched_decision_dropped_t& decision, Session& session) {
    return make_record(Record::kDecisionDropped,
                       session.runtime().to_enum(Enum::kDecision, decision.kind),
                       decision.job == nullptr ? none() : session.job(*decision.job),
                       host_set(decision.hosts), text(decision.reason));
}

} // namespace

std::optional<Handler> handler_of(batsched_event_type_t type) {
    switch (type) {
        case BATSCHED_EVENT_SIMULATION_BEGINS: return Handler::kSimulationBegins;
        case BATSCHED_EVENT_HOSTS_STATE_CHANGED: return Handler::kHostsStateChanged;
        case BATSCHED_EVENT_HOSTS_LENT: return Handler::kHostsLent;
        case BATSCHED_EVENT_JOB_COMPLETED: return Handler::kJobCompleted;
        case BATSCHED_EVENT_JOBS_KILLED: return Handler::kJobsKilled;
        case BATSCHED_EVENT_HOSTS_PSTATE_CHANGED: return Handler::kHostsPstateChanged;
        case BATSCHED_EVENT_EXTERNAL_EVENT: return Handler::kExternalEvent;
        case BATSCHED_EVENT_JOB_SUBMITTED: return Handler::kJobSubmitted;
        case BATSCHED_EVENT_JOB_FORWARDED: return Handler::kJobForwarded;
        case BATSCHED_EVENT_JOB_REJECTED: return Handler::kJobRejected;
        case BATSCHED_EVENT_JOB_STARTED: return Handler::kJobStarted;
        case BATSCHED_EVENT_NO_MORE_STATIC_JOBS: return Handler::kNoMoreStaticJobs;
        case BATSCHED_EVENT_NO_MORE_EXTERNAL_EVENTS: return Handler::kNoMoreExternalEvents;
        case BATSCHED_EVENT_REQUESTED_CALL: return Handler::kRequestedCall;
        case BATSCHED_EVENT_PROBE_DATA: return Handler::kProbeData;
        case BATSCHED_EVENT_DECISION_DROPPED: return Handler::kDecisionDropped;
        case BATSCHED_EVENT_DECIDE: return Handler::kDecide;
        case BATSCHED_EVENT_SIMULATION_ENDS: return Handler::kSimulationEnds;
        default: return std::nullopt;
    }
}

Ref argument_of(const batsched_event_t& event, Session& session) {
    const Runtime& runtime = session.runtime();
    switch (event.type) {
        case BATSCHED_EVENT_SIMULATION_BEGINS:
            return make_record(Record::kSimulationBegins, host_set(event.simulation_begins.hosts),
                               host_set(event.simulation_begins.storage_hosts));
        case BATSCHED_EVENT_HOSTS_STATE_CHANGED:
            return make_record(Record::kHostsStateChanged,
                               runtime.to_enum(Enum::kHostState, event.hosts_state_changed.state),
                               host_set(event.hosts_state_changed.hosts));
        case BATSCHED_EVENT_HOSTS_LENT: return hosts_lent(event.hosts_lent);
        case BATSCHED_EVENT_JOB_COMPLETED: return completed(event.job_completed, session);
        case BATSCHED_EVENT_JOBS_KILLED: return job_ids(event.jobs_killed);
        case BATSCHED_EVENT_HOSTS_PSTATE_CHANGED:
            return make_record(Record::kHostsPstateChanged,
                               take(PyLong_FromUnsignedLong(event.hosts_pstate_changed.pstate)),
                               host_set(event.hosts_pstate_changed.hosts));
        case BATSCHED_EVENT_EXTERNAL_EVENT:
            return make_record(Record::kExternalEvent, text(event.external_event.type),
                               runtime.parse_json(event.external_event.json));
        case BATSCHED_EVENT_JOB_SUBMITTED: return session.job(*event.job_submitted.job);
        case BATSCHED_EVENT_JOB_FORWARDED: return forwarded(event.job_forwarded, session);
        case BATSCHED_EVENT_JOB_REJECTED: return rejected(event.job_rejected, session);
        case BATSCHED_EVENT_JOB_STARTED: return started(event.job_started, session);
        case BATSCHED_EVENT_REQUESTED_CALL: return id_of(event.requested_call.call);
        case BATSCHED_EVENT_PROBE_DATA: return probe_data(event.probe_data);
        case BATSCHED_EVENT_DECISION_DROPPED: return dropped(event.decision_dropped, session);
        case BATSCHED_EVENT_SIMULATION_ENDS:
            return runtime.to_enum(Enum::kExitReason, event.simulation_ends.reason);
        default: return Ref();
    }
}

Ref make_exit(const batsched_exit_t& exit, const Runtime& runtime) {
    return make_record(Record::kExit, runtime.to_enum(Enum::kExitReason, exit.reason),
                       text(exit.message));
}

} // namespace python
