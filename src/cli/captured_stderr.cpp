// captured_stderr.cpp - what a library writes to stderr while it is called.
#include "cli/captured_stderr.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

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

std::string CapturedStderr::text() const {
    constexpr off_t kMost = 1 << 20;
    const off_t size = lseek(file_, 0, SEEK_END);
    if (size <= 0) return "";
    std::string text(static_cast<std::size_t>(std::min(size, kMost)), ' ');
    const ssize_t count = pread(file_, text.data(), text.size(), std::max(size - kMost, off_t{0}));
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
}

std::string CapturedStderr::last_line() const {
    std::string text = this->text();
    while (!text.empty() && text.back() == '\n') text.pop_back();
    text.erase(0, text.rfind('\n') + 1); // npos + 1 is 0
    const std::size_t bracket = text.find("] ");
    return bracket == std::string::npos ? text : text.substr(text.rfind("] ") + 2);
}

} // namespace batsim
