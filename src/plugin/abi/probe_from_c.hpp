// probe_from_c.hpp - a probe that a plugin creates, in the form of the engine.
#ifndef BATSIM_PLUGIN_PROBE_FROM_C_HPP
#define BATSIM_PLUGIN_PROBE_FROM_C_HPP

#include <cstddef>
#include <string>

#include "batsched.h"
#include "engine/decisions.hpp"
#include "engine/probe.hpp"

namespace batsim {

struct ProbeFromC {
    Probe probe;
    double first_time, period;
};

// `decisions` knows the links; hosts must be below `host_count`. If the status is negative, `why` or
// decisions.why() says what is wrong.
Status probe_from_c(const batsched_probe_t& given, std::size_t host_count, Decisions& decisions,
                    ProbeFromC& probe, std::string& why);

} // namespace batsim

#endif
