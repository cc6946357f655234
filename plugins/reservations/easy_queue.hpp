// easy_queue.hpp - EASY backfilling beside windows and advance reservations.
#ifndef BATSIM_PLUGINS_RESERVATIONS_EASY_QUEUE_HPP
#define BATSIM_PLUGINS_RESERVATIONS_EASY_QUEUE_HPP

#include <algorithm>
#include <cstddef>
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
    void note_freed(double until) override { freed_until_ = std::max(freed_until_, until); }
    void place_again(double) override { first_.reset(); }
    void start_jobs(double now) override {
        next_date_ = kNever;
        if (jobs_.empty() || jobs_.fewest_hosts() > resources_.free_hosts()) return;
        while (!jobs_.empty() && starts(*jobs_.next(std::nullopt), now)) {
        }
        if (!jobs_.empty() && resources_.free_hosts() > 0) backfill(*jobs_.next(std::nullopt), now);
    }
    double next_date(double) const override { return next_date_; }

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

    // When the first job may start. Searches only where something was freed since it was asked last, as
    // there may be thousands of windows between which the job does not fit.
    double earliest(const WaitingJob& first, double now) {
        if (!first_ || first_->id != first.id) first_ = First{first.id, now};
        const auto search = [&](double from, double limit) {
            return timetable_.earliest(from, first.requested_hosts, first.walltime, limit);
        };
        const double before = first_->start;
        double start = search(now, std::min(before, freed_until_));
        if (start == kNever && before != kNever) start = search(std::max(now, before), kNever);
        first_ = First{first.id, start};
        freed_until_ = 0;
        return start;
    }

    // Starts jobs that do not delay this one.
    void backfill(const WaitingJob& reserved, double now) {
        const double start = earliest(reserved, now);
        const Share share =
            start == kNever ? resources_.nothing() : resources_.share(start, reserved);
        timetable_.occupy(start, start + reserved.walltime, share);
        std::optional<batsched::Rank> last = rank(reserved);
        while (const WaitingJob* found = jobs_.first_after(last, room(now))) {
            last = rank(*found);
            starts(*found, now);
        }
        next_date_ = next_chance(now, start);
        timetable_.release(start, start + reserved.walltime, share);
    }

    // When jobs may start after a window, at the earliest; at other dates there are events. `start` is the
    // first job's, of which there is a reservation. The search ends after some windows, so that it does
    // not cost more the more of them there are.
    double next_chance(double now, double start) const {
        constexpr std::ptrdiff_t kMostWindows = 100;
        const double from = resources_.next_end_of_window(now);
        if (from == kNever) return kNever;
        const double limit = std::min(start > now ? start : kNever,
                                      resources_.next_end_of_window(now, kMostWindows));
        return std::min(limit, timetable_.earliest(from, jobs_.fewest_hosts(),
                                                   jobs_.shortest_walltime(), limit));
    }

    // The job that was the first one when there was a search last, and what was found.
    struct First {
        batsched_job_id_t id;
        double start; // not before this date, as long as nothing is freed
    };

    Resources& resources_;
    Timetable& timetable_; // of the resources
    batsched::WaitingJobs jobs_;
    std::optional<First> first_;
    double next_date_ = kNever;
    double freed_until_ = 0; // since that search; something was freed at dates before this one
};

} // namespace reservations

#endif
