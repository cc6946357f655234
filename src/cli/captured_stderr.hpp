// captured_stderr.hpp - what a library writes to stderr while it is called.
#ifndef BATSIM_CLI_CAPTURED_STDERR_HPP
#define BATSIM_CLI_CAPTURED_STDERR_HPP

#include <string>

namespace batsim {

// While a CapturedStderr lives, what the process writes to file descriptor 2 goes to it instead.
class CapturedStderr {
  public:
    CapturedStderr();
    ~CapturedStderr();
    CapturedStderr(const CapturedStderr&) = delete;
    CapturedStderr& operator=(const CapturedStderr&) = delete;

    // All of it, but for what is far from the end.
    std::string text() const;
    // The last line that is not empty, without what a logger puts before the message.
    std::string last_line() const;

  private:
    int file_ = -1;
    int stderr_ = -1; // a copy of the real one
};

} // namespace batsim

#endif
