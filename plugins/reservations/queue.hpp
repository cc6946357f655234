// queue.hpp - what the two kinds of backfilling have in common.
#ifndef BATSIM_PLUGINS_RESERVATIONS_QUEUE_HPP
#define BATSIM_PLUGINS_RESERVATIONS_QUEUE_HPP

#include "resources.hpp"

namespace reservations {

// Waiting jobs without an advance reservation, and the policy that starts them. It shares the
// resources with the advance reservations, which come first.
class Queue {
  public:
    static constexpr double kNever = Timetable::kNever;

    Queue() = default;
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;
    virtual ~Queue() = default;

    // Gives the begin of the job's reservation, if it has one from now on; else infinity.
    virtual double add(const WaitingJob& job, double now) = 0;
    // Something has been freed that was taken until then.
    virtual void note_freed(double /* until */) {}
    // The timetable has been made anew and has no reservations of this queue.
    virtual void place_again(double /* now */) {}
    // Adapts reservations to what has been freed.
    virtual void adapt(double /* now */) {}
    virtual void start_jobs(double now) = 0;
    // When jobs may start though nothing else happens.
    virtual double next_date(double now) const = 0;
};

} // namespace reservations

#endif
