// usage.hpp - the help texts, which are also what docopt parses the command line with.
#ifndef BATSIM_CLI_USAGE_HPP
#define BATSIM_CLI_USAGE_HPP

#include <string>

namespace batsim {

extern const char* const kUsage;             // of the program: a simulation
extern const char* const kListPluginsUsage;  // of list-plugins
extern const char* const kCheckPluginUsage;  // of check-plugin
extern const char* const kNewSchedulerUsage; // of new-scheduler
std::string compare_usage();                 // of compare, which has some options of a simulation

} // namespace batsim

#endif
