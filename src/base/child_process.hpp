// child_process.hpp - runs a function in a child process, which may end in any way.
#ifndef BATSIM_BASE_CHILD_PROCESS_HPP
#define BATSIM_BASE_CHILD_PROCESS_HPP

#include <functional>
#include <string>

namespace batsim {

// How a process has ended, from its status as of waitpid: "ended by SIGSEGV", "ended with exit code 5".
std::string process_end_text(int wait_status);

// How a child process went.
struct ChildReport {
    bool timed_out = false; // and was killed
    int wait_status = 0;    // as of waitpid
    std::string answer;     // of the function; "" if it did not return
    std::string printed;    // on stdout and stderr

    // Not if `work` has ended the process, even if with exit code 0.
    bool answered() const { return !timed_out && wait_status == 0 && !answer.empty(); }
    std::string end_text() const { return process_end_text(wait_status); }
};

// Runs `work` in a child process that has nothing on stdin, whose output is captured, and that ends without
// running destructors. It may take `limit` seconds, as of Stopwatch. Throws std::runtime_error if there
// can be no more processes.
ChildReport run_in_child(const std::function<std::string()>& work, double limit);

} // namespace batsim

#endif
