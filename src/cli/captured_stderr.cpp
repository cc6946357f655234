// captured_stderr.cpp - what a library writes to stderr while it is called.
#include "cli/captured_stderr.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <array>

namespace batsim {

CapturedStderr::CapturedStderr() : file_(memfd_create("stderr", MFD_CLOEXEC)) {
    if (file_ < 0) return;
    stderr_ = dup(STDERR_FILENO);
    dup2(file_, STDERR_FILENO);
}

CapturedStderr::~CapturedStderr() {
    if (file_ < 0) return;
    dup2(stderr_, STDERR_FILENO);
    close(stderr_);
    close(file_);
}

std::string CapturedStderr::last_line() const {
    std::array<char, 4096> buffer;
    const off_t size = lseek(file_, 0, SEEK_END);
    const off_t begin =
        size > static_cast<off_t>(buffer.size()) ? size - static_cast<off_t>(buffer.size()) : 0;
    const ssize_t count = pread(file_, buffer.data(), buffer.size(), begin);
    std::string text(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    text.erase(0, text.rfind('\n') + 1); // npos + 1 is 0
    const std::size_t bracket = text.find("] ");
    return bracket == std::string::npos ? text : text.substr(text.rfind("] ") + 2);
}

} // namespace batsim
