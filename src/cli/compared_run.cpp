// compared_run.cpp - one simulation of a comparison, in a process of its own.
#include "cli/compared_run.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "base/checksum.hpp"
#include "base/child_process.hpp"
#include "base/interruption.hpp"
#include "cli/outputs.hpp"
#include "cli/signal_handlers.hpp"
#include "cli/simulate.hpp"
#include "compare/statistics.hpp"
#include "output/metrics.hpp"
#include "output/waiting_times.hpp"
#include "workload/shaken_jobs.hpp"

namespace batsim {

namespace {

std::string messages_path(const std::string& folder) { return folder + "/messages.txt"; }

// Makes the folder, or removes the results of an earlier run from it, and catches what is printed.
void begin_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw OutputError(folder, "cannot be made: " + error.message());
    remove_results(folder);
    const std::string path = messages_path(folder);
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0) throw OutputError(path, std::strerror(errno));
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    close(file);
}

void shake_jobs(Inputs& inputs, double most, std::uint64_t seed) {
    if (most == 0) return;
    for (std::size_t i = 0; i < inputs.workloads.size(); ++i) {
        auto& jobs = inputs.workloads[i].jobs;
        jobs = std::make_unique<ShakenJobs>(std::move(jobs), most, seed,
                                            static_cast<std::uint32_t>(i));
    }
}

ByMetric<std::optional<double>> values_of(const Metrics& metrics, const WaitingTimes& waiting) {
    const std::vector<double> sorted = waiting.sorted();
    const auto count = [&](JobEnd end) { return static_cast<double>(metrics.count_of(end)); };
    ByMetric<std::optional<double>> values;
    if (!sorted.empty()) { // without a job there is no mean
        values[RunMetric::kMakespan] = metrics.makespan();
        values[RunMetric::kMeanWaitingTime] = metrics.waiting_time().mean();
        values[RunMetric::kMedianWaitingTime] = quantile(sorted, 0.5);
        values[RunMetric::kWaitingTime95] = quantile(sorted, 0.95);
        values[RunMetric::kMaxWaitingTime] = metrics.waiting_time().maximum();
        values[RunMetric::kMeanTurnaroundTime] = metrics.turnaround_time().mean();
        values[RunMetric::kMeanBoundedSlowdown] = metrics.bounded_slowdown().mean();
    }
    values[RunMetric::kUtilization] = metrics.utilization();
    values[RunMetric::kSucceeded] = count(JobEnd::kSucceeded);
    values[RunMetric::kFailed] = count(JobEnd::kFailed);
    values[RunMetric::kWalltimeReached] = count(JobEnd::kWalltimeReached);
    values[RunMetric::kKilled] = count(JobEnd::kKilled);
    values[RunMetric::kHostFailed] = count(JobEnd::kHostFailed);
    values[RunMetric::kRejected] = count(JobEnd::kRejected);
    return values;
}

RunResult::State state_of(const SimulationReport& report) {
    if (report.code == ExitCode::kFinished) return RunResult::State::kCompleted;
    return report.outcome.reason == EndReason::kInterrupted ? RunResult::State::kInterrupted
                                                            : RunResult::State::kFailed;
}

RunResult simulate_and_measure(const Options& options, const Log& log, Inputs inputs) {
    Metrics metrics(inputs.machine.platform.compute_host_count);
    WaitingTimes waiting;
    const SimulationReport report = simulate(options, log, std::move(inputs), {&metrics, &waiting});
    const Outcome& outcome = report.outcome;
    RunResult result;
    result.state = state_of(report);
    result.exit_code = static_cast<int>(report.code);
    if (!report.errors.empty()) result.message = report.errors[0];
    result.batch_count = report.batch_count;
    result.scheduler_seconds = report.scheduler_seconds;
    result.wall_seconds = report.wall_seconds;
    if (result.state != RunResult::State::kCompleted) return result;
    result.values = values_of(metrics, waiting);
    result.values[RunMetric::kUnfinished] =
        static_cast<double>(outcome.waiting_jobs.size() + outcome.running_jobs.size());
    if (options.energy)
        result.values[RunMetric::kEnergy] = outcome.joules + outcome.link_joules.value_or(0);
    if (report.batch_count > 0)
        result.values[RunMetric::kDecisionTime] =
            report.scheduler_seconds / static_cast<double>(report.batch_count);
    if (const auto checksum = checksum_of_file(options.output_folder + "/jobs.csv"))
        result.schedule = checksum->crc32 + "-" + std::to_string(checksum->size);
    return result;
}

RunResult failure(const Log& log, ExitCode code, const std::string& message) {
    log.error(message);
    RunResult result;
    result.state = RunResult::State::kFailed;
    result.exit_code = static_cast<int>(code);
    result.message = message;
    return result;
}

// The last line that is not empty, without what all messages begin with.
std::string last_message(const std::string& folder) {
    std::ifstream file(messages_path(folder));
    std::string last;
    for (std::string line; std::getline(file, line);)
        if (!line.empty()) last = line;
    for (const std::string_view prefix : {"batsim: ", "error: "})
        if (last.compare(0, prefix.size(), prefix) == 0) last.erase(0, prefix.size());
    return last;
}

} // namespace

// What main does for a simulation of its own: here errors end, too.
RunResult compared_run(const Options& options, double shake, Inputs inputs) {
    install_signal_handlers(); // again: they know the process that they are for
    const Log log(stderr, options.log_level);
    try {
        begin_folder(options.output_folder);
        shake_jobs(inputs, shake, options.seed);
        return simulate_and_measure(options, log, std::move(inputs));
    } catch (const Error& error) {
        return failure(log, error.code(), error.what());
    } catch (const std::bad_alloc&) {
        return failure(log, ExitCode::kInternal, "there is not enough memory");
    } catch (const std::exception& error) {
        return failure(log, ExitCode::kInternal,
                       std::string("internal error, please report it: ") + error.what());
    }
}

RunResult result_of_dead_run(const std::string& folder, int wait_status) {
    RunResult result;
    result.state =
        interruption_signal() == 0 ? RunResult::State::kFailed : RunResult::State::kInterrupted;
    if (WIFSIGNALED(wait_status)) {
        result.exit_code = static_cast<int>(ExitCode::kSignal) + WTERMSIG(wait_status);
        result.message = "its process was " + process_end_text(wait_status);
        return result;
    }
    result.exit_code = WEXITSTATUS(wait_status);
    result.message = last_message(folder);
    if (result.message.empty()) result.message = "its process " + process_end_text(wait_status);
    return result;
}

bool keep_messages(const std::string& folder) {
    std::error_code error;
    const auto size = std::filesystem::file_size(messages_path(folder), error);
    if (error) return false;
    if (size == 0) std::filesystem::remove(messages_path(folder), error);
    return size > 0;
}

} // namespace batsim
