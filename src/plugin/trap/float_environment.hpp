// float_environment.hpp - keeps what plugins do to rounding and floating-point exceptions from the
// simulator.
#ifndef BATSIM_PLUGIN_FLOAT_ENVIRONMENT_HPP
#define BATSIM_PLUGIN_FLOAT_ENVIRONMENT_HPP

namespace batsim {

// Remembers the present rounding mode and which exceptions trap.
void remember_float_environment();

// Makes them again what they were. Cheap if nothing has changed.
void restore_float_environment();

} // namespace batsim

#endif
