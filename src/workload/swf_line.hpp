// swf_line.hpp - one line of a log in the Standard Workload Format, and what the options make of it.
#ifndef BATSIM_WORKLOAD_SWF_LINE_HPP
#define BATSIM_WORKLOAD_SWF_LINE_HPP

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "workload/job.hpp"

namespace batsim {

// How SWF logs are read; see docs/workload.md.
struct SwfOptions {
    enum class Processors { kRequested, kAllocated };
    enum class Walltime { kRequested, kRunTime, kNone, kFactor };
    enum class Overruns { kExtend, kKill };
    enum class ZeroRunTime { kDrop, kKeep };

    Processors processors = Processors::kRequested;
    Walltime walltime = Walltime::kRequested;
    double walltime_factor = 1; // for kFactor
    Overruns overruns = Overruns::kExtend;
    ZeroRunTime zero_run_time = ZeroRunTime::kDrop;
    bool shift = false; // the first job is submitted at 0
    // Positions of the jobs to keep, from 1, after sorting, both included.
    std::uint64_t first_job = 1;
    std::uint64_t last_job = UINT64_MAX;
};

// The 18 fields of a line; -1 means unknown. Field n of the standard is at n - 1.
using SwfFields = std::array<double, 18>;

inline constexpr std::size_t kSwfNumber = 0, kSwfSubmit = 1, kSwfWait = 2, kSwfRunTime = 3,
                             kSwfAllocated = 4, kSwfAverageCpu = 5, kSwfUsedMemory = 6,
                             kSwfRequested = 7, kSwfRequestedTime = 8, kSwfRequestedMemory = 9,
                             kSwfStatus = 10, kSwfUser = 11, kSwfGroup = 12, kSwfExecutable = 13,
                             kSwfQueue = 14, kSwfPartition = 15, kSwfPreceding = 16,
                             kSwfThinkTime = 17;

// Reads the fields of a line that is neither empty nor a comment. Returns what is wrong with the
// line, or nothing; further fields behind the 18th are ignored.
std::optional<std::string> parse_swf_line(std::string_view line, SwfFields& fields);

// Why a line gives no job, or gives one that differs from the log.
enum class SwfRemark {
    kNegativeRunTime,
    kZeroRunTime,
    kNoProcessors,
    kNegativeSubmitTime,
    kPartialExecution, // a further line of a checkpointed job
    kOverrun,          // kept, but the run time was longer than the request
    kLargeId,          // kept, but an id has become unknown
};
inline constexpr std::size_t kSwfRemarkCount = 7;

// Whether the line is dropped under these options, and why.
std::optional<SwfRemark> reason_to_drop(const SwfFields& fields, const SwfOptions& options);

// The number of processors that the job asks for: > 0, or nothing if the log does not know.
std::optional<double> swf_processors(const SwfFields& fields, const SwfOptions& options);

// The walltime before overruns are dealt with; kNoWalltime if there is none.
double swf_walltime(const SwfFields& fields, const SwfOptions& options);

// Whether the job ran longer in the log than it had asked for.
bool is_overrun(const SwfFields& fields, const SwfOptions& options);

// Whether the user, group, executable or queue does not fit into the 32 bits that schedulers get.
bool has_large_id(const SwfFields& fields);

// The delay profile of a log's jobs with this run time; `prefix` is "workload!".
ProfilePtr make_swf_profile(double seconds, const std::string& prefix);

// The job of a line that is not dropped. `shift` is subtracted from the submit time.
Job make_swf_job(const SwfFields& fields, const SwfOptions& options, std::uint32_t workload,
                 const std::string& prefix, double shift);

} // namespace batsim

#endif
