// easy.cpp - EASY backfilling: a later job may start now if it does not delay the first waiting jobs.
//
// D. Lifka, "The ANL/IBM SP scheduling system", JSSPP 1995; A. Mu'alem and D. Feitelson, "Utilization,
// predictability, workloads, and user runtime estimates in scheduling the IBM SP2 with backfilling",
// IEEE TPDS 12(6), 2001.
#include <batsched.hpp>
#include <map>
#include <optional>
#include <vector>

#include "../common/availability.hpp"
#include "../common/config.hpp"
#include "../common/job_order.hpp"
#include "../common/partition.hpp"
#include "../common/waiting_jobs.hpp"
#include "room.hpp"

namespace easy {

using batsched::Rank;
using batsched::WaitingJob;

struct Policy {
    batsched::JobOrder queue_order, backfill_order;
    std::size_t reservations;
    batsched::Allocation allocation;
};

Policy read_policy(const char* text) {
    batsched::Config config(text);
    const Policy policy{batsched::read_order(config, "queue_order"),
                        batsched::read_order(config, "backfill_order"),
                        config.whole_number("reservations", /* least */ 1, /* otherwise */ 1),
                        batsched::read_allocation(config)};
    config.check_unused();
    return policy;
}

class Easy : public batsched::Scheduler {
  public:
    explicit Easy(const batsched::Context& context)
        : Scheduler(context),
          policy_(read_policy(context.init.config)),
          partition_(policy_.allocation, simulator(), hosts()) {
        partition_.forecast(availability_, 0);
    }

  private:
    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            add(batsched::waiting(job));
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        const auto running = partition_.end(end);
        availability_.advance(now());
        availability_.release(now(), running.expected_end, partition_.returned_hosts(running));
    }

    // The job waits again, in its old place.
    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job == nullptr) return;
        add(partition_.drop(dropped.job->id));
        hosts_changed_ = true;
    }

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        partition_.change_state(change);
        hosts_changed_ = true;
    }

    void on_decide() override {
        if (hosts_changed_) partition_.forecast(availability_, now());
        hosts_changed_ = false;
        availability_.advance(now());
        if (queue_.empty() || candidates_.fewest_hosts() > partition_.free_hosts()) return;
        order_again();
        start_or_reserve();
        if (reserved_.size() < queue_.size() && partition_.free_hosts() > 0) backfill();
        if (!reserved_.empty()) reserved_.pop_back();
        for (const Reservation& reservation : reserved_)
            availability_.release(reservation.start, reservation.end, reservation.hosts);
        reserved_.clear();
    }

    // Starts jobs in the order of the queue. Those that cannot start now get reservations, as many as
    // there shall be.
    void start_or_reserve() {
        for (auto next = queue_.begin(); next != queue_.end();) {
            const WaitingJob job = next++->second;
            const double date = first_date_for(job);
            if (date == now() && start(job)) continue;
            reserved_.push_back({date, date + job.walltime, job.requested_hosts});
            if (reserved_.size() == policy_.reservations) return;
            availability_.occupy(date, date + job.walltime, job.requested_hosts);
        }
        // All have reservations; that of the last one has been made, but see Room.
        if (!reserved_.empty()) {
            const Reservation& last = reserved_.back();
            availability_.release(last.start, last.end, last.hosts);
        }
    }
    double first_date_for(const WaitingJob& job) const {
        // Without reservations there are never fewer free hosts than now.
        const bool at_once = reserved_.empty() && job.requested_hosts <= partition_.free_hosts();
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
        room_.measure(availability_, reserved_.back(), now(), partition_.free_hosts());
    }

    bool start(const WaitingJob& job) {
        if (!partition_.start(job, now())) return false;
        availability_.occupy(now(), now() + job.walltime, job.requested_hosts);
        candidates_.erase(backfill_rank(job));
        queue_.erase(queue_rank(job));
        return true;
    }

    void add(const WaitingJob& job) {
        queue_.emplace(queue_rank(job), job);
        candidates_.insert(backfill_rank(job), job);
    }
    Rank queue_rank(const WaitingJob& job) const {
        return batsched::rank(policy_.queue_order, job, ordered_at_);
    }
    Rank backfill_rank(const WaitingJob& job) const {
        return batsched::rank(policy_.backfill_order, job, ordered_at_);
    }

    // Orders that depend on how long jobs have waited are made anew.
    void order_again() {
        if (!batsched::changes_with_time(policy_.queue_order) &&
            !batsched::changes_with_time(policy_.backfill_order))
            return;
        const std::vector<WaitingJob> jobs = candidates_.all();
        queue_.clear();
        candidates_.clear();
        ordered_at_ = now();
        for (const WaitingJob& job : jobs) add(job);
    }

    Policy policy_;
    batsched::Partition partition_;
    // With running jobs and, while it decides, reservations.
    batsched::Availability availability_;
    bool hosts_changed_ = false; // since availability_ was made
    std::vector<Reservation> reserved_;
    Room room_;
    std::map<Rank, WaitingJob> queue_;
    batsched::WaitingJobs candidates_; // the same jobs, in order of backfilling
    double ordered_at_ = 0;            // date for scores that change with time
};

} // namespace easy

BATSCHED_PLUGIN(easy::Easy, "easy", "1.1.0", "EASY backfilling");
