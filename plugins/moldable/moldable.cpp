// moldable.cpp - EASY backfilling that chooses on how many hosts jobs run.
//
// Speedups: A. Downey, "A model for speedup of parallel programs", UCB/CSD-97-933, Berkeley 1997. The
// choice: W. Cirne and F. Berman, "Using moldability to improve the performance of supercomputer jobs",
// Journal of Parallel and Distributed Computing 62(10), 2002.
#include <batsched.hpp>
#include <optional>
#include <unordered_map>

#include "../common/availability.hpp"
#include "../common/config.hpp"
#include "../common/queue_scheduler.hpp"
#include "../common/room.hpp"
#include "../common/waiting_jobs.hpp"
#include "shapes.hpp"

namespace moldable {

using batsched::Rank;
using batsched::Reservation;
using batsched::WaitingJob;

struct Policy {
    double least_efficiency;
    batsched::Allocation allocation;
};

Policy read_policy(const char* text) {
    batsched::Config config(text);
    const Policy policy{config.number("least_efficiency", 0, 1, /* otherwise */ 0.75),
                        batsched::read_allocation(config)};
    config.check_unused();
    return policy;
}

struct Start {
    double date;
    Shape shape;
    double end() const { return date + shape.walltime; }
};

class Moldable : public batsched::QueueScheduler {
  public:
    explicit Moldable(const batsched::Context& context)
        : Moldable(context, read_policy(context.init.config)) {}

  private:
    Moldable(const batsched::Context& context, const Policy& policy)
        : QueueScheduler(context, policy.allocation), policy_(policy) {}

    void enqueue(const WaitingJob& job) override {
        shapes_.emplace(job.id, Shapes(simulator(), hosts(), *simulator().job(job.id),
                                       policy_.least_efficiency));
        enqueue_again(job);
    }
    void enqueue_again(const WaitingJob& job) override { queue_.insert(rank(job), least(job)); }
    void job_ended(const batsched::RunningJob& running) override {
        shapes_.erase(running.job.id);
        availability_.advance(now());
        availability_.release(now(), running.expected_end, partition().returned_hosts(running));
    }
    void hosts_changed() override { hosts_changed_ = true; }

    void on_decide() override {
        if (hosts_changed_) partition().forecast(availability_, now());
        hosts_changed_ = false;
        availability_.advance(now());
        if (queue_.empty() || queue_.fewest_hosts() > partition().free_hosts()) return;
        const std::optional<Reservation> first = start_or_reserve();
        if (first && partition().free_hosts() > 0) backfill(*first);
    }

    // Starts jobs in the order of the queue; gives the reservation of the first that cannot start now.
    std::optional<Reservation> start_or_reserve() {
        while (const WaitingJob* next = queue_.next({})) {
            const WaitingJob job = *next;
            const Start best = earliest_end(job);
            if (best.date != now() || !start(job, best.shape))
                return Reservation{best.date, best.end(), best.shape.hosts};
        }
        return std::nullopt;
    }

    // Jobs that fit now beside the reservation start, unless they would end earlier if they waited.
    void backfill(const Reservation& first) {
        std::optional<Rank> last = rank(*queue_.next({})); // has the reservation
        room_.measure(availability_, first, now(), partition().free_hosts());
        while (const WaitingJob* found = queue_.first_after(last, room_)) {
            const WaitingJob job = *found;
            last = rank(job);
            const std::optional<Shape> shape = shape_beside(first, job);
            if (shape && start(job, *shape))
                room_.measure(availability_, first, now(), partition().free_hosts());
        }
    }
    std::optional<Shape> shape_beside(const Reservation& first, const WaitingJob& job) {
        const Shapes& shapes = shapes_.at(job.id);
        if (shapes.is_rigid()) return shapes.all().front();
        availability_.occupy(first.start, first.end, first.hosts);
        const Start best = earliest_end(job);
        availability_.release(first.start, first.end, first.hosts);
        if (best.date == now() && room_.takes(best.shape.hosts, best.shape.walltime))
            return best.shape;
        return std::nullopt;
    }

    // On as few hosts as possible.
    Start earliest_end(const WaitingJob& job) const {
        std::optional<Start> best;
        for (const Shape& shape : shapes_.at(job.id).all()) {
            const double date = availability_.earliest(now(), shape.hosts, shape.walltime);
            const Start start{date, shape};
            if (!best || start.end() < best->end()) best = start;
        }
        return *best;
    }

    bool start(const WaitingJob& job, const Shape& shape) {
        const WaitingJob molded = with(job, shape);
        const bool as_requested = simulator().job(job.id)->requested_hosts == shape.hosts;
        if (!(as_requested ? partition().start(molded, now())
                           : partition().start_molded(molded, now())))
            return false;
        availability_.occupy(now(), now() + shape.walltime, shape.hosts);
        queue_.erase(rank(job));
        return true;
    }

    static Rank rank(const WaitingJob& job) { return {0, job.id}; }
    // With the least that the job may need, so that searches do not pass over it.
    WaitingJob least(const WaitingJob& job) const {
        const Shapes& shapes = shapes_.at(job.id);
        return with(job, {shapes.fewest_hosts(), shapes.least_walltime()});
    }
    static WaitingJob with(WaitingJob job, const Shape& shape) {
        job.requested_hosts = shape.hosts;
        job.walltime = shape.walltime;
        return job;
    }

    Policy policy_;
    batsched::Availability availability_; // with running jobs
    bool hosts_changed_ = true;           // since availability_ was made
    batsched::Room room_;
    batsched::WaitingJobs queue_;
    std::unordered_map<batsched_job_id_t, Shapes> shapes_; // of all jobs that are not over
};

} // namespace moldable

BATSCHED_PLUGIN(moldable::Moldable, "moldable", "1.0.0",
                "EASY backfilling that chooses the number of hosts of moldable jobs");
