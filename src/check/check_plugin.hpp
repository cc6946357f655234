// check_plugin.hpp - the conformance tool: does a plugin keep to batsched.h?
#ifndef BATSIM_CHECK_CHECK_PLUGIN_HPP
#define BATSIM_CHECK_CHECK_PLUGIN_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "plugin/loading/library.hpp"

namespace batsim {

struct CheckRequest {
    std::string path;   // of the plugin, a real path
    std::string config; // for sched_init
    Isolation isolation = Isolation::kNamespace;
    std::uint64_t seed = 1;
    std::vector<std::string> names; // of checks or groups; none: all
    bool in_process = false;        // instead of a child process for each check
};

// Whether there is a check or a group of this name.
bool is_check(const std::string& name);
std::vector<std::string> names_of_checks();

// Prints a line for each check on stdout, more where something is wrong, and a summary. Gives the
// number of checks that have failed. Throws LoadError.
std::size_t check_plugin(const CheckRequest& request);
// Prints name and purpose of each check.
void list_checks();

} // namespace batsim

#endif
