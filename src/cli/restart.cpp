// restart.cpp - the program starts itself again when its plugins need more room in the C library.
#include "cli/restart.hpp"

#include <sys/auxv.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "base/interruption.hpp"
#include "plugin/loading/namespace_support.hpp"

namespace batsim {

namespace {

// Each namespace needs 144 bytes for its C library alone, and by default there are 11 times that.
constexpr std::size_t kMostPluginsByDefault = 11;

// If blocks of threads cannot be handed back (guard.c), stacks must not be used again at least.
constexpr const char* kNoStackCache = ":glibc.pthread.stack_cache_size=0";

constexpr std::string_view kVariable = "GLIBC_TUNABLES=";

// As execve wants them.
std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

bool is_possible() {
    // With privileges the dynamic linker would ignore the tunables.
    if (getauxval(AT_SECURE) != 0) return false;
    // If the dynamic linker was run as a program, /proc/self/exe is not this one.
    if (getauxval(AT_BASE) == 0) return false;
    // valgrind would lose the program.
    const char* preloaded = std::getenv("LD_PRELOAD");
    if (preloaded != nullptr && std::string(preloaded).find("vgpreload") != std::string::npos)
        return false;
    return interruption_signal() == 0; // it would be forgotten
}

} // namespace

std::optional<std::string> tunables_for_plugins(const char* present) {
    std::string tunables = kTunablesForPlugins;
    if (!can_hand_back_thread_blocks()) tunables += kNoStackCache;
    if (present == nullptr || *present == '\0') return tunables;
    const std::string given = present;
    if (given.compare(0, tunables.size(), tunables) == 0) return std::nullopt;
    return tunables + ":" + given; // of two values of one tunable the last one counts
}

bool needs_restart(std::size_t plugin_count) {
    return plugin_count > kMostPluginsByDefault || !can_hand_back_thread_blocks();
}

void restart_with_room_for_plugins(const std::vector<std::string>& arguments) {
    const auto tunables = tunables_for_plugins(std::getenv("GLIBC_TUNABLES"));
    if (!tunables || !is_possible()) return;
    // Not /proc/self/exe itself: the process would be called "exe".
    std::error_code error;
    const std::string program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return;
    std::vector<std::string> texts{program_invocation_name};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<std::string> environment{std::string(kVariable) + *tunables};
    for (char** variable = environ; *variable != nullptr; ++variable)
        if (std::strncmp(*variable, kVariable.data(), kVariable.size()) != 0)
            environment.emplace_back(*variable);
    // It returns if the file is gone, for instance. Then we go on as we are.
    execve(program.c_str(), pointers(texts).data(), pointers(environment).data());
}

} // namespace batsim
