/* python_fcfs.c - a scheduler in Python, python_fcfs.py beside the plugin: a proper one, which passes
 * check-plugin. All instances of a process share one interpreter, which lives until its end. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <batsched.h>
#include <dlfcn.h>
#include <stdbool.h>

struct batsched_instance {
    const batsched_simulator_t* sim;
    PyObject* scheduler;
    batsched_status_t answer; /* the first negative one of the simulator in this event */
};

/* ---- The module `simulator`; a handle is an instance ------------------------------------------- */

static batsched_instance_t* instance_of(PyObject* handle) {
    return PyCapsule_GetPointer(handle, "instance");
}

/* True: done; False: not possible now; an exception: the contract is broken. */
static PyObject* answer(batsched_instance_t* self, batsched_status_t status) {
    if (status >= 0) return PyBool_FromLong(status == BATSCHED_OK);
    self->answer = status;
    return PyErr_Format(PyExc_RuntimeError, "the simulator answered %d", (int)status);
}

static PyObject* reject_job(PyObject* module, PyObject* arguments) {
    PyObject* handle = NULL;
    unsigned long long job = 0;
    const char* reason = NULL;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "OKs", &handle, &job, &reason)) return NULL;
    batsched_instance_t* self = instance_of(handle);
    return self == NULL ? NULL : answer(self, self->sim->reject_job(self->sim, job, reason));
}

static PyObject* execute_job(PyObject* module, PyObject* arguments) {
    PyObject *handle = NULL, *hosts = NULL;
    unsigned long long job = 0;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "OKO!", &handle, &job, &PyList_Type, &hosts)) return NULL;
    batsched_instance_t* self = instance_of(handle);
    if (self == NULL) return NULL;
    const Py_ssize_t count = PyList_Size(hosts);
    batsched_interval_t* intervals = calloc((size_t)count + 1, sizeof *intervals);
    batsched_host_set_t set = {intervals, 0};
    if (intervals == NULL) return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < count; ++i) { /* sorted */
        const uint32_t host = (uint32_t)PyLong_AsUnsignedLong(PyList_GetItem(hosts, i));
        if (set.count > 0 && intervals[set.count - 1].last + 1 == host)
            intervals[set.count - 1].last = host;
        else
            intervals[set.count++] = (batsched_interval_t){host, host};
    }
    const batsched_status_t status = self->sim->execute_job(self->sim, job, set, NULL);
    free(intervals);
    return answer(self, status);
}

static PyMethodDef methods[] = {{"reject_job", reject_job, METH_VARARGS, NULL},
                                {"execute_job", execute_job, METH_VARARGS, NULL},
                                {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "simulator", NULL, -1, methods, NULL, NULL, NULL, NULL};
static PyObject* make_module(void) { return PyModule_Create(&definition); }

/* ---- The interpreter --------------------------------------------------------------------------- */

/* Extension modules find the interpreter's functions only if they are global. In a namespace of the
 * plugin's own they are anyway, and in a worker process; with --isolation none this makes them so. */
static void make_python_global(void) {
    Dl_info library;
    if (dladdr(&PyType_Type, &library) != 0)
        dlopen(library.dli_fname, RTLD_NOW | RTLD_GLOBAL | RTLD_NOLOAD);
}

static bool start_python(const char* folder) {
    if (Py_IsInitialized()) return true;
    make_python_global();
    PyImport_AppendInittab("simulator", make_module);
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.install_signal_handlers = 0;
    config.write_bytecode = 0;
    /* Debian's, whatever python3 the PATH leads to. */
    PyConfig_SetString(&config, &config.program_name, L"/usr/bin/python3");
    const PyStatus status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status)) return false;
    PyObject* path = PySys_GetObject("path"); /* borrowed */
    PyObject* entry = PyUnicode_DecodeFSDefault(folder);
    const bool added = path != NULL && entry != NULL && PyList_Insert(path, 0, entry) == 0;
    Py_XDECREF(entry);
    return added;
}

/* Reports the exception that has been raised, or else the status. */
static batsched_status_t fail(batsched_instance_t* self) {
    PyObject *type = NULL, *value = NULL, *trace = NULL;
    PyErr_Fetch(&type, &value, &trace);
    PyObject* text = value == NULL ? NULL : PyObject_Str(value);
    const char* message = text == NULL ? NULL : PyUnicode_AsUTF8(text);
    self->sim->report_error(self->sim, message == NULL ? "Python does not work" : message);
    PyErr_Clear();
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(trace);
    return self->answer < 0 ? self->answer : BATSCHED_FAILED;
}

static PyObject* list_of(batsched_host_set_t set) {
    PyObject* list = PyList_New(0);
    for (size_t i = 0; list != NULL && i < set.count; ++i)
        for (uint32_t host = set.intervals[i].first; host <= set.intervals[i].last; ++host) {
            PyObject* number = PyLong_FromUnsignedLong(host);
            if (number == NULL || PyList_Append(list, number) != 0) Py_CLEAR(list);
            Py_XDECREF(number);
            if (list == NULL) return NULL;
        }
    return list;
}

/* ---- The plugin -------------------------------------------------------------------------------- */

static PyObject* make_scheduler(batsched_instance_t* self, const batsched_init_t* init) {
    PyObject* module = PyImport_ImportModule("python_fcfs");
    PyObject* handle = PyCapsule_New(self, "instance", NULL);
    PyObject* scheduler = NULL;
    if (module != NULL && handle != NULL)
        scheduler = PyObject_CallMethod(module, "Scheduler", "OsN", handle, init->config,
                                        list_of(init->hosts));
    Py_XDECREF(handle);
    Py_XDECREF(module);
    return scheduler;
}

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** out, batsched_reply_t* reply) {
    (void)reply;
    batsched_instance_t* self = calloc(1, sizeof *self);
    if (self == NULL) return BATSCHED_FAILED;
    self->sim = sim;
    if (start_python(init->directory)) self->scheduler = make_scheduler(self, init);
    if (self->scheduler == NULL) {
        const batsched_status_t status = fail(self);
        free(self);
        return status;
    }
    *out = self;
    return BATSCHED_OK;
}

static PyObject* call(PyObject* scheduler, const batsched_event_t* event) {
    switch (event->type) {
        case BATSCHED_EVENT_JOB_SUBMITTED:
            return PyObject_CallMethod(scheduler, "on_job_submitted", "KI",
                                       (unsigned long long)event->job_submitted.job->id,
                                       event->job_submitted.job->requested_hosts);
        case BATSCHED_EVENT_JOB_COMPLETED:
            return PyObject_CallMethod(scheduler, "on_job_completed", "N",
                                       list_of(event->job_completed.hosts));
        case BATSCHED_EVENT_DECISION_DROPPED:
            if (event->decision_dropped.job == NULL) Py_RETURN_NONE;
            return PyObject_CallMethod(scheduler, "on_decision_dropped", "KIN",
                                       (unsigned long long)event->decision_dropped.job->id,
                                       event->decision_dropped.job->requested_hosts,
                                       list_of(event->decision_dropped.hosts));
        case BATSCHED_EVENT_HOSTS_STATE_CHANGED:
            return PyObject_CallMethod(scheduler, "on_hosts_state_changed", "iN",
                                       event->hosts_state_changed.state == BATSCHED_HOST_ON,
                                       list_of(event->hosts_state_changed.hosts));
        case BATSCHED_EVENT_DECIDE: return PyObject_CallMethod(scheduler, "on_decide", NULL);
        default: Py_RETURN_NONE;
    }
}

static batsched_status_t sched_on_event(batsched_instance_t* self, const batsched_event_t* event) {
    self->answer = BATSCHED_OK;
    PyObject* result = call(self->scheduler, event);
    if (result == NULL) return fail(self);
    Py_DECREF(result);
    return BATSCHED_OK;
}

static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    (void)exit;
    Py_DECREF(self->scheduler);
    free(self);
}

BATSCHED_PLUGIN("python-fcfs", "1.0.0", "FCFS in Python");
