// audience.hpp - those schedulers that see what happens to all others.
#ifndef BATSIM_ENGINE_AUDIENCE_HPP
#define BATSIM_ENGINE_AUDIENCE_HPP

#include <vector>

#include "engine/scheduler_slot.hpp"

namespace batsim {

// The Audience is the schedulers of a simulation that have asked to see everything. Usually there are
// none, and then nothing here takes time. They are not the Observers of the engine, which write output.
class Audience {
  public:
    // In the order in which they are to be served. The slot must outlive the audience.
    void add(SchedulerSlot& slot) { slots_.push_back(&slot); }
    const std::vector<SchedulerSlot*>& slots() const { return slots_; }

    template <class SomeEvent>
    void tell(const SomeEvent& event) {
        for (SchedulerSlot* slot : slots_) slot->events.emplace_back(event);
    }
    // The scheduler itself, which may be one of the audience, hears of it in another way.
    template <class SomeEvent>
    void tell_all_but(SchedulerIndex scheduler, const SomeEvent& event) {
        for (SchedulerSlot* slot : slots_)
            if (slot->index != scheduler) slot->events.emplace_back(event);
    }
    // The job is over and stays until they have heard it.
    void tell_end(JobRecord& job, const JobCompleted& event);
    void tell_end(JobRecord& job, const JobRejected& event);

  private:
    std::vector<SchedulerSlot*> slots_;
};

// Takes the ends of jobs out of `events` that contain the start of the same job: an end is told in a later
// batch than the start, however short the job is.
std::vector<Event> take_ends_of_starting_jobs(std::vector<Event>& events);

} // namespace batsim

#endif
