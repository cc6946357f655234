// plugin_info.cpp - what a plugin says of itself.
#include "plugin/plugin_info.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <exception>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "batsched.h"
#include "plugin/library.hpp"
#include "plugin/trap.hpp"

namespace batsim {

namespace {

// Fields are sent as one text, each ended by this byte, which no name contains.
constexpr char kEnd = '\x1f';

std::string describe(const std::string& path) {
    std::string text;
    try {
        const Library library = load_plugin(path, Isolation::kNamespace);
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

[[noreturn]] void run_child(const std::string& path, int output) {
    install_crash_handlers();
    const std::string text = describe(path);
    const ssize_t written = write(output, text.data(), text.size());
    _exit(written == static_cast<ssize_t>(text.size()) ? 0 : 1);
}

std::string read_all(int file) {
    std::string text;
    std::array<char, 4096> buffer;
    ssize_t count = 0;
    while ((count = read(file, buffer.data(), buffer.size())) > 0 || (count < 0 && errno == EINTR))
        if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    return text;
}

} // namespace

PluginInfo read_plugin_info(const std::string& path) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        throw LoadError("plugin '" + path + "': pipe: " + std::strerror(errno));
    const pid_t child = fork();
    if (child < 0) throw LoadError("plugin '" + path + "': fork: " + std::strerror(errno));
    if (child == 0) {
        close(ends[0]);
        run_child(path, ends[1]);
    }
    close(ends[1]);
    const std::string text = read_all(ends[0]);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    std::vector<std::string> fields = split(text, kEnd);
    if (fields.size() < 5 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return {path, "", "", "", "", "plugin '" + path + "': ended the process that loaded it"};
    return {path, fields[0], fields[1], fields[2], fields[3], fields[4]};
}

} // namespace batsim
