// open_plugin.cpp - loads a plugin, here or in a process of its own.
#include "plugin/open_plugin.hpp"

#include "plugin/process/remote_plugin.hpp"

namespace batsim {

std::unique_ptr<Plugin> open_plugin(const std::string& path, Isolation isolation) {
    if (isolation == Isolation::kProcess) return std::make_unique<RemotePlugin>(path);
    return make_plugin(load_plugin(path, isolation));
}

} // namespace batsim
