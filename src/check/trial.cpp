// trial.cpp - a plugin plays in a scenario.
#include "check/trial.hpp"

#include <unistd.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

#include "base/stopwatch.hpp"
#include "base/text.hpp"
#include "engine/decisions.hpp"
#include "engine/simulation.hpp"
#include "plugin/abi/event_to_c.hpp"

namespace batsim {

namespace {

// Plays the parts that the plugin does not.
class RejectAll : public Scheduler {
  public:
    void decide(const Batch& batch, Decisions& decisions) override {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                decisions.reject_job(submitted->job->id, "not part of this trial");
    }
    void simulation_ends(double, EndReason) override {}
};

// Runs the jobs for a plugin that only observes: first come, first served.
class Understudy : public Scheduler {
  public:
    explicit Understudy(HostSet hosts) : hosts_(std::move(hosts)) {}

    void decide(const Batch& batch, Decisions& decisions) override {
        for (const Event& event : batch.events)
            if (const auto* submitted = std::get_if<JobSubmitted>(&event))
                queue_.push_back(submitted->job);
        while (!queue_.empty() && begin(*queue_.front(), decisions)) queue_.pop_front();
    }
    void simulation_ends(double, EndReason) override {}

  private:
    // Whether it can be forgotten.
    bool begin(const JobRecord& record, Decisions& decisions) const {
        const std::size_t wanted = record.job.requested_hosts;
        if (wanted > hosts_.size())
            return decisions.reject_job(record.id, "larger than the partition") == Status::kOk;
        HostSet usable;
        for_each_host(decisions.usable_among(hosts_), [&](HostId host) {
            if (decisions.is_free(host)) usable.append(host, host);
        });
        return usable.size() >= wanted &&
               decisions.execute_job(record.id, usable.first(wanted)) == Status::kOk;
    }

    HostSet hosts_;
    std::deque<const JobRecord*> queue_;
};

// A scheduler whose batches are timed, and whose decisions are delayed if the scenario says so.
class WatchedScheduler : public Scheduler {
  public:
    WatchedScheduler(Scheduler& scheduler, double delay, Trial& trial)
        : scheduler_(scheduler), delay_(delay), trial_(trial) {}

    void decide(const Batch& batch, Decisions& decisions) override {
        for (const Event& event : batch.events)
            if (std::holds_alternative<DecisionDropped>(event)) ++trial_.dropped;
        const Stopwatch stopwatch(getpid());
        scheduler_.decide(batch, decisions);
        trial_.slowest_batch = std::max(trial_.slowest_batch, stopwatch.seconds());
        if (delay_ > 0) decisions.delay(delay_);
    }
    void simulation_ends(double date, EndReason reason) override {
        scheduler_.simulation_ends(date, reason);
    }

  private:
    Scheduler& scheduler_;
    double delay_;
    Trial& trial_;
};

class JobCounter : public Observer {
  public:
    explicit JobCounter(Trial& trial) : trial_(trial) {}
    void on_job_started(const JobRecord&) override { ++trial_.started; }
    void on_job_over(const JobRecord& job) override {
        if (!job.was_started()) ++trial_.rejected;
    }
    void on_simulation_over(const Outcome&) override {}

  private:
    Trial& trial_;
};

// One trial while it is under way.
class Performance {
  public:
    Performance(Subject& subject, const Scenario& scenario, const TrialOptions& options)
        : subject_(subject),
          scenario_(scenario),
          options_(options),
          observes_(asks_to_observe()),
          stage_(scenario, observes_) {
        trial_.what = scenario.what;
        trial_.traces.resize(scenario.parts.size());
    }

    Trial perform() {
        subject_.activity().set("in " + scenario_.what);
        try {
            for (std::size_t part = 0; part < scenario_.parts.size(); ++part) cast(part);
            if (observes_)
                for (std::size_t part = 0; part < scenario_.parts.size(); ++part)
                    cast_understudy(part);
            trial_.outcome = simulate();
            if (trial_.outcome.error) trial_.problem = trial_.outcome.error->what();
        } catch (const PluginError& error) {
            trial_.problem = error.what();
        }
        finalize();
        return std::move(trial_);
    }

  private:
    Isolation isolation() const { return options_.isolation.value_or(subject_.isolation()); }
    bool plugin_plays(std::size_t part) const {
        const auto& parts = options_.parts;
        return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
    }

    // An instance that owns nothing says so too. One that fails will fail again in the trial itself.
    bool asks_to_observe() {
        Stage stage(scenario_, /* understudies */ true);
        const auto instance =
            stage.instance(subject_.plugin(options_.first_copy, isolation()), subject_.log());
        try {
            instance->init(stage.role(0, subject_.config(), subject_.seed()));
        } catch (const PluginError&) {
            return false;
        }
        instance->finalize(BATSCHED_EXIT_FINISHED, "");
        return (instance->features() & BATSCHED_FEATURE_OBSERVER) != 0;
    }

    // What the plugin would own if it did not only observe.
    void cast_understudy(std::size_t part) {
        const HostSet& hosts = scenario_.parts[part].hosts;
        understudies_.push_back(std::make_unique<Understudy>(hosts));
        roles_.push_back({"s" + std::to_string(roles_.size()),
                          understudies_.back().get(),
                          hosts,
                          {static_cast<std::uint32_t>(part)}});
    }

    void cast(std::size_t part) {
        const HostSet& hosts = scenario_.parts[part].hosts;
        const std::vector<std::uint32_t> workloads{static_cast<std::uint32_t>(part)};
        if (!plugin_plays(part) && !observes_) {
            watched_.push_back(std::make_unique<WatchedScheduler>(reject_all_, 0, trial_));
            roles_.push_back({"s" + std::to_string(part), watched_.back().get(), hosts, workloads});
            return;
        }
        PluginScheduler& instance = init(part);
        watched_.push_back(std::make_unique<WatchedScheduler>(instance, scenario_.delay, trial_));
        const std::uint64_t features = instance.features();
        trial_.registers = trial_.registers || (features & BATSCHED_FEATURE_REGISTRATION) != 0;
        SchedulerRole role{instance.name(), watched_.back().get(), hosts, workloads};
        if (observes_) give_to_understudies(role);
        role.shares_hosts = (features & BATSCHED_FEATURE_SHARED_HOSTS) != 0;
        role.registers = (features & BATSCHED_FEATURE_REGISTRATION) != 0;
        role.observes = instance.observes();
        role.display_name = instance.display_name();
        roles_.push_back(std::move(role));
    }

    // It owns nothing, but may take hosts of its understudy, which come behind all instances.
    void give_to_understudies(SchedulerRole& role) const {
        role.hosts = {};
        role.takes_from = {
            static_cast<SchedulerIndex>(scenario_.parts.size() + role.workloads.front())};
        role.workloads.clear();
    }

    PluginScheduler& init(std::size_t part) {
        instances_.push_back(
            stage_.instance(subject_.plugin(options_.first_copy + instances_.size(), isolation()),
                            subject_.log(), options_.meddling));
        PluginScheduler& instance = *instances_.back();
        const InstanceRole role =
            stage_.role(part, subject_.config(), options_.seed.value_or(subject_.seed()));
        instance.trace_to([this, part](std::string_view row) { note(part, row); }, role.name);
        instance.init(role);
        return instance;
    }

    void note(std::size_t part, std::string_view row) {
        trial_.traces[part].emplace_back(row.substr(0, row.find('\n')));
        subject_.activity().set("in " + scenario_.what + "; the last that crossed the boundary: " +
                                trial_.traces[part].back());
    }

    Outcome simulate() {
        std::vector<std::unique_ptr<JobStream>> jobs;
        for (std::size_t part = 0; part < scenario_.parts.size(); ++part)
            jobs.push_back(stage_.take_jobs(part));
        Simulation::Setup setup{stage_.platform(), std::move(jobs), std::move(roles_),
                                {&counter_},       backend_,        nullptr};
        setup.external_events = scenario_.events;
        setup.directory = &stage_.directory();
        setup.stop_at = options_.stop_at;
        // Lives until the schedulers are finalized: they may hold pointers to its jobs.
        simulation_ = std::make_unique<Simulation>(std::move(setup));
        return simulation_->run();
    }

    void finalize() {
        const batsched_exit_reason_t reason =
            trial_.problem ? BATSCHED_EXIT_PLUGIN_ERROR : reason_to_c(trial_.outcome.reason);
        for (auto instance = instances_.rbegin(); instance != instances_.rend(); ++instance) {
            const auto problem = (*instance)->finalize(reason, trial_.problem.value_or(""));
            if (problem && !trial_.problem) trial_.problem = problem;
        }
    }

    Subject& subject_;
    const Scenario& scenario_;
    const TrialOptions& options_;
    Trial trial_;
    bool observes_; // the plugin does
    Stage stage_;
    ClosedFormBackend backend_;
    RejectAll reject_all_;
    JobCounter counter_{trial_};
    std::vector<std::unique_ptr<PluginScheduler>> instances_;
    std::vector<std::unique_ptr<WatchedScheduler>> watched_;
    std::vector<std::unique_ptr<Understudy>> understudies_;
    std::vector<SchedulerRole> roles_;
    std::unique_ptr<Simulation> simulation_;
};

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

// "" if the message says it all.
const char* advice(const std::string& problem) {
    if (contains(problem, "(HOSTS_BUSY)"))
        return "hosts are taken by execute_job at once, and free again at the JOB_COMPLETED "
               "that has them in usable_hosts; count from that";
    if (contains(problem, "(NOT_OWNER)"))
        return "the partition is `hosts` of batsched_init_t; it need not begin at 0 nor be without "
               "holes, and other hosts belong to other schedulers";
    if (contains(problem, "called exit("))
        return "return a negative status after report_error instead of calling exit";
    if (contains(problem, "(WRONG_STATE)"))
        return "batsched.h says of each function in which plugin functions it may be called, "
               "and what state a job must be in";
    if (contains(problem, "livelock"))
        return "call_me_later at the current date makes a new batch at once; ask for a later one";
    return "";
}

std::string some_of(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < 3; ++i) text += (i > 0 ? ", " : "") + names[i];
    return names.size() > 3 ? text + ", ..." : text;
}

std::string counted(std::size_t count, const char* noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

} // namespace

Trial run_trial(Subject& subject, const Scenario& scenario, const TrialOptions& options) {
    return Performance(subject, scenario, options).perform();
}

std::string explain(const Trial& trial) {
    std::string text = *trial.problem + "\nin " + trial.what;
    if (const std::string hint = advice(*trial.problem); !hint.empty()) text += "\n" + hint;
    return text;
}

Finding judge(const Trial& trial) {
    if (trial.problem) return Finding::fail(explain(trial));
    if (trial.outcome.stopped_at_date) return Finding::pass("stopped");
    const auto& waiting = trial.outcome.waiting_jobs;
    const std::string date = number_text(trial.outcome.date);
    const std::string where = "\nin " + trial.what;
    if (!waiting.empty() && trial.outcome.reason == EndReason::kStopped)
        return Finding::warn("stops the simulation at date " + date + " while " +
                             counted(waiting.size(), "job") + " waited" + where);
    if (!waiting.empty())
        return Finding::warn("stalls: " + counted(waiting.size(), "job") +
                             " neither executed nor rejected until date " + date +
                             ", when nothing was to come any more (" + some_of(waiting) + ")" +
                             where);
    if (!trial.outcome.registering.empty())
        return Finding::warn(
            "stalls: has asked for BATSCHED_FEATURE_REGISTRATION, but does not "
            "call finish_registration" +
            where);
    return Finding::pass(counted(trial.started, "job") + " executed, " +
                         std::to_string(trial.rejected) + " rejected");
}

Finding try_scenario(Subject& subject, const Scenario& scenario, const TrialOptions& options) {
    return judge(run_trial(subject, scenario, options));
}

} // namespace batsim
