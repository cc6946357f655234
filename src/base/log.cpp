// log.cpp - what the program tells its user on stderr, one line a message.
#include "base/log.hpp"

#include <string>
#include <utility>

#include "base/text.hpp"

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
    std::string text = std::string(line_start_) + "batsim: ";
    if (!origin.empty()) text.append(origin).append(": ");
    text.append(prefix(level));
    bool first = true;
    for (const std::string& line : split(message, '\n')) {
        text.append(std::exchange(first, false) ? "" : "batsim:   ").append(printable(line));
        text += '\n';
    }
    std::fwrite(text.data(), 1, text.size(), stream_);
    std::fflush(stream_);
}

} // namespace batsim
