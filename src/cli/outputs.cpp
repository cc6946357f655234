// outputs.cpp - the output files of a simulation, from their creation to the last byte.
#include "cli/outputs.hpp"

#include <filesystem>
#include <utility>

#include "base/error.hpp"
#include "cli/installation.hpp"
#include "output/schedule_json.hpp"

namespace batsim {

namespace {

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

} // namespace

Outputs::Outputs(const Options& options, const Platform& platform, EnergyMeter* meter,
                 std::vector<std::string> workloads, std::vector<std::string> schedulers)
    : folder_(make_folder(options.output_folder)),
      metrics_(platform.compute_host_count),
      activity_(platform.compute_host_count) {
    std::error_code ignored; // there may be none
    for (const char* name : {"schedule.json", "real_exec_info.json", "machine_states.csv",
                             "pstate_changes.csv", "consumed_energy.csv"})
        std::filesystem::remove(path(name), ignored);
    jobs_csv_ =
        std::make_unique<JobsCsv>(path("jobs.csv"), std::move(workloads), std::move(schedulers));
    if (options.trace_hosts) {
        machine_states_csv_ =
            std::make_unique<MachineStatesCsv>(path("machine_states.csv"), activity_);
        pstate_changes_csv_ =
            std::make_unique<PstateChangesCsv>(path("pstate_changes.csv"), platform);
    }
    if (meter != nullptr)
        consumed_energy_csv_ =
            std::make_unique<ConsumedEnergyCsv>(path("consumed_energy.csv"), *meter);
    if (options.decision_trace)
        decision_trace_ = std::make_unique<RowFile>(*options.decision_trace);
}

std::vector<Observer*> Outputs::observers() {
    std::vector<Observer*> all{&metrics_, &activity_, jobs_csv_.get()};
    if (machine_states_csv_) all.push_back(machine_states_csv_.get());
    if (pstate_changes_csv_) all.push_back(pstate_changes_csv_.get());
    if (consumed_energy_csv_) all.push_back(consumed_energy_csv_.get());
    return all;
}

void Outputs::write_results(const std::string& execution_info, double joules) {
    jobs_csv_->close();
    if (machine_states_csv_) machine_states_csv_->close();
    if (pstate_changes_csv_) pstate_changes_csv_->close();
    if (consumed_energy_csv_) consumed_energy_csv_->close();
    if (decision_trace_) decision_trace_->close();
    write_file(path("schedule.json"),
               schedule_json(metrics_, activity_, joules, program_version()));
    write_file(path("real_exec_info.json"), execution_info);
}

} // namespace batsim
