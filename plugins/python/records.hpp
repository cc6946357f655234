// records.hpp - small objects with named values: events, hosts, profiles.
#ifndef BATSIM_PLUGINS_PYTHON_RECORDS_HPP
#define BATSIM_PLUGINS_PYTHON_RECORDS_HPP

#include <cstddef>
#include <utility>

#include "ref.hpp"

namespace python {

enum class Record {
    kSimulationBegins,
    kJobCompleted,
    kJobForwarded,
    kJobRejected,
    kJobStarted,
    kHostsStateChanged,
    kHostsLent,
    kHostsPstateChanged,
    kExternalEvent,
    kProbeData,
    kDecisionDropped,
    kExit,
    kProfile,
    kHost,
    kHostStatus,
    kPeer,
    kPeerHosts,
};
inline constexpr std::size_t kRecordCount = 17;

// A type whose objects have read-only attributes and are shown with them.
PyTypeObject& record_type(Record record);
const char* record_name(Record record);
std::size_t field_count(Record record);

// The object takes the references.
Ref make_record(Record record, Ref* values, std::size_t count);

// The values in the order of the type's fields.
template <class... Values>
Ref make_record(Record record, Values&&... values) {
    Ref array[] = {std::forward<Values>(values)...};
    return make_record(record, array, sizeof...(values));
}

} // namespace python

#endif
