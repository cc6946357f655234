// lookups.cpp - functions of batsched.Simulator that write messages or look things up.
#include "host_set_type.hpp"
#include "host_set_values.hpp"
#include "job_type.hpp"
#include "records.hpp"
#include "simulator_type.hpp"

namespace python {

namespace {

// ---- Messages ------------------------------------------------------------------------------------

template <batsched_log_level_t level>
Ref log(Call call) {
    PyObject* message = nullptr;
    call.parse("O:log", {"message"}, &message);
    call.sim()->log(call.sim(), level, utf8(take(PyObject_Str(message)).get()));
    return none();
}

// ---- Jobs ----------------------------------------------------------------------------------------

Ref job(Call call) {
    PyObject* id = nullptr;
    call.parse("O:job", {"job"}, &id);
    const batsched_job_t* found = nullptr;
    const auto status = call.sim()->get_job(call.sim(), to_job_id(id), &found);
    return call.session.check(status, "job") ? call.session.job(*found) : none();
}

Ref job_extra(Call call) {
    PyObject* id = nullptr;
    call.parse("O:job_extra", {"job"}, &id);
    const char* json = nullptr;
    const auto status = call.sim()->get_job_extra(call.sim(), to_job_id(id), &json);
    if (!call.session.check(status, "job_extra")) return none();
    return call.session.runtime().parse_json(json);
}

Ref profile(Call call) {
    const char* name = nullptr;
    call.parse("s:profile", {"name"}, &name);
    const batsched_profile_t* found = nullptr;
    call.session.demand(call.sim()->get_profile(call.sim(), name, &found), "profile");
    return make_record(Record::kProfile, text(found->name), text(found->type),
                       call.session.runtime().parse_json(found->json));
}

Ref estimate_run_time(Call call) {
    PyObject *id = nullptr, *hosts = nullptr;
    call.parse("OO:estimate_run_time", {"job", "hosts"}, &id, &hosts);
    double seconds = 0;
    const auto status = call.sim()->estimate_run_time(call.sim(), to_job_id(id),
                                                      to_host_set(hosts).view(), &seconds);
    if (status == BATSCHED_UNSUPPORTED) return none();
    if (!call.session.check(status, "estimate_run_time")) return none();
    return take(PyFloat_FromDouble(seconds));
}

// ---- Hosts ---------------------------------------------------------------------------------------

Ref number(double value) { return take(PyFloat_FromDouble(value)); }
Ref number(std::uint32_t value) { return take(PyLong_FromUnsignedLong(value)); }

Ref numbers(const double* values, std::uint32_t count) {
    Ref tuple = take(PyTuple_New(count));
    for (std::uint32_t i = 0; i < count; ++i)
        PyTuple_SET_ITEM(tuple.get(), i, number(values[i]).release());
    return tuple;
}

Ref host(Call call) {
    PyObject* id = nullptr;
    call.parse("O:host", {"id"}, &id);
    const batsched_host_t* h = nullptr;
    call.session.demand(call.sim()->get_host(call.sim(), to_host_id(id), &h), "host");
    const auto of_pstates = [h](const double* values) { return numbers(values, h->pstate_count); };
    return make_record(
        Record::kHost, number(h->id), text(h->name), text(h->zone), number(h->core_count),
        of_pstates(h->pstate_speeds), of_pstates(h->pstate_idle_watts),
        of_pstates(h->pstate_busy_watts), number(h->off_watts), number(h->switch_on_duration),
        number(h->switch_off_duration), number(h->switch_on_energy), number(h->switch_off_energy),
        call.session.runtime().parse_json(h->properties));
}

Ref host_status(Call call) {
    PyObject* id = nullptr;
    call.parse("O:host_status", {"id"}, &id);
    batsched_host_status_t status{};
    status.struct_size = sizeof status;
    call.session.demand(call.sim()->get_host_status(call.sim(), to_host_id(id), &status),
                        "host_status");
    return make_record(Record::kHostStatus,
                       call.session.runtime().to_enum(Enum::kHostState, status.state),
                       number(status.pstate), number(status.running_jobs));
}

} // namespace

std::vector<PyMethodDef> lookups() {
    return {
        function<log<BATSCHED_LOG_DEBUG>>("debug", "debug(message): for --log debug"),
        function<log<BATSCHED_LOG_INFO>>("info", "info(message): writes to the simulator's log"),
        function<log<BATSCHED_LOG_WARNING>>("warning", "warning(message)"),
        function<log<BATSCHED_LOG_ERROR>>("error", "error(message)"),
        function<job>("job", "job(id): the Job, None if it is over"),
        function<job_extra>("job_extra", "job_extra(job): what the workload says beyond Job"),
        function<profile>("profile", "profile(name): the Profile 'workload!profile'"),
        function<estimate_run_time>("estimate_run_time",
                                    "estimate_run_time(job, hosts): seconds without contention, "
                                    "None if they are not known beforehand"),
        function<host>("host", "host(id): what does not change about a host"),
        function<host_status>("host_status", "host_status(id): what changes about a host"),
    };
}

} // namespace python
