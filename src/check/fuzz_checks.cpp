// fuzz_checks.cpp - many random simulations.
#include "check/checks.hpp"
#include "check/trial.hpp"

namespace batsim {

namespace {

constexpr std::uint64_t kSimulations = 200;

// The k-th has the seed of the first + k, so that it can be run alone.
Finding random_simulations(Subject& subject) {
    std::size_t jobs = 0;
    Finding first_warning = Finding::pass("");
    for (std::uint64_t k = 0; k < kSimulations; ++k) {
        TrialOptions options;
        options.seed = subject.seed() + k;
        // A process for each simulation would take a slow starter, such as Python, too long.
        options.isolation = subject.isolation_here();
        const Trial trial = run_trial(subject, random_scenario(*options.seed), options);
        Finding finding = judge(trial);
        finding.text +=
            "\nto repeat it: --check fuzz.simulations --seed " + std::to_string(*options.seed);
        if (finding.kind == Finding::Kind::kFail) return finding;
        if (finding.kind == Finding::Kind::kWarn && first_warning.kind == Finding::Kind::kPass)
            first_warning = finding;
        jobs += trial.started + trial.rejected;
    }
    if (first_warning.kind != Finding::Kind::kPass) return first_warning;
    return Finding::pass(std::to_string(kSimulations) + " simulations, " + std::to_string(jobs) +
                         " jobs, seeds " + std::to_string(subject.seed()) + " to " +
                         std::to_string(subject.seed() + kSimulations - 1));
}

} // namespace

std::vector<Check> fuzz_checks() {
    return {{"fuzz.simulations", "200 random simulations break nothing", random_simulations}};
}

} // namespace batsim
