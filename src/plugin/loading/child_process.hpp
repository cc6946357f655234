// child_process.hpp - runs something in a process of its own, where it can do no harm.
#ifndef BATSIM_PLUGIN_CHILD_PROCESS_HPP
#define BATSIM_PLUGIN_CHILD_PROCESS_HPP

#include <chrono>
#include <functional>
#include <string>

namespace batsim {

struct ChildResult {
    std::string text; // what the body has returned
    std::string
        problem; // if it has not: "was ended by SIGSEGV", "was still running after 10 s", ...
};

// Forks a process that runs body(), gives its text back, and ends without running destructors. What it
// prints is lost. After the time limit it is killed. Throws std::runtime_error if there can be no more
// processes.
ChildResult run_in_child(const std::function<std::string()>& body,
                         std::chrono::duration<double> limit);

} // namespace batsim

#endif
