// playground.hpp - small simulations for tests: jobs and schedulers without files and plugins.
#ifndef BATSIM_TEST_ENGINE_PLAYGROUND_HPP
#define BATSIM_TEST_ENGINE_PLAYGROUND_HPP

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/simulation.hpp"

namespace batsim {

// A scheduler that is a function.
class FunctionScheduler : public Scheduler {
  public:
    using Function = std::function<void(const Batch&, Decisions&)>;
    explicit FunctionScheduler(Function decide) : decide_(std::move(decide)) {}
    void decide(const Batch& batch, Decisions& decisions) override { decide_(batch, decisions); }
    void simulation_ends(double, EndReason) override { ++ends; }
    int ends = 0;

  private:
    Function decide_;
};

// What is left of a job after the simulation.
struct JobResult {
    JobEnd end;
    double start_time, end_time;
    std::string hosts;
    std::string metadata;
    double energy;
    std::string full_name;
    JobId id;
};

class ResultCollector : public Observer {
  public:
    void on_job_over(const JobRecord& job) override {
        order.push_back(std::string(job.job.name()));
        results[order.back()] = {
            job.end,      job.start_time, job.end_time,      job.hosts.to_string(),
            job.metadata, job.energy,     job.job.full_name, job.id};
    }
    void on_simulation_over(const Outcome&) override { ++ends; }

    std::vector<std::string> order;
    std::map<std::string, JobResult> results;
    int ends = 0;
};

inline ProfilePtr make_profile(ProfileBody body, std::int32_t return_code = 0) {
    Profile profile;
    profile.full_name = "w0!p";
    profile.return_code = return_code;
    profile.traits = traits_of(body);
    profile.body = std::move(body);
    return std::make_shared<const Profile>(std::move(profile));
}

inline ProfilePtr delay(double seconds) { return make_profile(DelayProfile{seconds}); }
inline ProfilePtr sequence(std::vector<ProfilePtr> elements, std::uint64_t repeat = 1) {
    return make_profile(SequenceProfile{std::move(elements), repeat});
}
inline ProfilePtr compute(std::vector<double> flops) {
    const std::size_t count = flops.size();
    return make_profile(ParallelProfile{count, std::move(flops), {}});
}
// So many flops in all, spread over the ranks.
inline ProfilePtr compute_in_all(double flops) {
    return make_profile(HomogeneousProfile{flops, 0, AmountMeaning::kSpreadUniformly});
}
inline ProfilePtr fork_join(std::vector<ProfilePtr> elements) {
    return make_profile(ForkJoinProfile{std::move(elements)});
}
// Each rank sends `bytes` to each other one.
inline ProfilePtr exchange(double bytes) {
    return make_profile(HomogeneousProfile{0, bytes, AmountMeaning::kForEachValue});
}

// A simulation of one workload w0 on a flat platform.
class Playground {
  public:
    explicit Playground(std::uint32_t hosts, double speed = 1)
        : platform(flat_platform(hosts, speed)) {}

    Playground& job(const std::string& name, double submit, std::uint32_t hosts, ProfilePtr profile,
                    double walltime = kNoWalltime, std::uint32_t workload = 0) {
        Job job;
        job.full_name = "w" + std::to_string(workload) + "!" + name;
        job.workload = workload;
        job.submit_time = submit;
        job.requested_hosts = job.min_hosts = job.max_hosts = hosts;
        job.walltime = walltime;
        job.profile = std::move(profile);
        if (jobs_.size() <= workload) jobs_.resize(workload + 1);
        jobs_[workload].push_back(std::move(job));
        return *this;
    }

    // The job that was added last accepts so many hosts.
    Playground& moldable(std::uint32_t least, std::uint32_t most) {
        jobs_.back().back().min_hosts = least;
        jobs_.back().back().max_hosts = most;
        return *this;
    }

    // The job that was added last has its ranks on these of its hosts.
    Playground& mapped(std::vector<std::uint32_t> indices) {
        jobs_.back().back().rank_mapping =
            std::make_unique<const std::vector<std::uint32_t>>(std::move(indices));
        return *this;
    }

    // One scheduler that owns everything and may register jobs.
    Outcome run_registering(FunctionScheduler::Function decide) {
        registers = true;
        return run(std::move(decide));
    }

    // One scheduler that owns everything.
    Outcome run(FunctionScheduler::Function decide) {
        FunctionScheduler scheduler(std::move(decide));
        SchedulerRole role{"s0", &scheduler, platform.compute_hosts(), {}};
        if (jobs_.empty()) jobs_.resize(1);
        for (std::uint32_t i = 0; i < jobs_.size(); ++i) role.workloads.push_back(i);
        role.registers = registers;
        return run(std::vector<SchedulerRole>{role});
    }

    Outcome run(std::vector<SchedulerRole> roles) {
        std::vector<std::string> names;
        for (const SchedulerRole& role : roles) {
            names.push_back(role.name);
            for (const std::uint32_t workload : role.workloads)
                if (jobs_.size() <= workload) jobs_.resize(workload + 1); // without jobs
        }
        directory = WorkloadDirectory(workloads(), names);
        std::vector<std::unique_ptr<JobStream>> streams;
        if (!platform.hosts[0].power.empty()) energy = std::make_unique<EnergyMeter>(platform);
        for (auto& jobs : jobs_) streams.push_back(std::make_unique<StoredJobs>(std::move(jobs)));
        Simulation::Setup setup{platform,     std::move(streams), std::move(roles),
                                {&collector}, *backend,           interrupted};
        setup.stop_at = stop_at;
        setup.external_events = std::move(external_events);
        setup.energy = energy.get();
        setup.link_energy = link_energy.get();
        setup.directory = &directory;
        return Simulation(std::move(setup)).run();
    }

    const JobResult& result(const std::string& name) const { return collector.results.at(name); }

    Platform platform;
    ResultCollector collector;
    ClosedFormBackend closed_form;
    Backend* backend = &closed_form;
    std::function<bool()> interrupted;
    std::vector<ExternalEvent> external_events;
    std::unique_ptr<EnergyMeter> energy; // if the hosts have a power model
    std::unique_ptr<LinkEnergy> link_energy;
    bool registers = false;
    std::vector<std::pair<std::string, ProfilePtr>> profiles; // of workload files, by full name
    WorkloadDirectory directory{{}};
    double stop_at = kNoWalltime;

  private:
    std::vector<Workload> workloads() const {
        std::vector<Workload> workloads(jobs_.size());
        for (std::size_t i = 0; i < jobs_.size(); ++i) workloads[i].name = "w" + std::to_string(i);
        for (const auto& [name, profile] : profiles) workloads[0].profiles.emplace(name, profile);
        return workloads;
    }

    std::vector<std::deque<Job>> jobs_;
};

// Executes each job when it is submitted, on the first hosts.
inline void execute_at_once(const Batch& batch, Decisions& decisions) {
    for (const Event& event : batch.events)
        if (const auto* submitted = std::get_if<JobSubmitted>(&event))
            decisions.execute_job(submitted->job->id,
                                  HostSet::range(0, submitted->job->job.requested_hosts - 1));
}

// "begins submitted(a) completed(a) no-more call(0)" for the events of a batch. NoMoreExternalEvents,
// which each simulation has, are left out.
inline std::string text_of(const Batch& batch) {
    struct Text {
        std::string operator()(const SimulationBegins&) const { return "begins"; }
        std::string operator()(const HostsStateChanged& e) const {
            static const char* const names[] = {
                "on", "off", "switching-on", "switching-off", "failed", "unavailable"};
            return names[static_cast<int>(e.state)] + ("(" + e.hosts.to_string() + ")");
        }
        std::string operator()(const HostsLent& e) const {
            return "lent(" + e.hosts.to_string() + " " + std::to_string(e.from) + "->" +
                   std::to_string(e.to) + ")";
        }
        std::string operator()(const JobSubmitted& e) const {
            return "submitted(" + std::string(e.job->job.name()) + ")";
        }
        std::string operator()(const JobCompleted& e) const {
            return "completed(" + std::string(e.job->job.name()) + ")";
        }
        std::string operator()(const JobsKilled& e) const {
            return "killed(" + std::to_string(e.jobs.size()) + ")";
        }
        std::string operator()(const HostsPstateChanged& e) const {
            return "pstate-" + std::to_string(e.pstate) + "(" + e.hosts.to_string() + ")";
        }
        std::string operator()(const ExternalEventOccurred& e) const {
            return "external(" + e.event->type + ")";
        }
        std::string operator()(const JobForwarded& e) const {
            return "forwarded(" + std::string(e.job->job.name()) + " " + std::to_string(e.from) +
                   "->" + std::to_string(e.to) + ")";
        }
        std::string operator()(const JobRejected& e) const {
            return "rejected(" + std::string(e.job->job.name()) + ", " + e.reason + ")";
        }
        std::string operator()(const JobStarted& e) const {
            return "started(" + std::string(e.job->job.name()) + ")";
        }
        std::string operator()(const NoMoreStaticJobs&) const { return "no-more"; }
        std::string operator()(const NoMoreExternalEvents&) const { return ""; }
        std::string operator()(const RequestedCall& e) const {
            return "call(" + std::to_string(e.call) + ")";
        }
        std::string operator()(const ProbeData& e) const {
            return "probe(" + std::to_string(e.probe) + ")";
        }
        std::string operator()(const DecisionDropped& e) const {
            return "dropped(" + e.hosts.to_string() + ")";
        }
    };
    std::string text;
    for (const Event& event : batch.events) {
        const std::string next = std::visit(Text{}, event);
        text += (text.empty() || next.empty() ? "" : " ") + next;
    }
    return text;
}

} // namespace batsim

#endif
