// interpreter.hpp - the Python interpreter of this process, or of this plugin's namespace.
#ifndef BATSIM_PLUGINS_PYTHON_INTERPRETER_HPP
#define BATSIM_PLUGINS_PYTHON_INTERPRETER_HPP

#include <string>

#include "ref.hpp"

namespace python {

// Starts it if it does not run; std::runtime_error if it does not start. It lives until the end of the
// process: numpy, for one, cannot be started twice.
void start_interpreter();

// Writes what sys.stdout and sys.stderr hold back.
void flush_output() noexcept;

// The exception that has been raised, in one line and with its traceback; it is cleared.
std::string describe_exception() noexcept;

} // namespace python

#endif
