// open_plugin.hpp - loads a plugin, here or in a process of its own.
#ifndef BATSIM_PLUGIN_OPEN_PLUGIN_HPP
#define BATSIM_PLUGIN_OPEN_PLUGIN_HPP

#include <memory>
#include <string>

#include "plugin/loading/plugin.hpp"

namespace batsim {

// Checks that the file is a plugin of this simulator and loads it as `isolation` says. Throws
// LoadError.
std::unique_ptr<Plugin> open_plugin(const std::string& path, Isolation isolation);

} // namespace batsim

#endif
