// namespace_root.hpp - the library that is loaded first into the namespace of a plugin.
#ifndef BATSIM_PLUGIN_NAMESPACE_ROOT_HPP
#define BATSIM_PLUGIN_NAMESPACE_ROOT_HPP

#include <string>

namespace batsim {

// Makes the root of a new namespace: guard/guard.c with the plugin as its dependency, so that
// loading the root loads the plugin. Gives a path that can be loaded once in this process; nothing
// if the system has no files in memory or no /proc. The file stays open until the process ends, for
// debuggers.
std::string make_namespace_root(const std::string& plugin_path);

} // namespace batsim

#endif
