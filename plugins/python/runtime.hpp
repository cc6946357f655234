// runtime.hpp - what the plugin keeps of Python: the enums of the interface, and functions of Python.
#ifndef BATSIM_PLUGINS_PYTHON_RUNTIME_HPP
#define BATSIM_PLUGINS_PYTHON_RUNTIME_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ref.hpp"

namespace python {

enum class Enum {
    kStatus,
    kJobState,
    kHostState,
    kExitReason,
    kDecision,
    kMetric,
    kAggregation,
};
inline constexpr std::size_t kEnumCount = 7;
const char* enum_name(Enum which);

// The enums and the exception of the module `batsched`, and Python's functions for JSON; it belongs to the
// module, thus to an interpreter.
class Runtime {
  public:
    Runtime();

    PyObject* enum_type(Enum which) const { return enums_[static_cast<std::size_t>(which)].get(); }
    // The member of an IntEnum; a number of a later version stays a number.
    Ref to_enum(Enum which, std::int32_t code) const;
    // The exception batsched.Error.
    PyObject* error() const { return error_.get(); }

    Ref parse_json(const char* json) const;
    std::string to_json(PyObject* value) const;

  private:
    std::vector<Ref> enums_; // in the order of Enum
    std::vector<std::vector<Ref>> members_;
    Ref error_, loads_, dumps_;
};

// What Python keeps for the module `batsched`.
struct ModuleState {
    Runtime* runtime;
};

Runtime& runtime_of(PyObject* module);

} // namespace python

#endif
