// easy.cpp - EASY backfilling: a later job may start now if it does not delay the first waiting job.
//
// D. Lifka, "The ANL/IBM SP scheduling system", JSSPP 1995; A. Mu'alem and D. Feitelson, "Utilization,
// predictability, workloads, and user runtime estimates in scheduling the IBM SP2 with backfilling",
// IEEE TPDS 12(6), 2001.
#include <batsched.hpp>
#include <map>
#include <unordered_map>

#include "../common/config.hpp"
#include "releases.hpp"
#include "waiting_jobs.hpp"

namespace easy {

enum class Order { kSubmission, kShortest };

Order read_order(const char* text) {
    batsched::Config config(text);
    const std::string order = config.word("backfill_order", {"submission", "shortest"});
    config.check_unused();
    return order == "shortest" ? Order::kShortest : Order::kSubmission;
}

class Easy : public batsched::Scheduler {
  public:
    explicit Easy(const batsched::Context& context)
        : Scheduler(context),
          order_(read_order(context.init.config)),
          usable_(hosts()),
          free_(hosts()) {}

  private:
    struct Running {
        batsched::HostSet hosts;
        double expected_end;
        WaitingJob job;
    };

    void on_job_submitted(const batsched_job_t& job) override {
        if (job.requested_hosts > hosts().size())
            simulator().reject_job(job.id, "larger than the partition");
        else
            add({job.id, job.requested_hosts, job.walltime});
    }

    void on_job_completed(const batsched_job_completed_t& end) override {
        forget_running(end.job->id);
        free_.insert(batsched::HostSet(end.usable_hosts));
    }

    // The job waits again, in its old place.
    void on_decision_dropped(const batsched_decision_dropped_t& dropped) override {
        if (dropped.job == nullptr) return;
        const Running running = forget_running(dropped.job->id);
        free_.insert(running.hosts & usable_);
        add(running.job);
    }

    void on_hosts_state_changed(const batsched_hosts_state_changed_t& change) override {
        if (change.state == BATSCHED_HOST_ON)
            usable_ |= batsched::HostSet(change.hosts);
        else
            usable_ -= batsched::HostSet(change.hosts);
        free_ = batsched::HostPool(usable_);
        releases_.clear();
        for (const auto& [id, running] : running_) {
            free_.erase(running.hosts);
            releases_.insert(running.expected_end, id, (running.hosts & usable_).size());
        }
    }

    void on_decide() override {
        while (!queue_.empty() && start(queue_.begin()->second)) {
        }
        if (!queue_.empty() && !free_.empty()) backfill();
    }

    void backfill() {
        Room room = room_beside(queue_.begin()->second);
        WaitingJobs::Rank rank = WaitingJobs::before_all();
        while (const WaitingJob* found = candidates_.first_after(rank, room)) {
            const WaitingJob job = *found;
            rank = WaitingJobs::rank(order_of(job), job);
            if (!start(job)) continue;
            room.free_hosts = free_.size();
            if (!room.ends_before(job.walltime)) room.spare_hosts -= job.requested_hosts;
        }
    }

    // What the reservation of the first waiting job leaves to the others.
    Room room_beside(const WaitingJob& first) const {
        const std::size_t free = free_.size();
        const std::size_t needed = first.requested_hosts;
        const auto [date, released] = releases_.when_released(needed > free ? needed - free : 0);
        const std::size_t available = free + released;
        return {free, available > needed ? available - needed : 0, now(), date};
    }

    void add(const WaitingJob& job) {
        queue_.emplace(job.id, job);
        candidates_.insert(order_of(job), job);
    }

    bool start(const WaitingJob job) {
        if (job.requested_hosts > free_.size()) return false;
        const batsched::HostSet allocation = free_.lowest(job.requested_hosts);
        if (!simulator().execute_job(job.id, allocation)) return false;
        free_.erase(allocation);
        candidates_.erase(order_of(job), job.id);
        queue_.erase(job.id);
        const double end = now() + job.walltime;
        releases_.insert(end, job.id, allocation.size());
        running_.emplace(job.id, Running{allocation, end, job});
        return true;
    }

    Running forget_running(batsched_job_id_t id) {
        const auto found = running_.find(id);
        Running running = std::move(found->second);
        running_.erase(found);
        releases_.erase(running.expected_end, id);
        return running;
    }

    // Ids are in the order of submission, so that 0 leaves the jobs in it.
    double order_of(const WaitingJob& job) const {
        return order_ == Order::kShortest ? job.walltime : 0;
    }

    Order order_;
    batsched::HostSet usable_;                      // hosts that are ON
    batsched::HostPool free_;                       // usable and idle
    std::map<batsched_job_id_t, WaitingJob> queue_; // in order of submission
    WaitingJobs candidates_;                        // the same jobs, in order of backfilling
    Releases releases_;
    std::unordered_map<batsched_job_id_t, Running> running_;
};

} // namespace easy

BATSCHED_PLUGIN(easy::Easy, "easy", "1.0.0", "EASY backfilling with one reservation");
