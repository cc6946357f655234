// interruption.hpp - signals that ask the program to end.
#ifndef BATSIM_BASE_INTERRUPTION_HPP
#define BATSIM_BASE_INTERRUPTION_HPP

namespace batsim {

// After this a signal that asks the program to end (SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGUSR1,
// SIGUSR2, SIGALRM) writes the rows of last_words.hpp and ends it at once, with exit code 128 + signal.
// Other signals that would end it (SIGQUIT, SIGPIPE, ...) write the rows first, but SIGXFSZ leaves it to
// write() to report an error. Signals that were ignored when the program started stay ignored. May be
// called again after somebody else has replaced the handlers.
void install_interruption_handlers();

// A real-time signal that they leave alone: the program uses it between its own threads.
int internal_signal();

// After this the first such signal is only remembered. A second one, or 5 seconds in which the program
// does not come to its end, end it at once.
void remember_interruptions();

// In a worker process: such signals do nothing here, as the one who sends them to a group of processes
// sends them to the simulator too; but those that come from this process, or from its own timers and
// limits, are passed on to the simulator. Other signals do what they usually do.
void leave_interruptions_to(int simulator);

// "TERM", for instance; "?" if it has no name. Async-signal-safe.
const char* signal_name(int signal);

// The signal that is remembered, or 0.
int interruption_signal();

} // namespace batsim

#endif
