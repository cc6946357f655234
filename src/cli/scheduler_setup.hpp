// scheduler_setup.hpp - the plugins that the options name, and the hosts that each scheduler owns.
#ifndef BATSIM_CLI_SCHEDULER_SETUP_HPP
#define BATSIM_CLI_SCHEDULER_SETUP_HPP

#include <vector>

#include "cli/options.hpp"
#include "platform/platform.hpp"
#include "plugin/registry.hpp"

namespace batsim {

// Finds and loads the plugins and checks their vtables. Throws LoadError. If there is no room for all of
// them, the program starts itself again with more.
SchedulerRegistry load_plugins(const Options& options);

// Which hosts each scheduler owns: all, or those that the options give, which must exist and be
// disjoint. Throws UsageError, or InputError of the file of --schedulers.
std::vector<HostSet> partitions(const Options& options, const Platform& platform);

} // namespace batsim

#endif
