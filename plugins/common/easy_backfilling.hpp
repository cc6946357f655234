// easy_backfilling.hpp - EASY backfilling for policies that say who is first.
#ifndef BATSIM_PLUGINS_EASY_BACKFILLING_HPP
#define BATSIM_PLUGINS_EASY_BACKFILLING_HPP

#include <batsched.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "availability.hpp"
#include "config.hpp"
#include "queue_scheduler.hpp"
#include "room.hpp"
#include "waiting_jobs.hpp"

namespace batsched {

// EasyBackfilling starts jobs in the order of the queue as long as they fit. The first ones that do not
// get reservations; others may start now if that delays none of these. The order of the queue, and that
// in which the other jobs are tried, are those of ranks that the policy gives.
class EasyBackfilling : public QueueScheduler {
  protected:
    struct Settings {
        std::size_t reservations; // how many waiting jobs have one
        Allocation allocation;
        bool one_order; // backfill_rank is queue_rank
    };

    EasyBackfilling(const Context& context, const Settings& settings)
        : QueueScheduler(context, settings.allocation),
          reservations_(settings.reservations),
          one_order_(settings.one_order) {}

    // They stay the same while a job waits, but for changes in update_ranks.
    virtual Rank queue_rank(const WaitingJob& job) const = 0;
    virtual Rank backfill_rank(const WaitingJob& job) const { return queue_rank(job); }
    // Is called before jobs are started; true if ranks are others from now on.
    virtual bool update_ranks() { return false; }

    void on_decide() override {
        if (hosts_changed_) partition().forecast(availability_, now());
        hosts_changed_ = false;
        availability_.advance(now());
        if (candidates_.empty() || candidates_.fewest_hosts() > partition().free_hosts()) return;
        if (update_ranks()) order_again();
        start_or_reserve();
        if (reserved_.size() < candidates_.size() && partition().free_hosts() > 0) backfill();
        if (!reserved_.empty()) reserved_.pop_back();
        for (const Reservation& reservation : reserved_)
            availability_.release(reservation.start, reservation.end, reservation.hosts);
        reserved_.clear();
    }

    void enqueue(const WaitingJob& job) override {
        candidates_.insert(backfill_rank(job), job);
        if (!one_order_) queue_.emplace(queue_rank(job), job);
    }
    void job_ended(const RunningJob& running) override {
        availability_.advance(now());
        availability_.release(now(), running.expected_end, partition().returned_hosts(running));
    }
    void hosts_changed() override { hosts_changed_ = true; }

  private:
    // Starts jobs in the order of the queue. Those that cannot start now get reservations, as many as
    // there shall be.
    void start_or_reserve() {
        std::optional<Rank> rank;
        while (const WaitingJob* next = next_in_queue(rank)) {
            const WaitingJob job = *next;
            rank = queue_rank(job);
            const double date = first_date_for(job);
            if (date == now() && start(job)) continue;
            reserved_.push_back({date, date + job.walltime, job.requested_hosts});
            if (reserved_.size() == reservations_) return;
            availability_.occupy(date, date + job.walltime, job.requested_hosts);
        }
        // All have reservations; that of the last one has been made, but see Room.
        if (!reserved_.empty()) {
            const Reservation& last = reserved_.back();
            availability_.release(last.start, last.end, last.hosts);
        }
    }
    const WaitingJob* next_in_queue(const std::optional<Rank>& rank) const {
        if (one_order_) return candidates_.next(rank);
        const auto found = rank ? queue_.upper_bound(*rank) : queue_.begin();
        return found == queue_.end() ? nullptr : &found->second;
    }
    double first_date_for(const WaitingJob& job) const {
        // Without reservations there are never fewer free hosts than now.
        const bool at_once = reserved_.empty() && job.requested_hosts <= partition().free_hosts();
        return at_once ? now() : availability_.earliest(now(), job.requested_hosts, job.walltime);
    }

    void backfill() {
        std::optional<Rank> rank;
        measure_room();
        while (const WaitingJob* found = candidates_.first_after(rank, room_)) {
            const WaitingJob job = *found;
            rank = backfill_rank(job);
            if (start(job)) measure_room();
        }
    }
    void measure_room() {
        room_.measure(availability_, reserved_.back(), now(), partition().free_hosts());
    }

    bool start(const WaitingJob& job) {
        if (!partition().start(job, now())) return false;
        availability_.occupy(now(), now() + job.walltime, job.requested_hosts);
        candidates_.erase(backfill_rank(job));
        if (!one_order_) queue_.erase(queue_rank(job));
        return true;
    }

    void order_again() {
        const std::vector<WaitingJob> jobs = candidates_.all();
        candidates_.clear();
        queue_.clear();
        for (const WaitingJob& job : jobs) enqueue(job);
    }

    std::size_t reservations_;
    bool one_order_;
    // With running jobs and, while it decides, reservations.
    Availability availability_;
    bool hosts_changed_ = true; // since availability_ was made
    std::vector<Reservation> reserved_;
    Room room_;
    WaitingJobs candidates_;           // all waiting jobs in the order of backfilling
    std::map<Rank, WaitingJob> queue_; // the same jobs in that of the queue, if it is another one
};

} // namespace batsched

#endif
