// trap.cpp - calls foreign code and survives its crash or its exit().
#include "plugin/trap.hpp"

#include <dlfcn.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <vector>

#include "base/demangle.hpp"
#include "base/error.hpp"
#include "base/last_words.hpp"
#include "plugin/float_environment.hpp"

namespace batsim {

namespace {

// The crash handler's table: what runs now. Only the main thread calls plugins.
struct Current {
    pid_t process = 0;
    pid_t thread = 0;
    sigjmp_buf* volatile target = nullptr; // of the trap

    const char* volatile function = nullptr; // of the simulator that it has called
    AbnormalEnd end;

    char* report = nullptr; // in a worker process: where the simulator looks for its last words
    std::size_t report_size = 0;
};
Current current;

constexpr std::array kSignals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

void* program_counter(const void* context) {
    const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
    return reinterpret_cast<void*>(machine.gregs[REG_RIP]);
#elif defined(__aarch64__)
    return reinterpret_cast<void*>(machine.pc);
#endif
}

const char* signal_name(int signal) {
    const char* name = sigabbrev_np(signal);
    return name == nullptr ? "?" : name;
}

// In a worker process: leaves the message to the simulator, which says whose it is.
[[noreturn]] void end_worker(std::initializer_list<const char*> message) {
    char* end = current.report;
    const char* const last = current.report + current.report_size - 1;
    for (const char* part : message)
        while (*part != '\0' && end != last) *end++ = *part++;
    *end = '\0';
    _exit(static_cast<int>(ExitCode::kPlugin));
}

// A crash from which there is no way back to the trap.
[[noreturn]] void end_program(int signal) {
    const char* name = signal_name(signal);
    if (current.report != nullptr) {
        if (gettid() != current.thread)
            end_worker({"a thread that it has made crashed with SIG", name});
        if (current.function == nullptr) end_worker({"its worker process crashed with SIG", name});
        end_worker({current.function, " crashed with SIG", name,
                    "; is a pointer among its arguments wrong?"});
    }
    if (gettid() != current.thread) {
        last_words({"batsim: error: a thread that a plugin has made crashed with SIG", name, "\n"});
        _exit(static_cast<int>(ExitCode::kPlugin));
    }
    if (current.target != nullptr) {
        last_words({"batsim: error: ", activity(), ": ", current.function, " crashed with SIG",
                    name, "; is a pointer among its arguments wrong?\n"});
        _exit(static_cast<int>(ExitCode::kPlugin));
    }
    last_words({"batsim: error: internal error, please report it: crashed with SIG", name, "\n"});
    _exit(static_cast<int>(ExitCode::kInternal));
}

void on_crash(int signal, siginfo_t*, void* context) {
    if (getpid() != current.process) { // a child of the plugin
        std::signal(signal, SIG_DFL);
        raise(signal);
        return;
    }
    const bool can_return =
        current.target != nullptr && current.function == nullptr && gettid() == current.thread;
    if (!can_return) end_program(signal);
    current.end = {std::nullopt, signal, program_counter(context)};
    siglongjmp(*current.target, 1);
}

std::string hexadecimal(std::size_t number) {
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "+0x%zx", number);
    return text.data();
}

// "easy.so+0x1189 (on_decide+0x5)" for an address in a library of any namespace.
std::string location(void* address) {
    Dl_info info{};
    if (address == nullptr || dladdr(address, &info) == 0 || info.dli_fname == nullptr) return "";
    const char* slash = std::strrchr(info.dli_fname, '/');
    const auto offset = [address](const void* base) {
        return hexadecimal(static_cast<std::size_t>(static_cast<const char*>(address) -
                                                    static_cast<const char*>(base)));
    };
    std::string text = slash == nullptr ? info.dli_fname : slash + 1;
    text += offset(info.dli_fbase);
    if (info.dli_sname != nullptr)
        text += " (" + demangled(info.dli_sname) + offset(info.dli_saddr) + ")";
    return text;
}

} // namespace

std::string AbnormalEnd::text() const {
    if (exit_status) return "called exit(" + std::to_string(*exit_status) + ")";
    const std::string place = location(program_counter);
    std::string text = "crashed with SIG" + std::string(signal_name(signal));
    if (!place.empty()) text += " at " + place;
    if (signal == SIGABRT) text += "; it called abort, or an exception left one of its functions";
    return text;
}

void install_crash_handlers() {
    static std::vector<char> stack(std::size_t{64} * 1024);
    current.process = getpid();
    current.thread = gettid();
    stack_t alternate{};
    alternate.ss_sp = stack.data();
    alternate.ss_size = stack.size();
    sigaltstack(&alternate, nullptr);
    struct sigaction action {};
    action.sa_sigaction = on_crash;
    // SA_NODEFER: the handler does not return when it jumps, and the signal must not stay blocked.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (const int signal : kSignals) sigaction(signal, &action, nullptr);
    static const int registered = on_exit(on_exit_in_plugin, nullptr);
    static_cast<void>(registered);
    remember_float_environment();
}

void report_fatal_crashes_in(char* memory, std::size_t size) {
    current.report = memory;
    current.report_size = size;
}

void on_exit_in_plugin(int status, void*) {
    // A child that the plugin has forked off, or a thread of it, may end like that.
    const bool can_return =
        current.target != nullptr && getpid() == current.process && gettid() == current.thread;
    if (!can_return) return;
    current.end = {status, 0, nullptr};
    siglongjmp(*current.target, 1);
}

void Trap::enter() {
    set_activity(who_);
    current.target = &target_;
}

void Trap::leave() {
    current.target = nullptr;
    set_activity(nullptr);
    restore_float_environment();
}

std::optional<AbnormalEnd> Trap::leave_abnormally() {
    leave();
    return current.end;
}

Service::Service(const char* function) { current.function = function; }
Service::~Service() { current.function = nullptr; }

} // namespace batsim
