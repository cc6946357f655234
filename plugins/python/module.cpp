// module.cpp - the module `batsched`.
#include "module.hpp"

#include <memory>

#include "host_set_type.hpp"
#include "job_type.hpp"
#include "records.hpp"
#include "runtime.hpp"
#include "scheduler_type.hpp"
#include "simulator_type.hpp"

namespace python {

namespace {

void add(PyObject* module, const char* name, PyObject* object) {
    demand(PyModule_AddObjectRef(module, name, object) == 0);
}

void add_type(PyObject* module, const char* name, PyTypeObject& type) {
    demand(PyType_Ready(&type) == 0);
    add(module, name, reinterpret_cast<PyObject*>(&type));
}

void add_types(PyObject* module) {
    demand(PyType_Ready(&host_set_iterator_type()) == 0);
    add_type(module, "HostSet", host_set_type());
    add_type(module, "Job", job_type());
    add_type(module, "Simulator", simulator_type());
    add_type(module, "Scheduler", scheduler_type());
    for (std::size_t i = 0; i < kRecordCount; ++i) {
        const auto record = static_cast<Record>(i);
        add_type(module, record_name(record), record_type(record));
    }
}

void add_runtime(PyObject* module) {
    auto runtime = std::make_unique<Runtime>();
    for (std::size_t i = 0; i < kEnumCount; ++i) {
        const auto which = static_cast<Enum>(i);
        add(module, enum_name(which), runtime->enum_type(which));
    }
    add(module, "Error", runtime->error());
    // Never freed: the interpreter lives until the end of the process.
    static_cast<ModuleState*>(PyModule_GetState(module))->runtime = runtime.release();
}

// A HostSet is a set for isinstance, too.
void register_host_set() {
    const Ref set = attribute(import("collections.abc").get(), "Set");
    take(PyObject_CallMethod(set.get(), "register", "O", &host_set_type()));
}

PyModuleDef& definition() {
    static PyModuleDef result = [] {
        PyModuleDef module{};
        module.m_base = PyModuleDef_HEAD_INIT;
        module.m_name = kModule;
        module.m_doc = "What schedulers see of batsim.";
        module.m_size = sizeof(ModuleState);
        return module;
    }();
    return result;
}

} // namespace

PyObject* make_module() {
    return guard([] {
        Ref module = take(PyModule_Create(&definition()));
        add_types(module.get());
        add_runtime(module.get());
        register_host_set();
        return module;
    });
}

} // namespace python
