// simulate.cpp - runs one simulation from options to output files.
#include "cli/simulate.hpp"

#include <chrono>
#include <cstdio>
#include <utility>

#include "base/interruption.hpp"
#include "cli/ending.hpp"
#include "cli/execution_info.hpp"
#include "cli/inputs.hpp"
#include "cli/outputs.hpp"
#include "cli/scheduler_setup.hpp"
#include "cli/signal_handlers.hpp"
#include "engine/energy_meter.hpp"
#include "engine/link_energy.hpp"
#include "engine/simulation.hpp"
#include "output/summary.hpp"
#include "platform/host_properties.hpp"
#include "platform/link_properties.hpp"
#include "plugin/abi/event_to_c.hpp"
#include "plugin/capabilities.hpp"
#include "plugin/registry.hpp"
#include "plugin/trap/call_watch.hpp"
#include "workload/workload_directory.hpp"

namespace batsim {

namespace {

using Clock = std::chrono::steady_clock;

double seconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double>(duration).count();
}

// One simulation: everything that lives as long as it does, in the order of dependence.
class Run {
  public:
    Run(const Options& options, const Log& log);
    ExitCode execute();

  private:
    void make_energy_meters();
    CallWatch::Limits call_limits() const;
    void init_schedulers();
    std::vector<std::uint32_t> workloads_of(std::size_t scheduler) const;
    SharingNeeds sharing_needs() const;
    Outcome simulate();
    ExitCode finish(const Outcome& outcome);
    void write_results(const Outcome& outcome, ExitCode code);
    void print_summary(const Outcome& outcome);
    std::vector<SchedulerFacts> scheduler_facts();
    std::vector<std::string> scheduler_names() const;

    const Options& options_;
    const Log& log_;
    Clock::time_point begin_ = Clock::now();
    SchedulerRegistry registry_;
    std::vector<Workload> workloads_;
    WorkloadDirectory directory_;
    ClosedFormBackend closed_form_;
    Machine machine_;
    std::vector<ExternalEvent> external_events_;
    std::vector<HostSet> partitions_;
    std::vector<SchedulerRole> roles_;
    std::unique_ptr<EnergyMeter> energy_;     // if energy is simulated
    std::unique_ptr<LinkEnergy> link_energy_; // if links have a power model, too
    std::vector<InputFileInfo> input_files_;
    std::unique_ptr<Outputs> outputs_;
    // Lives until the schedulers are finalized: they may hold pointers to its jobs.
    std::unique_ptr<Simulation> simulation_;
    std::unique_ptr<CallWatch> watch_; // of the schedulers
};

Run::Run(const Options& options, const Log& log)
    : options_(options),
      log_(log),
      registry_(load_plugins(options)),
      workloads_(read_workloads(options, log)),
      directory_(workloads_, scheduler_names()),
      machine_(read_machine(options, workloads_, closed_form_)),
      external_events_(read_events(options, machine_.platform)),
      partitions_(partitions(options, machine_.platform)),
      input_files_(describe_input_files(options, workloads_)) {
    install_signal_handlers(); // again: SimGrid replaces them
    remember_interruptions();
    read_power_models(options, machine_.platform);
    if (options_.energy) make_energy_meters();
    outputs_ = std::make_unique<Outputs>(options, machine_.platform,
                                         EnergyModels{energy_.get(), link_energy_.get()},
                                         workloads_, directory_, scheduler_names());
}

// Links need not have a power model.
void Run::make_energy_meters() {
    energy_ = std::make_unique<EnergyMeter>(machine_.platform);
    auto links = std::make_unique<LinkEnergy>(machine_.platform);
    if (!links->links().empty()) link_energy_ = std::move(links);
}

std::vector<std::string> Run::scheduler_names() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < options_.schedulers.size(); ++i)
        names.push_back("s" + std::to_string(i));
    return names;
}

// One scheduler owns all workloads; of several the i-th owns the i-th.
std::vector<std::uint32_t> Run::workloads_of(std::size_t scheduler) const {
    if (options_.schedulers.size() > 1) return {static_cast<std::uint32_t>(scheduler)};
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < workloads_.size(); ++i) all.push_back(i);
    return all;
}

CallWatch::Limits Run::call_limits() const {
    CallWatch::Limits limits;
    if (options_.call_limit) limits.end = CallWatch::Seconds(*options_.call_limit);
    return limits;
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
        role.capabilities = capabilities_of(machine_.platform, energy_ != nullptr);
        role.hosts = partitions_[i];
        for (const std::uint32_t workload : workloads_of(i))
            role.workloads.push_back(workloads_[workload].name);
        PluginScheduler& scheduler = registry_.instance(i);
        if (RowFile* trace = outputs_->decision_trace())
            scheduler.trace_to([trace](std::string_view row) { trace->write(row); }, names[i]);
        scheduler.init(role);
        const bool shares = (scheduler.features() & BATSCHED_FEATURE_SHARED_HOSTS) != 0;
        const bool registers = (scheduler.features() & BATSCHED_FEATURE_REGISTRATION) != 0;
        roles_.push_back(
            {names[i], &scheduler, partitions_[i], workloads_of(i), shares, registers});
    }
}

// Whoever registers jobs may register MPI programs.
SharingNeeds Run::sharing_needs() const {
    SharingNeeds needs = needs_of(options_, workloads_);
    for (const SchedulerRole& role : roles_) {
        needs.shares = needs.shares || role.shares_hosts;
        needs.programs = needs.programs || role.registers;
    }
    return needs;
}

Outcome Run::simulate() {
    choose_backend(options_, sharing_needs(), machine_);
    const bool has_settings =
        !options_.simgrid.values.empty() || !options_.simgrid.messages.empty();
    if (has_settings && machine_.simgrid_version.empty())
        log_.warning("--sg-cfg and --sg-log have no effect: SimGrid is not needed here");
    std::vector<std::unique_ptr<JobStream>> streams;
    for (Workload& workload : workloads_) streams.push_back(std::move(workload.jobs));
    Simulation::Setup setup{machine_.platform, std::move(streams),
                            std::move(roles_), outputs_->observers(),
                            *machine_.backend, [] { return interruption_signal() != 0; }};
    setup.share_everything = options_.share_everything;
    setup.external_events = std::move(external_events_);
    setup.energy = energy_.get();
    setup.link_energy = link_energy_.get();
    setup.directory = &directory_;
    if (options_.stop_at) setup.stop_at = *options_.stop_at;
    simulation_ = std::make_unique<Simulation>(std::move(setup));
    return simulation_->run();
}

std::vector<SchedulerFacts> Run::scheduler_facts() {
    std::vector<SchedulerFacts> facts;
    const std::vector<std::string> names = scheduler_names();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const PluginScheduler& scheduler = registry_.instance(i);
        facts.push_back({names[i], scheduler.display_name(), scheduler.display_version(),
                         scheduler.plugin().path(), scheduler.batch_count(),
                         seconds(scheduler.time_spent())});
    }
    return facts;
}

void Run::write_results(const Outcome& outcome, ExitCode code) {
    ExecutionFacts facts;
    facts.simgrid_version = machine_.simgrid_version;
    facts.input_files = std::move(input_files_);
    facts.schedulers = scheduler_facts();
    facts.wall_time = seconds(Clock::now() - begin_);
    facts.end_date = outcome.date;
    facts.exit_code = code;
    RealTimes times{facts.wall_time, 0};
    for (const SchedulerFacts& scheduler : facts.schedulers)
        times.in_schedulers += scheduler.seconds;
    outputs_->write_results(execution_info_json(options_, facts), outcome, times);
}

void Run::print_summary(const Outcome& outcome) {
    if (options_.quiet) return;
    RunFacts facts;
    const bool is_prefix = options_.output_format == OutputFormat::kV4;
    facts.output_folder = options_.output_folder + (is_prefix ? "_*" : "");
    facts.wall_time = seconds(Clock::now() - begin_);
    for (const SchedulerFacts& scheduler : scheduler_facts())
        facts.schedulers.push_back(
            {scheduler.name + " (" + scheduler.plugin + " " + scheduler.version + ")",
             scheduler.seconds});
    const std::string text = summary_text(outputs_->metrics(), outcome, facts);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

ExitCode Run::finish(const Outcome& outcome) {
    const std::string error = error_text(outcome);
    const auto problems = registry_.finalize_all(reason_to_c(outcome.reason),
                                                 error.empty() ? outcome.stop_reason : error);
    ExitCode code = exit_code(outcome);
    if (code == ExitCode::kFinished && !problems.empty()) code = ExitCode::kPlugin;
    write_results(outcome, code);
    print_summary(outcome);
    if (!error.empty()) log_.error(error);
    for (const std::string& problem : problems) log_.error(problem);
    if (outcome.reason == EndReason::kInterrupted)
        log_.warning(std::string("interrupted by SIG") + signal_name(interruption_signal()));
    return code;
}

ExitCode Run::execute() {
    try {
        watch_ = std::make_unique<CallWatch>(call_limits(), log_);
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
