// stage.cpp - what instances of a plugin need around them.
#include "check/stage.hpp"

#include <cstring>
#include <deque>
#include <utility>

#include "base/text.hpp"
#include "plugin/capabilities.hpp"

namespace batsim {

namespace {

constexpr double kHostSpeed = 1e9; // flop/s

ProfilePtr delay_profile(const std::string& workload, const PlannedJob& planned) {
    Profile profile;
    const std::string seconds = number_text(planned.run_time);
    profile.full_name = workload + "!delay" + seconds + "-" + std::to_string(planned.return_code);
    profile.type = "delay";
    profile.return_code = planned.return_code;
    profile.json = R"({"type": "delay", "delay": )" + seconds + R"(, "ret": )" +
                   std::to_string(planned.return_code) + "}";
    profile.body = DelayProfile{planned.run_time};
    profile.traits = traits_of(profile.body);
    return std::make_shared<const Profile>(std::move(profile));
}

Workload make_workload(std::uint32_t index, const std::vector<PlannedJob>& planned_jobs) {
    Workload workload;
    workload.name = "w" + std::to_string(index);
    std::deque<Job> jobs;
    for (const PlannedJob& planned : planned_jobs) {
        Job job;
        job.full_name = workload.name + "!job" + std::to_string(jobs.size());
        job.workload = index;
        job.submit_time = planned.submit_time;
        job.requested_hosts = job.min_hosts = job.max_hosts = planned.hosts;
        job.walltime = planned.walltime;
        ProfilePtr profile = delay_profile(workload.name, planned);
        job.profile = workload.profiles.emplace(profile->full_name, profile).first->second;
        jobs.push_back(std::move(job));
    }
    workload.job_count = jobs.size();
    workload.jobs = std::make_unique<StoredJobs>(std::move(jobs));
    return workload;
}

std::vector<Workload> make_workloads(const Scenario& scenario) {
    std::vector<Workload> workloads;
    for (const Scenario::Part& part : scenario.parts)
        workloads.push_back(make_workload(static_cast<std::uint32_t>(workloads.size()), part.jobs));
    return workloads;
}

std::vector<std::string> scheduler_names(const Scenario& scenario, bool understudies) {
    std::vector<std::string> names;
    const std::size_t count = scenario.parts.size() * (understudies ? 2 : 1);
    for (std::size_t i = 0; i < count; ++i) names.push_back("s" + std::to_string(i));
    return names;
}

// An instance that is given more than the simulation gives.
class MeddledScheduler : public PluginScheduler {
  public:
    MeddledScheduler(std::unique_ptr<Plugin> plugin, HostViews& hosts,
                     const WorkloadDirectory& workloads, const Log& log, Meddling meddling)
        : PluginScheduler(std::move(plugin), hosts, workloads, log), meddling_(meddling) {}

  protected:
    batsched_status_t send(const batsched_event_t& event) noexcept override {
        switch (meddling_) {
            case Meddling::kNone: break;
            case Meddling::kUnknownEvents: {
                const batsched_status_t status = send_unknown(event.time);
                if (status != BATSCHED_OK) return status;
                break;
            }
            case Meddling::kLargerEvents: return send_larger(event);
        }
        return PluginScheduler::send(event);
    }

  private:
    // An event and members that it may get in a later version.
    struct LargerEvent {
        batsched_event_t event;
        unsigned char more[64];
    };

    batsched_status_t send_unknown(double date) noexcept {
        constexpr batsched_event_type_t kUnknownType = 777;
        LargerEvent unknown;
        std::memset(&unknown, 0xa5, sizeof unknown);
        unknown.event.struct_size = sizeof unknown;
        unknown.event.type = kUnknownType;
        unknown.event.time = date;
        return PluginScheduler::send(unknown.event);
    }

    batsched_status_t send_larger(const batsched_event_t& event) noexcept {
        LargerEvent larger;
        std::memset(&larger, 0xa5, sizeof larger);
        std::memcpy(&larger, &event, event.struct_size);
        larger.event.struct_size = sizeof larger;
        return PluginScheduler::send(larger.event);
    }

    Meddling meddling_;
};

} // namespace

Stage::Stage(const Scenario& scenario, bool understudies)
    : platform_(flat_platform(scenario.host_count, kHostSpeed)),
      host_views_(platform_),
      workloads_(make_workloads(scenario)),
      directory_(workloads_, scheduler_names(scenario, understudies)),
      understudies_(understudies) {
    for (const Scenario::Part& part : scenario.parts) partitions_.push_back(part.hosts);
}

std::unique_ptr<PluginScheduler> Stage::instance(std::unique_ptr<Plugin> plugin, const Log& log,
                                                 Meddling meddling) {
    return std::make_unique<MeddledScheduler>(std::move(plugin), host_views_, directory_, log,
                                              meddling);
}

InstanceRole Stage::role(std::size_t part, const std::string& config, std::uint64_t seed) const {
    InstanceRole role;
    role.name = "s" + std::to_string(part);
    role.config = config;
    role.index = static_cast<std::uint32_t>(part);
    role.count = static_cast<std::uint32_t>(partitions_.size() * (understudies_ ? 2 : 1));
    for (std::uint32_t i = 0; i < role.count; ++i)
        role.schedulers.push_back("s" + std::to_string(i));
    role.seed = seed;
    role.capabilities = capabilities_of(platform_, /* has_energy */ false);
    if (understudies_) return role;
    role.hosts = partitions_[part];
    role.workloads = {workloads_[part].name};
    return role;
}

} // namespace batsim
