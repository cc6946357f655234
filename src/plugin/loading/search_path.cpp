// search_path.cpp - from what the user calls a plugin to its file.
#include "plugin/loading/search_path.hpp"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"

namespace batsim {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSuffix = ".so";

std::string real_path(const std::string& path) {
    char resolved[PATH_MAX];
    if (realpath(path.c_str(), resolved) == nullptr)
        throw LoadError("plugin '" + path + "': " + std::strerror(errno));
    return resolved;
}

} // namespace

bool is_plugin_path(const std::string& argument) {
    return argument.find('/') != std::string::npos || fs::path(argument).extension() == kSuffix;
}

std::string PluginSearchPath::find(const std::string& argument) const {
    if (argument.empty()) throw LoadError("plugin '': the path is empty");
    if (is_plugin_path(argument)) return real_path(argument);
    for (const std::string& folder : folders_) {
        const fs::path candidate = fs::path(folder) / (argument + kSuffix);
        std::error_code ignored;
        if (fs::exists(candidate, ignored)) return real_path(candidate);
    }
    std::vector<std::string> names;
    for (const std::string& path : all()) names.push_back(fs::path(path).stem());
    std::string folders;
    for (const std::string& folder : folders_) folders += (folders.empty() ? "" : ", ") + folder;
    std::error_code ignored;
    const bool is_here = fs::exists(argument + kSuffix, ignored);
    throw LoadError("plugin '" + argument + "': no " + argument + kSuffix + " in " + folders +
                    (is_here ? "; for the file in this folder write ./" + argument + kSuffix
                             : suggestion(argument, names)));
}

std::vector<std::string> PluginSearchPath::all() const {
    std::map<std::string, std::string> by_name;
    for (const std::string& folder : folders_) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(folder, ignored))
            if (entry.path().extension() == kSuffix)
                by_name.emplace(entry.path().stem(), entry.path());
    }
    std::vector<std::string> paths;
    paths.reserve(by_name.size());
    for (const auto& entry : by_name) paths.push_back(entry.second);
    return paths;
}

} // namespace batsim
