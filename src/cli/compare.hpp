// compare.hpp - the subcommand compare: several schedulers on the same inputs.
#ifndef BATSIM_CLI_COMPARE_HPP
#define BATSIM_CLI_COMPARE_HPP

#include "base/error.hpp"
#include "base/log.hpp"
#include "cli/compare_options.hpp"

namespace batsim {

// Runs all simulations, writes their files and those about them together, and prints the table. Throws
// errors of inputs and of its own files; those of a simulation are in the table.
ExitCode compare(const CompareOptions& options, const Log& log);

} // namespace batsim

#endif
