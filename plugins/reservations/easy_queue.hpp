// easy_queue.hpp - EASY backfilling beside windows and advance reservations.
#ifndef BATSIM_PLUGINS_RESERVATIONS_EASY_QUEUE_HPP
#define BATSIM_PLUGINS_RESERVATIONS_EASY_QUEUE_HPP

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

#include "../common/waiting_jobs.hpp"
#include "queue.hpp"

namespace reservations {

// Which jobs may start now: so many hosts stay free from now on, each step having fewer than the one
// before, from its date on.
class Room {
  public:
    void measure(const Machine& machine, const Timetable& timetable, double now) {
        now_ = now;
        steps_.clear();
        std::vector<Count> free(timetable.classes().size());
        for (std::size_t i = 0; i < free.size(); ++i)
            free[i] = std::clamp<Count>(timetable.of_class(i).free_at(now), 0,
                                        static_cast<Count>(machine.free_hosts(i)));
        for (double date = now; date != Timetable::kNever;) {
            steps_.push_back({date, std::accumulate(free.begin(), free.end(), Count{0})});
            if (steps_.back().hosts == 0) return;
            date = next_with_fewer(timetable, date, free);
            for (std::size_t i = 0; i < free.size() && date != Timetable::kNever; ++i)
                free[i] = std::clamp<Count>(timetable.of_class(i).free_at(date), 0, free[i]);
        }
    }
    bool takes(std::uint32_t hosts, double walltime) const {
        for (const Step& step : steps_) {
            if (step.date >= now_ + walltime) return true;
            if (hosts > step.hosts) return false;
        }
        return true;
    }

  private:
    using Count = Timetable::Count;
    struct Step {
        double date;
        Count hosts;
    };

    static double next_with_fewer(const Timetable& timetable, double date,
                                  const std::vector<Count>& free) {
        double next = Timetable::kNever;
        for (std::size_t i = 0; i < free.size(); ++i)
            if (free[i] > 0)
                next = std::min(next, timetable.of_class(i).first_below(date, free[i]));
        return next;
    }

    double now_ = 0;
    std::vector<Step> steps_;
};

// Jobs start in the order of submission as long as they fit. The first that does not has a reservation
// while later ones are looked at.
class EasyQueue : public Queue {
  public:
    explicit EasyQueue(Machine& machine) : machine_(machine), timetable_(machine.timetable()) {}

    double add(const WaitingJob& job, double) override {
        jobs_.insert(rank(job), job);
        return kNever;
    }
    void start_jobs(double now) override {
        if (jobs_.empty() || jobs_.fewest_hosts() > machine_.free_hosts()) return;
        room_.measure(machine_, timetable_, now);
        while (start_first(now)) room_.measure(machine_, timetable_, now);
        if (!jobs_.empty()) backfill(first(), now);
    }
    // Windows end without an event.
    double next_date(double now) const override {
        return jobs_.empty() ? kNever : timetable_.next_end_of_window(now);
    }

  private:
    struct Anywhere {
        static bool takes(std::uint32_t, double) { return true; }
    };

    static batsched::Rank rank(const WaitingJob& job) { return {0, job.id}; }
    WaitingJob first() const { return *jobs_.first_after(std::nullopt, Anywhere()); }

    bool start_first(double now) {
        if (jobs_.empty()) return false;
        const WaitingJob job = first();
        return room_.takes(job.requested_hosts, job.walltime) && start(job, now);
    }
    bool start(const WaitingJob& job, double now) {
        if (!machine_.start(job, timetable_.share(now, job.walltime, job.requested_hosts), now))
            return false;
        jobs_.erase(rank(job));
        return true;
    }

    // Starts jobs that do not delay this one.
    void backfill(const WaitingJob& reserved, double now) {
        const double start_date =
            timetable_.earliest(now, reserved.requested_hosts, reserved.walltime);
        Share share(timetable_.classes().size());
        if (start_date != kNever)
            share = timetable_.share(start_date, reserved.walltime, reserved.requested_hosts);
        const double end_date = start_date + reserved.walltime;
        timetable_.occupy(start_date, end_date, share);
        room_.measure(machine_, timetable_, now);
        std::optional<batsched::Rank> last = rank(reserved);
        while (const WaitingJob* found = jobs_.first_after(last, room_)) {
            const WaitingJob job = *found;
            last = rank(job);
            if (start(job, now)) room_.measure(machine_, timetable_, now);
        }
        timetable_.release(start_date, end_date, share);
    }

    Machine& machine_;
    Timetable& timetable_; // of the machine
    batsched::WaitingJobs jobs_;
    Room room_;
};

} // namespace reservations

#endif
