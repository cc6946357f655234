// outcome.hpp - how a simulation went.
#ifndef BATSIM_ENGINE_OUTCOME_HPP
#define BATSIM_ENGINE_OUTCOME_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace batsim {

// Why a simulation is over.
enum class EndReason {
    kFinished,    // all jobs ended
    kStopped,     // a scheduler asked for it, or its date has come
    kStalled,     // jobs wait, but nothing can happen any more
    kInterrupted, // by a signal
    kFailed,      // an error, of a scheduler as a rule
};

struct Outcome {
    EndReason reason = EndReason::kFinished;
    double date = 0;                       // of the end
    double joules = 0;                     // consumed by hosts until then, if energy is simulated
    std::optional<double> link_joules;     // consumed by links, if any has a power model
    std::string stop_reason;               // as the scheduler that stopped it said
    bool stopped_at_date = false;          // that was set in advance
    std::optional<Error> error;            // that ended it
    std::vector<std::string> waiting_jobs; // full names of those that never started
    std::vector<std::string> running_jobs; // full names of those that were cut off
    std::vector<std::string> registering;  // schedulers that had not finished their registration
    std::size_t lost_host_count = 0;       // that had failed or were unavailable
};

} // namespace batsim

#endif
