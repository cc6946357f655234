// executor.hpp - runs jobs: from the decision to execute to the date of the end.
#ifndef BATSIM_ENGINE_EXECUTOR_HPP
#define BATSIM_ENGINE_EXECUTOR_HPP

#include <optional>

#include "engine/backend.hpp"
#include "engine/due.hpp"
#include "engine/host_use.hpp"
#include "engine/job_record.hpp"

namespace batsim {

// The Executor knows when running jobs end. Jobs with a closed form have one entry in the calendar;
// the others are walked through part by part. A job's task in the backend has the job's id.
class Executor {
  public:
    // All of them must outlive the executor.
    Executor(DueCalendar& calendar, Backend& backend, const HostSpeeds& speeds)
        : calendar_(calendar), backend_(backend), speeds_(speeds) {}

    // Starts a job on job.hosts at job.start_time, which is now. Throws InputError if it would run
    // for longer than simulated time goes.
    void start(JobRecord& job);

    // A part has ended. How the job has ended, or nothing if another part has begun.
    std::optional<JobEnd> part_ended(JobRecord& job, double now);
    // The walltime has come. An end that is due within 1e-9 of it counts as an end, whether one or
    // several parts are left.
    JobEnd walltime_reached(JobRecord& job, double now);

    // Forgets a running job, e.g. because the simulation stops.
    void cut_off(JobRecord& job);

    std::size_t task_count() const { return task_count_; }

  private:
    void start_with_closed_form(JobRecord& job, double seconds);
    // Begins the next part; false if there is none.
    bool begin_next_part(JobRecord& job);
    double seconds_left_of_part(const JobRecord& job, double now) const;
    void end_part(JobRecord& job);

    DueCalendar& calendar_;
    Backend& backend_;
    const HostSpeeds& speeds_;
    std::size_t task_count_ = 0;
};

} // namespace batsim

#endif
