// host_set_values.hpp - hosts from text and from what can be iterated over.
#ifndef BATSIM_PLUGINS_PYTHON_HOST_SET_VALUES_HPP
#define BATSIM_PLUGINS_PYTHON_HOST_SET_VALUES_HPP

#include <batsched/host_set.hpp>

#include "ref.hpp"

namespace python {

batsched::HostSet hosts_from_text(PyObject* text);
batsched::HostSet hosts_from_iterable(PyObject* iterable);

// The id of a host; else a TypeError or ValueError.
batsched_host_id_t to_host_id(PyObject* number);

} // namespace python

#endif
