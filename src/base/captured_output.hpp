// captured_output.hpp - a file in memory that takes what is printed on stdout and stderr.
#ifndef BATSIM_BASE_CAPTURED_OUTPUT_HPP
#define BATSIM_BASE_CAPTURED_OUTPUT_HPP

#include <string>

namespace batsim {

// A CapturedOutput survives the child process that prints into it.
class CapturedOutput {
  public:
    CapturedOutput(); // Throws std::runtime_error.
    ~CapturedOutput();
    CapturedOutput(const CapturedOutput&) = delete;
    CapturedOutput& operator=(const CapturedOutput&) = delete;

    // From now on, and until then, stdout and stderr of this process go there.
    void begin();
    void end();
    std::string text() const;

  private:
    int file_;
    int stdout_ = -1, stderr_ = -1; // where they went before
};

} // namespace batsim

#endif
