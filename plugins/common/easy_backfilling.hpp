// easy_backfilling.hpp - EASY backfilling for policies that say who is first.
#ifndef BATSIM_PLUGINS_EASY_BACKFILLING_HPP
#define BATSIM_PLUGINS_EASY_BACKFILLING_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "availability.hpp"
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
        update_availability();
        if (!may_start()) return;
        start_jobs();
        if (!reserved_.empty()) reserved_.pop_back(); // it has not been made, see Room
        for (const Reservation& reservation : reserved_)
            availability_.release(reservation.start, reservation.end, reservation.hosts);
        reserved_.clear();
    }

    // How many hosts without a job cannot be used now, but from which date on if the policy sees to it.
    using HostsToCome = std::map<double, std::size_t>;
    // What on_decide() does, by policies with hosts to come: a job that starts with the help of these
    // counts as started, but goes on waiting. What is free at which date beside all running jobs, those
    // that start so, and reservations is for the policy to look at and change until it decides again.
    Availability& start_and_plan(const HostsToCome& to_come) {
        update_availability();
        other_ = availability_;
        plans_ = true;
        expect(to_come);
        if (!candidates_.empty()) start_jobs();
        if (!reserved_.empty()) occupy(reserved_.back());
        reserved_.clear();
        for (const WaitingJob& job : promised_) insert(job);
        plans_ = false;
        std::swap(other_, availability_);
        return other_;
    }
    // By jobs that go on waiting although they count as started.
    std::size_t promised_hosts() const { return promised_hosts_; }

    virtual void job_started(const WaitingJob&) {}

    // Whether a job waits that does not need more hosts than are free.
    bool may_start() const {
        return !candidates_.empty() && candidates_.fewest_hosts() <= partition().free_hosts();
    }

    void enqueue(const WaitingJob& job) override { insert(job); }
    void job_ended(const RunningJob& running) override {
        availability_.advance(now());
        availability_.release(now(), running.expected_end, partition().returned_hosts(running));
    }
    void hosts_changed() override { hosts_changed_ = true; }

  private:
    using Count = Availability::Count;
    // What is left to jobs that start now, and to those that start when hosts come, by date.
    struct Rooms {
        Room now;
        std::vector<std::pair<double, Room>> later;
        bool takes(std::uint32_t hosts, double walltime) const {
            return now.takes(hosts, walltime) ||
                   std::any_of(later.begin(), later.end(), [&](const auto& of_date) {
                       return of_date.second.takes(hosts, walltime);
                   });
        }
    };

    void update_availability() {
        if (hosts_changed_) partition().forecast(availability_, now());
        hosts_changed_ = false;
        availability_.advance(now());
    }
    void start_jobs() {
        if (update_ranks()) order_again();
        for (const WaitingJob& job : std::exchange(promised_, {}))
            were_promised_.emplace(backfill_rank(job), job);
        start_or_reserve();
        const bool has_hosts = partition().free_hosts() > 0 || !to_come_.empty();
        if (reserved_.size() < candidates_.size() && has_hosts) backfill();
        were_promised_.clear();
    }
    void occupy(const Reservation& reservation) {
        availability_.occupy(reservation.start, reservation.end, reservation.hosts);
    }

    // Starts jobs in the order of the queue. Those that cannot start now get reservations, as many as
    // there shall be.
    void start_or_reserve() {
        std::optional<Rank> rank;
        while (const WaitingJob* next = next_in_queue(rank)) {
            const WaitingJob job = *next;
            rank = queue_rank(job);
            const double date = first_date_for(job);
            if (date == now() && start(job)) continue;
            if (may_be_promised(job) && promise(job, date)) continue;
            reserved_.push_back({date, date + job.walltime, job.requested_hosts});
            if (reserved_.size() == reservations_) return;
            occupy(reserved_.back());
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
        // Without reservations and promises there are never fewer free hosts than now.
        const bool at_once = reserved_.empty() && promised_.empty() &&
                             job.requested_hosts <= partition().free_hosts();
        return at_once ? now() : availability_.earliest(now(), job.requested_hosts, job.walltime);
    }

    void backfill() {
        renew_promises();
        std::optional<Rank> rank;
        measure_rooms(hosts_at_hand_);
        while (const WaitingJob* found = candidates_.first_after(rank, rooms_)) {
            const WaitingJob job = *found;
            rank = backfill_rank(job);
            if (start_in_rooms(job)) measure_rooms(hosts_at_hand_);
        }
    }
    // So many hosts may be promised.
    void measure_rooms(Count at_hand) {
        const Reservation& last = reserved_.back();
        rooms_.now.measure(availability_, last, now(), partition().free_hosts());
        rooms_.later.clear();
        if (at_hand <= 0) return;
        for (const auto& [date, hosts] : to_come_) {
            rooms_.later.emplace_back(date, Room());
            rooms_.later.back().second.measure(availability_, last, date,
                                               static_cast<std::size_t>(at_hand));
        }
    }
    bool start_in_rooms(const WaitingJob& job) {
        if (rooms_.now.takes(job.requested_hosts, job.walltime)) return start(job);
        const auto found =
            std::find_if(rooms_.later.begin(), rooms_.later.end(), [&](const auto& of_date) {
                return of_date.second.takes(job.requested_hosts, job.walltime);
            });
        if (found == rooms_.later.end()) return false;
        return promise(job, found->first);
    }

    // Now, if the simulator does not refuse, and there are enough free hosts.
    bool start(const WaitingJob& job) {
        if (!partition().start(job, now())) return false;
        take_out(job, now());
        if (plans_) {
            other_.occupy(now(), now() + job.walltime, job.requested_hosts);
            hosts_at_hand_ -= job.requested_hosts;
        }
        job_started(job);
        return true;
    }
    void take_out(const WaitingJob& job, double date) {
        availability_.occupy(date, date + job.walltime, job.requested_hosts);
        candidates_.erase(backfill_rank(job));
        if (!one_order_) queue_.erase(queue_rank(job));
        if (!were_promised_.empty()) were_promised_.erase(backfill_rank(job));
    }

    // ---- Hosts to come and the jobs to which they are promised -----------------------------------

    void expect(const HostsToCome& to_come) {
        to_come_ = to_come;
        hosts_at_hand_ = static_cast<Count>(partition().free_hosts());
        for (const auto& [date, hosts] : to_come_) {
            availability_.release(date, Availability::kNever, static_cast<Count>(hosts));
            hosts_at_hand_ += static_cast<Count>(hosts);
        }
        promised_hosts_ = 0;
    }
    // A promise holds though other jobs have started on these hosts meanwhile: they do not delay it.
    bool may_be_promised(const WaitingJob& job) const {
        return job.requested_hosts <= hosts_at_hand_ ||
               (!were_promised_.empty() && were_promised_.count(backfill_rank(job)) > 0);
    }
    // Of jobs behind reservations, as far as they do not delay these.
    void renew_promises() {
        const std::map<Rank, WaitingJob> jobs = std::exchange(were_promised_, {});
        for (const auto& [rank, job] : jobs) {
            measure_rooms(static_cast<Count>(hosts().size()));
            if (rooms_.takes(job.requested_hosts, job.walltime)) start_in_rooms(job);
        }
    }
    // If that is not after all hosts have come.
    bool promise(const WaitingJob& job, double date) {
        if (to_come_.empty() || date > to_come_.rbegin()->first) return false;
        take_out(job, date);
        hosts_at_hand_ -= job.requested_hosts;
        promised_.push_back(job);
        promised_hosts_ += job.requested_hosts;
        return true;
    }

    void insert(const WaitingJob& job) {
        candidates_.insert(backfill_rank(job), job);
        if (!one_order_) queue_.emplace(queue_rank(job), job);
    }
    void order_again() {
        const std::vector<WaitingJob> jobs = candidates_.all();
        candidates_.clear();
        queue_.clear();
        for (const WaitingJob& job : jobs) insert(job);
    }

    std::size_t reservations_;
    bool one_order_;
    // With running jobs and, while it decides, reservations.
    Availability availability_;
    // While it plans: with running jobs only. Afterwards: the plan.
    Availability other_;
    bool plans_ = false;
    bool hosts_changed_ = true; // since availability_ was made
    std::vector<Reservation> reserved_;
    Rooms rooms_;
    HostsToCome to_come_;              // of the present decision
    std::vector<WaitingJob> promised_; // jobs that count as started, of the last decision
    std::size_t promised_hosts_ = 0;
    std::map<Rank, WaitingJob> were_promised_; // by the decision before, and have not been so since
    // Free or to come, and not promised. Less than none if jobs have started on promised ones.
    Count hosts_at_hand_ = 0;
    WaitingJobs candidates_;           // all waiting jobs in the order of backfilling
    std::map<Rank, WaitingJob> queue_; // the same jobs in that of the queue, if it is another one
};

} // namespace batsched

#endif
