// contract_checks.cpp - ordinary simulations in which every decision is checked.
#include "check/checks.hpp"
#include "check/trial.hpp"

namespace batsim {

namespace {

Scenario long_simulation(Subject& subject) {
    const HostSet partition = HostSet::range(2, 9) | HostSet::range(12, 15);
    return scenario("a simulation of 300 jobs on 12 of 20 hosts", 20, partition,
                    random_jobs(subject.seed(), 300, 12));
}

Finding decisions(Subject& subject) {
    const Trial trial = run_trial(subject, long_simulation(subject));
    if (trial.problem) return Finding::fail(explain(trial));
    return Finding::pass(std::to_string(trial.traces[0].size()) + " events and decisions");
}

// Hosts of the other parts of the platform are foreign.
Finding neighbours(Subject& subject) {
    Scenario each{"a simulation with two schedulers", 12, {}};
    each.parts = {{HostSet::range(0, 3) | HostSet::range(8, 9), random_jobs(subject.seed(), 40, 6)},
                  {HostSet::range(4, 7), random_jobs(subject.seed() + 1, 40, 4)}};
    const Trial trial = run_trial(subject, each);
    if (trial.problem) return Finding::fail(explain(trial));
    return Finding::pass("two instances, each on its hosts");
}

Finding no_job_forgotten(Subject& subject) {
    return try_scenario(subject, long_simulation(subject));
}

// Ends that are not the plugin's choice, at several moments.
Finding nothing_after_the_end(Subject& subject) {
    for (const double date : {0.0, 1.0, 25.0, 1e6}) {
        TrialOptions options;
        options.stop_at = date;
        const Trial trial = run_trial(subject, long_simulation(subject), options);
        if (trial.problem)
            return Finding::fail(explain(trial) +
                                 "\nnothing can be decided in SIMULATION_ENDS or sched_finalize");
    }
    return Finding::pass("stopped at several dates");
}

} // namespace

std::vector<Check> contract_checks() {
    return {
        {"contract.decisions", "no decision breaks the contract", decisions},
        {"contract.neighbours", "keeps to its own hosts beside another scheduler", neighbours},
        {"contract.all-jobs", "each job is executed or rejected", no_job_forgotten},
        {"contract.end", "nothing is decided after the end", nothing_after_the_end},
    };
}

} // namespace batsim
