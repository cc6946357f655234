// extensions.hpp - the functions of batsched/transfer.h.
#ifndef BATSIM_PLUGIN_EXTENSIONS_HPP
#define BATSIM_PLUGIN_EXTENSIONS_HPP

#include "batsched/transfer.h"

namespace batsim {

// What get_extension gives for this name: a table of functions that take the simulator of any plugin
// scheduler, or nullptr.
const void* extension(const char* name);

const batsched_transfer_t& transfer_extension();
const batsched_lending_t& lending_extension();

} // namespace batsim

#endif
