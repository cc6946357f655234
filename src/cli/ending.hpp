// ending.hpp - what the user is told about the end of a simulation.
#ifndef BATSIM_CLI_ENDING_HPP
#define BATSIM_CLI_ENDING_HPP

#include <string>

#include "base/error.hpp"
#include "engine/outcome.hpp"

namespace batsim {

ExitCode exit_code(const Outcome& outcome);

// What went wrong, or "".
std::string error_text(const Outcome& outcome);

} // namespace batsim

#endif
