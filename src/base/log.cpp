// log.cpp - what the program tells its user on stderr, one line a message.
#include "base/log.hpp"

#include <string>

namespace batsim {

namespace {

std::string_view prefix(LogLevel level) {
    switch (level) {
        case LogLevel::kDebug: return "debug: ";
        case LogLevel::kInfo: return "";
        case LogLevel::kWarning: return "warning: ";
        case LogLevel::kError: return "error: ";
    }
    return "";
}

} // namespace

void Log::write(LogLevel level, std::string_view origin, std::string_view message) const {
    if (level < least_) return;
    std::string line = line_start_;
    line += "batsim: ";
    if (!origin.empty()) line.append(origin).append(": ");
    line.append(prefix(level));
    for (const char c : message) {
        line += c;
        if (c == '\n') line += "batsim:   ";
    }
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stream_);
    std::fflush(stream_);
}

} // namespace batsim
