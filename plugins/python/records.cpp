// records.cpp - small objects with named values.
#include "records.hpp"

#include <structmember.h>

#include <array>
#include <vector>

namespace python {

namespace {

struct Description {
    const char *name, *full_name, *doc;
    std::vector<const char*> fields;
};

// In the order of Record.
// NOLINTNEXTLINE(readability-function-size): it is a table
const std::array<Description, kRecordCount>& descriptions() {
    static const std::array<Description, kRecordCount> all{{
        {"SimulationBegins",
         "batsched.SimulationBegins",
         "The first event.",
         {"hosts", "storage_hosts"}},
        {"JobCompleted",
         "batsched.JobCompleted",
         "A job that has been executed is over, however it ended.",
         {"job", "state", "return_code", "start_time", "energy", "progress", "progress_json",
          "hosts", "usable_hosts"}},
        {"JobForwarded",
         "batsched.JobForwarded",
         "The owner of a waiting job has handed it to another scheduler.",
         {"job", "from_scheduler", "to_scheduler"}},
        {"JobRejected",
         "batsched.JobRejected",
         "The owner of a job has refused it for ever.",
         {"job", "reason"}},
        {"JobStarted",
         "batsched.JobStarted",
         "The owner of a job has started it.",
         {"job", "walltime", "hosts"}},
        {"HostsStateChanged",
         "batsched.HostsStateChanged",
         "Hosts of the partition have another state now.",
         {"state", "hosts"}},
        {"HostsLent",
         "batsched.HostsLent",
         "A scheduler holds hosts that another one held.",
         {"hosts", "from_scheduler", "to_scheduler"}},
        {"HostsPstateChanged",
         "batsched.HostsPstateChanged",
         "Hosts of the partition have another pstate now.",
         {"pstate", "hosts"}},
        {"ExternalEvent", "batsched.ExternalEvent", "From an event file.", {"type", "data"}},
        {"ProbeData", "batsched.ProbeData", "What a probe has measured.", {"probe", "values"}},
        {"DecisionDropped",
         "batsched.DecisionDropped",
         "An accepted decision became impossible before it took effect; its job waits again.",
         {"kind", "job", "hosts", "reason"}},
        {"Exit", "batsched.Exit", "How the simulation ended.", {"reason", "message"}},
        {"Profile",
         "batsched.Profile",
         "How a job uses hosts while it runs.",
         {"name", "type", "data"}},
        {"Host",
         "batsched.Host",
         "What does not change about a host.",
         {"id", "name", "zone", "core_count", "pstate_speeds", "pstate_idle_watts",
          "pstate_busy_watts", "off_watts", "switch_on_duration", "switch_off_duration",
          "switch_on_energy", "switch_off_energy", "properties"}},
        {"HostStatus",
         "batsched.HostStatus",
         "What changes about a host.",
         {"state", "pstate", "running_jobs"}},
        {"Peer",
         "batsched.Peer",
         "A scheduler as the others see it, at the beginning of the batch.",
         {"index", "name", "display_name", "is_takeable", "is_observer", "owned_hosts",
          "held_hosts", "usable_hosts", "running_jobs", "waiting_jobs", "waiting_hosts",
          "work_ahead"}},
        {"PeerHosts", "batsched.PeerHosts", "The hosts of a scheduler.", {"owned", "held"}},
    }};
    return all;
}

// Its size says how many values there are.
struct RecordObject {
    PyObject_VAR_HEAD PyObject* values[1];
};

void destroy(PyObject* self) {
    auto* object = reinterpret_cast<RecordObject*>(self);
    for (Py_ssize_t i = 0; i < Py_SIZE(self); ++i) Py_XDECREF(object->values[i]);
    PyObject_Free(self);
}

PyObject* represent(PyObject* self) {
    return guard([&] {
        const auto* object = reinterpret_cast<const RecordObject*>(self);
        const PyMemberDef* member = Py_TYPE(self)->tp_members;
        std::string all = std::string(Py_TYPE(self)->tp_name).substr(sizeof "batsched") + "(";
        for (Py_ssize_t i = 0; i < Py_SIZE(self); ++i)
            all += std::string(i == 0 ? "" : ", ") + member[i].name + "=" +
                   utf8(take(PyObject_Repr(object->values[i])).get());
        return text(all + ")");
    });
}

// Never freed: Python keeps it as long as the type.
PyMemberDef* make_members(const Description& description) {
    auto* members = new PyMemberDef[description.fields.size() + 1]{};
    for (std::size_t i = 0; i < description.fields.size(); ++i) {
        const auto offset = offsetof(RecordObject, values) + i * sizeof(PyObject*);
        members[i] = {description.fields[i], T_OBJECT, static_cast<Py_ssize_t>(offset), READONLY,
                      nullptr};
    }
    return members;
}

PyTypeObject make_type(const Description& description) {
    PyTypeObject type =
        new_type(description.full_name, description.doc, offsetof(RecordObject, values));
    type.tp_itemsize = sizeof(PyObject*);
    type.tp_dealloc = destroy;
    type.tp_repr = represent;
    type.tp_members = make_members(description);
    return type;
}

const Description& description_of(Record record) {
    return descriptions().at(static_cast<std::size_t>(record));
}

} // namespace

PyTypeObject& record_type(Record record) {
    static std::array<PyTypeObject, kRecordCount> types = [] {
        std::array<PyTypeObject, kRecordCount> all{};
        for (std::size_t i = 0; i < kRecordCount; ++i) all[i] = make_type(descriptions()[i]);
        return all;
    }();
    return types.at(static_cast<std::size_t>(record));
}

const char* record_name(Record record) { return description_of(record).name; }
std::size_t field_count(Record record) { return description_of(record).fields.size(); }

Ref make_record(Record record, Ref* values, std::size_t count) {
    const auto size = static_cast<Py_ssize_t>(field_count(record));
    auto* object = PyObject_NewVar(RecordObject, &record_type(record), size);
    if (object == nullptr) throw Raised{};
    for (std::size_t i = 0; i < field_count(record); ++i)
        object->values[i] = i < count ? values[i].release() : none().release();
    return Ref(reinterpret_cast<PyObject*>(object));
}

} // namespace python
