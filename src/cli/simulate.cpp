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
    // It has begun before the plugins were loaded and the inputs read.
    Run(const Options& options, const Log& log, Clock::time_point begin, SchedulerRegistry registry,
        Inputs inputs, std::vector<Observer*> more_observers);
    SimulationReport execute();

  private:
    void make_energy_meters();
    CallWatch::Limits call_limits() const;
    InstanceRole instance_role(std::size_t scheduler) const;
    std::vector<SchedulerIndex> indices_of(const std::vector<std::string>& schedulers) const;
    void init_schedulers();
    SharingNeeds sharing_needs() const;
    Outcome simulate();
    SimulationReport finish(Outcome outcome);
    void write_results(const Outcome& outcome, ExitCode code);
    void print_summary(const Outcome& outcome);
    std::vector<SchedulerFacts> scheduler_facts();
    std::vector<std::string> scheduler_names() const;
    std::vector<OwnedHosts> owned_hosts() const;

    const Options& options_;
    const Log& log_;
    Clock::time_point begin_;
    SchedulerRegistry registry_;
    std::vector<Workload> workloads_;
    WorkloadDirectory directory_;
    std::unique_ptr<ClosedFormBackend> closed_form_;
    Machine machine_;
    std::vector<ExternalEvent> external_events_;
    std::vector<HostSet> partitions_;
    std::vector<SchedulerRole> roles_;
    std::unique_ptr<EnergyMeter> energy_;     // if energy is simulated
    std::unique_ptr<LinkEnergy> link_energy_; // if links have a power model, too
    std::vector<InputFileInfo> input_files_;
    std::unique_ptr<Outputs> outputs_;
    std::vector<Observer*> more_observers_;
    // Lives until the schedulers are finalized: they may hold pointers to its jobs.
    std::unique_ptr<Simulation> simulation_;
    std::unique_ptr<CallWatch> watch_; // of the schedulers
};

Run::Run(const Options& options, const Log& log, Clock::time_point begin,
         SchedulerRegistry registry, Inputs inputs, std::vector<Observer*> more_observers)
    : options_(options),
      log_(log),
      begin_(begin),
      registry_(std::move(registry)),
      workloads_(std::move(inputs.workloads)),
      directory_(workloads_, scheduler_names()),
      closed_form_(std::move(inputs.closed_form)),
      machine_(std::move(inputs.machine)),
      external_events_(std::move(inputs.external_events)),
      partitions_(partitions(options, machine_.platform)),
      input_files_(std::move(inputs.files)),
      more_observers_(std::move(more_observers)) {
    for (InputFileInfo& file : describe_configurations(options))
        input_files_.push_back(std::move(file));
    remember_interruptions();
    if (options_.energy) make_energy_meters();
    outputs_ = std::make_unique<Outputs>(options, machine_.platform,
                                         EnergyModels{energy_.get(), link_energy_.get()},
                                         workloads_, directory_, owned_hosts());
}

// Links need not have a power model.
void Run::make_energy_meters() {
    energy_ = std::make_unique<EnergyMeter>(machine_.platform);
    auto links = std::make_unique<LinkEnergy>(machine_.platform);
    if (!links->links().empty()) link_energy_ = std::move(links);
}

std::vector<std::string> Run::scheduler_names() const {
    std::vector<std::string> names;
    for (const SchedulerOptions& scheduler : options_.schedulers) names.push_back(scheduler.name);
    return names;
}

std::vector<OwnedHosts> Run::owned_hosts() const {
    std::vector<OwnedHosts> owned;
    for (std::size_t i = 0; i < partitions_.size(); ++i)
        owned.push_back({options_.schedulers[i].name, partitions_[i]});
    return owned;
}

CallWatch::Limits Run::call_limits() const {
    CallWatch::Limits limits;
    if (options_.call_limit) limits.end = CallWatch::Seconds(*options_.call_limit);
    return limits;
}

InstanceRole Run::instance_role(std::size_t scheduler) const {
    const SchedulerOptions& options = options_.schedulers[scheduler];
    InstanceRole role;
    role.name = options.name;
    role.config = options.config;
    role.index = static_cast<std::uint32_t>(scheduler);
    role.count = static_cast<std::uint32_t>(options_.schedulers.size());
    role.seed = options.seed;
    role.capabilities = capabilities_of(machine_.platform, energy_ != nullptr);
    role.hosts = partitions_[scheduler];
    for (const std::uint32_t workload : options.workloads)
        role.workloads.push_back(workloads_[workload].name);
    role.schedulers = scheduler_names();
    return role;
}

std::vector<SchedulerIndex> Run::indices_of(const std::vector<std::string>& schedulers) const {
    const std::vector<std::string> all = scheduler_names();
    std::vector<SchedulerIndex> indices;
    indices.reserve(schedulers.size());
    for (const std::string& name : schedulers)
        indices.push_back(
            static_cast<SchedulerIndex>(std::find(all.begin(), all.end(), name) - all.begin()));
    return indices;
}

void Run::init_schedulers() {
    registry_.create_instances(machine_.platform, directory_, log_);
    for (std::size_t i = 0; i < options_.schedulers.size(); ++i) {
        PluginScheduler& scheduler = registry_.instance(i);
        const SchedulerOptions& options = options_.schedulers[i];
        if (RowFile* trace = outputs_->decision_trace())
            scheduler.trace_to([trace](std::string_view row) { trace->write(row); }, options.name);
        scheduler.init(instance_role(i));
        SchedulerRole role{options.name, &scheduler, partitions_[i], options.workloads};
        role.shares_hosts = (scheduler.features() & BATSCHED_FEATURE_SHARED_HOSTS) != 0;
        role.registers = (scheduler.features() & BATSCHED_FEATURE_REGISTRATION) != 0;
        role.observes = (scheduler.features() & BATSCHED_FEATURE_OBSERVER) != 0;
        role.display_name = scheduler.display_name();
        role.takes_from = indices_of(options.takes_from);
        roles_.push_back(std::move(role));
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
    std::vector<Observer*> observers = outputs_->observers();
    observers.insert(observers.end(), more_observers_.begin(), more_observers_.end());
    Simulation::Setup setup{machine_.platform, std::move(streams),
                            std::move(roles_), std::move(observers),
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
    for (std::size_t i = 0; i < options_.schedulers.size(); ++i) {
        const PluginScheduler& scheduler = registry_.instance(i);
        const InstanceRole role = instance_role(i);
        facts.push_back({role.name, scheduler.display_name(), scheduler.display_version(),
                         scheduler.plugin().path(), role.seed, role.workloads,
                         role.hosts.to_string(), scheduler.batch_count(),
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
    const std::string text =
        summary_text(outputs_->metrics(), outputs_->scheduler_metrics(), outcome, facts);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

SimulationReport Run::finish(Outcome outcome) {
    SimulationReport report;
    const std::string error = error_text(outcome);
    if (!error.empty()) report.errors.push_back(error);
    for (std::string& problem : registry_.finalize_all(reason_to_c(outcome.reason),
                                                       error.empty() ? outcome.stop_reason : error))
        report.errors.push_back(std::move(problem));
    report.code = exit_code(outcome);
    if (report.code == ExitCode::kFinished && !report.errors.empty())
        report.code = ExitCode::kPlugin;
    write_results(outcome, report.code);
    print_summary(outcome);
    for (const std::string& text : report.errors) log_.error(text);
    if (outcome.reason == EndReason::kInterrupted)
        log_.warning(std::string("interrupted by SIG") + signal_name(interruption_signal()));
    for (const SchedulerFacts& scheduler : scheduler_facts()) {
        report.batch_count += scheduler.batch_count;
        report.scheduler_seconds += scheduler.seconds;
    }
    report.wall_seconds = seconds(Clock::now() - begin_);
    report.outcome = std::move(outcome);
    return report;
}

SimulationReport Run::execute() {
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

ExitCode simulate(const Options& options, const Log& log) {
    const auto begin = Clock::now();
    SchedulerRegistry registry = load_plugins(options); // before anything else is read
    return Run(options, log, begin, std::move(registry), read_inputs(options, log), {})
        .execute()
        .code;
}

SimulationReport simulate(const Options& options, const Log& log, Inputs inputs,
                          std::vector<Observer*> more_observers) {
    const auto begin = Clock::now();
    return Run(options, log, begin, load_plugins(options), std::move(inputs),
               std::move(more_observers))
        .execute();
}

} // namespace batsim
