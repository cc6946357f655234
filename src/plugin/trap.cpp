// trap.cpp - calls foreign code and survives its crash or its exit().
#include "plugin/trap.hpp"

#include <dlfcn.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
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

// A crash from which there is no way back to the trap.
[[noreturn]] void end_program(int signal) {
    const char* name = signal_name(signal);
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
    current.end = {std::nullopt, signal, program_counter(context), nullptr};
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
    if (exit_status)
        return std::string("called ") + function + "(" + std::to_string(*exit_status) + ")";
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

void on_end_in_plugin(const char* function, int status) {
    if (getpid() != current.process) return; // a child that the plugin has forked off
    if (gettid() != current.thread) {
        last_words({"batsim: error: a thread that a plugin has made called ", function, "\n"});
        _exit(static_cast<int>(ExitCode::kPlugin));
    }
    if (current.target == nullptr) return;
    current.end = {status, 0, nullptr, function};
    siglongjmp(*current.target, 1);
}

void on_exit_in_plugin(int status, void*) { on_end_in_plugin("exit", status); }

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
