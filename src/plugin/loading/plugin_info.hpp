// plugin_info.hpp - what a plugin says of itself.
#ifndef BATSIM_PLUGIN_PLUGIN_INFO_HPP
#define BATSIM_PLUGIN_PLUGIN_INFO_HPP

#include <string>

#include "plugin/loading/library.hpp"

namespace batsim {

struct PluginInfo {
    std::string path;
    std::string name, version, abi, description;
    std::string problem;          // why it cannot be loaded; then the rest is ""
    bool is_room_missing = false; // that is the problem: see NoRoomError
};

// How a plugin is loaded on trial: in a process of its own, so that nothing it does while loading
// reaches this one.
struct LoadTrial {
    Isolation isolation = Isolation::kNamespace;
    double limit = 10; // seconds
};

PluginInfo read_plugin_info(const std::string& path, const LoadTrial& trial = {});

// Throws LoadError if the trial fails, NoRoomError if it fails for want of room.
void probe_plugin(const std::string& path, const LoadTrial& trial);

} // namespace batsim

#endif
