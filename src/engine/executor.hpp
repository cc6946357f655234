// executor.hpp - runs jobs: from the decision to execute to the date of the end.
#ifndef BATSIM_ENGINE_EXECUTOR_HPP
#define BATSIM_ENGINE_EXECUTOR_HPP

#include <map>
#include <optional>
#include <unordered_map>

#include "engine/backend.hpp"
#include "engine/due.hpp"
#include "engine/host_meter.hpp"
#include "engine/host_use.hpp"
#include "engine/job_record.hpp"
#include "engine/storages.hpp"
#include "engine/work_done.hpp"

namespace batsim {

// How jobs are executed.
struct ExecutionModel {
    // Everything that computes goes to the backend, which shares hosts among all jobs on them.
    bool shared_hosts = false;
    HostMeter* meter = nullptr; // told what jobs compute; nullptr: nobody wants to know
};

// The Executor knows when running jobs end. A job with a closed form has one entry in the calendar;
// the others, and all whose hosts are metered or may change their speed, are walked through part by
// part.
class Executor {
  public:
    // All references must outlive the executor.
    Executor(DueCalendar& calendar, Backend& backend, const HostSpeeds& speeds,
             const Storages& storages, ExecutionModel model)
        : calendar_(calendar),
          backend_(backend),
          speeds_(speeds),
          storages_(storages),
          model_(model),
          work_(backend, speeds, model.meter) {}

    // Starts a job on job.hosts at job.start_time, which is now. Throws InputError if it would run
    // for longer than simulated time goes.
    void start(JobRecord& job);

    struct Ended {
        JobRecord& job;
        JobEnd how;
    };
    // A part has ended, as the calendar or the backend says. How its job has ended, or nothing if the
    // job goes on.
    std::optional<Ended> part_ended(PartId part, double now);
    // The walltime has come. An end that is due within 1e-9 of it counts as an end, whether one or
    // several parts are left.
    JobEnd walltime_reached(JobRecord& job, double now);

    // How far a running job has come.
    Progress progress(const JobRecord& job, double now);
    // Ends a running job now, e.g. because it is killed.
    void cut_off(JobRecord& job, double now);

    // Tells the meter what all running jobs have computed until now.
    void settle(double now);
    // From now on the backend cannot be asked: what tasks have done since the last time is not known.
    void backend_is_lost() { can_ask_backend_ = false; }
    // The speeds of these hosts are about to change, and have changed.
    void before_speed_change(const HostSet& hosts, double now);
    void after_speed_change(const HostSet& hosts, double now);

    std::size_t task_count() const { return task_count_; }

  private:
    bool walks_through(const JobRecord& job) const;
    void start_with_closed_form(JobRecord& job);
    void forget(JobRecord& job);

    bool begin_next_part(RunningBranch& branch, double now);
    void begin_stretch(RunningBranch& branch, double seconds);
    void begin_task(RunningBranch& branch, BackendTask task);
    void begin_fork(RunningBranch& branch, const ForkJoinProfile& fork, double now);
    void enter_calendar(RunningBranch& branch);
    void end_part(RunningBranch& branch, double now);
    void drop(RunningBranch& branch, double now);

    double seconds_left_of_part(const RunningBranch& branch, double enough, double now) const;
    double seconds_left(const RunningBranch& branch, double enough, double now) const;
    double seconds_left_at_new_speed(const RunningBranch& branch, double now) const;
    Progress progress(const RunningBranch& branch, double now) const;
    Progress part_progress(const RunningBranch& branch, double now) const;
    template <class Do>
    void for_each_branch_on(const HostSet& hosts, Do&& what);

    DueCalendar& calendar_;
    Backend& backend_;
    const HostSpeeds& speeds_;
    const Storages& storages_;
    ExecutionModel model_;
    WorkDone work_;
    PartId next_part_ = 0;
    std::unordered_map<PartId, RunningBranch*> parts_; // under way; never iterated
    std::map<JobId, Execution*> executions_;           // of jobs that are walked through
    std::size_t task_count_ = 0;
    bool can_ask_backend_ = true;
};

} // namespace batsim

#endif
