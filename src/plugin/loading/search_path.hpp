// search_path.hpp - from what the user calls a plugin to its file.
#ifndef BATSIM_PLUGIN_SEARCH_PATH_HPP
#define BATSIM_PLUGIN_SEARCH_PATH_HPP

#include <string>
#include <vector>

namespace batsim {

// Whether `argument` is the path of a plugin rather than its name: it contains '/' or ends in ".so".
bool is_plugin_path(const std::string& argument);

// A PluginSearchPath is the folders in which plugins are looked up by name, first come first
// served.
class PluginSearchPath {
  public:
    explicit PluginSearchPath(std::vector<std::string> folders) : folders_(std::move(folders)) {}

    // The real path of the plugin that `argument` means: a path, or the name of a file "<name>.so" in
    // one of the folders. Throws LoadError if there is none.
    std::string find(const std::string& argument) const;

    // The files of all plugins in the folders, sorted by name; of equal names only the first found.
    std::vector<std::string> all() const;

  private:
    std::vector<std::string> folders_;
};

} // namespace batsim

#endif
