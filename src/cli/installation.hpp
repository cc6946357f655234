// installation.hpp - where the files of this program are, in a build tree or installed anywhere.
#ifndef BATSIM_CLI_INSTALLATION_HPP
#define BATSIM_CLI_INSTALLATION_HPP

#include <string>
#include <vector>

namespace batsim {

// The version of this program, "1.2.3".
std::string program_version();

// The folder with include/, lib/ and share/: that of the program's bin/, or the build folder, which has
// links to them.
std::string installation_prefix();

// Files that may be the SimGrid backend, to be tried in this order.
std::vector<std::string> backend_candidates();

// The folders in which plugins are looked up by name: those given, those of $BATSIM_PLUGIN_PATH
// (separated by ':'), that beside the program in a build tree, and the installed one.
std::vector<std::string> plugin_folders(const std::vector<std::string>& given);

} // namespace batsim

#endif
