// population.hpp - what the users of closed-loop-users do: how long they think, which jobs they submit.
#ifndef BATSIM_PLUGINS_CLOSED_LOOP_USERS_POPULATION_HPP
#define BATSIM_PLUGINS_CLOSED_LOOP_USERS_POPULATION_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "../common/config.hpp"

namespace closed_loop_users {

// Random numbers of one user, the same on every machine: the distributions of the standard library are
// not. Small, because there may be a million users.
//
// G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
class Dice {
  public:
    // Different users have different numbers.
    Dice(std::uint64_t seed, std::uint64_t user) : state_(mixed(seed) + mixed(~user)) {}
    double uniform() { return static_cast<double>(next() >> 11U) * 0x1p-53; } // from 0, below 1
    double normal();

  private:
    static std::uint64_t mixed(std::uint64_t bits) {
        bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
        bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
        return bits ^ (bits >> 31U);
    }
    std::uint64_t next() { return mixed(state_ += 0x9e3779b97f4a7c15U); }

    std::uint64_t state_;
};

// A Duration is a distribution of seconds.
class Duration {
  public:
    // Always the same, unless something is read.
    explicit Duration(double seconds) : a_(seconds) {}
    static Duration exponential(double mean) {
        Duration duration(mean);
        duration.kind_ = Kind::kExponential;
        return duration;
    }
    // What is under this key: seconds, or {"exponential": mean}, {"uniform": [least, most]} or
    // {"lognormal": [median, sigma]}.
    void read(batsched::Config& config, const std::string& key);
    double draw(Dice& dice) const;

  private:
    enum class Kind { kConstant, kExponential, kUniform, kLognormal };
    Kind kind_ = Kind::kConstant;
    double a_, b_ = 0; // the parameters, in the order above
};

// One kind of job that users submit.
struct JobKind {
    double weight; // how often it is drawn, relative to the others
    std::uint32_t hosts;
    std::string profile; // of the workload; "": a delay of run_time
    Duration run_time{0};
    double walltime; // seconds; infinite: that of the walltime factor, if any
};

// A configuration; what is wrong with it is thrown as std::invalid_argument.
struct Population {
    explicit Population(const std::string& text);
    const JobKind& draw_kind(Dice& dice) const;

    std::string workload;
    std::uint64_t users, jobs_per_user, retries;
    Duration think_time = Duration::exponential(600);
    Duration retry_time{0};
    std::vector<JobKind> kinds;
    double walltime_factor; // of jobs with a run time; 0: no walltime
};

} // namespace closed_loop_users

#endif
