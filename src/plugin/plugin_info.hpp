// plugin_info.hpp - what a plugin says of itself.
#ifndef BATSIM_PLUGIN_PLUGIN_INFO_HPP
#define BATSIM_PLUGIN_PLUGIN_INFO_HPP

#include <string>

namespace batsim {

struct PluginInfo {
    std::string path;
    std::string name, version, abi, description;
    std::string problem; // why it cannot be loaded; then the rest is ""
};

// Loads the plugin in a child process, so that nothing it does while loading reaches this one.
PluginInfo read_plugin_info(const std::string& path);

} // namespace batsim

#endif
