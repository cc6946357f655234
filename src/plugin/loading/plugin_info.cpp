// plugin_info.cpp - what a plugin says of itself.
#include "plugin/loading/plugin_info.hpp"

#include <exception>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "batsched.h"
#include "plugin/loading/child_process.hpp"
#include "plugin/loading/elf_check.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

namespace {

// Fields are sent as one text, each ended by this byte, which no name contains.
constexpr char kEnd = '\x1f';

std::string describe(const std::string& path, Isolation isolation) {
    std::string text;
    try {
        install_crash_handlers();
        const Library library = load_plugin(path, isolation);
        const batsched_vtable_t& vtable = vtable_of(library);
        const std::string abi = std::to_string(vtable.abi_version >> 16) + "." +
                                std::to_string(vtable.abi_version & 0xffff);
        for (const std::string& field : {std::string(vtable.name), std::string(vtable.version), abi,
                                         std::string(vtable.description), std::string()})
            text += field + kEnd;
    } catch (const std::exception& error) {
        text = std::string(4, kEnd) + error.what() + kEnd;
    }
    return text;
}

} // namespace

PluginInfo read_plugin_info(const std::string& path, const Trial& trial) {
    const auto broken = [&path](const std::string& problem) {
        return PluginInfo{path, "", "", "", "", problem};
    };
    try {
        check_plugin_file(path); // for most files that settles it
        const ChildResult child =
            run_in_child([&] { return describe(path, trial.isolation); }, trial.limit);
        const std::vector<std::string> fields = split(child.text, kEnd);
        if (child.problem.empty() && fields.size() >= 5)
            return {path, fields[0], fields[1], fields[2], fields[3], fields[4]};
        return broken("plugin '" + path + "': a process that loaded it on trial " +
                      (child.problem.empty() ? "was damaged" : child.problem));
    } catch (const LoadError& error) {
        return broken(error.what());
    } catch (const std::exception& error) {
        return broken("plugin '" + path + "': cannot be loaded on trial: " + error.what());
    }
}

void probe_plugin(const std::string& path, const Trial& trial) {
    const PluginInfo info = read_plugin_info(path, trial);
    if (!info.problem.empty()) throw LoadError(info.problem);
}

} // namespace batsim
