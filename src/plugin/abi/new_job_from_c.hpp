// new_job_from_c.hpp - a job that a plugin registers, in the form of the engine.
#ifndef BATSIM_PLUGIN_NEW_JOB_FROM_C_HPP
#define BATSIM_PLUGIN_NEW_JOB_FROM_C_HPP

#include <string>

#include "batsched.h"
#include "engine/registration.hpp"

namespace batsim {

// Checks what only C can get wrong.
Status new_job_from_c(const batsched_new_job_t& given, NewJob& job, std::string& why);

} // namespace batsim

#endif
