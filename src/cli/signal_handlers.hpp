// signal_handlers.hpp - everything that this program wants to know of signals.
#ifndef BATSIM_CLI_SIGNAL_HANDLERS_HPP
#define BATSIM_CLI_SIGNAL_HANDLERS_HPP

namespace batsim {

// Installs the handlers of crashes and of interruptions. Call it again after SimGrid was started: it
// replaces some of them.
void install_signal_handlers();

} // namespace batsim

#endif
