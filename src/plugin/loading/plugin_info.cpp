// plugin_info.cpp - what a plugin says of itself.
#include "plugin/loading/plugin_info.hpp"

#include <exception>
#include <vector>

#include "base/child_process.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "batsched.h"
#include "plugin/abi/message.hpp"
#include "plugin/loading/elf_check.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

namespace {

PluginInfo problem_of(const std::string& path, const std::string& problem) {
    return {path, "", "", "", "", problem};
}

PluginInfo describe(const std::string& path, Isolation isolation) {
    try {
        install_crash_handlers();
        const Library library = load_plugin(path, isolation);
        const batsched_vtable_t& vtable = vtable_of(library);
        const std::string abi = std::to_string(vtable.abi_version >> 16) + "." +
                                std::to_string(vtable.abi_version & 0xffff);
        return {path, vtable.name, vtable.version, abi, vtable.description, ""};
    } catch (const NoRoomError& error) {
        PluginInfo info = problem_of(path, error.what());
        info.is_room_missing = true;
        return info;
    } catch (const std::exception& error) {
        return problem_of(path, error.what());
    }
}

// An info on its way through a pipe, without the path.

std::string encoded(const PluginInfo& info) {
    MessageWriter message;
    for (const std::string* field :
         {&info.name, &info.version, &info.abi, &info.description, &info.problem})
        message.text(field->c_str());
    message.plain(info.is_room_missing);
    return {message.bytes().begin(), message.bytes().end()};
}

PluginInfo decoded(const std::string& path, const std::string& answer) {
    std::vector<char> bytes(answer.begin(), answer.end());
    MessageReader message(bytes);
    PluginInfo info = problem_of(path, "");
    for (std::string* field :
         {&info.name, &info.version, &info.abi, &info.description, &info.problem}) {
        const char* text = nullptr;
        message.text(text);
        if (text == nullptr) throw BrokenMessage();
        *field = text;
    }
    message.plain(info.is_room_missing);
    return info;
}

} // namespace

PluginInfo read_plugin_info(const std::string& path, const LoadTrial& trial) {
    const std::string start = "plugin '" + path + "': ";
    try {
        check_plugin_file(path); // for most files that settles it
        const ChildReport report =
            run_in_child([&] { return encoded(describe(path, trial.isolation)); }, trial.limit);
        if (report.answered()) return decoded(path, report.answer);
        return problem_of(path, start + "a process that loaded it on trial " +
                                    (report.timed_out ? "was still running after " +
                                                            number_text(trial.limit) + " s"
                                                      : report.end_text()));
    } catch (const BrokenMessage&) {
        return problem_of(path,
                          start + "writes into files that are not its own while it is loaded");
    } catch (const LoadError& error) {
        return problem_of(path, error.what());
    } catch (const std::exception& error) {
        return problem_of(path, start + "cannot be loaded on trial: " + error.what());
    }
}

void probe_plugin(const std::string& path, const LoadTrial& trial) {
    const PluginInfo info = read_plugin_info(path, trial);
    if (info.is_room_missing) throw NoRoomError(info.problem);
    if (!info.problem.empty()) throw LoadError(info.problem);
}

} // namespace batsim
