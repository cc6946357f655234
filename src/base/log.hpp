// log.hpp - what the program tells its user on stderr, one line a message.
#ifndef BATSIM_BASE_LOG_HPP
#define BATSIM_BASE_LOG_HPP

#include <cstdio>
#include <string_view>

namespace batsim {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Lines "batsim: warning: ..." on a stream, from a least level on. Does not own the stream.
class Log {
  public:
    // `line_start` comes before each message, to erase what may stand on the line of a terminal.
    explicit Log(std::FILE* stream, LogLevel least = LogLevel::kInfo, const char* line_start = "")
        : stream_(stream), least_(least), line_start_(line_start) {}

    void debug(std::string_view message) const { write(LogLevel::kDebug, "", message); }
    void info(std::string_view message) const { write(LogLevel::kInfo, "", message); }
    void warning(std::string_view message) const { write(LogLevel::kWarning, "", message); }
    void error(std::string_view message) const { write(LogLevel::kError, "", message); }

    // `origin` names who speaks, e.g. a scheduler and the simulated date; "" is the program.
    void write(LogLevel level, std::string_view origin, std::string_view message) const;

  private:
    std::FILE* stream_;
    LogLevel least_;
    const char* line_start_;
};

} // namespace batsim

#endif
