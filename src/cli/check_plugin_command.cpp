// check_plugin_command.cpp - the subcommand check-plugin.
#include "cli/check_plugin_command.hpp"

#include <utility>

#include "base/text.hpp"
#include "check/check_plugin.hpp"
#include "cli/installation.hpp"
#include "cli/options.hpp"
#include "plugin/loading/search_path.hpp"

namespace batsim {

ExitCode check_plugin_command(const CommandLine& line) {
    if (line.flag("--list")) {
        list_checks();
        return ExitCode::kFinished;
    }
    const auto plugin = line.text("<plugin>");
    if (!plugin) throw UsageError("no plugin: give a path or a name, as batsim check-plugin easy");
    CheckRequest request;
    request.names = line.list("--check");
    for (const std::string& name : request.names)
        if (!is_check(name))
            throw UsageError("option --check: there is no check or group '" + name + "'" +
                             suggestion(name, names_of_checks()) + "; --list shows them");
    request.path = PluginSearchPath(plugin_folders(read_plugin_folders(line))).find(*plugin);
    request.config = read_configuration(line.text("--sched-cfg").value_or(""));
    request.isolation = read_isolation(line);
    request.seed = read_seed(line);
    request.in_process = line.flag("--in-process");
    return check_plugin(request) == 0 ? ExitCode::kFinished : ExitCode::kFailuresFound;
}

} // namespace batsim
