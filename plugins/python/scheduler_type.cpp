// scheduler_type.cpp - the type batsched.Scheduler.
#include "scheduler_type.hpp"

#include <array>
#include <cstring>

namespace python {

namespace {

struct Description {
    const char* name;
    int flags;
    const char* doc;
};

// In the order of Handler.
constexpr std::array<Description, kHandlerCount> kHandlers{{
    {"on_simulation_begins", METH_O, "on_simulation_begins(begin: SimulationBegins)"},
    {"on_hosts_state_changed", METH_O, "on_hosts_state_changed(change: HostsStateChanged)"},
    {"on_hosts_lent", METH_O, "on_hosts_lent(lent: HostsLent)"},
    {"on_job_completed", METH_O, "on_job_completed(end: JobCompleted)"},
    {"on_jobs_killed", METH_O, "on_jobs_killed(jobs: tuple of ids, as given to kill_jobs)"},
    {"on_hosts_pstate_changed", METH_O, "on_hosts_pstate_changed(change: HostsPstateChanged)"},
    {"on_external_event", METH_O, "on_external_event(event: ExternalEvent)"},
    {"on_job_submitted", METH_O, "on_job_submitted(job: Job)"},
    {"on_job_forwarded", METH_O, "on_job_forwarded(forwarded: JobForwarded): for observers"},
    {"on_job_rejected", METH_O, "on_job_rejected(rejected: JobRejected): for observers"},
    {"on_job_started", METH_O, "on_job_started(started: JobStarted): for observers"},
    {"on_no_more_static_jobs", METH_NOARGS, "on_no_more_static_jobs()"},
    {"on_no_more_external_events", METH_NOARGS, "on_no_more_external_events()"},
    {"on_requested_call", METH_O, "on_requested_call(call: id, as given by call_me_later)"},
    {"on_probe_data", METH_O, "on_probe_data(data: ProbeData)"},
    {"on_decision_dropped", METH_O, "on_decision_dropped(dropped: DecisionDropped)"},
    {"on_decide", METH_NOARGS, "on_decide(): the end of each batch"},
    {"on_simulation_ends", METH_O, "on_simulation_ends(reason: ExitReason): no decisions"},
    {"on_finalize", METH_O, "on_finalize(exit: Exit): called last, also after an error"},
}};

PyObject* do_nothing(PyObject*, PyObject*) { Py_RETURN_NONE; }

PyMethodDef* methods() {
    static std::array<PyMethodDef, kHandlerCount + 1> table = [] {
        std::array<PyMethodDef, kHandlerCount + 1> all{};
        for (std::size_t i = 0; i < kHandlerCount; ++i)
            all[i] = {kHandlers[i].name, do_nothing, kHandlers[i].flags, kHandlers[i].doc};
        return all;
    }();
    return table.data();
}

int initialize(PyObject* self, PyObject* arguments, PyObject* keywords) {
    return guard_number(-1, [&] {
        char names[2][7] = {"sim", "config"};
        char* list[] = {names[0], names[1], nullptr};
        PyObject *sim = nullptr, *config = nullptr;
        demand(PyArg_ParseTupleAndKeywords(arguments, keywords, "OO:Scheduler", list, &sim,
                                           &config) != 0);
        demand(PyObject_SetAttrString(self, "sim", sim) == 0);
        demand(PyObject_SetAttrString(self, "config", config) == 0);
        return 0;
    });
}

PyTypeObject make_type() {
    PyTypeObject type = new_type("batsched.Scheduler",
                                 "Scheduler(sim, config): the base class of schedulers.\n\n"
                                 "The constructor sets self.sim and self.config.",
                                 sizeof(PyObject));
    type.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
    type.tp_new = PyType_GenericNew;
    type.tp_init = initialize;
    type.tp_methods = methods();
    return type;
}

std::string known_handlers() {
    std::string list;
    for (const Description& handler : kHandlers)
        list += (list.empty() ? "" : ", ") + std::string(handler.name);
    return list;
}

} // namespace

const char* handler_name(Handler handler) {
    return kHandlers.at(static_cast<std::size_t>(handler)).name;
}

PyTypeObject& scheduler_type() {
    static PyTypeObject type = make_type();
    return type;
}

Ref find_handler(PyObject* scheduler, Handler handler) {
    const char* name = handler_name(handler);
    auto* base = reinterpret_cast<PyObject*>(&scheduler_type());
    const Ref inherited = attribute(base, name);
    const Ref found = attribute(reinterpret_cast<PyObject*>(Py_TYPE(scheduler)), name);
    if (found.get() == inherited.get()) return Ref();
    return attribute(scheduler, name);
}

void check_handlers(PyObject* type) {
    const Ref names = take(PyObject_Dir(type));
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(names.get()); ++i) {
        const char* name = utf8(PyList_GET_ITEM(names.get(), i));
        if (std::strncmp(name, "on_", 3) != 0) continue;
        bool is_known = false;
        for (const Description& handler : kHandlers)
            is_known = is_known || std::strcmp(name, handler.name) == 0;
        if (!is_known)
            raise(PyExc_TypeError, std::string("class ") +
                                       reinterpret_cast<PyTypeObject*>(type)->tp_name + ": '" +
                                       name + "' is never called; known are " + known_handlers());
    }
}

} // namespace python
