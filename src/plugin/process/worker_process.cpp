// worker_process.cpp - the process in which a plugin runs.
#include "plugin/process/worker_process.hpp"

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <thread>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "plugin/process/worker.hpp"

namespace batsim {

namespace {

constexpr std::chrono::seconds kTimeToEnd{10}; // valgrind and others have work to do at the end
constexpr std::chrono::seconds kTimeToSayWhere{1};
constexpr std::chrono::milliseconds kBetweenLooks{1};

pid_t start(const std::string& path, const Channel& channel) {
    // Whoever ignores it when the program starts would keep us from hearing how workers end.
    std::signal(SIGCHLD, SIG_DFL);
    std::fflush(nullptr); // else both processes would write what is held back
    const pid_t simulator = getpid();
    const pid_t id = fork();
    if (id < 0) throw LoadError("plugin '" + path + "': fork: " + std::strerror(errno));
    if (id == 0) run_worker(path, channel, simulator);
    channel.keep_from_further_processes();
    return id;
}

} // namespace

WorkerProcess::WorkerProcess(const std::string& path, const Channel& channel)
    : memory_(channel.memory()), id_(start(path, channel)) {}

WorkerProcess::~WorkerProcess() { kill(); }

bool WorkerProcess::is_gone() {
    if (is_gone_) return true;
    const pid_t id = waitpid(id_, &status_, WNOHANG);
    is_gone_ = id == id_ || (id < 0 && errno != EINTR);
    return is_gone_;
}

std::string WorkerProcess::last_words() const {
    return {memory_.last_words, strnlen(memory_.last_words, ChannelMemory::kLastWordsSize)};
}

std::string WorkerProcess::how_it_ended() const {
    if (std::string words = last_words(); !words.empty()) return words;
    if (WIFSIGNALED(status_))
        return std::string("its process was ended by SIG") + signal_name(WTERMSIG(status_));
    return "called _exit(" + std::to_string(WEXITSTATUS(status_)) + ")";
}

std::string WorkerProcess::interrupt() {
    if (!is_gone()) syscall(SYS_tgkill, id_, id_, internal_signal()); // its main thread
    wait(kTimeToSayWhere);
    return last_words();
}

void WorkerProcess::wait() { wait(kTimeToEnd); }

void WorkerProcess::wait(std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!is_gone() && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(kBetweenLooks);
    kill();
}

void WorkerProcess::kill() {
    if (is_gone()) return;
    ::kill(id_, SIGKILL);
    while (waitpid(id_, &status_, 0) < 0 && errno == EINTR) {
    }
    is_gone_ = true;
}

} // namespace batsim
