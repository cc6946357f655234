// host_set_type.hpp - sets of hosts as Python objects: batsched.HostSet.
#ifndef BATSIM_PLUGINS_PYTHON_HOST_SET_TYPE_HPP
#define BATSIM_PLUGINS_PYTHON_HOST_SET_TYPE_HPP

#include <batsched/host_set.hpp>

#include "ref.hpp"

namespace python {

// The type batsched.HostSet: immutable, with the operations of frozenset.
PyTypeObject& host_set_type();
PyTypeObject& host_set_iterator_type();

Ref make_host_set(batsched::HostSet hosts);

// The hosts of a HostSet, of text such as "0-3,7", or of an iterable of numbers; else a TypeError or
// ValueError.
batsched::HostSet to_host_set(PyObject* hosts);

} // namespace python

#endif
