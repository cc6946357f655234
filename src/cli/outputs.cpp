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

Outputs::Outputs(const Options& options, std::uint32_t host_count,
                 std::vector<std::string> workloads, std::vector<std::string> schedulers)
    : folder_(make_folder(options.output_folder)), metrics_(host_count) {
    std::error_code ignored; // there may be none
    for (const char* name : {"schedule.json", "real_exec_info.json"})
        std::filesystem::remove(path(name), ignored);
    jobs_csv_ =
        std::make_unique<JobsCsv>(path("jobs.csv"), std::move(workloads), std::move(schedulers));
    if (options.decision_trace)
        decision_trace_ = std::make_unique<RowFile>(*options.decision_trace);
}

void Outputs::write_results(const std::string& execution_info) {
    jobs_csv_->close();
    if (decision_trace_) decision_trace_->close();
    write_file(path("schedule.json"), schedule_json(metrics_, program_version()));
    write_file(path("real_exec_info.json"), execution_info);
}

} // namespace batsim
