// conservative_queue.hpp - conservative backfilling beside windows and advance reservations.
#ifndef BATSIM_PLUGINS_RESERVATIONS_CONSERVATIVE_QUEUE_HPP
#define BATSIM_PLUGINS_RESERVATIONS_CONSERVATIVE_QUEUE_HPP

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "../common/searches.hpp"
#include "queue.hpp"

namespace reservations {

// Each waiting job has a reservation: an interval as long as its walltime in which enough hosts are free
// for it. Reservations move to earlier dates when jobs end early.
class ConservativeQueue : public Queue {
  public:
    explicit ConservativeQueue(Resources& resources)
        : resources_(resources), timetable_(resources.timetable()) {}

    double add(const WaitingJob& job, double now) override {
        Reservation& reservation =
            reservations_.emplace(job.id, Reservation{job, 0, {}}).first->second;
        place(reservation, timetable_.earliest(now, job.requested_hosts, job.walltime));
        return reservation.start;
    }
    void note_freed(double until) override { freed_until_ = std::max(freed_until_, until); }
    void place_again(double now) override {
        freed_until_ = 0;
        starts_.clear();
        for (auto& [id, reservation] : reservations_) {
            const WaitingJob& job = reservation.job;
            place(reservation, timetable_.earliest(now, job.requested_hosts, job.walltime));
        }
    }
    // Moves reservations to earlier dates until none can be moved, in the order of their begins.
    void adapt(double now) override {
        Freed freed{now, freed_until_};
        while (freed.begin < freed.end) freed = move_all(freed, now);
        freed_until_ = 0;
    }
    void start_jobs(double now) override {
        for (auto at = starts_.begin(); at != starts_.end() && at->first <= now;) {
            const auto found = reservations_.find(at->second);
            const Reservation& reservation = found->second;
            timetable_.release(reservation.start, reservation.end(), reservation.share);
            if (resources_.start(reservation.job, reservation.share, now)) {
                at = starts_.erase(at);
                reservations_.erase(found);
                continue;
            }
            timetable_.occupy(reservation.start, reservation.end(), reservation.share);
            ++at;
        }
    }
    double next_date(double now) const override {
        const auto next = starts_.upper_bound({now, BATSCHED_NO_JOB});
        return next == starts_.end() ? kNever : next->first;
    }

  private:
    struct Reservation {
        WaitingJob job;
        double start; // infinity: there is no such interval, nothing is reserved
        Share share;
        double end() const { return start + job.walltime; }
    };
    struct Freed {
        double begin, end;
    };

    void place(Reservation& reservation, double start) {
        const WaitingJob& job = reservation.job;
        reservation.start = start;
        reservation.share = start == kNever ? resources_.nothing() : resources_.share(start, job);
        timetable_.occupy(start, reservation.end(), reservation.share);
        starts_.insert({start, job.id});
    }

    // One pass over all jobs after hosts were freed within an interval; gives an interval within which
    // the moves have freed hosts. A job can only move if it uses some of these hosts then.
    Freed move_all(Freed freed, double now) {
        Freed by_moves{kNever, 0};
        batsched::Searches searches(now);
        const std::vector<std::pair<double, batsched_job_id_t>> starts(
            starts_.upper_bound({now, BATSCHED_NO_JOB}), starts_.end());
        for (const auto& [start, id] : starts) {
            Reservation& reservation = reservations_.at(id);
            const double end = reservation.end();
            if (end <= freed.begin || !move(reservation, std::min(start, freed.end), searches))
                continue;
            searches.note_move(start);
            by_moves = {std::min(by_moves.begin, start), std::max(by_moves.end, end)};
            freed = {std::min(freed.begin, start), std::max(freed.end, end)};
        }
        return by_moves;
    }
    // To a date before `limit`, which is not after its present one, if there is one.
    bool move(Reservation& reservation, double limit, batsched::Searches& searches) {
        const WaitingJob& job = reservation.job;
        const double from = searches.begin(job);
        if (from >= limit) return false;
        timetable_.release(reservation.start, reservation.end(), reservation.share);
        const double start = timetable_.earliest(from, job.requested_hosts, job.walltime, limit);
        searches.note(job, std::min(start, limit));
        if (start == kNever) {
            timetable_.occupy(reservation.start, reservation.end(), reservation.share);
            return false;
        }
        starts_.erase({reservation.start, job.id});
        place(reservation, start);
        return true;
    }

    Resources& resources_;
    Timetable& timetable_; // of the resources, with the reservations
    std::map<batsched_job_id_t, Reservation> reservations_;
    std::set<std::pair<double, batsched_job_id_t>> starts_;
    double freed_until_ = 0; // the latest date until which something was taken that is free now
};

} // namespace reservations

#endif
