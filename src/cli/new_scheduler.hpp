// new_scheduler.hpp - the subcommand new-scheduler: a folder to begin a scheduler with.
#ifndef BATSIM_CLI_NEW_SCHEDULER_HPP
#define BATSIM_CLI_NEW_SCHEDULER_HPP

#include <string>

#include "base/log.hpp"
#include "cli/command_line.hpp"
#include "cli/scheduler_templates.hpp"

namespace batsim {

struct NewScheduler {
    std::string name; // fit for the language
    Language language;
    std::string folder;
};

// Throws UsageError.
NewScheduler read_new_scheduler(const CommandLine& line);

// Writes the folder, which must not exist, and says on stdout how to go on. Throws OutputError.
void write_new_scheduler(const NewScheduler& scheduler, const Log& log);

} // namespace batsim

#endif
