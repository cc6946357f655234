// scheduler.hpp - what decides where and when jobs run, as the engine sees it.
#ifndef BATSIM_ENGINE_SCHEDULER_HPP
#define BATSIM_ENGINE_SCHEDULER_HPP

#include "engine/event.hpp"

namespace batsim {

class Decisions;

class Scheduler {
  public:
    virtual ~Scheduler() = default;
    // Tells what happened at a date and asks for decisions. Throws PluginError if the scheduler
    // fails.
    virtual void decide(const Batch& batch, Decisions& decisions) = 0;
    // Tells that the simulation is over; nothing can be decided any more.
    virtual void simulation_ends(double date, EndReason reason) = 0;
};

} // namespace batsim

#endif
