// shaken_jobs.hpp - the jobs of a workload, submitted a little later than it says.
#ifndef BATSIM_WORKLOAD_SHAKEN_JOBS_HPP
#define BATSIM_WORKLOAD_SHAKEN_JOBS_HPP

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "workload/workload.hpp"

namespace batsim {

// ShakenJobs gives the jobs of another stream in order of new submit times: each is later by a random
// time of its own, uniformly distributed from 0 to `most` seconds. It follows from seed, workload and
// the job's rank in the other stream only. Where new submit times are equal, the old order stays.
class ShakenJobs : public JobStream {
  public:
    ShakenJobs(std::unique_ptr<JobStream> jobs, double most, std::uint64_t seed,
               std::uint32_t workload);
    std::optional<Job> next() override;

  private:
    struct Shaken {
        std::uint64_t rank;
        Job job;
    };
    static bool is_after(const Shaken& a, const Shaken& b);

    void read_ahead();

    std::unique_ptr<JobStream> jobs_;
    double most_;
    std::uint64_t seed_;
    std::uint32_t workload_;
    std::uint64_t rank_ = 0;
    std::optional<Job> head_;     // the next job of the other stream, with its old submit time
    std::vector<Shaken> waiting_; // a heap, the earliest on top
};

} // namespace batsim

#endif
