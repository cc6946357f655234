// remainder.hpp - profiles of what is left of a job after its last checkpoint.
#ifndef BATSIM_PLUGINS_PREEMPTING_REMAINDER_HPP
#define BATSIM_PLUGINS_PREEMPTING_REMAINDER_HPP

#include <algorithm>
#include <array>
#include <batsched.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "life.hpp"

namespace preempting {

// Members of profiles that are amounts of work: with a part of them a profile is a part of itself.
// Compositions, MPI programs and traces of usage have none.
inline constexpr std::array<const char*, 7> kAmounts{
    "delay", "run_times", "cpu", "com", "bytes_to_read", "bytes_to_write", "nb_bytes"};

inline bool is_divisible(const nlohmann::json& profile) {
    return std::any_of(kAmounts.begin(), kAmounts.end(),
                       [&](const char* key) { return profile.contains(key); });
}

inline bool is_delay(const nlohmann::json& profile) {
    return profile["type"] == "delay" || profile["type"] == "DelayProfile";
}

inline void scale(nlohmann::json& amount, double factor) {
    if (!amount.is_array()) {
        amount = amount.get<double>() * factor;
        return;
    }
    for (nlohmann::json& value : amount) value = value.get<double>() * factor;
}

// A Remainder registers what is left of a job as a profile, until it is destroyed: jobs keep profiles
// whose names are released.
class Remainder {
  public:
    // The new profile has the name of the new job.
    Remainder(const batsched::Simulator& simulator, const Life& life, const std::string& name)
        : simulator_(simulator), prefix_(life.workload + "!"), name_(life.profile) {
        if (!(life.saved > 0)) return; // everything
        nlohmann::json profile = nlohmann::json::parse(simulator.profile(name_.c_str()).json);
        name_ = prefix_ + name;
        if (is_delay(profile)) {
            const double left = std::max(profile["delay"].get<double>() - life.saved, 0.0);
            profile["delay"] = life.time_to_read() + left;
            add(name, profile);
        } else {
            for (const char* key : kAmounts)
                if (profile.contains(key)) scale(profile[key], 1 - life.saved_share);
            add_with_reading(name, profile, life.time_to_read());
        }
    }
    Remainder(const Remainder&) = delete;
    Remainder& operator=(const Remainder&) = delete;
    ~Remainder() {
        for (const std::string& name : registered_)
            simulator_.c_api()->release_profile(simulator_.c_api(), name.c_str());
    }

    const std::string& name() const { return name_; } // "workload!profile"

  private:
    void add(const std::string& name, const nlohmann::json& profile) {
        simulator_.register_profile(prefix_ + name, profile.dump());
        registered_.push_back(prefix_ + name);
    }
    void add_with_reading(const std::string& name, const nlohmann::json& profile, double seconds) {
        if (!(seconds > 0)) return add(name, profile);
        add(name + "-read", {{"type", "delay"}, {"delay", seconds}});
        add(name + "-rest", profile);
        add(name, {{"type", "composed"},
                   {"seq", {name + "-read", name + "-rest"}},
                   {"ret", profile.value("ret", 0)}});
    }

    const batsched::Simulator& simulator_;
    std::string prefix_, name_;
    std::vector<std::string> registered_;
};

// Notes in a life what a run of it has saved that was cut off after `elapsed` seconds, when so much of
// its profile, 0 to 1, was done.
inline void save(Life& life, const batsched::Simulator& simulator, double elapsed,
                 double progress) {
    const double saved = life.saved_in(elapsed);
    if (!(saved > 0)) return;
    const auto profile = nlohmann::json::parse(simulator.profile(life.profile.c_str()).json);
    if (!is_divisible(profile)) return;
    if (!is_delay(profile)) {
        // Of the two parts of a profile that begins with reading, see Remainder, it is the second.
        const double done = life.time_to_read() > 0 ? 2 * progress - 1 : progress;
        const double share = done * saved / (elapsed - life.time_to_read());
        if (!(share > 0 && share < 1)) return; // not known
        life.saved_share += (1 - life.saved_share) * share;
    }
    life.saved += saved;
}

} // namespace preempting

#endif
