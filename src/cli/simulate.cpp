// simulate.cpp - runs one simulation from options to output files.
#include "cli/simulate.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "base/interruption.hpp"
#include "cli/inputs.hpp"
#include "cli/installation.hpp"
#include "engine/simulation.hpp"
#include "output/jobs_csv.hpp"
#include "output/metrics.hpp"
#include "output/row_file.hpp"
#include "output/schedule_json.hpp"
#include "output/summary.hpp"
#include "plugin/event_to_c.hpp"
#include "plugin/registry.hpp"
#include "plugin/trap.hpp"
#include "workload/workload_directory.hpp"

namespace batsim {

namespace {

using Clock = std::chrono::steady_clock;

double seconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double>(duration).count();
}

// Makes the folder if needed. Its absolute path: a plugin may change the working directory.
std::string make_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw OutputError(folder, "cannot be made: " + error.message());
    return std::filesystem::absolute(folder);
}

void write_file(const std::string& path, const std::string& content) {
    RowFile file(path);
    file.write(content);
    file.close();
}

std::string hosts_text(const HostSet& hosts) { return "{" + hosts.to_string() + "}"; }

// Which hosts each scheduler owns: all, or those that the options give, which must exist and be
// disjoint.
std::vector<HostSet> partitions(const Options& options, const Platform& platform) {
    std::vector<HostSet> partitions;
    HostSet taken;
    for (const auto& scheduler : options.schedulers) {
        HostSet hosts = scheduler.hosts.value_or(platform.compute_hosts());
        if (const HostSet missing = hosts - platform.compute_hosts(); !missing.empty())
            throw UsageError("option --sched-hosts: the platform has no hosts " +
                             hosts_text(missing) + ", only " +
                             hosts_text(platform.compute_hosts()));
        if (const HostSet twice = hosts & taken; !twice.empty())
            throw UsageError("option --sched-hosts: hosts " + hosts_text(twice) +
                             " are given to two schedulers");
        taken |= hosts;
        partitions.push_back(std::move(hosts));
    }
    return partitions;
}

// One simulation: everything that lives as long as it does, in the order of dependence.
class Run {
  public:
    Run(const Options& options, const Log& log);
    ExitCode execute();

  private:
    void init_schedulers();
    std::vector<std::uint32_t> workloads_of(std::size_t scheduler) const;
    std::uint64_t capabilities() const;
    bool needs_sharing() const;
    Outcome simulate();
    ExitCode finish(const Outcome& outcome);
    void write_results();
    void print_summary(const Outcome& outcome);
    std::vector<std::string> scheduler_names() const;
    std::vector<std::string> workload_names() const;

    const Options& options_;
    const Log& log_;
    Clock::time_point begin_ = Clock::now();
    SchedulerRegistry registry_;
    std::vector<Workload> workloads_;
    WorkloadDirectory directory_;
    ClosedFormBackend closed_form_;
    Machine machine_;
    std::vector<HostSet> partitions_;
    std::vector<SchedulerRole> roles_;
    std::string output_folder_;
    std::unique_ptr<Metrics> metrics_;
    std::unique_ptr<JobsCsv> jobs_csv_;
    // Lives until the schedulers are finalized: they may hold pointers to its jobs.
    std::unique_ptr<Simulation> simulation_;
};

SchedulerRegistry load_plugins(const Options& options) {
    SchedulerRegistry registry(PluginSearchPath(plugin_folders(options.plugin_folders)),
                               options.isolation);
    for (const auto& scheduler : options.schedulers) registry.load(scheduler.library);
    return registry;
}

Run::Run(const Options& options, const Log& log)
    : options_(options),
      log_(log),
      registry_(load_plugins(options)),
      workloads_(read_workloads(options, log)),
      directory_(workloads_, scheduler_names()),
      machine_(read_machine(options, workloads_, closed_form_)),
      partitions_(partitions(options, machine_.platform)),
      metrics_(std::make_unique<Metrics>(machine_.platform.compute_host_count)) {
    install_crash_handlers(); // again: SimGrid replaces them
    install_interruption_handlers();
    output_folder_ = make_folder(options_.output_folder);
    std::error_code ignored; // there may be none
    std::filesystem::remove(output_folder_ + "/schedule.json", ignored);
    jobs_csv_ = std::make_unique<JobsCsv>(output_folder_ + "/jobs.csv", workload_names(),
                                          scheduler_names());
}

std::vector<std::string> Run::scheduler_names() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < options_.schedulers.size(); ++i)
        names.push_back("s" + std::to_string(i));
    return names;
}

std::vector<std::string> Run::workload_names() const {
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < directory_.size(); ++i) names.push_back(directory_.name(i));
    return names;
}

// One scheduler owns all workloads; of several the i-th owns the i-th.
std::vector<std::uint32_t> Run::workloads_of(std::size_t scheduler) const {
    if (options_.schedulers.size() > 1) return {static_cast<std::uint32_t>(scheduler)};
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < workloads_.size(); ++i) all.push_back(i);
    return all;
}

std::uint64_t Run::capabilities() const {
    std::uint64_t capabilities = BATSCHED_CAPABILITY_SHARED_HOSTS;
    if (machine_.platform.has_network) capabilities |= BATSCHED_CAPABILITY_NETWORK;
    if (!machine_.platform.storage_hosts().empty()) capabilities |= BATSCHED_CAPABILITY_STORAGE;
    return capabilities;
}

void Run::init_schedulers() {
    registry_.create_instances(machine_.platform, directory_, log_);
    const std::vector<std::string> names = scheduler_names();
    for (std::size_t i = 0; i < names.size(); ++i) {
        InstanceRole role;
        role.name = names[i];
        role.config = options_.schedulers[i].config;
        role.index = static_cast<std::uint32_t>(i);
        role.count = static_cast<std::uint32_t>(names.size());
        role.seed = options_.seed;
        role.capabilities = capabilities();
        role.hosts = partitions_[i];
        for (const std::uint32_t workload : workloads_of(i))
            role.workloads.push_back(workloads_[workload].name);
        PluginScheduler& scheduler = registry_.instance(i);
        scheduler.init(role);
        const bool shares = (scheduler.features() & BATSCHED_FEATURE_SHARED_HOSTS) != 0;
        const bool registers = (scheduler.features() & BATSCHED_FEATURE_REGISTRATION) != 0;
        roles_.push_back(
            {names[i], &scheduler, partitions_[i], workloads_of(i), shares, registers});
    }
}

bool Run::needs_sharing() const {
    return options_.share_everything ||
           std::any_of(workloads_.begin(), workloads_.end(),
                       [](const Workload& workload) { return workload.needs_sharing; }) ||
           std::any_of(roles_.begin(), roles_.end(),
                       [](const SchedulerRole& role) { return role.shares_hosts; });
}

Outcome Run::simulate() {
    if (needs_sharing()) open_sharing_backend(machine_);
    std::vector<std::unique_ptr<JobStream>> streams;
    for (Workload& workload : workloads_) streams.push_back(std::move(workload.jobs));
    simulation_ =
        std::make_unique<Simulation>(Simulation::Setup{machine_.platform,
                                                       std::move(streams),
                                                       std::move(roles_),
                                                       {metrics_.get(), jobs_csv_.get()},
                                                       *machine_.backend,
                                                       [] { return interruption_signal() != 0; },
                                                       options_.share_everything,
                                                       &directory_});
    return simulation_->run();
}

void Run::write_results() {
    jobs_csv_->close();
    write_file(output_folder_ + "/schedule.json", schedule_json(*metrics_, program_version()));
}

void Run::print_summary(const Outcome& outcome) {
    if (options_.quiet) return;
    RunFacts facts;
    facts.output_folder = options_.output_folder;
    facts.wall_time = seconds(Clock::now() - begin_);
    const std::vector<std::string> names = scheduler_names();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const PluginScheduler& scheduler = registry_.instance(i);
        facts.schedulers.push_back(
            {names[i] + " (" + scheduler.display_name() + " " + scheduler.display_version() + ")",
             seconds(scheduler.time_spent())});
    }
    const std::string text = summary_text(*metrics_, outcome, facts);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

ExitCode exit_code(const Outcome& outcome) {
    switch (outcome.reason) {
        case EndReason::kFinished:
        case EndReason::kStopped: return ExitCode::kFinished;
        case EndReason::kStalled: return ExitCode::kStalled;
        case EndReason::kInterrupted: return static_cast<ExitCode>(128 + interruption_signal());
        case EndReason::kFailed: return outcome.error->code();
    }
    return ExitCode::kInternal;
}

// "3 jobs wait: w0!a w0!b w0!c", not all of them if there are many.
std::string jobs_text(const std::vector<std::string>& jobs, const std::string& verb) {
    constexpr std::size_t kMostNames = 20;
    std::string text = std::to_string(jobs.size()) +
                       (jobs.size() == 1 ? " job " + verb + "s:" : " jobs " + verb + ":");
    for (std::size_t i = 0; i < std::min(jobs.size(), kMostNames); ++i) text += " " + jobs[i];
    return text + (jobs.size() > kMostNames ? " ..." : "");
}

// "registration is open: 's0' has not called finish_registration".
std::string registration_text(const std::vector<std::string>& schedulers) {
    std::string names;
    for (const std::string& name : schedulers) names += (names.empty() ? "'" : ", '") + name + "'";
    return "registration is open: " + names + (schedulers.size() == 1 ? " has" : " have") +
           " not called finish_registration";
}

std::string stall_text(const Outcome& outcome) {
    std::vector<std::string> causes;
    if (!outcome.waiting_jobs.empty()) causes.push_back(jobs_text(outcome.waiting_jobs, "wait"));
    if (!outcome.running_jobs.empty())
        causes.push_back(jobs_text(outcome.running_jobs, "run") + " without ever ending");
    if (!outcome.registering.empty()) causes.push_back(registration_text(outcome.registering));
    std::string text = "stalled: nothing can happen any more, but ";
    for (const std::string& cause : causes) text += (&cause == &causes[0] ? "" : "; and ") + cause;
    return text;
}

// What went wrong, if anything.
std::string error_text(const Outcome& outcome) {
    if (outcome.error) return outcome.error->what();
    return outcome.reason == EndReason::kStalled ? stall_text(outcome) : "";
}

ExitCode Run::finish(const Outcome& outcome) {
    const std::string error = error_text(outcome);
    const auto problems = registry_.finalize_all(reason_to_c(outcome.reason),
                                                 error.empty() ? outcome.stop_reason : error);
    write_results();
    print_summary(outcome);
    if (!error.empty()) log_.error(error);
    for (const std::string& problem : problems) log_.error(problem);
    if (outcome.reason == EndReason::kInterrupted) log_.warning("interrupted");
    const ExitCode code = exit_code(outcome);
    return code == ExitCode::kFinished && !problems.empty() ? ExitCode::kPlugin : code;
}

ExitCode Run::execute() {
    try {
        init_schedulers();
        return finish(simulate());
    } catch (const Error& error) {
        const bool plugin = error.code() == ExitCode::kPlugin;
        for (const std::string& problem : registry_.finalize_all(
                 plugin ? BATSCHED_EXIT_PLUGIN_ERROR : BATSCHED_EXIT_SIMULATOR_ERROR, error.what()))
            log_.error(problem);
        throw;
    }
}

} // namespace

ExitCode simulate(const Options& options, const Log& log) { return Run(options, log).execute(); }

} // namespace batsim
