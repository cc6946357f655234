// trap.cpp - calls foreign code and survives its crash, its exit() and that it does not return.
#include "plugin/trap/trap.hpp"

#include <pthread.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "base/last_words.hpp"
#include "base/number_room.hpp"
#include "base/text.hpp"
#include "plugin/trap/code_location.hpp"
#include "plugin/trap/float_environment.hpp"

namespace batsim {

namespace {

// The handlers' table: what runs now. Only the main thread calls plugins.
struct Current {
    pid_t process = 0;
    pthread_t thread{};
    sigset_t signal_mask{};
    sigjmp_buf* volatile target = nullptr; // of the trap
    const ForeignCall* volatile call = nullptr;
    const char* volatile function = nullptr; // of the simulator that it has called
    volatile bool looks_for_caller = false;
    volatile bool is_elsewhere = false; // the code that has been called
    bool ends = false;                  // the program
    bool has_used_exit_handler = false; // of the program's own C library
    AbnormalEnd end;

    // Odd while a watched call runs, whose object is `watched`.
    std::atomic<std::uint64_t> number{0};
    std::atomic<const ForeignCall*> watched{nullptr};
    std::atomic<const Expiry*> expiry{nullptr};
    char* report = nullptr; // in a worker process: where the simulator looks for its last words
    std::size_t report_size = 0;
};
Current current;

constexpr std::array kSignals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

struct MachineState {
    const void* program_counter;
    const char* const* stack;
};

MachineState state_of(const void* context) {
    const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
    return {reinterpret_cast<const void*>(machine.gregs[REG_RIP]),
            reinterpret_cast<const char* const*>(machine.gregs[REG_RSP])};
#elif defined(__aarch64__)
    return {reinterpret_cast<const void*>(machine.pc),
            reinterpret_cast<const char* const*>(machine.sp)};
#endif
}

// Where the plugin itself was. Looking for it may crash if the stack is not in order.
const void* find_caller(const MachineState& state) {
    if (current.looks_for_caller || current.call == nullptr) return nullptr;
    current.looks_for_caller = true;
    const void* const caller =
        state.program_counter == nullptr
            ? *state.stack - 1 // after a call of nothing: what it would have returned to
            : caller_in(current.call->library(), state.program_counter);
    current.looks_for_caller = false;
    return caller;
}

// The same for the code that has just called the simulator, also in a thread.
const void* find_caller() {
    if (current.call == nullptr) return nullptr;
    if (!is_main_thread()) return caller_in(current.call->library(), nullptr);
    if (std::exchange(current.looks_for_caller, true)) return nullptr;
    const void* const caller = caller_in(current.call->library(), nullptr);
    current.looks_for_caller = false;
    return caller;
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

// Ends the program: what has happened is in the parts of `message`, where, if known, at `address`.
[[noreturn]] void end_program(ExitCode code, std::array<const char*, 3> message,
                              const void* address) {
    ForeignCall::PlaceRoom place_room;
    LocationRoom location_room;
    if (std::exchange(current.ends, true)) address = nullptr; // looking it up has crashed
    const ForeignCall* const call = current.call;
    const char* const place = call == nullptr ? "" : call->place(place_room);
    const char* const at = location(address, location_room);
    if (current.report != nullptr)
        end_worker({message[0], message[1], message[2], at[0] == '\0' ? "" : " at ", at});
    last_words({"batsim: error: ", call == nullptr ? "" : call->who(), place,
                call == nullptr ? "" : ": ", message[0], message[1], message[2],
                at[0] == '\0' ? "" : " at ", at, "\n"});
    _exit(static_cast<int>(code));
}

// A crash from which there is no way back to the trap.
[[noreturn]] void end_after_crash(int signal, const void* address) {
    const char* const name = signal_name(signal);
    if (!is_main_thread())
        end_program(ExitCode::kPlugin,
                    {"a thread that a plugin has made crashed with SIG", name, ""}, address);
    if (current.target == nullptr && current.report != nullptr)
        end_program(ExitCode::kPlugin, {"its worker process crashed with SIG", name, ""}, address);
    // What a plugin has done to our memory before it crashed shows later.
    if (current.target == nullptr && current.end.signal != 0)
        end_program(
            ExitCode::kPlugin,
            {"after the crash of a plugin, which may have damaged its memory, the simulator "
             "crashed, too, with SIG",
             name, "; --isolation process keeps them apart"},
            address);
    if (current.target == nullptr)
        end_program(ExitCode::kInternal,
                    {"internal error, please report it: crashed with SIG", name, ""}, address);
    std::array<char, 128> text;
    std::snprintf(text.data(), text.size(),
                  "%s crashed with SIG%s; is a pointer among its arguments wrong?",
                  current.function, name);
    end_program(ExitCode::kPlugin, {text.data(), "", ""}, nullptr);
}

void on_crash(int signal, siginfo_t* info, void* context) {
    const bool is_here = getpid() == current.process; // not in a child of the plugin
    const bool is_sent = info->si_code == SI_USER && info->si_pid != getpid();
    // Of a worker the simulator says how it has ended.
    if (is_here && is_sent && current.report == nullptr)
        last_words(
            {"batsim: ended by SIG", signal_name(signal), ", which another process has sent\n"});
    if (is_sent || !is_here) {
        std::signal(signal, SIG_DFL);
        raise(signal);
        return;
    }
    const MachineState state = state_of(context);
    const bool can_return =
        current.target != nullptr && current.function == nullptr && is_main_thread();
    if (!can_return) end_after_crash(signal, state.program_counter);
    if (!current.looks_for_caller)
        current.end = {{}, {}, signal, state.program_counter, nullptr, nullptr};
    current.end.caller = find_caller(state);
    current.looks_for_caller = false;
    siglongjmp(*current.target, 1);
}

std::string with_place(std::string text, const AbnormalEnd& end) {
    const std::string place = location(end.program_counter);
    if (!place.empty()) text += " at " + place;
    const std::string caller = location(end.caller);
    if (!caller.empty()) text += (place.empty() ? " in " : ", called from ") + caller;
    return text;
}

// In a worker process, which the simulator ends if this takes long: finding the names may need locks that
// are held here.
[[noreturn]] void end_worker_that_hangs(const MachineState& state) {
    AbnormalEnd end;
    end.caller = find_caller(state);
    // Where one of the simulator's functions waits is of no interest.
    const bool is_in_simulator = current.function != nullptr && end.caller != nullptr;
    if (!is_in_simulator) end.program_counter = state.program_counter;
    end_worker({with_place("it is", end).c_str()});
}

// What request_abandonment causes in the main thread.
void on_expiry(int, siginfo_t*, void* context) {
    if (current.report != nullptr && getpid() == current.process && is_main_thread())
        end_worker_that_hangs(state_of(context));
    const Expiry* const expiry = current.expiry;
    if (getpid() != current.process || !is_main_thread() || expiry == nullptr ||
        expiry->number != current.number || current.target == nullptr || current.is_elsewhere)
        return;
    const MachineState state = state_of(context);
    const char* const library = current.call->library();
    if (current.function == nullptr && is_foreign_code(state.program_counter, library)) {
        current.end = {{}, expiry->seconds, 0, state.program_counter, nullptr, nullptr};
        current.end.caller = find_caller(state);
        siglongjmp(*current.target, 1);
    }
    if (!expiry->is_last_time) return;
    const void* const caller = caller_in(library, state.program_counter);
    NumberRoom seconds;
    seconds[write_number(seconds.data(), expiry->seconds)] = '\0';
    std::array<char, 128> text;
    std::snprintf(text.data(), text.size(), "%s%shas not returned for ",
                  current.function == nullptr ? "" : current.function,
                  current.function == nullptr ? "" : ", which it has called, ");
    end_program(ExitCode::kPlugin, {text.data(), seconds.data(), " s; it is"},
                caller == nullptr ? state.program_counter : caller);
}

// Is called by the exit() of the program's own C library, which forgets it then.
void on_exit_here(int status, void*) {
    current.has_used_exit_handler = true;
    const bool is_plugins = current.target != nullptr || !is_main_thread();
    if (is_plugins) on_end_in_plugin("exit", status);
}

} // namespace

std::string AbnormalEnd::text() const {
    if (exit_status)
        return with_place(
            std::string("called ") + function + "(" + std::to_string(*exit_status) + ")", *this);
    if (seconds)
        return with_place("has not returned for " + number_text(*seconds) + " s; it is", *this);
    std::string text = with_place("crashed with SIG" + std::string(signal_name(signal)), *this);
    if (signal == SIGABRT) text += "; it called abort, or an exception left one of its functions";
    return text;
}

void install_crash_handlers() {
    static std::vector<char> stack(std::size_t{64} * 1024);
    current.process = getpid();
    current.thread = pthread_self();
    pthread_sigmask(SIG_SETMASK, nullptr, &current.signal_mask);
    stack_t alternate{};
    alternate.ss_sp = stack.data();
    alternate.ss_size = stack.size();
    sigaltstack(&alternate, nullptr);
    struct sigaction action {};
    action.sa_sigaction = on_crash;
    // SA_NODEFER: the handler does not return when it jumps, and the signal must not stay blocked.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (const int signal : kSignals) sigaction(signal, &action, nullptr);
    action.sa_sigaction = on_expiry;
    action.sa_flags |= SA_RESTART;
    sigaction(internal_signal(), &action, nullptr);
    static const int registered = on_exit(on_exit_here, nullptr);
    static_cast<void>(registered);
    prepare_code_locations();
    remember_float_environment();
}

void report_fatal_crashes_in(char* memory, std::size_t size) {
    current.report = memory;
    current.report_size = size;
}

void on_end_in_plugin(const char* function, int status) {
    if (getpid() != current.process) return; // a child that the plugin has forked off
    const bool is_thread = !is_main_thread();
    const bool is_in_simulator = current.target == nullptr || current.function != nullptr;
    // First: if the stack is not in order, the call ends while the caller is looked for.
    if (!is_thread) current.end = {status, {}, 0, nullptr, nullptr, function};
    const void* const caller = find_caller();
    if (is_thread || is_in_simulator) {
        std::array<char, 128> text;
        std::snprintf(text.data(), text.size(), "%s called %s(%d)",
                      is_thread ? "a thread that a plugin has made"
                                : "a plugin's signal handler, while the simulator was at work,",
                      function, status);
        end_program(ExitCode::kPlugin, {text.data(), "", ""}, caller);
    }
    current.end.caller = caller;
    siglongjmp(*current.target, 1);
}

void on_exit_in_plugin(int status, void*) { on_end_in_plugin("exit", status); }

// ---- Trap ----------------------------------------------------------------------------------------

void Trap::enter() {
    set_activity(call_.who());
    current.call = &call_;
    current.target = &target_;
    if (watched_ == Watched::kNo) return;
    current.watched.store(&call_, std::memory_order_relaxed);
    begin_of_call();
}

void Trap::leave() {
    if (watched_ == Watched::kYes && (current.number.load() & 1) != 0) end_of_call();
    current.target = nullptr;
    current.call = nullptr;
    current.is_elsewhere = false;
    set_activity(nullptr);
    restore_float_environment();
}

std::optional<AbnormalEnd> Trap::leave_abnormally() {
    current.looks_for_caller = false;
    pthread_sigmask(SIG_SETMASK, &current.signal_mask, nullptr);
    if (std::exchange(current.has_used_exit_handler, false)) on_exit(on_exit_here, nullptr);
    leave();
    return current.end;
}

// Only the main thread writes the number, so that no costly atomic operation is needed. What is
// written to the call in between is not seen as belonging to a number before or after.
void Trap::begin_of_call() {
    const std::uint64_t number = current.number.load(std::memory_order_relaxed);
    current.number.store(number + 1, std::memory_order_release);
}

void Trap::end_of_call() {
    const std::uint64_t number = current.number.load(std::memory_order_relaxed);
    current.number.store(number + 1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
}

RunningCall running_call() {
    const std::uint64_t number = current.number.load(std::memory_order_acquire);
    if ((number & 1) == 0) return {number, nullptr};
    return {number, current.watched.load(std::memory_order_relaxed)};
}

void request_abandonment(const Expiry& expiry) {
    static Expiry requested; // read by the handler until the next one
    current.expiry = nullptr;
    requested = expiry;
    current.expiry = &requested;
    pthread_kill(current.thread, internal_signal());
}

// ---- Service -------------------------------------------------------------------------------------

void leave_expired_call() {
    const Expiry* const expiry = current.expiry.load(std::memory_order_acquire);
    if (expiry == nullptr || expiry->number != current.number || current.target == nullptr ||
        current.is_elsewhere)
        return;
    current.end = {{}, expiry->seconds, 0, nullptr, nullptr, nullptr};
    current.end.caller = find_caller();
    siglongjmp(*current.target, 1);
}

bool is_main_thread() { return pthread_equal(pthread_self(), current.thread) != 0; }

CallElsewhere::CallElsewhere() { current.is_elsewhere = true; }
CallElsewhere::~CallElsewhere() { current.is_elsewhere = false; }

std::optional<double> CallElsewhere::expired() {
    const Expiry* const expiry = current.expiry.load(std::memory_order_acquire);
    if (expiry == nullptr || expiry->number != current.number) return std::nullopt;
    return expiry->seconds;
}

Service::Service(const char* function) { current.function = function; }
Service::~Service() { current.function = nullptr; }
bool Service::is_running() { return current.function != nullptr; }

} // namespace batsim
