// interruption.cpp - signals that ask the program to end.
#include "base/interruption.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

#include "base/last_words.hpp"

namespace batsim {

namespace {

constexpr unsigned kSecondsToEnd = 5;
// What people, batch systems (a limit is near) and watchdogs send to end a program.
constexpr std::array kRequests{SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGUSR1, SIGUSR2, SIGALRM};
constexpr std::array kDeadly{SIGQUIT, SIGPIPE, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT};

// What the handlers need to know.
volatile sig_atomic_t received = 0;
volatile sig_atomic_t remembering = 0;
volatile pid_t process = 0;

// In a process that a plugin has forked off, the signal does what it usually does.
bool is_foreign(int signal) {
    if (getpid() == process) return false;
    std::signal(signal, SIG_DFL);
    raise(signal);
    return true;
}

void end_at_once(int signal) {
    const char* text = activity();
    last_words({"batsim: ended at once", text == nullptr ? "" : ", inside ",
                text == nullptr ? "" : text, "\n"});
    _exit(128 + signal);
}

// Also the alarm that it has set itself.
void on_request(int signal) {
    if (is_foreign(signal)) return;
    if (received != 0) end_at_once(received);
    if (remembering == 0) end_at_once(signal);
    received = signal;
    alarm(kSecondsToEnd);
}

void on_deadly_signal(int signal) {
    if (is_foreign(signal)) return;
    last_words({});
    std::signal(signal, SIG_DFL);
    raise(signal);
}

// A file that grows beyond the limit is an ordinary error of write(), like a full disk. A handler, as
// SIG_IGN would be passed on to programs that a plugin starts.
void on_file_size_limit(int signal) { is_foreign(signal); }

void install(int signal, struct sigaction action) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_IGN) return;
    action.sa_flags |= SA_RESTART;
    sigaction(signal, &action, nullptr);
}

void install(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    install(signal, action);
}

// ---- Worker processes ----------------------------------------------------------------------------

volatile pid_t simulator_process = 0;

void on_request_in_worker(int signal, siginfo_t* info, void*) {
    if (is_foreign(signal)) return;
    const bool by_a_process = info->si_code == SI_USER || info->si_code == SI_TKILL;
    const bool by_itself = by_a_process && info->si_pid == getpid();
    const bool by_a_limit = !by_a_process && (signal == SIGALRM || signal == SIGXCPU);
    if (by_itself || by_a_limit) kill(simulator_process, signal);
}

} // namespace

void install_interruption_handlers() {
    process = getpid();
    for (const int signal : kRequests) install(signal, on_request);
    for (const int signal : kDeadly) install(signal, on_deadly_signal);
    for (int signal = SIGRTMIN; signal <= SIGRTMAX; ++signal)
        if (signal != internal_signal()) install(signal, on_deadly_signal);
    install(SIGXFSZ, on_file_size_limit);
}

// Not the last one, which valgrind takes.
int internal_signal() { return SIGRTMAX - 1; }
void leave_interruptions_to(int simulator) {
    process = getpid();
    simulator_process = simulator;
    struct sigaction action {};
    action.sa_sigaction = on_request_in_worker;
    action.sa_flags = SA_SIGINFO;
    for (const int signal : kRequests) install(signal, action);
    for (const int signal : kDeadly) install(signal, SIG_DFL);
    for (int signal = SIGRTMIN; signal <= SIGRTMAX; ++signal) install(signal, SIG_DFL);
}

void remember_interruptions() { remembering = 1; }

const char* signal_name(int signal) {
    const char* name = sigabbrev_np(signal);
    return name == nullptr ? "?" : name;
}

int interruption_signal() { return received; }

} // namespace batsim
