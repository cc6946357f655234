// compare.cpp - the subcommand compare: several schedulers on the same inputs.
#include "cli/compare.hpp"

#include <malloc.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "base/interruption.hpp"
#include "base/stopwatch.hpp"
#include "cli/compared_run.hpp"
#include "cli/inputs.hpp"
#include "cli/outputs.hpp"
#include "cli/signal_handlers.hpp"
#include "cli/terminal.hpp"
#include "compare/comparison.hpp"
#include "compare/comparison_files.hpp"
#include "compare/comparison_text.hpp"
#include "compare/process_pool.hpp"
#include "compare/runs_progress.hpp"
#include "output/row_file.hpp"
#include "workload/shared_jobs.hpp"

namespace batsim {

namespace {

// All that a process which is forked off from here needs, read once.
Inputs read_shared_inputs(const Options& options, const Log& log) {
    Inputs inputs = read_inputs(options, log);
    for (Workload& workload : inputs.workloads) share_among_processes(workload);
    malloc_trim(0); // free memory that a process writes to would be copied, too
    return inputs;
}

// A Contest is the runs of all schedulers with all seeds. They are begun seed by seed, so that those that
// belong together are there even if the rest is interrupted.
class Contest {
  public:
    Contest(const CompareOptions& options, const Log& log);
    ExitCode hold();

  private:
    std::size_t run_count() const { return options_.seeds.size() * options_.schedulers.size(); }
    std::size_t scheduler_of(std::size_t run) const { return run % options_.schedulers.size(); }
    std::size_t seed_of(std::size_t run) const { return run / options_.schedulers.size(); }
    std::string folder_of(std::size_t run) const;
    Options options_of(std::size_t run) const;

    void prepare_folder();
    void run_all();
    void on_end(std::size_t run, const ProcessPool::End& end);
    void write_files() const;
    std::string table() const;
    void tell_errors() const;
    ExitCode exit_code() const;

    const CompareOptions& options_;
    const Log& log_;
    Inputs inputs_;
    std::string folder_; // absolute: a plugin may change the working directory
    Comparison comparison_;
    std::size_t runs_with_messages_ = 0;     // although they are completed
    std::unique_ptr<RunsProgress> progress_; // if somebody watches
};

Contest::Contest(const CompareOptions& options, const Log& log)
    : options_(options), log_(log), inputs_(read_shared_inputs(options.common, log)) {
    comparison_.seeds = options.seeds;
    comparison_.shake = options.shake;
    comparison_.host_count = inputs_.machine.platform.compute_host_count;
    for (const Workload& workload : inputs_.workloads) comparison_.job_count += workload.job_count;
    for (std::size_t i = 0; i < options.schedulers.size(); ++i)
        comparison_.contestants.push_back({options.names[i], options.schedulers[i].library,
                                           options.schedulers[i].config,
                                           std::vector<RunResult>(options.seeds.size())});
}

std::string Contest::folder_of(std::size_t run) const {
    return folder_ + "/" + options_.names[scheduler_of(run)] + "/seed-" +
           std::to_string(options_.seeds[seed_of(run)]);
}

Options Contest::options_of(std::size_t run) const {
    Options options = options_.common;
    options.seed = options_.seeds[seed_of(run)];
    options.schedulers = {options_.schedulers[scheduler_of(run)]};
    options.schedulers[0].name = "s0"; // as in a simulation of its own
    options.schedulers[0].seed = options.seed;
    options.output_folder = folder_of(run);
    options.quiet = true;
    options.may_restart = false; // it would be the whole comparison that starts again
    return options;
}

// What an earlier comparison has left would be taken for the result if this one is killed.
void Contest::prepare_folder() {
    folder_ = make_folder(options_.common.output_folder);
    std::error_code ignored; // there may be none
    for (const char* name :
         {"comparison.csv", "comparison.json", "comparison.md", "runs.csv", "real_times.csv"})
        std::filesystem::remove(folder_ + "/" + name, ignored);
}

void Contest::on_end(std::size_t run, const ProcessPool::End& end) {
    const std::string folder = folder_of(run);
    const auto answer = read_run_result(end.answer);
    RunResult result = answer ? *answer : result_of_dead_run(folder, end.wait_status);
    if (answer && result.state == RunResult::State::kInterrupted && interruption_signal() == 0) {
        result.state =
            RunResult::State::kFailed; // only that process was: by its scheduler, a limit, ...
        const int signal = result.exit_code.value_or(0) - static_cast<int>(ExitCode::kSignal);
        result.message = std::string("interrupted by SIG") + signal_name(signal);
    }
    const bool is_completed = result.state == RunResult::State::kCompleted;
    if (keep_messages(folder) && is_completed) ++runs_with_messages_;
    if (progress_) progress_->on_end(result.state == RunResult::State::kFailed);
    comparison_.contestants[scheduler_of(run)].runs[seed_of(run)] = std::move(result);
}

void Contest::run_all() {
    if (stderr_is_terminal() && !options_.common.quiet)
        progress_ = std::make_unique<RunsProgress>(stderr, run_count(), seconds_of_clock);
    ProcessPool::Callbacks callbacks;
    callbacks.work = [this](std::size_t run) -> ProcessPool::Answer {
        const RunResult result = compared_run(options_of(run), options_.shake, std::move(inputs_));
        return {to_text(result), result.exit_code.value_or(0)};
    };
    callbacks.on_end = [this](std::size_t run, const ProcessPool::End& end) { on_end(run, end); };
    callbacks.on_wait = [this](std::size_t running) {
        if (progress_) progress_->show(running);
    };
    ProcessPool(options_.process_count, std::move(callbacks)).run(run_count());
    progress_.reset();
}

void Contest::write_files() const {
    const std::string folder = folder_ + "/";
    write_file(folder + "comparison.csv", comparison_csv(comparison_, RealTimeRows::kLeftOut));
    write_file(folder + "comparison.json", comparison_json(comparison_, RealTimeRows::kLeftOut));
    write_file(folder + "comparison.md", comparison_markdown(comparison_, RealTimeRows::kLeftOut));
    write_file(folder + "runs.csv", runs_csv(comparison_));
    write_file(folder + "real_times.csv", real_times_csv(comparison_));
}

std::string Contest::table() const {
    switch (options_.format) {
        case TableFormat::kText: return comparison_text(comparison_);
        case TableFormat::kCsv: return comparison_csv(comparison_, RealTimeRows::kShown);
        case TableFormat::kJson: return comparison_json(comparison_, RealTimeRows::kShown);
        case TableFormat::kMarkdown: return comparison_markdown(comparison_, RealTimeRows::kShown);
    }
    return "";
}

void Contest::tell_errors() const {
    const std::vector<SchedulerSummary> summaries = comparison_.summaries();
    for (std::size_t i = 0; i < summaries.size(); ++i)
        for (const Failures& failures : summaries[i].failures)
            log_.error(options_.names[i] + " with " + named_seeds(failures.seeds) + ": " +
                       failures.message);
    if (runs_with_messages_ > 0)
        log_.info("there are messages of " + std::to_string(runs_with_messages_) +
                  (runs_with_messages_ == 1 ? " completed run" : " completed runs") +
                  ", see messages.txt in its folder");
    if (interruption_signal() != 0)
        log_.warning(std::string("interrupted by SIG") + signal_name(interruption_signal()) + ": " +
                     std::to_string(comparison_.count_of(RunResult::State::kCompleted)) + " of " +
                     std::to_string(run_count()) + " runs are complete");
}

ExitCode Contest::exit_code() const {
    if (interruption_signal() != 0)
        return static_cast<ExitCode>(static_cast<int>(ExitCode::kSignal) + interruption_signal());
    return comparison_.count_of(RunResult::State::kFailed) > 0 ? ExitCode::kFailuresFound
                                                               : ExitCode::kFinished;
}

ExitCode Contest::hold() {
    prepare_folder();
    remember_interruptions();
    run_all();
    if (!options_.common.quiet) {
        const std::string text = table();
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }
    tell_errors();
    write_files(); // whose failure must not hide the rest
    return exit_code();
}

} // namespace

ExitCode compare(const CompareOptions& options, const Log& log) {
    return Contest(options, log).hold();
}

} // namespace batsim
