// execution_from_c.hpp - how a plugin wants a job to be executed, in the form of the engine.
#ifndef BATSIM_PLUGIN_EXECUTION_FROM_C_HPP
#define BATSIM_PLUGIN_EXECUTION_FROM_C_HPP

#include <string>

#include "batsched.h"
#include "engine/decisions.hpp"

namespace batsim {

// `execution` may be nullptr: all defaults. If the status is negative, `why` says what is wrong.
Status execution_from_c(const batsched_execution_t* execution, HowToExecute& how, std::string& why);

} // namespace batsim

#endif
