// child_process.cpp - runs something in a process of its own, where it can do no harm.
#include "plugin/loading/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <stdexcept>

#include "base/text.hpp"

namespace batsim {

namespace {

using Clock = std::chrono::steady_clock;

// The text ends with it, so that a text that was cut off is noticed.
constexpr char kEnd = '\x1e';

[[noreturn]] void run_child(const std::function<std::string()>& body, int output) {
    const int nowhere = open("/dev/null", O_RDWR);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, stream);
    const std::string text = body() + kEnd;
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = write(output, text.data() + written, text.size() - written);
        if (count < 0 && errno != EINTR) break;
        if (count > 0) written += static_cast<std::size_t>(count);
    }
    _exit(0);
}

// Waits for more text. False if the date has come.
bool wait_for_input(int file, Clock::time_point deadline) {
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        pollfd entry{file, POLLIN, 0};
        const int count = poll(&entry, 1, static_cast<int>(std::max<long>(left.count(), 0)));
        if (count > 0) return true;
        if (count == 0) return false;
    }
}

// Everything until the end of the file, or nothing if that does not come in time.
std::optional<std::string> read_all(int file, Clock::time_point deadline) {
    std::string text;
    std::array<char, 4096> buffer;
    while (wait_for_input(file, deadline)) {
        const ssize_t count = read(file, buffer.data(), buffer.size());
        if (count == 0) return text;
        if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return std::nullopt;
}

std::string ending(int status) {
    if (WIFEXITED(status)) return "ended by exit(" + std::to_string(WEXITSTATUS(status)) + ")";
    const char* const name = sigabbrev_np(WTERMSIG(status));
    return std::string("was ended by SIG") + (name == nullptr ? "?" : name);
}

} // namespace

ChildResult run_in_child(const std::function<std::string()>& body,
                         std::chrono::duration<double> limit) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
    if (child == 0) {
        close(ends[0]);
        run_child(body, ends[1]);
    }
    close(ends[1]);
    const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(limit);
    std::optional<std::string> text = read_all(ends[0], deadline);
    close(ends[0]);
    if (!text) kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!text) return {"", "was still running after " + number_text(limit.count()) + " s"};
    if (text->empty() || text->back() != kEnd) return {"", ending(status)};
    text->pop_back();
    return {*text, ""};
}

} // namespace batsim
