// child_process.cpp - runs a function in a child process, which may end in any way.
#include "base/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>

#include "base/captured_output.hpp"
#include "base/interruption.hpp"
#include "base/stopwatch.hpp"

namespace batsim {

namespace {

[[noreturn]] void fail(const char* function) {
    throw std::runtime_error(std::string(function) + ": " + std::strerror(errno));
}

void write_all(int file, const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = write(file, text.data() + written, text.size() - written);
        if (count < 0 && errno != EINTR) return;
        if (count > 0) written += static_cast<std::size_t>(count);
    }
}

[[noreturn]] void be_child(const std::function<std::string()>& work, int answers,
                           CapturedOutput& output) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO); // what is on stdin is the parent's
    output.begin();
    try {
        write_all(answers, work());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        std::fflush(nullptr);
        _exit(1);
    }
    std::fflush(nullptr);
    _exit(0);
}

// Whether there may be more to read.
bool read_some(int file, std::string& text) {
    std::array<char, 4096> buffer;
    const ssize_t count = read(file, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
}

// Reads the answer until the child is gone. Not until the end of the pipe, which processes that the
// plugin has left behind may hold open.
void attend(pid_t child, int answers, double limit, ChildReport& report) {
    const Stopwatch stopwatch(child);
    pollfd ready{answers, POLLIN, 0};
    for (;;) {
        const bool has_ended = waitpid(child, &report.wait_status, WNOHANG) == child;
        while (poll(&ready, 1, 0) > 0 && ready.fd >= 0)
            if (!read_some(answers, report.answer)) ready.fd = -1;
        if (has_ended) return;
        if (stopwatch.seconds() >= limit) break;
        poll(&ready, 1, ready.fd < 0 ? 1 : 10);
    }
    report.timed_out = true;
    kill(child, SIGKILL);
    waitpid(child, &report.wait_status, 0);
}

} // namespace

std::string process_end_text(int wait_status) {
    if (WIFEXITED(wait_status))
        return "ended with exit code " + std::to_string(WEXITSTATUS(wait_status));
    return std::string("ended by SIG") + signal_name(WTERMSIG(wait_status));
}

ChildReport run_in_child(const std::function<std::string()>& work, double limit) {
    CapturedOutput output;
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe2");
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child < 0) {
        for (const int end : ends) close(end);
        fail("fork");
    }
    if (child == 0) {
        close(ends[0]);
        be_child(work, ends[1], output);
    }
    close(ends[1]);
    ChildReport report;
    attend(child, ends[0], limit, report);
    close(ends[0]);
    report.printed = output.text();
    return report;
}

} // namespace batsim
