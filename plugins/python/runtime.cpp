// runtime.cpp - what the plugin keeps of Python.
#include "runtime.hpp"

#include <batsched.h>

#include <array>

namespace python {

namespace {

struct Description {
    const char* name;
    std::int32_t first; // numbers follow each other
    std::vector<const char*> members;
};

// In the order of Enum.
const std::array<Description, kEnumCount>& descriptions() {
    static const std::array<Description, kEnumCount> all{{
        {"Status",
         BATSCHED_HOSTS_BUSY,
         {"HOSTS_BUSY", "WRONG_STATE", "NOT_OWNER", "UNKNOWN_ID", "INVALID_ARGUMENT", "FAILED",
          "OK", "REFUSED", "ALREADY_GONE", "UNSUPPORTED"}},
        {"JobState",
         BATSCHED_JOB_SUCCEEDED,
         {"SUCCEEDED", "FAILED", "WALLTIME_REACHED", "KILLED", "HOST_FAILED"}},
        {"HostState",
         BATSCHED_HOST_ON,
         {"ON", "OFF", "SWITCHING_ON", "SWITCHING_OFF", "FAILED", "UNAVAILABLE"}},
        {"ExitReason",
         BATSCHED_EXIT_FINISHED,
         {"FINISHED", "STOPPED", "STALLED", "PLUGIN_ERROR", "SIMULATOR_ERROR", "INTERRUPTED"}},
        {"Decision",
         BATSCHED_DECISION_EXECUTE_JOB,
         {"EXECUTE_JOB", "SET_PSTATE", "SET_HOST_STATE", "LEND_HOSTS", "TAKE_HOSTS"}},
        {"Metric", BATSCHED_METRIC_POWER, {"POWER", "ENERGY", "LOAD"}},
        {"Aggregation", BATSCHED_AGGREGATE_NONE, {"NONE", "SUM", "MEAN", "MIN", "MAX"}},
    }};
    return all;
}
static_assert(BATSCHED_HOSTS_BUSY == -6 && BATSCHED_UNSUPPORTED == 3);

Ref make_enum(PyObject* base, const Description& description) {
    const Ref values = take(PyDict_New());
    std::int32_t code = description.first;
    for (const char* member : description.members) {
        const Ref number = take(PyLong_FromLong(code++));
        demand(PyDict_SetItemString(values.get(), member, number.get()) == 0);
    }
    const Ref arguments = take(Py_BuildValue("(sO)", description.name, values.get()));
    const Ref keywords = take(Py_BuildValue("{ss}", "module", "batsched"));
    return take(PyObject_Call(base, arguments.get(), keywords.get()));
}

} // namespace

const char* enum_name(Enum which) {
    return descriptions().at(static_cast<std::size_t>(which)).name;
}

Runtime::Runtime() {
    const Ref base = attribute(import("enum").get(), "IntEnum");
    for (const Description& description : descriptions()) {
        enums_.push_back(make_enum(base.get(), description));
        members_.emplace_back();
        for (const char* member : description.members)
            members_.back().push_back(attribute(enums_.back().get(), member));
    }
    error_ = take(PyErr_NewExceptionWithDoc(
        "batsched.Error", "The simulator did not do what was asked; `status` says why.",
        PyExc_RuntimeError, nullptr));
    const Ref json = import("json");
    loads_ = attribute(json.get(), "loads");
    dumps_ = attribute(json.get(), "dumps");
}

Ref Runtime::to_enum(Enum which, std::int32_t code) const {
    const auto index = static_cast<std::size_t>(which);
    const std::int64_t position = std::int64_t{code} - descriptions()[index].first;
    const auto& members = members_[index];
    if (position < 0 || position >= static_cast<std::int64_t>(members.size()))
        return take(PyLong_FromLong(code));
    return members[static_cast<std::size_t>(position)].share();
}

Ref Runtime::parse_json(const char* json) const {
    return take(PyObject_CallFunction(loads_.get(), "s", json));
}

std::string Runtime::to_json(PyObject* value) const {
    if (PyUnicode_Check(value)) return utf8(value); // it is JSON already
    return utf8(take(PyObject_CallOneArg(dumps_.get(), value)).get());
}

Runtime& runtime_of(PyObject* module) {
    return *static_cast<ModuleState*>(PyModule_GetState(module))->runtime;
}

} // namespace python
