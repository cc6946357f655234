// due.hpp - what the engine has in its calendar.
#ifndef BATSIM_ENGINE_DUE_HPP
#define BATSIM_ENGINE_DUE_HPP

#include <cstdint>

#include "engine/calendar.hpp"

namespace batsim {

struct Due {
    enum class Kind : std::uint8_t {
        kBeginning, // of the simulation
        kJobEnd,    // of a job whose run time was known when it started
        kPartEnd,   // of a part of known length of another job
        kWalltime,  // of such a job
        kSwitchEnd, // of hosts that switch on or off
        kCall,      // that a scheduler has asked for
        kProbe,     // that is to measure
        kResume,    // of a scheduler that had delayed its decisions
    };
    Kind kind;
    std::uint32_t scheduler; // for kCall, kProbe, kResume
    std::uint64_t id;        // of the job, part, switch, call or probe
};

using DueCalendar = Calendar<Due>;

} // namespace batsim

#endif
