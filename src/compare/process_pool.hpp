// process_pool.hpp - the same work many times, each time in a process of its own.
#ifndef BATSIM_COMPARE_PROCESS_POOL_HPP
#define BATSIM_COMPARE_PROCESS_POOL_HPP

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace batsim {

// A ProcessPool runs pieces of work in processes that are forked off, some at a time. They share the
// memory of this process as long as neither writes to it. Each has a process group of its own, so that
// signals from a terminal come to this process only, and nothing on stdin. It dies with this process,
// and with it whatever it has left behind in its group.
class ProcessPool {
  public:
    // What a process tells this one before it ends.
    struct Answer {
        std::string text;
        int exit_code = 0;
    };
    struct End {
        std::string answer;  // "" if it did not come that far
        int wait_status = 0; // as of waitpid
    };
    struct Callbacks {
        std::function<Answer(std::size_t)> work;          // in a new process
        std::function<void(std::size_t, End)> on_end;     // here, when that process is gone
        std::function<void(std::size_t running)> on_wait; // here, several times a second
    };

    ProcessPool(std::size_t most_at_once, Callbacks callbacks)
        : most_at_once_(most_at_once), callbacks_(std::move(callbacks)) {}
    ~ProcessPool();
    ProcessPool(const ProcessPool&) = delete;
    ProcessPool& operator=(const ProcessPool&) = delete;

    // Works with the numbers from 0 to count - 1. After an interruption (base/interruption.hpp) nothing
    // new is begun, and what runs gets the same signal. Throws std::runtime_error if not even one process
    // can be made.
    void run(std::size_t count);

  private:
    struct Process {
        std::size_t number;
        pid_t id;
        int answers; // a pipe; -1 when all has been read
        std::string answer = {};
    };

    bool start(std::size_t number);
    [[noreturn]] void be_child(std::size_t number, pid_t parent, int answers);
    void pass_on_interruption();
    void wait();
    bool is_over(Process& process);

    std::size_t most_at_once_;
    Callbacks callbacks_;
    std::vector<Process> running_;
    bool is_interrupted_ = false;
};

} // namespace batsim

#endif
