// list_plugins.hpp - shows the schedulers that --sched-lib finds by name.
#ifndef BATSIM_CLI_LIST_PLUGINS_HPP
#define BATSIM_CLI_LIST_PLUGINS_HPP

#include <string>
#include <vector>

namespace batsim {

// Prints a table on stdout: name, version, ABI, description, path; and on stderr what is wrong with
// those that cannot be loaded.
void list_plugins(const std::vector<std::string>& folders);

} // namespace batsim

#endif
