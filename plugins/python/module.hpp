// module.hpp - the module that scripts import: batsched.
#ifndef BATSIM_PLUGINS_PYTHON_MODULE_HPP
#define BATSIM_PLUGINS_PYTHON_MODULE_HPP

#include "ref.hpp"

namespace python {

inline constexpr const char* kModule = "batsched";

// For PyImport_AppendInittab.
PyObject* make_module();

} // namespace python

#endif
