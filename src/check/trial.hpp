// trial.hpp - a plugin plays in a scenario.
#ifndef BATSIM_CHECK_TRIAL_HPP
#define BATSIM_CHECK_TRIAL_HPP

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "check/finding.hpp"
#include "check/scenario.hpp"
#include "check/stage.hpp"
#include "check/subject.hpp"
#include "engine/outcome.hpp"

namespace batsim {

struct TrialOptions {
    std::optional<Isolation> isolation; // instead of the subject's
    std::optional<std::uint64_t> seed;  // likewise
    Meddling meddling = Meddling::kNone;
    // Which parts of the scenario the plugin plays; the others are played by a scheduler that
    // rejects all jobs. Nothing: all.
    std::vector<std::size_t> parts = {};
    double stop_at = std::numeric_limits<double>::infinity();
    std::size_t first_copy = 0; // of the plugin: that of the first part, see Subject::copy
};

// How a trial went.
struct Trial {
    std::string what; // the scenario
    std::optional<std::string>
        problem; // what a scheduler did wrong; the rest is then of no meaning
    Outcome outcome;
    std::vector<std::vector<std::string>>
        traces;             // of each part: events and decisions, rows of JSON
    bool registers = false; // an instance has asked for the feature
    std::size_t started = 0, rejected = 0;
    std::size_t dropped = 0;  // decisions
    double slowest_batch = 0; // seconds, as of Stopwatch
};

// Loads the plugin if need be, and simulates the scenario with an instance of it for each part.
Trial run_trial(Subject& subject, const Scenario& scenario, const TrialOptions& options = {});

// Pass if each job was executed or rejected, a warning if some were forgotten, else a failure.
Finding judge(const Trial& trial);
// Simulates and judges.
Finding try_scenario(Subject& subject, const Scenario& scenario, const TrialOptions& options = {});

// What the plugin did wrong, in which scenario, and what its author should look at.
std::string explain(const Trial& trial);

} // namespace batsim

#endif
