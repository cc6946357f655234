// load_checks.cpp - whether the plugin can be loaded, and what it brings along.
#include <algorithm>
#include <ctime>
#include <filesystem>

#include "base/error.hpp"
#include "base/text.hpp"
#include "check/checks.hpp"
#include "plugin/elf/loaded_objects.hpp"

namespace batsim {

namespace {

Finding loads(Subject& subject, Isolation isolation) {
    try {
        subject.copy(0, isolation);
    } catch (const LoadError& error) {
        return Finding::fail(error.what());
    }
    return Finding::pass("loads");
}

Finding in_namespace(Subject& subject) { return loads(subject, Isolation::kNamespace); }
Finding without_namespace(Subject& subject) { return loads(subject, Isolation::kNone); }

// Of this thread; not of a busy machine.
double cpu_milliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

Finding load_time(Subject& subject) {
    constexpr double kLimit = 100;
    const double begin = cpu_milliseconds();
    load_plugin(subject.path(), subject.isolation_here());
    const double spent = cpu_milliseconds() - begin;
    std::string text = std::to_string(static_cast<int>(spent)) + " ms of processor time";
    if (spent <= kLimit) return Finding::pass(std::move(text));
    return Finding::warn(text + " to load; do expensive things in sched_init, and link less");
}

bool is_one_line(const std::string& text) {
    return std::none_of(text.begin(), text.end(),
                        [](unsigned char c) { return c < ' ' || c == 127; });
}

Finding vtable(Subject& subject) {
    const batsched_vtable_t& table = vtable_of(subject.copy());
    const std::pair<const char*, std::string> texts[] = {
        {"name", table.name}, {"version", table.version}, {"description", table.description}};
    for (const auto& [member, text] : texts) {
        if (!is_utf8(text)) return Finding::fail(std::string(member) + " is not UTF-8");
        if (!is_one_line(text))
            return Finding::fail(std::string(member) + " has control characters; it is one line");
        if (text.empty()) return Finding::warn(std::string(member) + " is empty");
    }
    const std::string file = std::filesystem::path(subject.path()).stem();
    if (file != table.name)
        return Finding::warn("calls itself '" + std::string(table.name) + "', but its file is " +
                             file + ".so; --sched-lib finds plugins by the name of their file");
    return Finding::pass(std::string(table.name) + " " + table.version);
}

Finding exported_symbols(Subject& subject) {
    std::vector<std::string> names = exported_names(&vtable_of(subject.copy()));
    names.erase(std::remove(names.begin(), names.end(), BATSCHED_VTABLE_SYMBOL), names.end());
    if (names.empty()) return Finding::pass("batsched_vtable only");
    const std::string more =
        names.size() > 1 ? " and " + std::to_string(names.size() - 1) + " more" : "";
    return Finding::warn("exports " + names[0] + more +
                         " beside batsched_vtable; build with -fvisibility=hidden, or make them "
                         "static, so that plugins cannot get in each other's way");
}

Finding no_simgrid(Subject& subject) {
    const std::vector<std::string> paths = libraries_beside(&vtable_of(subject.copy()));
    for (const std::string& path : paths)
        if (path.find("libsimgrid") != std::string::npos)
            return Finding::fail("needs " + path +
                                 ": it would be a second SimGrid, which knows nothing of this "
                                 "simulation; ask through batsched_simulator_t");
    return Finding::pass(std::to_string(paths.size()) + " libraries, none of them SimGrid");
}

Check check(const char* name, const char* purpose, Finding (*run)(Subject&)) {
    return {name, purpose, run, /* needs_instance */ false};
}

} // namespace

std::vector<Check> load_checks() {
    return {
        check("load.namespace", "loads into a namespace of its own", in_namespace),
        check("load.plain", "loads without one, for debuggers and sanitizers", without_namespace),
        check("load.vtable", "name, version and description are proper text", vtable),
        check("load.symbols", "exports nothing but batsched_vtable", exported_symbols),
        check("load.libraries", "does not drag in SimGrid", no_simgrid),
        check("load.time", "loads in less than 100 ms", load_time),
    };
}

} // namespace batsim
