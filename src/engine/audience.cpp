// audience.cpp - those schedulers that see what happens to all others.
#include "engine/audience.hpp"

#include <algorithm>
#include <iterator>

namespace batsim {

void Audience::tell_end(JobRecord& job, const JobCompleted& event) {
    for (SchedulerSlot* slot : slots_) {
        if (slot->index == job.owner) continue;
        slot->events.emplace_back(event);
        job.listeners.push_back(slot->index);
    }
}

void Audience::tell_end(JobRecord& job, const JobRejected& event) {
    for (SchedulerSlot* slot : slots_) {
        slot->events.emplace_back(event);
        job.listeners.push_back(slot->index);
    }
}

std::vector<Event> take_ends_of_starting_jobs(std::vector<Event>& events) {
    std::vector<const JobRecord*> starting;
    for (const Event& event : events)
        if (const auto* started = std::get_if<JobStarted>(&event)) starting.push_back(started->job);
    std::vector<Event> ends;
    if (starting.empty()) return ends;
    std::sort(starting.begin(), starting.end());
    const auto first_end =
        std::stable_partition(events.begin(), events.end(), [&](const Event& event) {
            const auto* completed = std::get_if<JobCompleted>(&event);
            return completed == nullptr ||
                   !std::binary_search(starting.begin(), starting.end(), completed->job);
        });
    std::move(first_end, events.end(), std::back_inserter(ends));
    events.erase(first_end, events.end());
    return ends;
}

} // namespace batsim
