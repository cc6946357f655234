// population.cpp - what the users of closed-loop-users do: how long they think, which jobs they submit.
#include "population.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace closed_loop_users {

namespace {

constexpr double kLongest = 1e9; // s
constexpr std::uint64_t kMostUsers = 1'000'000;
constexpr std::uint64_t kMostJobs = 1'000'000'000;
constexpr std::uint64_t kMostHosts = 4'000'000'000;

JobKind read_kind(batsched::Config config) {
    JobKind kind{};
    kind.weight = config.number("weight", 1e-9, 1e9, 1);
    kind.hosts = static_cast<std::uint32_t>(config.integer("hosts", 1, kMostHosts, 1));
    kind.profile = config.text("profile", "");
    if (config.has("profile") == config.has("run_time"))
        config.fail("must have either a 'run_time' or a 'profile'");
    if (config.has("run_time")) kind.run_time.read(config, "run_time");
    kind.walltime =
        config.number("walltime", 1e-9, kLongest, std::numeric_limits<double>::infinity());
    config.check_unused();
    return kind;
}

} // namespace

// ---- Random numbers ------------------------------------------------------------------------------

// Box and Muller; the second number is thrown away, so that each draw takes as many random numbers.
double Dice::normal() {
    constexpr double kTwoPi = 6.283185307179586;
    const double radius = std::sqrt(-2 * std::log1p(-uniform()));
    return radius * std::cos(kTwoPi * uniform());
}

void Duration::read(batsched::Config& config, const std::string& key) {
    if (!config.has(key)) return;
    if (config.is_number(key)) {
        *this = Duration(config.number(key, 0, kLongest, 0));
        return;
    }
    batsched::Config shape = config.object(key);
    if (shape.has("exponential")) {
        kind_ = Kind::kExponential;
        a_ = shape.number("exponential", 0, kLongest, 0);
    } else if (shape.has("uniform")) {
        kind_ = Kind::kUniform;
        const auto ends = shape.numbers("uniform", 2, 0, kLongest);
        a_ = ends[0];
        b_ = ends[1];
        if (a_ > b_) shape.fail("'uniform' must be the least and the most");
    } else if (shape.has("lognormal")) {
        kind_ = Kind::kLognormal;
        const auto parameters = shape.numbers("lognormal", 2, 0, kLongest);
        a_ = parameters[0];
        b_ = parameters[1];
        constexpr double kLargestSigma = 20;
        if (b_ > kLargestSigma) shape.fail("the sigma of 'lognormal' must be at most 20");
    } else {
        shape.fail("must be a number of seconds, or have 'exponential', 'uniform' or 'lognormal'");
    }
    shape.check_unused();
}

double Duration::draw(Dice& dice) const {
    switch (kind_) {
        case Kind::kConstant: return a_;
        case Kind::kExponential: return -a_ * std::log1p(-dice.uniform());
        case Kind::kUniform: return a_ + (b_ - a_) * dice.uniform();
        case Kind::kLognormal: break;
    }
    return std::min(kLongest, a_ * std::exp(b_ * dice.normal()));
}

// ---- The population ------------------------------------------------------------------------------

Population::Population(const std::string& text) {
    batsched::Config config(text);
    workload = config.text("workload", "");
    if (workload.empty())
        config.fail(
            R"(must say into which 'workload' the users submit, as {"workload": "w0", ...})");
    users = config.integer("users", 1, kMostUsers, 1);
    jobs_per_user = config.integer("jobs_per_user", 1, kMostJobs, 100);
    retries = config.integer("retries", 0, kMostJobs, 0);
    think_time.read(config, "think_time");
    retry_time.read(config, "retry_time");
    walltime_factor = config.number("walltime_factor", 1e-9, 1e9, 0);
    for (batsched::Config& kind : config.objects("jobs")) kinds.push_back(read_kind(kind));
    config.check_unused();
}

const JobKind& Population::draw_kind(Dice& dice) const {
    double sum = 0;
    for (const JobKind& kind : kinds) sum += kind.weight;
    double rest = sum * dice.uniform();
    for (const JobKind& kind : kinds) {
        rest -= kind.weight;
        if (rest < 0) return kind;
    }
    return kinds.back();
}

} // namespace closed_loop_users
