// trap.hpp - calls foreign code and survives its crash or its exit().
#ifndef BATSIM_PLUGIN_TRAP_HPP
#define BATSIM_PLUGIN_TRAP_HPP

#include <csetjmp>
#include <cstddef>
#include <optional>
#include <string>

namespace batsim {

// How foreign code ended other than by returning.
struct AbnormalEnd {
    std::optional<int> exit_status; // of exit()
    int signal = 0;                 // else the signal
    void* program_counter = nullptr;

    // "crashed with SIGSEGV at easy.so+0x1189 (on_decide+0x5)" or "called exit(7)".
    std::string text() const;
};

// Installs the handlers of SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT, with a stack of their own,
// so that an overflow of the ordinary stack is noticed too, and that of exit() in the program's own
// C library. Call it in the main thread, and again after somebody else has replaced the handlers
// (SimGrid does).
void install_crash_handlers();

// In a worker process: crashes that cannot be survived end it, and what has happened is written into
// this memory, from where the simulator reads it.
void report_fatal_crashes_in(char* memory, std::size_t size);

// What the on_exit function of a C library calls, with the status of exit(). It does nothing
// outside of a trap.
void on_exit_in_plugin(int status, void* unused);

// A Trap runs calls into foreign code. If that code crashes or exits, the call is abandoned as with
// longjmp: nothing of it is cleaned up, its locks stay locked, and it must not be called again. In
// threads of the foreign code, and in processes that it forks off, a crash cannot be survived: it
// ends the program with a message, or the process as usual. Whatever happens, the floating-point
// environment is afterwards what it was.
class Trap {
  public:
    // `who` begins the message of a crash that cannot be survived; it must outlive the trap.
    explicit Trap(const char* who) : who_(who) {}
    ~Trap() { leave(); }
    Trap(const Trap&) = delete;
    Trap& operator=(const Trap&) = delete;

    // Runs call() and gives nothing if it returned.
    template <class Call>
    std::optional<AbnormalEnd> run(Call&& call) {
        // Between here and the end of the call no object of ours may need a destructor.
        if (sigsetjmp(target_, 0) != 0) return leave_abnormally();
        enter();
        call();
        leave();
        return std::nullopt;
    }

  private:
    void enter();
    void leave();
    std::optional<AbnormalEnd> leave_abnormally();

    const char* who_;
    sigjmp_buf target_;
};

// While a Service lives, the simulator's own code runs inside a trap, called by the plugin. It
// cannot be abandoned half-way, so a crash in it, as a rule by a bad pointer among the arguments,
// ends the program with a message.
class Service {
  public:
    explicit Service(const char* function);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
};

} // namespace batsim

#endif
