// inputs.hpp - the workloads and the platform of a simulation, read and checked against each other.
#ifndef BATSIM_CLI_INPUTS_HPP
#define BATSIM_CLI_INPUTS_HPP

#include <memory>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "cli/execution_info.hpp"
#include "cli/options.hpp"
#include "engine/backend.hpp"
#include "platform/external_events.hpp"
#include "platform/platform.hpp"
#include "workload/workload.hpp"

namespace batsim {

// Reads all workload files, named w0, w1, ... What was dropped or changed is said in the log.
std::vector<Workload> read_workloads(const Options& options, const Log& log);

// The platform and what executes jobs on it.
struct Machine {
    Platform platform;
    Backend* backend;
    std::string simgrid_version;          // "" if it was not loaded
    PlatformBackend* simgrid = nullptr;   // if it has read the platform
    std::unique_ptr<Backend> own_backend; // owns the backend, unless somebody else does
};

// Reads the platform file with SimGrid, or makes a flat platform, for which nothing is loaded.
// Throws InputError if a job cannot run on such a platform.
Machine read_machine(const Options& options, const std::vector<Workload>& workloads,
                     ClosedFormBackend& closed_form);

// All files of --events together, sorted by date.
std::vector<ExternalEvent> read_events(const Options& options, const Platform& platform);

// Reads the power models of hosts and links, if energy is to be simulated.
void read_power_models(const Options& options, Platform& platform);

// What jobs ask of a backend.
struct SharingNeeds {
    bool shares = false;   // jobs share something, on a flat platform too
    bool programs = false; // an MPI program may be executed
};
// What those of the workloads ask.
SharingNeeds needs_of(const Options& options, const std::vector<Workload>& workloads);

// Chooses what executes jobs that share something: SimGrid where it is needed or wanted, else what is
// faster.
void choose_backend(const Options& options, const SharingNeeds& needs, Machine& machine);

// All that is read for a simulation but its schedulers.
struct Inputs {
    std::vector<Workload> workloads;
    std::unique_ptr<ClosedFormBackend> closed_form; // that of the machine, if it needs no other
    Machine machine;
    std::vector<ExternalEvent> external_events;
    std::vector<InputFileInfo> files;
};

Inputs read_inputs(const Options& options, const Log& log);

} // namespace batsim

#endif
