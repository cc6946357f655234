// compared_run.hpp - one simulation of a comparison, in a process of its own.
#ifndef BATSIM_CLI_COMPARED_RUN_HPP
#define BATSIM_CLI_COMPARED_RUN_HPP

#include <string>

#include "cli/inputs.hpp"
#include "cli/options.hpp"
#include "compare/run_result.hpp"

namespace batsim {

// Simulates and writes all files into the folder of the options. What is said on stdout and stderr goes
// to messages.txt there. Errors are part of the result.
RunResult compared_run(const Options& options, double shake, Inputs inputs);

// What is known of a run whose process has ended without a result.
RunResult result_of_dead_run(const std::string& folder, int wait_status);

// The file of messages, which is removed if it is empty; false then.
bool keep_messages(const std::string& folder);

} // namespace batsim

#endif
