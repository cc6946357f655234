// preempting.cpp - EASY backfilling by priority: jobs of high priority kill those of low priority, which
// are submitted again and go on from their last checkpoints. So do jobs that are lost with a host.
#include <algorithm>
#include <batsched.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../common/availability.hpp"
#include "../common/config.hpp"
#include "../common/queue_scheduler.hpp"
#include "../common/room.hpp"
#include "../common/waiting_jobs.hpp"
#include "life.hpp"
#include "remainder.hpp"
#include "victims.hpp"

namespace preempting {

using batsched::Availability;
using batsched::Rank;
using batsched::Reservation;
using batsched::WaitingJob;

struct Policy {
    QueuePriorities queues;
    bool preemption;
    std::uint64_t restart_limit;
    batsched::Allocation allocation;
};

Policy read_policy(const char* text) {
    batsched::Config config(text);
    Policy policy{config.numbers_by_name("queue_priorities", -kHighestPriority, kHighestPriority),
                  config.flag("preemption", true),
                  config.integer("restart_limit", 0, UINT64_MAX, /* otherwise */ UINT64_MAX),
                  batsched::read_allocation(config)};
    config.check_unused();
    return policy;
}

class Preempting : public batsched::QueueScheduler {
  public:
    explicit Preempting(const batsched::Context& context)
        : Preempting(context, read_policy(context.init.config)) {}

  private:
    Preempting(const batsched::Context& context, Policy policy)
        : QueueScheduler(context, policy.allocation), policy_(std::move(policy)) {
        context.reply.features = BATSCHED_FEATURE_REGISTRATION;
        for (std::uint32_t i = 0; i < context.init.workload_count; ++i)
            workloads_.emplace_back(context.init.workloads[i]);
    }

    void on_simulation_begins(const batsched_simulation_begins_t&) override {
        if (workloads_.empty())
            simulator().warning(
                "owns no workload: jobs that it gets are neither killed nor restarted");
    }

    // ---- Jobs come and go ------------------------------------------------------------------------

    void enqueue(const WaitingJob& job) override {
        if (lives_.count(job.id) == 0) { // not a restart
            const LifeReader reader(*simulator().job(job.id), simulator().job_extra(job.id));
            Life life = reader.read(policy_.queues);
            if (life.checkpoints.are_written() && !is_divisible(simulator(), life.profile))
                life.checkpoints = {}; // of no use
            lives_.emplace(job.id, std::move(life));
        }
        queue_.insert(rank(job), job);
    }
    void enqueue_again(const WaitingJob& job) override {
        started_.erase(job.id);
        victims_.erase(job.id);
        enqueue(job);
    }
    void job_ended(const batsched::RunningJob& running) override {
        const batsched_job_completed_t& end = event().job_completed;
        availability_.advance(now());
        availability_.release(now(), running.expected_end, partition().returned_hosts(running));
        started_.erase(end.job->id);
        victims_.erase(end.job->id);
        const auto life = lives_.extract(end.job->id);
        const bool is_lost =
            end.state == BATSCHED_JOB_KILLED || end.state == BATSCHED_JOB_HOST_FAILED;
        if (is_lost && may_restart(life.mapped())) restart(end, life.mapped());
    }
    void hosts_changed() override { hosts_changed_ = true; }
    void on_no_more_static_jobs() override { no_more_static_jobs_ = true; }

    // Of a workload of another scheduler it would be submitted to that one.
    bool may_restart(const Life& life) const {
        return !finished_ && life.restarts < policy_.restart_limit &&
               std::find(workloads_.begin(), workloads_.end(), life.workload) != workloads_.end();
    }
    void restart(const batsched_job_completed_t& end, Life life) {
        save(life, simulator(), now() - end.start_time, end.progress);
        const std::string name = life.name + "#" + std::to_string(++life.restarts);
        const std::string extra = simulator().job_extra(end.job->id);
        const Remainder remainder(simulator(), life, name);
        batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
        job.requested_hosts = end.job->requested_hosts;
        job.parent = end.job->id;
        job.workload = life.workload.c_str();
        job.name = name.c_str();
        job.profile = remainder.name().c_str();
        job.extra_data = extra.c_str();
        job.walltime = life.walltime_left();
        job.user_id = end.job->user_id;
        job.group_id = end.job->group_id;
        job.queue_id = end.job->queue_id;
        job.executable_id = end.job->executable_id;
        const batsched_job_id_t id = simulator().register_job(job);
        const nlohmann::json note{{"restarted_as", name}, {"saved", life.saved}};
        simulator().annotate_job(end.job->id, note.dump());
        lives_.emplace(id, std::move(life));
    }

    // ---- Decisions -------------------------------------------------------------------------------

    void on_decide() override {
        finish_registration_if_done();
        if (hosts_changed_) count_hosts();
        hosts_changed_ = false;
        availability_.advance(now());
        if (queue_.empty() || queue_.fewest_hosts() > most_hosts()) return;
        if (const auto first = start_or_reserve()) backfill(*first);
    }
    // What the first job of the queue could have, which may kill more than all others.
    std::size_t most_hosts() const {
        return partition().free_hosts() + hosts_below(priority(*queue_.next({})));
    }
    std::size_t hosts_below(double priority) const {
        return static_cast<std::size_t>(victims_.hosts_below(priority));
    }

    void finish_registration_if_done() {
        if (finished_ || !no_more_static_jobs_ || !lives_.empty()) return;
        finished_ = true;
        simulator().finish_registration();
    }

    // Starts jobs in the order of the queue, or kills others for the first that cannot start. Gives its
    // reservation if that does not help.
    std::optional<Reservation> start_or_reserve() {
        while (const WaitingJob* next = queue_.next({})) {
            const WaitingJob job = *next;
            const bool fits = job.requested_hosts <= partition().free_hosts();
            if (fits && start(job)) continue;
            if (!fits && kill_for(job)) return std::nullopt;
            const double date =
                availability_for(priority(job)).earliest(now(), job.requested_hosts, job.walltime);
            return Reservation{date, date + job.walltime, job.requested_hosts};
        }
        return std::nullopt;
    }

    // Others may start, or kill others, if that does not delay the first one. To them it is as if jobs
    // of lower priority were not there.
    void backfill(const Reservation& first) {
        std::optional<Rank> last = rank(*queue_.next({}));
        measure_room(first, -last->first);
        while (const WaitingJob* found = queue_.first_after(last, room_)) {
            const WaitingJob job = *found;
            last = rank(job);
            if (victims_.hosts_below(priority(job)) != hosts_of_victims_)
                measure_room(first, priority(job));
            if (!room_.takes(job.requested_hosts, job.walltime)) continue;
            if (job.requested_hosts > partition().free_hosts()) {
                kill_for(job);
                return;
            }
            if (start(job)) measure_room(first, priority(job));
        }
    }
    void measure_room(const Reservation& first, double priority) {
        hosts_of_victims_ = victims_.hosts_below(priority);
        room_.measure(availability_for(priority), first, now(),
                      partition().free_hosts() + hosts_below(priority));
    }
    // As if jobs of lower priority were not there. Valid until the next call.
    const Availability& availability_for(double priority) {
        if (victims_.hosts_below(priority) == 0) return availability_;
        without_victims_ = availability_;
        for (const Victim& victim : victims_.below(priority))
            without_victims_.release(now(), victim.expected_end, victim.hosts);
        return without_victims_;
    }

    // The job will find its hosts in the next batch. False if there are not enough.
    bool kill_for(const WaitingJob& job) {
        const auto needed =
            static_cast<Count>(job.requested_hosts) - static_cast<Count>(partition().free_hosts());
        std::vector<Victim> victims = victims_.below(priority(job));
        if (victims_.hosts_below(priority(job)) < needed) return false;
        for (Victim& victim : victims) {
            const double elapsed = now() - started_.at(victim.id);
            victim.lost_work =
                lives_.at(victim.id).lost_in(elapsed) * static_cast<double>(victim.hosts);
        }
        return simulator().kill_jobs(choose_victims(std::move(victims), needed));
    }

    bool start(const WaitingJob& job) {
        if (!partition().start(job, now())) return false;
        availability_.occupy(now(), now() + job.walltime, job.requested_hosts);
        queue_.erase(rank(job));
        started_.emplace(job.id, now());
        note_victim(job.id);
        return true;
    }
    void note_victim(batsched_job_id_t id) {
        const Life& life = lives_.at(id);
        if (!policy_.preemption || !may_restart(life)) return;
        const batsched::RunningJob& running = partition().running(id);
        victims_.insert({id, life.priority, partition().returned_hosts(running),
                         running.expected_end, /* lost_work */ 0});
    }
    void count_hosts() {
        partition().forecast(availability_, now());
        victims_.clear();
        for (const auto& [id, date] : started_) note_victim(id);
    }

    double priority(const WaitingJob& job) const { return lives_.at(job.id).priority; }
    Rank rank(const WaitingJob& job) const {
        const Life& life = lives_.at(job.id);
        return {-life.priority, life.first};
    }

    Policy policy_;
    std::vector<std::string> workloads_; // that are submitted to this scheduler
    bool no_more_static_jobs_ = false, finished_ = false;

    Availability availability_; // with running jobs
    bool hosts_changed_ = true; // since it was made
    Availability without_victims_;
    batsched::WaitingJobs queue_;
    std::unordered_map<batsched_job_id_t, Life> lives_; // of all jobs that are not over
    std::map<batsched_job_id_t, double> started_;       // dates, of running jobs
    Victims victims_;
    batsched::Room room_;
    Count hosts_of_victims_ = 0; // without which room_ was measured
};

} // namespace preempting

BATSCHED_PLUGIN(preempting::Preempting, "preempting", "1.0.0",
                "EASY backfilling by priority with preemption, checkpoints and restarts");
