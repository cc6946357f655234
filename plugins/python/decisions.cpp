// decisions.cpp - functions of batsched.Simulator that decide about jobs and about the simulation.
#include <vector>

#include "host_set_type.hpp"
#include "host_set_values.hpp"
#include "job_type.hpp"
#include "simulator_type.hpp"

namespace python {

namespace {

// How to execute a job, with what it points to.
struct Execution {
    batsched_execution_t values{};
    std::vector<batsched_host_id_t> rank_hosts;
    std::string storage_mapping;

    void set_ranks(PyObject* hosts) {
        const Ref list = take(PySequence_Fast(hosts, "rank_hosts must be a sequence of hosts"));
        for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list.get()); ++i)
            rank_hosts.push_back(to_host_id(PySequence_Fast_GET_ITEM(list.get(), i)));
        values.rank_count = static_cast<std::uint32_t>(rank_hosts.size());
        values.rank_hosts = rank_hosts.data();
    }
    void set_storage(const std::string& json) {
        storage_mapping = json;
        values.storage_mapping = storage_mapping.c_str();
    }
    void set_walltime(PyObject* seconds) {
        values.walltime = PyFloat_AsDouble(seconds);
        demand(values.walltime != -1 || PyErr_Occurred() == nullptr);
    }
};

Ref execute_job(Call call) {
    PyObject *job = nullptr, *hosts = nullptr;
    PyObject *walltime = Py_None, *rank_hosts = Py_None, *storage_mapping = Py_None;
    call.parse("OO|$OOO:execute_job", {"job", "hosts", "walltime", "rank_hosts", "storage_mapping"},
               &job, &hosts, &walltime, &rank_hosts, &storage_mapping);
    Execution how;
    how.values.struct_size = sizeof how.values;
    if (walltime != Py_None) how.set_walltime(walltime);
    if (rank_hosts != Py_None) how.set_ranks(rank_hosts);
    if (storage_mapping != Py_None)
        how.set_storage(call.session.runtime().to_json(storage_mapping));
    const bool as_usual =
        walltime == Py_None && rank_hosts == Py_None && storage_mapping == Py_None;
    const auto status = call.sim()->execute_job(
        call.sim(), to_job_id(job), to_host_set(hosts).view(), as_usual ? nullptr : &how.values);
    return boolean(call.session.check(status, "execute_job"));
}

Ref reject_job(Call call) {
    PyObject* job = nullptr;
    const char* reason = "";
    call.parse("O|s:reject_job", {"job", "reason"}, &job, &reason);
    const auto id = to_job_id(job);
    const bool done =
        call.session.check(call.sim()->reject_job(call.sim(), id, reason), "reject_job");
    if (done) call.session.forget_after_batch(id);
    return boolean(done);
}

Ref kill_jobs(Call call) {
    PyObject* jobs = nullptr;
    call.parse("O:kill_jobs", {"jobs"}, &jobs);
    const Ref iterator = take(PyObject_GetIter(jobs));
    std::vector<batsched_job_id_t> ids;
    while (const Ref job = Ref(PyIter_Next(iterator.get()))) ids.push_back(to_job_id(job.get()));
    demand(PyErr_Occurred() == nullptr);
    const auto status = call.sim()->kill_jobs(call.sim(), ids.data(), ids.size());
    return boolean(call.session.check(status, "kill_jobs"));
}

Ref annotate_job(Call call) {
    PyObject *job = nullptr, *data = nullptr;
    call.parse("OO:annotate_job", {"job", "data"}, &job, &data);
    const std::string json = call.session.runtime().to_json(data);
    const auto status = call.sim()->annotate_job(call.sim(), to_job_id(job), json.c_str());
    return boolean(call.session.check(status, "annotate_job"));
}

Ref delay_decisions(Call call) {
    double duration = 0;
    call.parse("d:delay_decisions", {"duration"}, &duration);
    call.session.demand(call.sim()->delay_decisions(call.sim(), duration), "delay_decisions");
    return none();
}

Ref stop_simulation(Call call) {
    const char* reason = "";
    call.parse("|s:stop_simulation", {"reason"}, &reason);
    call.session.demand(call.sim()->stop_simulation(call.sim(), reason), "stop_simulation");
    return none();
}

} // namespace

std::vector<PyMethodDef> decisions() {
    return {
        function<execute_job>(
            "execute_job",
            "execute_job(job, hosts, *, walltime=None, rank_hosts=None, storage_mapping=None): "
            "starts a waiting job; False if it is not possible now"),
        function<reject_job>("reject_job",
                             "reject_job(job, reason=''): refuses a waiting job for ever"),
        function<kill_jobs>("kill_jobs",
                            "kill_jobs(jobs): ends running jobs; False if all are over"),
        function<annotate_job>("annotate_job",
                               "annotate_job(job, data): adds to the metadata of the job's row"),
        function<delay_decisions>(
            "delay_decisions",
            "delay_decisions(duration): models the scheduler's own computing time"),
        function<stop_simulation>("stop_simulation",
                                  "stop_simulation(reason=''): ends it after this batch"),
    };
}

} // namespace python
