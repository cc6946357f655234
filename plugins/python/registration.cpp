// registration.cpp - functions of batsched.Simulator that register profiles and jobs.
#include "job_type.hpp"
#include "simulator_type.hpp"

namespace python {

namespace {

Ref register_profile(Call call) {
    const char* name = nullptr;
    PyObject* data = nullptr;
    call.parse("sO:register_profile", {"name", "data"}, &name, &data);
    const std::string json = call.session.runtime().to_json(data);
    call.session.demand(call.sim()->register_profile(call.sim(), name, json.c_str()),
                        "register_profile");
    return none();
}

Ref release_profile(Call call) {
    const char* name = nullptr;
    call.parse("s:release_profile", {"name"}, &name);
    call.session.demand(call.sim()->release_profile(call.sim(), name), "release_profile");
    return none();
}

Ref register_job(Call call) {
    batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
    PyObject *parent = Py_None, *extra_data = Py_None;
    call.parse(
        "ss|I$dzOOIIiiii:register_job",
        {"name", "profile", "requested_hosts", "walltime", "workload", "parent", "extra_data",
         "min_hosts", "max_hosts", "user_id", "group_id", "queue_id", "executable_id"},
        &job.name, &job.profile, &job.requested_hosts, &job.walltime, &job.workload, &parent,
        &extra_data, &job.min_hosts, &job.max_hosts, &job.user_id, &job.group_id, &job.queue_id,
        &job.executable_id);
    if (parent != Py_None) job.parent = to_job_id(parent);
    std::string json = "{}";
    if (extra_data != Py_None) json = call.session.runtime().to_json(extra_data);
    job.extra_data = json.c_str();
    batsched_job_id_t id = BATSCHED_NO_JOB;
    call.session.demand(call.sim()->register_job(call.sim(), &job, &id), "register_job");
    return take(PyLong_FromUnsignedLongLong(id));
}

Ref finish_registration(Call call) {
    call.parse(":finish_registration", {});
    call.session.demand(call.sim()->finish_registration(call.sim()), "finish_registration");
    return none();
}

} // namespace

std::vector<PyMethodDef> registration() {
    return {
        function<register_profile>("register_profile",
                                   "register_profile(name, data): as in a workload file"),
        function<release_profile>("release_profile",
                                  "release_profile(name): its name is free again"),
        function<register_job>(
            "register_job",
            "register_job(name, profile, requested_hosts=1, *, walltime=math.inf, workload=None, "
            "parent=None, extra_data=None, min_hosts=0, max_hosts=0, user_id=-1, group_id=-1, "
            "queue_id=-1, executable_id=-1): gives its id; on_job_submitted comes next"),
        function<finish_registration>("finish_registration",
                                      "finish_registration(): no more jobs, for ever"),
    };
}

} // namespace python
