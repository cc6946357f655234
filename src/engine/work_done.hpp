// work_done.hpp - how much of the parts under way is done; tells a meter of it.
#ifndef BATSIM_ENGINE_WORK_DONE_HPP
#define BATSIM_ENGINE_WORK_DONE_HPP

#include <map>

#include "engine/backend.hpp"
#include "engine/execution.hpp"
#include "engine/host_meter.hpp"
#include "engine/host_use.hpp"

namespace batsim {

// WorkDone computes how far parts have come and reports to a HostMeter, if there is one, which ranks
// compute where and how much.
class WorkDone {
  public:
    // `meter` may be nullptr. All of them must outlive it.
    WorkDone(const Backend& backend, const HostSpeeds& speeds, HostMeter* meter)
        : backend_(backend), speeds_(speeds), meter_(meter) {}

    bool is_metered() const { return meter_ != nullptr; }

    // The present part of the branch has begun, or is about to end.
    void begin(RunningBranch& branch, double now);
    void end(RunningBranch& branch, double now);
    // The present part is a task that has ended.
    void end_task(RunningBranch& branch, double now);
    // Counts what was done since the last time.
    void settle(RunningBranch& branch, double now);
    // Settles a usage trace at an offset where ranks may begin or stop to use their hosts.
    void change_ranks(RunningBranch& branch, double now);

    // The share of the present part that is done; NaN if it cannot be known. A usage trace must have
    // been settled.
    double share_done(const RunningBranch& branch, double now) const;

  private:
    void tell_ranks(const RunningBranch& branch, int delta, double now);
    void find_ranks(RunningBranch& branch);
    // Lets so many seconds of a usage trace pass.
    void advance(RunningBranch& branch, double seconds, double now);
    void count(RunningBranch& branch, double done, double now);
    void count_program(RunningBranch& branch, double now);

    const Backend& backend_;
    const HostSpeeds& speeds_;
    HostMeter* meter_;
    std::map<PartId, RunningBranch*> programs_; // under way, if there is a meter
};

// Seconds since the start of the branch's job.
double offset_of(const RunningBranch& branch, double now);

} // namespace batsim

#endif
