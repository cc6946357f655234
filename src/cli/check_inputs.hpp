// check_inputs.hpp - reads everything that a simulation would be made of, and simulates nothing.
#ifndef BATSIM_CLI_CHECK_INPUTS_HPP
#define BATSIM_CLI_CHECK_INPUTS_HPP

#include "base/log.hpp"
#include "cli/options.hpp"

namespace batsim {

// Prints a line about each input on stdout. Throws the error that a simulation would end with.
void check_inputs(const Options& options, const Log& log);

} // namespace batsim

#endif
