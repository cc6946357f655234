// main.cpp - the program batsim: parses, runs, and turns every error into a message and an exit
// code.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/log.hpp"
#include "cli/check_inputs.hpp"
#include "cli/check_plugin_command.hpp"
#include "cli/command_line.hpp"
#include "cli/compare.hpp"
#include "cli/compare_options.hpp"
#include "cli/installation.hpp"
#include "cli/list_plugins.hpp"
#include "cli/new_scheduler.hpp"
#include "cli/options.hpp"
#include "cli/restart.hpp"
#include "cli/signal_handlers.hpp"
#include "cli/simulate.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"

namespace {

using namespace batsim; // NOLINT(google-build-using-namespace): this file is only main

bool contains(const std::vector<std::string>& arguments, const char* a, const char* b) {
    for (const std::string& argument : arguments)
        if (argument == a || argument == b) return true;
    return false;
}

ExitCode run_list_plugins(const std::vector<std::string>& arguments) {
    if (contains(arguments, "-h", "--help")) {
        std::fputs(kListPluginsUsage, stdout);
        return ExitCode::kFinished;
    }
    const CommandLine line(kListPluginsUsage, arguments, 1);
    list_plugins(plugin_folders(read_plugin_folders(line)));
    return ExitCode::kFinished;
}

void make_room(const CommandLine& line) {
    const bool uses_namespaces = line.text("--isolation") == "namespace";
    if (uses_namespaces && needs_restart(line.list("--sched-lib").size()))
        restart_with_room_for_plugins(line.arguments());
}

ExitCode run_check_plugin(const std::vector<std::string>& arguments) {
    if (contains(arguments, "-h", "--help")) {
        std::fputs(kCheckPluginUsage, stdout);
        return ExitCode::kFinished;
    }
    const CommandLine line(kCheckPluginUsage, arguments, 1, 1);
    // Copies of the plugin in namespaces are made whatever --isolation says.
    if (!line.flag("--list")) restart_with_room_for_plugins(arguments);
    return check_plugin_command(line);
}

ExitCode run_new_scheduler(const std::vector<std::string>& arguments) {
    if (contains(arguments, "-h", "--help")) {
        std::fputs(kNewSchedulerUsage, stdout);
        return ExitCode::kFinished;
    }
    const CommandLine line(kNewSchedulerUsage, arguments, 1, 1);
    write_new_scheduler(read_new_scheduler(line), Log(stderr, LogLevel::kInfo));
    return ExitCode::kFinished;
}

ExitCode run_compare(const std::vector<std::string>& arguments) {
    const std::string usage = compare_usage();
    if (contains(arguments, "-h", "--help")) {
        std::fputs(usage.c_str(), stdout);
        return ExitCode::kFinished;
    }
    const CommandLine line(usage.c_str(), arguments, 1);
    // Here, because no simulation of it can do that.
    if (line.text("--isolation") == "namespace") restart_with_room_for_plugins(arguments);
    install_signal_handlers();
    const CompareOptions options = read_compare_options(line);
    return compare(options, Log(stderr, options.common.log_level, erase_line_of_terminal()));
}

ExitCode run(const std::vector<std::string>& arguments, Isolation& isolation) {
    const std::string command = arguments.empty() ? "" : arguments[0];
    if (command == "list-plugins") return run_list_plugins(arguments);
    if (command == "check-plugin") return run_check_plugin(arguments);
    if (command == "compare") return run_compare(arguments);
    if (command == "new-scheduler") return run_new_scheduler(arguments);
    if (contains(arguments, "-h", "--help")) {
        std::fputs(kUsage, stdout);
        return ExitCode::kFinished;
    }
    if (contains(arguments, "--version", "--version")) {
        std::printf("batsim %s\n", program_version().c_str());
        return ExitCode::kFinished;
    }
    const CommandLine line(kUsage, arguments);
    make_room(line);           // before anything is read
    install_signal_handlers(); // any input can be a pipe that nobody writes to
    const Options options = read_options(line);
    isolation = options.isolation;
    const Log log(stderr, options.log_level, erase_line_of_terminal());
    if (!options.check_only) return simulate(options, log);
    check_inputs(options, log);
    return ExitCode::kFinished;
}

// How to see the options of what was asked for.
std::string help_of(const std::vector<std::string>& arguments) {
    for (const char* command : {"compare", "list-plugins", "check-plugin", "new-scheduler"})
        if (!arguments.empty() && arguments[0] == command)
            return std::string("batsim ") + command + " --help";
    return "batsim --help";
}

ExitCode run_and_report(const std::vector<std::string>& arguments, Isolation& isolation) {
    const Log log(stderr, LogLevel::kInfo, erase_line_of_terminal());
    try {
        return run(arguments, isolation);
    } catch (const UsageError& error) {
        log.error(std::string(error.what()) + " (see '" + help_of(arguments) + "')");
        return error.code();
    } catch (const Error& error) {
        log.error(error.what());
        return error.code();
    } catch (const std::bad_alloc&) {
        log.error("there is not enough memory");
        return ExitCode::kInternal;
    } catch (const std::exception& error) {
        log.error(std::string("internal error, please report it: ") + error.what());
        return ExitCode::kInternal;
    }
}

// A file must not get the number of a standard stream that is closed: it would be written to as that.
void open_standard_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (fcntl(stream, F_GETFD) < 0) static_cast<void>(open("/dev/null", O_RDWR));
}

} // namespace

int main(int argc, char** argv) {
    open_standard_streams();
    Isolation isolation = Isolation::kNamespace;
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const int code = static_cast<int>(run_and_report(arguments, isolation));
    const bool printed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (!printed) Log(stderr).error("output on stdout: cannot be written");
    const int final_code = printed || code != 0 ? code : static_cast<int>(ExitCode::kOutput);
    // Destructors of plugins in their namespaces, and of SimGrid after an error, are not to be
    // trusted; everything is on disk. With --isolation none sanitizers want an ordinary end.
    if (isolation != Isolation::kNone) _exit(final_code);
    return final_code;
}
