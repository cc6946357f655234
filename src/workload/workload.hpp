// workload.hpp - jobs and profiles of one input file, and all of them in order of submission.
#ifndef BATSIM_WORKLOAD_WORKLOAD_HPP
#define BATSIM_WORKLOAD_WORKLOAD_HPP

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workload/job.hpp"
#include "workload/profile.hpp"

namespace batsim {

// A JobStream gives the jobs of one workload in order of submission; jobs with equal submit times
// come in the order that the file format defines.
class JobStream {
  public:
    virtual ~JobStream() = default;
    // The next job, or nothing after the last one.
    virtual std::optional<Job> next() = 0;
};

// A JobStream of jobs that are all in memory, sorted by the caller.
class StoredJobs : public JobStream {
  public:
    explicit StoredJobs(std::deque<Job> jobs) : jobs_(std::move(jobs)) {}
    std::optional<Job> next() override {
        if (jobs_.empty()) return std::nullopt;
        std::optional<Job> job = std::move(jobs_.front());
        jobs_.pop_front();
        return job;
    }

  private:
    std::deque<Job> jobs_; // gives memory back while they go
};

// A Workload is what one input file says, checked.
struct Workload {
    std::string name; // "w0", "w1", ... in the order of the command line
    std::string path;
    bool is_log = false; // SWF: each job has a delay profile named after its run time
    // Hosts that the file was made for: nb_res, MaxProcs, MaxNodes, else the largest job; 0 if it
    // has no job either.
    std::uint32_t host_count = 0;
    std::map<std::string, ProfilePtr, std::less<>> profiles; // by full name
    std::unique_ptr<JobStream> jobs;
    std::uint64_t job_count = 0; // that the stream will give
    // The first job that sends bytes over a network; "" if none does.
    std::string communicating_job;
    bool needs_sharing = false; // a job has no closed form, whatever the network
    bool has_programs = false;  // a job replays an MPI program
    // One line about what was dropped or changed while reading; "" if nothing was.
    std::string remarks;
};

// MergedJobs gives the jobs of several workloads in order of (submit time, workload).
class MergedJobs {
  public:
    explicit MergedJobs(std::vector<std::unique_ptr<JobStream>> streams);

    // The job that next() will give, or nullptr after the last one.
    const Job* peek() const;
    Job next();

    std::size_t stream_count() const { return streams_.size(); }
    // Whether no job of this workload is to come.
    bool is_exhausted(std::uint32_t workload) const { return !heads_[workload]; }

  private:
    void find_first();

    std::vector<std::unique_ptr<JobStream>> streams_;
    std::vector<std::optional<Job>> heads_;
    std::size_t first_ = 0;
};

} // namespace batsim

#endif
