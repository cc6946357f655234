// advance_reservations.hpp - jobs that begin at a date that their users have chosen.
#ifndef BATSIM_PLUGINS_RESERVATIONS_ADVANCE_RESERVATIONS_HPP
#define BATSIM_PLUGINS_RESERVATIONS_ADVANCE_RESERVATIONS_HPP

#include <batsched.hpp>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../common/json.hpp"
#include "../common/text.hpp"
#include "queue.hpp"

namespace reservations {

// When the job shall begin, from its extra data; none if it may begin at any date.
inline std::optional<double> read_start(const char* extra_data, const std::string& job) {
    const nlohmann::json extra = batsched::read_extra(extra_data, {"reservation"});
    if (!extra.contains("reservation")) return std::nullopt;
    const nlohmann::json& reservation = extra["reservation"];
    constexpr double kLatest = 1e18; // s, as other dates of workloads
    const bool has_date = reservation.is_object() && reservation.size() == 1 &&
                          reservation.contains("start") && reservation["start"].is_number();
    const double start = has_date ? reservation["start"].get<double>() : -1;
    if (!(start >= 0 && start <= kLatest))
        throw std::invalid_argument("job '" + job +
                                    "': 'reservation' must be an object such as {\"start\": 3600}, "
                                    "with a date in seconds, is " +
                                    batsched::shortened(reservation.dump()));
    return start;
}

// Advance reservations that were granted and have not begun.
class AdvanceReservations {
  public:
    AdvanceReservations(const batsched::Simulator& simulator, Resources& resources)
        : simulator_(simulator), resources_(resources), timetable_(resources.timetable()) {}

    // Grants it beside all that is in the timetable, or rejects the job.
    void request(const WaitingJob& job, double start, double now) {
        if (start < now) {
            simulator_.reject_job(job.id, "its reservation begins at " + batsched::text_of(start) +
                                              ", before its submission at " +
                                              batsched::text_of(now));
            return;
        }
        Reservation reservation{job, start, std::nullopt};
        if (place(reservation))
            waiting_.emplace(std::pair(start, job.id), reservation);
        else
            simulator_.reject_job(job.id, "not enough hosts are free for its reservation from " +
                                              batsched::text_of(start) + until(reservation.end()));
    }
    // The job, which was started now, has not been. Needs a new timetable.
    void add_again(const WaitingJob& job, double now) {
        waiting_.emplace(std::pair(now, job.id), Reservation{job, now, std::nullopt});
    }
    // The timetable has been made anew and has no reservations. They keep their hosts where there still
    // are so many; only the others are given different ones.
    void place_again() {
        std::vector<Reservation*> moved;
        for (auto& [key, reservation] : waiting_)
            if (!keep(reservation)) moved.push_back(&reservation);
        for (Reservation* reservation : moved) place(*reservation);
    }

    // Starts those that begin now; rejects the ones whose hosts have been lost.
    void start_jobs(double now) {
        for (auto next = waiting_.begin(); next != waiting_.end() && next->first.first <= now;) {
            const Reservation& reservation = next->second;
            if (!reservation.share)
                simulator_.reject_job(reservation.job.id,
                                      "not enough hosts are left at the begin of its reservation");
            const bool stays = reservation.share && !start(reservation, now);
            next = stays ? std::next(next) : waiting_.erase(next);
        }
    }
    double next_date(double now) const {
        const auto next = waiting_.upper_bound({now, BATSCHED_NO_JOB});
        return next == waiting_.end() ? Timetable::kNever : next->second.start;
    }

  private:
    struct Reservation {
        WaitingJob job;
        double start;
        std::optional<Share> share; // none if there are no longer enough hosts
        double end() const { return start + job.walltime; }
    };

    static std::string until(double end) {
        return end == Timetable::kNever ? " on" : " to " + batsched::text_of(end);
    }
    bool keep(const Reservation& reservation) {
        const double walltime = reservation.job.walltime;
        if (!reservation.share || !timetable_.has(reservation.start, walltime, *reservation.share))
            return false;
        timetable_.occupy(reservation.start, reservation.end(), *reservation.share);
        return true;
    }
    bool place(Reservation& reservation) {
        const WaitingJob& job = reservation.job;
        reservation.share.reset();
        if (timetable_.free_for(reservation.start, job.walltime) < job.requested_hosts)
            return false;
        reservation.share = resources_.share(reservation.start, job);
        timetable_.occupy(reservation.start, reservation.end(), *reservation.share);
        return true;
    }
    bool start(const Reservation& reservation, double now) {
        timetable_.release(reservation.start, reservation.end(), *reservation.share);
        if (resources_.start(reservation.job, *reservation.share, now)) return true;
        timetable_.occupy(reservation.start, reservation.end(), *reservation.share);
        return false;
    }

    batsched::Simulator simulator_;
    Resources& resources_;
    Timetable& timetable_;                                                // of the resources
    std::map<std::pair<double, batsched_job_id_t>, Reservation> waiting_; // by start
};

} // namespace reservations

#endif
