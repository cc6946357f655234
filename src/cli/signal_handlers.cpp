// signal_handlers.cpp - everything that this program wants to know of signals.
#include "cli/signal_handlers.hpp"

#include "base/interruption.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

void install_signal_handlers() {
    install_crash_handlers();
    install_interruption_handlers();
}

} // namespace batsim
