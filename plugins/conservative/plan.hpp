// plan.hpp - when each waiting job will start.
#ifndef BATSIM_PLUGINS_CONSERVATIVE_PLAN_HPP
#define BATSIM_PLUGINS_CONSERVATIVE_PLAN_HPP

#include <algorithm>
#include <batsched.hpp>
#include <map>
#include <set>
#include <vector>

#include "../common/availability.hpp"
#include "../common/job_order.hpp"
#include "../common/partition.hpp"
#include "../common/searches.hpp"

namespace conservative {

using batsched::Availability;
using batsched::Searches;
using batsched::WaitingJob;

// A Plan has a reservation for each waiting job: an interval as long as its walltime in which enough
// hosts are free beside those of running jobs and of the other reservations.
class Plan {
  public:
    static constexpr double kNever = Availability::kNever;

    // Reserves the earliest interval; gives its begin, or infinity if there is none.
    double add(const WaitingJob& job, double now) {
        const double start = availability_.earliest(now, job.requested_hosts, job.walltime);
        reservations_.emplace(job.id, Reservation{job, start});
        place(reservations_.at(job.id), start);
        return start;
    }
    // The job starts now, which should be the begin of its reservation.
    void start(batsched_job_id_t id, double now) {
        const Reservation reservation = reservations_.at(id);
        const WaitingJob& job = reservation.job;
        if (reservation.start != now) {
            release(reservation);
            availability_.occupy(now, now + job.walltime, job.requested_hosts);
        }
        starts_.erase({reservation.start, id});
        reservations_.erase(id);
    }
    // A running job has ended, maybe before its walltime.
    void end(const batsched::RunningJob& running, Availability::Count hosts, double now) {
        availability_.advance(now);
        availability_.release(now, running.expected_end, hosts);
        if (now < running.expected_end) freed_until_ = std::max(freed_until_, running.expected_end);
    }
    void advance(double now) { availability_.advance(now); }

    // Whether jobs have ended early since the plan was last adapted to it in one of two ways.
    bool is_loose(double now) const { return freed_until_ > now; }

    // Moves reservations to earlier dates until none can be moved, in the order of their begins. Only
    // jobs that can use what has been freed are looked at, as no other one can move.
    void compress(double now) {
        Freed freed{now, freed_until_};
        while (freed.begin < freed.end) freed = move_all(freed, now);
        freed_until_ = 0;
    }
    // Reserves for jobs that had no interval so far.
    void place_unplaced(double now) {
        freed_until_ = 0;
        for (auto at = starts_.lower_bound({kNever, 0}); at != starts_.end();) {
            Reservation& reservation = reservations_.at(at++->second);
            const WaitingJob& job = reservation.job;
            move(reservation, availability_.earliest(now, job.requested_hosts, job.walltime));
        }
    }
    // Makes all reservations anew, in the order of submission.
    void make_again(const batsched::Partition& partition, double now) {
        partition.forecast(availability_, now);
        freed_until_ = 0;
        starts_.clear();
        for (auto& [id, reservation] : reservations_) {
            const WaitingJob& job = reservation.job;
            place(reservation, availability_.earliest(now, job.requested_hosts, job.walltime));
        }
    }

    // Jobs that should have started by now, in this order.
    std::vector<WaitingJob> due(double now) const {
        std::vector<WaitingJob> jobs;
        for (auto at = starts_.begin(); at != starts_.end() && at->first <= now; ++at)
            jobs.push_back(reservations_.at(at->second).job);
        return jobs;
    }
    // The first begin after now, or infinity.
    double next_start(double now) const {
        const auto next = starts_.upper_bound({now, BATSCHED_NO_JOB});
        return next == starts_.end() ? kNever : next->first;
    }

  private:
    struct Reservation {
        WaitingJob job;
        double start; // infinity: there is no such interval, nothing is reserved
        double end() const { return start + job.walltime; }
    };
    struct Freed {
        double begin, end;
    };

    void place(Reservation& reservation, double start) {
        reservation.start = start;
        availability_.occupy(start, reservation.end(), reservation.job.requested_hosts);
        starts_.insert({start, reservation.job.id});
    }
    void release(const Reservation& reservation) {
        availability_.release(reservation.start, reservation.end(),
                              reservation.job.requested_hosts);
    }
    void move(Reservation& reservation, double start) {
        release(reservation);
        starts_.erase({reservation.start, reservation.job.id});
        place(reservation, start);
    }

    // One pass over all jobs after hosts were freed within an interval; gives an interval within which
    // the moves have freed hosts.
    Freed move_all(Freed freed, double now) {
        Freed by_moves{kNever, 0};
        Searches searches(now);
        const std::vector<std::pair<double, batsched_job_id_t>> starts(
            starts_.upper_bound({now, BATSCHED_NO_JOB}), starts_.end());
        for (const auto& [start, id] : starts) {
            Reservation& reservation = reservations_.at(id);
            const double end = reservation.end();
            if (end <= freed.begin) continue;
            const double earlier = earlier_start(reservation, std::min(start, freed.end), searches);
            if (earlier >= start) continue;
            move(reservation, earlier);
            searches.note_move(start);
            by_moves = {std::min(by_moves.begin, start), std::max(by_moves.end, end)};
            freed = {std::min(freed.begin, start), std::max(freed.end, end)};
        }
        return by_moves;
    }
    // The earliest start if it is before `limit`, which is not after the present one. Either the
    // interval is free now, or it overlaps the present one and all between their begins is free.
    double earlier_start(const Reservation& reservation, double limit, Searches& searches) {
        const WaitingJob& job = reservation.job;
        double date = availability_.first_with(searches.begin(job), job.requested_hosts);
        while (date < limit) {
            const double end = availability_.first_below(date, job.requested_hosts);
            if (date + job.walltime <= end) break;
            date = availability_.first_with(end, job.requested_hosts);
        }
        searches.note(job, date);
        if (date < limit) return date;
        return availability_.begin_of_run(reservation.start, job.requested_hosts);
    }

    Availability availability_; // with running jobs and reservations
    std::map<batsched_job_id_t, Reservation> reservations_;
    std::set<std::pair<double, batsched_job_id_t>> starts_;
    double freed_until_ = 0; // of jobs that have ended early: the latest expected end
};

} // namespace conservative

#endif
