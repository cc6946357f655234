// process_pool.cpp - the same work many times, each time in a process of its own.
#include "compare/process_pool.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <utility>

#include "base/interruption.hpp"

namespace batsim {

namespace {

// Milliseconds. A pipe tells that a process has ended, unless another one holds it open.
constexpr int kUsualWait = 100;
constexpr int kWaitForTheEnd = 1;
// Processes have 5 s to end after an interruption, see interruption.hpp; this one comes last.
constexpr unsigned kSecondsToEnd = 8;

void write_all(int file, const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = write(file, text.data() + written, text.size() - written);
        if (count < 0 && errno != EINTR) return;
        if (count > 0) written += static_cast<std::size_t>(count);
    }
}

// Whether there may be more to read.
bool read_some(int file, std::string& text) {
    std::array<char, 4096> buffer;
    const ssize_t count = read(file, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
}

bool has_ended(pid_t process) {
    siginfo_t info{};
    if (waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0)
        return info.si_pid == process;
    return errno == ECHILD; // who started this program has let SIGCHLD be ignored
}

// Until then the number of its group cannot become that of another one.
int reap(pid_t process) {
    kill(-process, SIGKILL);
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

} // namespace

ProcessPool::~ProcessPool() {
    for (const Process& process : running_) {
        kill(process.id, SIGKILL);
        reap(process.id);
        if (process.answers >= 0) close(process.answers);
    }
}

void ProcessPool::be_child(std::size_t number, pid_t parent, int answers) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(EXIT_FAILURE); // it has died before
    for (const Process& other : running_)
        if (other.answers >= 0) close(other.answers);
    dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    try {
        const Answer answer = callbacks_.work(number);
        write_all(answers, answer.text);
        std::fflush(nullptr);
        _exit(answer.exit_code);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        std::fflush(nullptr);
        _exit(EXIT_FAILURE);
    }
}

bool ProcessPool::start(std::size_t number) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    std::fflush(nullptr);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0) {
        const int error = errno;
        for (const int end : ends) close(end);
        errno = error;
        return false;
    }
    if (child == 0) {
        close(ends[0]);
        be_child(number, parent, ends[1]);
    }
    setpgid(child, child); // whoever comes first
    close(ends[1]);
    running_.push_back({number, child, ends[0]});
    return true;
}

void ProcessPool::pass_on_interruption() {
    if (is_interrupted_ || interruption_signal() == 0) return;
    is_interrupted_ = true;
    for (const Process& process : running_) kill(process.id, interruption_signal());
    alarm(kSecondsToEnd);
}

// Not until the end of the pipe, which others may hold open.
bool ProcessPool::is_over(Process& process) {
    const bool is_gone = has_ended(process.id);
    pollfd ready{process.answers, POLLIN, 0};
    while (ready.fd >= 0 && poll(&ready, 1, 0) > 0)
        if (!read_some(ready.fd, process.answer)) {
            close(ready.fd);
            ready.fd = process.answers = -1;
        }
    return is_gone;
}

void ProcessPool::wait() {
    std::vector<pollfd> pipes;
    bool is_ending = false;
    for (const Process& process : running_) {
        is_ending = is_ending || process.answers < 0;
        pipes.push_back({process.answers, POLLIN, 0});
    }
    poll(pipes.data(), pipes.size(), is_ending ? kWaitForTheEnd : kUsualWait);
    callbacks_.on_wait(running_.size());
    for (std::size_t i = 0; i < running_.size();) {
        if (!is_over(running_[i])) {
            ++i;
            continue;
        }
        Process process = std::move(running_[i]);
        running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
        if (process.answers >= 0) close(process.answers);
        const int status = reap(process.id);
        callbacks_.on_end(process.number, {std::move(process.answer), status});
    }
}

void ProcessPool::run(std::size_t count) {
    std::size_t next = 0;
    while (next < count || !running_.empty()) {
        pass_on_interruption();
        if (is_interrupted_) count = next;
        if (next < count && running_.size() < most_at_once_) {
            if (start(next)) {
                ++next;
                continue;
            }
            if (running_.empty())
                throw std::runtime_error(std::string("no process can be made: ") +
                                         std::strerror(errno));
            most_at_once_ = running_.size(); // there is no room for more
        }
        if (!running_.empty()) wait();
    }
}

} // namespace batsim
