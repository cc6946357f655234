// outputs.cpp - the output files of a simulation, from their creation to the last byte.
#include "cli/outputs.hpp"

#include <cstdio>
#include <filesystem>
#include <utility>

#include "base/error.hpp"
#include "base/stopwatch.hpp"
#include "cli/installation.hpp"
#include "cli/terminal.hpp"

namespace batsim {

std::string make_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw OutputError(folder, "cannot be made: " + error.message());
    return std::filesystem::absolute(folder);
}

namespace {

// What the paths of all files begin with.
std::string make_prefix(const std::string& export_to, OutputFormat format) {
    if (format == OutputFormat::kV5) return make_folder(export_to) + "/";
    const std::filesystem::path path(export_to);
    return make_folder(path.has_parent_path() ? path.parent_path().string() : ".") + "/" +
           path.filename().string() + "_";
}

// Of those that are not written from the beginning.
void remove_old_files(const std::string& prefix, const char* schedule_name) {
    std::error_code ignored; // there may be none
    for (const char* name :
         {schedule_name, "real_exec_info.json", "machine_states.csv", "pstate_changes.csv",
          "consumed_energy.csv", "link_energy.csv", "probes.csv"})
        std::filesystem::remove(prefix + name, ignored);
}

std::vector<std::string> names_of(const WorkloadDirectory& directory) {
    std::vector<std::string> names;
    names.reserve(directory.size());
    for (std::uint32_t i = 0; i < directory.size(); ++i) names.push_back(directory.name(i));
    return names;
}

// nullptr if nobody wants to see it.
std::unique_ptr<ProgressLine> make_progress_line(const Options& options,
                                                 const std::vector<Workload>& workloads) {
    const bool is_terminal = stderr_is_terminal();
    if (!is_terminal && !options.progress) return nullptr;
    std::uint64_t job_count = 0;
    for (const Workload& workload : workloads) job_count += workload.job_count;
    return std::make_unique<ProgressLine>(
        stderr, is_terminal ? ProgressLine::Kind::kRewritten : ProgressLine::Kind::kPlainLines,
        job_count, seconds_of_clock);
}

} // namespace

void remove_results(const std::string& folder) {
    remove_old_files(folder + "/", "schedule.json");
    std::error_code ignored;
    std::filesystem::remove(folder + "/jobs.csv", ignored);
}

Outputs::Outputs(const Options& options, const Platform& platform, EnergyModels energy,
                 const std::vector<Workload>& workloads, const WorkloadDirectory& directory,
                 const std::vector<OwnedHosts>& schedulers)
    : format_(options.output_format),
      prefix_(make_prefix(options.output_folder, options.output_format)),
      metrics_(platform.compute_host_count),
      scheduler_metrics_(schedulers.size() > 1 ? schedulers : std::vector<OwnedHosts>{}),
      activity_(platform.compute_hosts()) {
    remove_old_files(prefix_, schedule_name());
    const auto metadata = format_ == OutputFormat::kV4 ? JobsCsv::Metadata::kAlwaysQuoted
                                                       : JobsCsv::Metadata::kQuotedWhereNeeded;
    std::vector<std::string> names;
    names.reserve(schedulers.size());
    for (const OwnedHosts& scheduler : schedulers) names.push_back(scheduler.scheduler);
    probes_csv_ = std::make_unique<ProbesCsv>(path("probes.csv"), platform, names);
    jobs_csv_ = std::make_unique<JobsCsv>(path("jobs.csv"), names_of(directory), std::move(names),
                                          metadata);
    if (options.trace_hosts) {
        machine_states_csv_ =
            std::make_unique<MachineStatesCsv>(path("machine_states.csv"), activity_);
        pstate_changes_csv_ =
            std::make_unique<PstateChangesCsv>(path("pstate_changes.csv"), platform);
    }
    if (energy.hosts != nullptr)
        consumed_energy_csv_ =
            std::make_unique<ConsumedEnergyCsv>(path("consumed_energy.csv"), *energy.hosts);
    if (energy.links != nullptr)
        link_energy_csv_ = std::make_unique<LinkEnergyCsv>(path("link_energy.csv"), *energy.links);
    if (options.decision_trace)
        decision_trace_ = std::make_unique<RowFile>(*options.decision_trace);
    if (!options.quiet) progress_ = make_progress_line(options, workloads);
}

std::vector<Observer*> Outputs::observers() {
    std::vector<Observer*> all{&metrics_, &activity_, jobs_csv_.get(), probes_csv_.get()};
    if (!scheduler_metrics_.rows().empty()) all.push_back(&scheduler_metrics_);
    if (machine_states_csv_) all.push_back(machine_states_csv_.get());
    if (pstate_changes_csv_) all.push_back(pstate_changes_csv_.get());
    if (consumed_energy_csv_) all.push_back(consumed_energy_csv_.get());
    if (link_energy_csv_) all.push_back(link_energy_csv_.get());
    if (progress_) all.push_back(progress_.get());
    return all;
}

void Outputs::write_results(const std::string& execution_info, const Outcome& outcome,
                            const RealTimes& times) {
    jobs_csv_->close();
    if (machine_states_csv_) machine_states_csv_->close();
    if (pstate_changes_csv_) pstate_changes_csv_->close();
    if (consumed_energy_csv_) consumed_energy_csv_->close();
    if (link_energy_csv_) link_energy_csv_->close();
    probes_csv_->close();
    if (decision_trace_) decision_trace_->close();
    const bool is_v4 = format_ == OutputFormat::kV4;
    const ScheduleFacts facts{metrics_,       scheduler_metrics_,  activity_,
                              outcome.joules, outcome.link_joules, program_version()};
    write_file(path(schedule_name()), is_v4 ? schedule_csv(facts, times) : schedule_json(facts));
    write_file(path("real_exec_info.json"), execution_info);
}

} // namespace batsim
