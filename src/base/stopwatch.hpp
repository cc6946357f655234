// stopwatch.hpp - how long something takes, also on a busy machine.
#ifndef BATSIM_BASE_STOPWATCH_HPP
#define BATSIM_BASE_STOPWATCH_HPP

#include <sys/types.h>

#include <chrono>

namespace batsim {

// Real time that has passed since some moment before the program began; never goes back.
double seconds_of_clock();

// A Stopwatch measures the wall-clock time of a process, but for the time in which its main thread
// could have run and no processor was free (where the kernel tells that).
class Stopwatch {
  public:
    explicit Stopwatch(pid_t process);
    double seconds() const;

  private:
    pid_t process_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    double waited_before_;
};

} // namespace batsim

#endif
