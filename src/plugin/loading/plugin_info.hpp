// plugin_info.hpp - what a plugin says of itself.
#ifndef BATSIM_PLUGIN_PLUGIN_INFO_HPP
#define BATSIM_PLUGIN_PLUGIN_INFO_HPP

#include <chrono>
#include <string>

#include "plugin/loading/library.hpp"

namespace batsim {

struct PluginInfo {
    std::string path;
    std::string name, version, abi, description;
    std::string problem; // why it cannot be loaded; then the rest is ""
};

// How a plugin is loaded on trial: in a process of its own, so that nothing it does while loading
// reaches this one.
struct Trial {
    Isolation isolation = Isolation::kNamespace;
    std::chrono::duration<double> limit{10};
};

PluginInfo read_plugin_info(const std::string& path, const Trial& trial = {});

// Throws LoadError if the trial fails.
void probe_plugin(const std::string& path, const Trial& trial);

} // namespace batsim

#endif
