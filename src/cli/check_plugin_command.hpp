// check_plugin_command.hpp - the subcommand check-plugin.
#ifndef BATSIM_CLI_CHECK_PLUGIN_COMMAND_HPP
#define BATSIM_CLI_CHECK_PLUGIN_COMMAND_HPP

#include "base/error.hpp"
#include "cli/command_line.hpp"

namespace batsim {

// Checks the plugin that the command line names. Throws UsageError or LoadError.
ExitCode check_plugin_command(const CommandLine& line);

} // namespace batsim

#endif
