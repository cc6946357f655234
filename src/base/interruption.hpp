// interruption.hpp - signals that ask the program to end.
#ifndef BATSIM_BASE_INTERRUPTION_HPP
#define BATSIM_BASE_INTERRUPTION_HPP

namespace batsim {

// After this the first SIGINT, SIGTERM or SIGHUP is only remembered. A second one, or 5 seconds in
// which the program does not come to its end, write the rows of last_words.hpp and end the program.
// Other signals that would end it (SIGPIPE, SIGXCPU, ...) write the rows first. Signals that were
// ignored when the program started stay ignored.
void install_interruption_handlers();

// The signal that has come, or 0.
int interruption_signal();

} // namespace batsim

#endif
