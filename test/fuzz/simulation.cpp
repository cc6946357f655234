// simulation.cpp - the bytes are a workload in JSON, whose jobs are executed, rejected and killed.
#include "engine/simulation.hpp"

#include <cmath>
#include <set>

#include "../unit/engine/playground.hpp"
#include "base/error.hpp"
#include "fuzzed_file.hpp"
#include "workload/json_workload.hpp"

namespace batsim {
namespace {

constexpr std::uint32_t kHosts = 4;

// Executes each job that can be executed, with an end at half of its walltime if its id is odd.
class Kills {
  public:
    void decide(const Batch& batch, Decisions& decisions) {
        for (const Event& event : batch.events) {
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                start(*submitted->job, batch.date, decisions);
            if (const auto* call = std::get_if<RequestedCall>(&event))
                decisions.kill_jobs({victims_.at(call->call)});
        }
    }

  private:
    void start(const JobRecord& job, double now, Decisions& decisions) {
        const HostSet hosts = HostSet::range(0, std::min(job.job.requested_hosts, kHosts) - 1);
        if (decisions.execute_job(job.id, hosts) != Status::kOk) {
            must_hold(decisions.reject_job(job.id, "") == Status::kOk);
            return;
        }
        CallId call = 0;
        const double delay = std::isinf(job.walltime) ? 1 : job.walltime / 2;
        if (job.id % 2 == 1 && decisions.call_me_later(now + delay, 0, call) == Status::kOk)
            victims_[call] = job.id;
    }

    std::map<CallId, JobId> victims_;
};

class Rows : public Observer {
  public:
    void on_job_over(const JobRecord& job) override {
        must_hold(seen_.insert(job.id).second);
        if (!job.was_started()) return;
        must_hold(job.start_time >= job.job.submit_time && job.end_time >= job.start_time);
        const bool cut = job.end == JobEnd::kKilled || job.end == JobEnd::kWalltimeReached;
        must_hold((job.progress != nullptr) == cut);
        if (cut) must_hold(job.progress->share >= 0 && job.progress->share <= 1);
    }
    void on_simulation_over(const Outcome& outcome) override {
        // A job may be too long for simulated time; nothing else is wrong with what was read.
        const bool too_long = outcome.error && outcome.error->code() == ExitCode::kInput;
        must_hold(too_long || outcome.reason == EndReason::kFinished);
    }

  private:
    std::set<JobId> seen_;
};

void simulate(Workload workload) {
    Platform platform = flat_platform(kHosts, 1e9);
    ClosedFormBackend backend;
    Kills kills;
    FunctionScheduler scheduler(
        [&](const Batch& batch, Decisions& decisions) { kills.decide(batch, decisions); });
    SchedulerRole role{"s0", &scheduler, platform.compute_hosts(), {0}};
    role.shares_hosts = false;
    Rows rows;
    std::vector<std::unique_ptr<JobStream>> streams;
    streams.push_back(std::move(workload.jobs));
    Simulation({platform, std::move(streams), {role}, {&rows}, backend, nullptr}).run();
}

} // namespace
} // namespace batsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const batsim::FuzzedFile file(bytes, size);
    try {
        batsim::simulate(batsim::read_json_workload(file.path(), 0));
    } catch (const batsim::InputError&) {
        return 0;
    }
    return 0;
}
