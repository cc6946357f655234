// scheduler_trace.cpp - writes down what one scheduler is told and what it asks for.
#include "plugin/scheduler/scheduler_trace.hpp"

#include "base/text.hpp"
#include "plugin/abi/event_to_c.hpp"
#include "plugin/abi/status_name.hpp"

namespace batsim {

namespace {

const char* state_name(batsched_job_state_t state) {
    switch (state) {
        case BATSCHED_JOB_SUCCEEDED: return "SUCCEEDED";
        case BATSCHED_JOB_FAILED: return "FAILED";
        case BATSCHED_JOB_WALLTIME_REACHED: return "WALLTIME_REACHED";
        case BATSCHED_JOB_KILLED: return "KILLED";
        case BATSCHED_JOB_HOST_FAILED: return "HOST_FAILED";
        default: return "";
    }
}

const char* state_name_of_hosts(batsched_host_state_t state) {
    switch (state) {
        case BATSCHED_HOST_ON: return "ON";
        case BATSCHED_HOST_OFF: return "OFF";
        case BATSCHED_HOST_SWITCHING_ON: return "SWITCHING_ON";
        case BATSCHED_HOST_SWITCHING_OFF: return "SWITCHING_OFF";
        case BATSCHED_HOST_FAILED: return "FAILED";
        case BATSCHED_HOST_UNAVAILABLE: return "UNAVAILABLE";
        default: return "";
    }
}

const char* reason_name(batsched_exit_reason_t reason) {
    switch (reason) {
        case BATSCHED_EXIT_FINISHED: return "FINISHED";
        case BATSCHED_EXIT_STOPPED: return "STOPPED";
        case BATSCHED_EXIT_STALLED: return "STALLED";
        default: return "";
    }
}

void add(JsonRow& row, const batsched_job_submitted_t& event) {
    const batsched_job_t& job = *event.job;
    row.text("job", job.name).count("job_id", job.id).text("profile", job.profile);
    row.count("requested_hosts", job.requested_hosts);
    row.number("submit_time", job.submit_time).number("walltime", job.walltime);
}

void add(JsonRow& row, const batsched_job_completed_t& event) {
    row.text("job", event.job->name).count("job_id", event.job->id);
    row.text("state", state_name(event.state)).integer("return_code", event.return_code);
    row.number("start_time", event.start_time).number("progress", event.progress);
    row.hosts("hosts", event.hosts).hosts("usable_hosts", event.usable_hosts);
}

void add(JsonRow& row, const batsched_job_rejected_t& event) {
    row.text("job", event.job->name).count("job_id", event.job->id).text("reason", event.reason);
}

void add(JsonRow& row, const batsched_job_started_t& event) {
    row.text("job", event.job->name).count("job_id", event.job->id);
    row.hosts("hosts", event.hosts).number("walltime", event.walltime);
}

void add(JsonRow& row, const batsched_decision_dropped_t& event) {
    if (event.job != nullptr) row.text("job", event.job->name).count("job_id", event.job->id);
    row.hosts("hosts", event.hosts).text("reason", event.reason);
}

void add_body(JsonRow& row, const batsched_event_t& event) {
    const auto append_count = [](std::string& out, std::uint64_t id) { append_number(out, id); };
    switch (event.type) {
        case BATSCHED_EVENT_SIMULATION_BEGINS:
            row.hosts("hosts", event.simulation_begins.hosts)
                .hosts("storage_hosts", event.simulation_begins.storage_hosts);
            return;
        case BATSCHED_EVENT_JOB_SUBMITTED: return add(row, event.job_submitted);
        case BATSCHED_EVENT_JOB_COMPLETED: return add(row, event.job_completed);
        case BATSCHED_EVENT_JOB_REJECTED: return add(row, event.job_rejected);
        case BATSCHED_EVENT_JOB_STARTED: return add(row, event.job_started);
        case BATSCHED_EVENT_JOBS_KILLED:
            row.array("job_ids", event.jobs_killed.jobs, event.jobs_killed.count, append_count);
            return;
        case BATSCHED_EVENT_HOSTS_STATE_CHANGED:
            row.text("state", state_name_of_hosts(event.hosts_state_changed.state))
                .hosts("hosts", event.hosts_state_changed.hosts);
            return;
        case BATSCHED_EVENT_HOSTS_PSTATE_CHANGED:
            row.count("pstate", event.hosts_pstate_changed.pstate)
                .hosts("hosts", event.hosts_pstate_changed.hosts);
            return;
        case BATSCHED_EVENT_EXTERNAL_EVENT:
            row.text("type", event.external_event.type).json("json", event.external_event.json);
            return;
        case BATSCHED_EVENT_DECISION_DROPPED: return add(row, event.decision_dropped);
        case BATSCHED_EVENT_REQUESTED_CALL: row.count("call", event.requested_call.call); return;
        case BATSCHED_EVENT_PROBE_DATA:
            row.count("probe", event.probe_data.probe)
                .array("values", event.probe_data.values, event.probe_data.count,
                       [](std::string& out, double value) { append_number(out, value); });
            return;
        case BATSCHED_EVENT_SIMULATION_ENDS:
            row.text("reason", reason_name(event.simulation_ends.reason));
            return;
        default: return;
    }
}

} // namespace

void SchedulerTrace::event(const batsched_event_t& event) {
    JsonRow row;
    row.number("date", event.time).text("scheduler", scheduler_);
    row.text("event", event_name(event.type));
    add_body(row, event);
    if (event.type == BATSCHED_EVENT_JOB_FORWARDED)
        row.text("job", event.job_forwarded.job->name)
            .count("job_id", event.job_forwarded.job->id)
            .text("from", schedulers_[event.job_forwarded.from])
            .text("to", schedulers_[event.job_forwarded.to]);
    if (event.type == BATSCHED_EVENT_HOSTS_LENT)
        row.hosts("hosts", event.hosts_lent.hosts)
            .text("from", schedulers_[event.hosts_lent.from])
            .text("to", schedulers_[event.hosts_lent.to]);
    if (shares_hosts_ && event.type == BATSCHED_EVENT_SIMULATION_BEGINS) row.flag("shared_hosts");
    write(row);
}

JsonRow SchedulerTrace::decision(double date, const char* function) const {
    JsonRow row;
    row.number("date", date).text("scheduler", scheduler_).text("decision", function);
    return row;
}

void SchedulerTrace::finish(JsonRow row, batsched_status_t status, const std::string& why) {
    row.text("status", status_name(status));
    if (status < 0) row.text("error", why);
    write(row);
}

void SchedulerTrace::write(const JsonRow& row) noexcept {
    if (error_) return;
    try {
        sink_(row.line());
    } catch (const OutputError& error) {
        error_ = error;
    }
}

void SchedulerTrace::check() const {
    if (error_) throw OutputError(*error_);
}

} // namespace batsim
