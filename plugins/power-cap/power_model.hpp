// power_model.hpp - what hosts draw, and the limit on what they draw together.
#ifndef BATSIM_PLUGINS_POWER_CAP_POWER_MODEL_HPP
#define BATSIM_PLUGINS_POWER_CAP_POWER_MODEL_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../common/availability.hpp"
#include "../common/config.hpp"
#include "../common/json.hpp"
#include "../common/text.hpp"

namespace power_cap {

using batsched::Availability;
using batsched::HostSet;

// Power is counted in whole microwatts, so that sums are exact. That of all hosts, and the cap, are limited
// so that no sum of them overflows.
using Microwatts = Availability::Count;
constexpr double kMostWattsOfHost = 1e9;
constexpr double kMostWatts = 1e12;
inline Microwatts from_watts(double watts) { return std::llround(watts * 1e6); }
inline std::string text_of(Microwatts power) {
    return batsched::text_of(static_cast<double>(power) / 1e6) + " W";
}

template <class Visit>
void for_each_host(const HostSet& hosts, Visit&& visit) {
    for (const HostSet::Interval& interval : hosts.intervals())
        for (std::uint64_t id = interval.first; id <= interval.last; ++id)
            visit(static_cast<batsched_host_id_t>(id));
}

struct CapStep {
    double from; // s
    Microwatts cap;
};

// What each host draws if the platform does not say.
struct FixedWatts {
    double idle, busy;
};

// A speed at which jobs may run.
struct Level {
    std::uint32_t pstate;
    double speed;         // flop/s
    Microwatts over_idle; // what a host draws more than an idle one
};

// Hosts with the same levels; the first one is that in which they are at the beginning, each of the
// others is slower than the one before and draws less.
struct HostKind {
    HostSet hosts;
    std::vector<Level> levels;

    const Level& level(std::size_t i) const { return levels[std::min(i, levels.size() - 1)]; }
    double slowdown(std::size_t i) const { return levels[0].speed / level(i).speed; }
};

// All hosts, by kind.
struct PowerModel {
    Microwatts idle = 0; // of all hosts
    std::vector<HostKind> kinds;

    std::size_t level_count() const {
        std::size_t count = 1;
        for (const HostKind& kind : kinds) count = std::max(count, kind.levels.size());
        return count;
    }
    // How much longer what a job computes takes at a level on each kind; in order, without repetition.
    std::set<double> slowdowns(std::size_t level) const {
        std::set<double> slowdowns;
        for (const HostKind& kind : kinds) slowdowns.insert(kind.slowdown(level));
        return slowdowns;
    }
    // Those that are not slowed down more at a level; those that draw least first.
    std::vector<std::size_t> by_power(std::size_t level, double slowdown) const {
        std::vector<std::pair<Microwatts, std::size_t>> order;
        for (std::size_t i = 0; i < kinds.size(); ++i)
            if (kinds[i].slowdown(level) <= slowdown)
                order.emplace_back(kinds[i].level(level).over_idle, i);
        std::sort(order.begin(), order.end());
        std::vector<std::size_t> indices;
        indices.reserve(order.size());
        for (const auto& [power, i] : order) indices.push_back(i);
        return indices;
    }
};

// Reads the model from what the simulator says of hosts. Events only, as pstates are asked for.
class PowerModelReader {
  public:
    PowerModelReader(const batsched::Simulator& simulator, bool lower_pstates,
                     const std::optional<FixedWatts>& fixed)
        : simulator_(simulator), lower_pstates_(lower_pstates), fixed_(fixed) {}

    PowerModel read(const HostSet& hosts) {
        for_each_host(hosts, [&](batsched_host_id_t id) { add(id); });
        if (model_.kinds.empty()) model_.kinds.push_back({{}, {{0, 1, 0}}});
        return std::move(model_);
    }

  private:
    void add(batsched_host_id_t id) {
        const std::vector<Level> levels = fixed_ ? fixed_levels(id) : read_levels(id);
        over_idle_ += levels.front().over_idle;
        if (model_.idle + over_idle_ > from_watts(kMostWatts))
            throw std::invalid_argument("hosts may draw more than " +
                                        batsched::text_of(kMostWatts) +
                                        " W together, the most that this scheduler counts");
        std::vector<Microwatts> key;
        for (const Level& level : levels) {
            key.push_back(level.pstate);
            key.push_back(std::llround(level.speed));
            key.push_back(level.over_idle);
        }
        const auto [found, is_new] = kind_of_.emplace(key, model_.kinds.size());
        if (is_new) model_.kinds.push_back({{}, levels});
        model_.kinds[found->second].hosts.append(id, id);
    }
    std::vector<Level> fixed_levels(batsched_host_id_t id) {
        const auto idle = from_watts(fixed_->idle);
        model_.idle += idle;
        return {{simulator_.host_status(id).pstate, 1, from_watts(fixed_->busy) - idle}};
    }
    std::vector<Level> read_levels(batsched_host_id_t id) {
        const batsched_host_t& host = simulator_.host(id);
        const std::uint32_t first = simulator_.host_status(id).pstate;
        std::vector<std::uint32_t> pstates{first};
        if (lower_pstates_) append_slower(pstates, host);
        // Hosts stay in the pstate of their last job.
        Microwatts idle = 0;
        for (const std::uint32_t pstate : pstates)
            idle = std::max(idle, watts(host, host.pstate_idle_watts[pstate]));
        model_.idle += idle;
        std::vector<Level> levels;
        for (const std::uint32_t pstate : pstates) {
            const auto busy = std::max(idle, watts(host, host.pstate_busy_watts[pstate]));
            if (levels.empty() || busy - idle < levels.back().over_idle)
                levels.push_back({pstate, host.pstate_speeds[pstate], busy - idle});
        }
        return levels;
    }
    static void append_slower(std::vector<std::uint32_t>& pstates, const batsched_host_t& host) {
        const std::set<std::uint32_t> asleep = sleep_pstates(host);
        for (std::uint32_t pstate = 0; pstate < host.pstate_count; ++pstate)
            if (asleep.count(pstate) == 0 &&
                host.pstate_speeds[pstate] < host.pstate_speeds[pstates.front()])
                pstates.push_back(pstate);
        std::stable_sort(pstates.begin(), pstates.end(), [&](std::uint32_t a, std::uint32_t b) {
            return host.pstate_speeds[a] > host.pstate_speeds[b];
        });
    }
    // Pstates that stand for sleeping and switching: "1:2:3,4:5:6" in the platform file.
    static std::set<std::uint32_t> sleep_pstates(const batsched_host_t& host) {
        const nlohmann::json properties = batsched::parse_json(host.properties);
        std::set<std::uint32_t> pstates;
        if (!properties.is_object() || !properties.contains("sleep_pstates")) return pstates;
        std::string text = properties["sleep_pstates"].get<std::string>();
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == ':' || c == ','; }, ' ');
        std::istringstream in(text);
        for (std::uint32_t pstate = 0; in >> pstate;) pstates.insert(pstate);
        return pstates;
    }
    static Microwatts watts(const batsched_host_t& host, double watts) {
        if (std::isnan(watts))
            throw std::invalid_argument(
                "it is not known what host '" + std::string(host.name) +
                "' draws: simulate with --energy on a platform with wattage_per_state, or give "
                "'idle_watts' and 'busy_watts' in the configuration");
        if (!(watts >= 0 && watts <= kMostWattsOfHost))
            throw std::invalid_argument("host '" + std::string(host.name) + "' draws " +
                                        batsched::text_of(watts) + " W, must be from 0 to " +
                                        batsched::text_of(kMostWattsOfHost));
        return from_watts(watts);
    }

    batsched::Simulator simulator_;
    bool lower_pstates_;
    std::optional<FixedWatts> fixed_;
    PowerModel model_;
    Microwatts over_idle_ = 0; // if all hosts are busy at their first levels
    std::map<std::vector<Microwatts>, std::size_t> kind_of_; // by levels
};

} // namespace power_cap

#endif
