// simulate.hpp - runs one simulation from options to output files.
#ifndef BATSIM_CLI_SIMULATE_HPP
#define BATSIM_CLI_SIMULATE_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/log.hpp"
#include "cli/inputs.hpp"
#include "cli/options.hpp"
#include "engine/observer.hpp"
#include "engine/outcome.hpp"

namespace batsim {

// Returns how the simulation ended; errors are thrown, with all output files complete to the last
// row and all schedulers finalized that can be.
ExitCode simulate(const Options& options, const Log& log);

// How a simulation went, beyond its files.
struct SimulationReport {
    ExitCode code = ExitCode::kFinished;
    Outcome outcome;
    std::vector<std::string> errors; // they are in the log too
    // Of all schedulers together.
    std::uint64_t batch_count = 0;
    double scheduler_seconds = 0; // wall-clock time
    double wall_seconds = 0;
};

// The same with inputs that have been read already, and more observers. Only one simulation can be
// run in a process.
SimulationReport simulate(const Options& options, const Log& log, Inputs inputs,
                          std::vector<Observer*> more_observers);

} // namespace batsim

#endif
