// trap.hpp - calls foreign code and survives its crash, its exit() and that it does not return.
#ifndef BATSIM_PLUGIN_TRAP_HPP
#define BATSIM_PLUGIN_TRAP_HPP

#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "plugin/trap/float_environment.hpp"
#include "plugin/trap/foreign_call.hpp"

namespace batsim {

// How foreign code ended other than by returning.
struct AbnormalEnd {
    std::optional<int> exit_status; // of exit() or a similar function
    std::optional<double> seconds;  // after which a call that did not return was abandoned
    int signal = 0;                 // else the signal
    const void* program_counter = nullptr;
    const void* caller = nullptr;   // in the plugin's library, if the program counter is elsewhere
    const char* function = nullptr; // that ends the process

    // "crashed with SIGSEGV at easy.so+0x1189 (on_decide+0x5)" or "called exit(7)".
    std::string text() const;
};

// Installs the handlers of SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT, with a stack of their own,
// so that an overflow of the ordinary stack is noticed too, and that of exit() in the program's own
// C library. Call it in the main thread, and again after somebody else has replaced the handlers
// (SimGrid does).
void install_crash_handlers();

// In a worker process: crashes that cannot be survived end it, and what has happened is written into
// this memory, from where the simulator reads it. So does the internal signal, with where the plugin is.
void report_fatal_crashes_in(char* memory, std::size_t size);

// Must be called when foreign code calls a function that ends the process (`function`). In a trap it
// does not return. In a thread that a plugin has made, and in a signal handler of a plugin while the
// simulator runs, it ends the program with a message.
void on_end_in_plugin(const char* function, int status);
// The same for exit(), as a function that on_exit of a C library takes.
void on_exit_in_plugin(int status, void* unused);

// A Trap runs calls into foreign code. If that code crashes, exits or is to be abandoned, the call is
// left as with longjmp: nothing of it is cleaned up, its locks stay locked, and it must not be called
// again. In threads of the foreign code, and in processes that it forks off, a crash cannot be
// survived: it ends the program with a message, or the process as usual. Whatever happens, the
// floating-point environment is afterwards what it was.
class Trap {
  public:
    enum class Watched { kNo, kYes };

    // Messages say what `call` says. A watched call can be abandoned, see CallWatch; the object must
    // then live as long as there is one.
    explicit Trap(const ForeignCall& call, Watched watched = Watched::kNo)
        : call_(call), watched_(watched) {}
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

    // To be called inside of a watched trap before its `call` is changed, and afterwards: another
    // function of the plugin is called.
    static void end_of_call();
    static void begin_of_call();

  private:
    void enter();
    void leave();
    std::optional<AbnormalEnd> leave_abnormally();

    const ForeignCall& call_;
    Watched watched_;
    sigjmp_buf target_;
};

// ---- For CallWatch, which has a thread of its own ------------------------------------------------

// The watched call that runs; if there is none, `call` is nullptr. Each has a number of its own.
struct RunningCall {
    std::uint64_t number = 0;
    const ForeignCall* call = nullptr;
};
RunningCall running_call();

// A request that the main thread abandons a call. If it is just inside the simulator or a library that
// both use, nothing happens, except the last time: then the program ends.
struct Expiry {
    std::uint64_t number; // of the call; nothing happens if it is over
    double seconds;       // for which it has run
    bool is_last_time;
};
void request_abandonment(const Expiry& expiry);

// ---- For the functions that plugins call ---------------------------------------------------------

// Whether this is the thread that calls plugins, which may be called back in no other.
bool is_main_thread();

// Leaves the call that runs if that was requested. To be called where the simulator has just been
// called: there nothing needs a destructor.
void leave_expired_call();

// While a CallElsewhere lives, the code that is called runs in another process, and the main thread waits
// for it. A request to abandon the call is then for whoever waits.
class CallElsewhere {
  public:
    CallElsewhere();
    ~CallElsewhere();
    CallElsewhere(const CallElsewhere&) = delete;
    CallElsewhere& operator=(const CallElsewhere&) = delete;
    // For how many seconds the call has run, if it is to be abandoned.
    static std::optional<double> expired();
};

// While a Service lives, the simulator's own code runs inside a trap, called by the plugin. It
// cannot be abandoned half-way, so a crash in it, as a rule by a bad pointer among the arguments,
// ends the program with a message. The floating-point environment is the simulator's.
class Service {
  public:
    explicit Service(const char* function);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    // The plugin's handler of a signal may call while another call is in progress.
    static bool is_running();

  private:
    OwnFloatEnvironment float_environment_;
};

} // namespace batsim

#endif
