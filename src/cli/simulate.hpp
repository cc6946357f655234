// simulate.hpp - runs one simulation from options to output files.
#ifndef BATSIM_CLI_SIMULATE_HPP
#define BATSIM_CLI_SIMULATE_HPP

#include "base/error.hpp"
#include "base/log.hpp"
#include "cli/options.hpp"

namespace batsim {

// Returns how the simulation ended; errors are thrown, with all output files complete to the last
// row and all schedulers finalized that can be.
ExitCode simulate(const Options& options, const Log& log);

} // namespace batsim

#endif
