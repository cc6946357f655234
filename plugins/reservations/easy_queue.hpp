// easy_queue.hpp - EASY backfilling beside windows and advance reservations.
#ifndef BATSIM_PLUGINS_RESERVATIONS_EASY_QUEUE_HPP
#define BATSIM_PLUGINS_RESERVATIONS_EASY_QUEUE_HPP

#include <cstdint>
#include <optional>

#include "../common/waiting_jobs.hpp"
#include "queue.hpp"

namespace reservations {

// Jobs start in the order of submission as long as they fit. The first that does not has a reservation
// while later ones are looked at.
class EasyQueue : public Queue {
  public:
    explicit EasyQueue(Resources& resources)
        : resources_(resources), timetable_(resources.timetable()) {}

    double add(const WaitingJob& job, double) override {
        jobs_.insert(rank(job), job);
        return kNever;
    }
    void start_jobs(double now) override {
        if (jobs_.empty() || jobs_.fewest_hosts() > resources_.free_hosts()) return;
        while (!jobs_.empty() && starts(*jobs_.next(std::nullopt), now)) {
        }
        if (!jobs_.empty() && resources_.free_hosts() > 0) backfill(*jobs_.next(std::nullopt), now);
    }
    // Windows end without an event.
    double next_date(double now) const override {
        return jobs_.empty() ? kNever : resources_.next_end_of_window(now);
    }

  private:
    // Which jobs may start now beside all that is in the timetable.
    struct Room {
        const Resources& resources;
        const Timetable& timetable;
        double now;
        bool takes(std::uint32_t hosts, double walltime) const {
            return hosts <= resources.free_hosts() && hosts <= timetable.free_for(now, walltime);
        }
    };

    static batsched::Rank rank(const WaitingJob& job) { return {0, job.id}; }
    Room room(double now) const { return {resources_, timetable_, now}; }

    bool starts(const WaitingJob& job, double now) {
        if (!room(now).takes(job.requested_hosts, job.walltime)) return false;
        if (!resources_.start(job, resources_.share(now, job), now)) return false;
        jobs_.erase(rank(job));
        return true;
    }

    // Starts jobs that do not delay this one.
    void backfill(const WaitingJob& reserved, double now) {
        const double start = timetable_.earliest(now, reserved.requested_hosts, reserved.walltime);
        const Share share =
            start == kNever ? resources_.nothing() : resources_.share(start, reserved);
        timetable_.occupy(start, start + reserved.walltime, share);
        std::optional<batsched::Rank> last = rank(reserved);
        while (const WaitingJob* found = jobs_.first_after(last, room(now))) {
            last = rank(*found);
            starts(*found, now);
        }
        timetable_.release(start, start + reserved.walltime, share);
    }

    Resources& resources_;
    Timetable& timetable_; // of the resources
    batsched::WaitingJobs jobs_;
};

} // namespace reservations

#endif
