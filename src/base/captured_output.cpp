// captured_output.cpp - a file in memory that takes what is printed on stdout and stderr.
#include "base/captured_output.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace batsim {

CapturedOutput::CapturedOutput() : file_(memfd_create("batsim-check", MFD_CLOEXEC)) {
    if (file_ < 0) throw std::runtime_error(std::string("memfd_create: ") + std::strerror(errno));
    fcntl(file_, F_SETFL, O_APPEND); // stdout and stderr share it
}

CapturedOutput::~CapturedOutput() {
    end();
    close(file_);
}

void CapturedOutput::begin() {
    std::fflush(nullptr);
    stdout_ = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    stderr_ = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
    dup2(file_, STDOUT_FILENO);
    dup2(file_, STDERR_FILENO);
}

void CapturedOutput::end() {
    if (stdout_ < 0) return;
    std::fflush(nullptr);
    dup2(stdout_, STDOUT_FILENO);
    dup2(stderr_, STDERR_FILENO);
    close(stdout_);
    close(stderr_);
    stdout_ = stderr_ = -1;
}

std::string CapturedOutput::text() const {
    std::string text;
    std::array<char, 4096> buffer;
    ssize_t count = 0;
    while ((count = pread(file_, buffer.data(), buffer.size(), static_cast<off_t>(text.size()))) >
           0)
        text.append(buffer.data(), static_cast<std::size_t>(count));
    return text;
}

} // namespace batsim
