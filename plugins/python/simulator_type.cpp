// simulator_type.cpp - the type batsched.Simulator.
#include "simulator_type.hpp"

#include <structmember.h>

#include <cstddef>

#include "host_set_type.hpp"

namespace python {

namespace {

struct SimulatorObject {
    PyObject_HEAD Session* session; // nullptr when the simulation is over
    PyObject *name, *hosts, *all_hosts, *workloads, *directory, *random;
    unsigned long long seed;
    unsigned index, count;
    char has_energy;
};

SimulatorObject& simulator_of(PyObject* self) { return *reinterpret_cast<SimulatorObject*>(self); }

void destroy(PyObject* self) {
    const SimulatorObject& simulator = simulator_of(self);
    for (PyObject* object : {simulator.name, simulator.hosts, simulator.all_hosts,
                             simulator.workloads, simulator.directory, simulator.random})
        Py_XDECREF(object);
    PyObject_Free(self);
}

PyObject* represent(PyObject* self) {
    return PyUnicode_FromFormat("<Simulator of %R>", simulator_of(self).name);
}

PyObject* now(PyObject* self, void*) {
    return guard([&] { return take(PyFloat_FromDouble(session_of(self).now)); });
}

// Made when it is asked for: importing `random` takes milliseconds.
PyObject* random(PyObject* self, void*) {
    return guard([&] {
        SimulatorObject& simulator = simulator_of(self);
        if (simulator.random == nullptr)
            simulator.random =
                take(PyObject_CallFunction(attribute(import("random").get(), "Random").get(), "K",
                                           simulator.seed))
                    .release();
        return Ref::share(simulator.random);
    });
}

PyMemberDef* members() {
    static PyMemberDef table[] = {
        {"name", T_OBJECT, offsetof(SimulatorObject, name), READONLY, "of this scheduler, unique"},
        {"hosts", T_OBJECT, offsetof(SimulatorObject, hosts), READONLY,
         "the partition that this scheduler owns"},
        {"all_hosts", T_OBJECT, offsetof(SimulatorObject, all_hosts), READONLY,
         "of the platform, whoever owns them; empty with a simulator older than 0.2"},
        {"workloads", T_OBJECT, offsetof(SimulatorObject, workloads), READONLY,
         "names of the workloads that this scheduler owns"},
        {"directory", T_OBJECT, offsetof(SimulatorObject, directory), READONLY,
         "folder of the script"},
        {"seed", T_ULONGLONG, offsetof(SimulatorObject, seed), READONLY,
         "the only source of randomness to use"},
        {"index", T_UINT, offsetof(SimulatorObject, index), READONLY,
         "which of the schedulers this is, from 0"},
        {"count", T_UINT, offsetof(SimulatorObject, count), READONLY, "how many there are"},
        {"has_energy", T_BOOL, offsetof(SimulatorObject, has_energy), READONLY,
         "whether energy is simulated"},
        {nullptr, 0, 0, 0, nullptr}};
    return table;
}

PyGetSetDef* properties() {
    static PyGetSetDef table[] = {
        {"now", now, nullptr, "date of the event that is being handled, in seconds", nullptr},
        {"random", random, nullptr, "random.Random with this scheduler's seed", nullptr},
        {nullptr, nullptr, nullptr, nullptr, nullptr}};
    return table;
}

// Python keeps a pointer to it.
std::vector<PyMethodDef>& methods() {
    static std::vector<PyMethodDef> table = [] {
        std::vector<PyMethodDef> all;
        for (const auto& part : {lookups(), decisions(), requests(), registration(), transfers()})
            all.insert(all.end(), part.begin(), part.end());
        all.push_back({nullptr, nullptr, 0, nullptr});
        return all;
    }();
    return table;
}

PyTypeObject make_type() {
    PyTypeObject type = new_type("batsched.Simulator", "The simulator as one scheduler sees it.",
                                 sizeof(SimulatorObject));
    type.tp_dealloc = destroy;
    type.tp_repr = represent;
    type.tp_members = members();
    type.tp_getset = properties();
    type.tp_methods = methods().data();
    return type;
}

Ref workloads_of(const batsched_init_t& init) {
    Ref names = take(PyTuple_New(init.workload_count));
    for (std::uint32_t i = 0; i < init.workload_count; ++i)
        PyTuple_SET_ITEM(names.get(), i, text(init.workloads[i]).release());
    return names;
}

} // namespace

PyTypeObject& simulator_type() {
    static PyTypeObject type = make_type();
    return type;
}

Ref make_simulator(Session& session, const batsched_init_t& init, const std::string& folder) {
    auto* object = PyObject_New(SimulatorObject, &simulator_type());
    if (object == nullptr) throw Raised{};
    Ref result(reinterpret_cast<PyObject*>(object));
    object->session = &session;
    object->name = object->hosts = object->all_hosts = object->workloads = object->directory =
        object->random = nullptr;
    object->seed = init.seed;
    object->index = init.index;
    object->count = init.count;
    object->has_energy = (init.capabilities & BATSCHED_CAPABILITY_ENERGY) != 0;
    object->name = text(init.name).release();
    object->hosts = make_host_set(batsched::HostSet(init.hosts)).release();
    const bool has_all_hosts = BATSCHED_HAS(&init, all_hosts);
    object->all_hosts =
        make_host_set(has_all_hosts ? batsched::HostSet(init.all_hosts) : batsched::HostSet())
            .release();
    object->workloads = workloads_of(init).release();
    object->directory = take(PyUnicode_DecodeFSDefault(folder.c_str())).release();
    return result;
}

void end_simulator(PyObject* simulator) { simulator_of(simulator).session = nullptr; }

Session& session_of(PyObject* simulator) {
    Session* session = simulator_of(simulator).session;
    if (session == nullptr) raise(PyExc_RuntimeError, "the simulation is over");
    return *session;
}

} // namespace python
