// float_environment.hpp - keeps what plugins do to rounding and floating-point exceptions from the
// simulator.
#ifndef BATSIM_PLUGIN_FLOAT_ENVIRONMENT_HPP
#define BATSIM_PLUGIN_FLOAT_ENVIRONMENT_HPP

#include <cfenv>
#include <optional>

namespace batsim {

// Remembers the present rounding mode and which exceptions trap.
void remember_float_environment();

// Makes them again what they were. Cheap if nothing has changed.
void restore_float_environment();

// While an OwnFloatEnvironment lives, they are what they were, and then again what the plugin has made
// of them, which has called the simulator. Cheap if nothing has changed.
class OwnFloatEnvironment {
  public:
    OwnFloatEnvironment();
    ~OwnFloatEnvironment();
    OwnFloatEnvironment(const OwnFloatEnvironment&) = delete;
    OwnFloatEnvironment& operator=(const OwnFloatEnvironment&) = delete;

  private:
    std::optional<std::fenv_t> plugins_; // if it is another one
};

} // namespace batsim

#endif
