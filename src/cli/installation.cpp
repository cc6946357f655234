// installation.cpp - where the files of this program are, in a build tree or installed anywhere.
#include "cli/installation.hpp"

#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"

namespace batsim {

namespace {

namespace fs = std::filesystem;

fs::path program_folder() {
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

// Relative to the program, so that an installed tree can be moved.
std::string beside(const char* path) { return (program_folder() / path).lexically_normal(); }

} // namespace

std::string program_version() { return BATSIM_VERSION; }

std::string installation_prefix() {
    const fs::path folder = program_folder();
    std::error_code ignored;
    const bool is_build_folder = fs::exists(folder / "lib/cmake/batsched", ignored);
    return is_build_folder ? folder : folder.parent_path();
}

std::vector<std::string> backend_candidates() {
    return {beside("libbatsim-simgrid.so"), beside("../lib/batsim/libbatsim-simgrid.so")};
}

std::vector<std::string> plugin_folders(const std::vector<std::string>& given) {
    std::vector<std::string> folders = given;
    if (const char* path = std::getenv("BATSIM_PLUGIN_PATH"))
        for (const std::string& folder : split(path, ':'))
            if (!folder.empty()) folders.push_back(folder);
    folders.push_back(beside("plugins"));
    folders.push_back(beside("../" BATSIM_PLUGIN_FOLDER));
    return folders;
}

} // namespace batsim
