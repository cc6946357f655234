// powered_hosts.hpp - which hosts and how much power will be free at which date.
#ifndef BATSIM_PLUGINS_POWER_CAP_POWERED_HOSTS_HPP
#define BATSIM_PLUGINS_POWER_CAP_POWERED_HOSTS_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../common/partition_in_classes.hpp"
#include "../common/timetable.hpp"
#include "power_model.hpp"

namespace power_cap {

using batsched::Share;
using batsched::Timetable;
using batsched::WaitingJob;

// How a job runs: so many hosts of each kind, and all of them at one level.
struct Placement {
    double start, walltime;
    std::size_t level;
    Share share;
    Microwatts power; // over idle
    double end() const { return start + walltime; }
};

// PoweredHosts keep two accounts of the future: hosts that are free, and power that the cap leaves over
// what idle hosts draw.
class PoweredHosts {
  public:
    static constexpr double kNever = Timetable::kNever;

    PoweredHosts(batsched::Allocation allocation, const batsched::Simulator& simulator,
                 const HostSet& hosts, PowerModel model, std::vector<CapStep> caps)
        : simulator_(simulator),
          model_(std::move(model)),
          caps_(std::move(caps)),
          partition_(allocation, simulator, hosts, hosts_of(model_)),
          timetable_(model_.kinds.size()) {
        for (std::size_t level = 0; level < model_.level_count(); ++level) {
            for (const double slowdown : model_.slowdowns(level))
                speeds_.push_back({level, slowdown, model_.by_power(level, slowdown)});
            for (const HostKind& kind : model_.kinds)
                least_over_idle_ = std::min(least_over_idle_, kind.level(level).over_idle);
        }
        remember_first_pstates();
        make_accounts_again(0);
        never_used_ = power_;
    }

    void advance(double now) {
        timetable_.advance(now);
        power_.advance(now);
    }
    std::size_t free_hosts() const { return partition_.free_hosts(); }

    // The power that it needs at least, if it could not even run alone.
    std::optional<Microwatts> too_much_for(const WaitingJob& job, double now) const {
        std::optional<Microwatts> least;
        for (const Speed& speed : speeds_) {
            std::uint32_t hosts = job.requested_hosts;
            Microwatts power = 0;
            for (const std::size_t i : speed.kinds) {
                const auto taken = std::min<std::size_t>(hosts, model_.kinds[i].hosts.size());
                power +=
                    static_cast<Microwatts>(taken) * model_.kinds[i].level(speed.level).over_idle;
                hosts -= static_cast<std::uint32_t>(taken);
            }
            if (hosts > 0) continue;
            if (never_used_.earliest(now, power, job.walltime * speed.slowdown) != kNever)
                return std::nullopt;
            least = std::min(least.value_or(power), power);
        }
        return least;
    }

    // Whether a job could start now; "yes" is not for sure.
    bool may_take(std::uint32_t hosts, double walltime, double now) const {
        return hosts <= free_hosts() && hosts <= timetable_.free_for(now, walltime) &&
               hosts * least_over_idle_ <= power_.least_in(now, now + walltime);
    }
    // At the fastest level at which it can start now. A job that has not ended at the last digit of its
    // expected end still draws its power.
    std::optional<Placement> place_now(const WaitingJob& job, double now) const {
        const Microwatts left = never_used_.free_at(now) - used_;
        for (const Speed& speed : speeds_)
            if (auto placement = place(job, speed, now); placement && placement->power <= left)
                return placement;
        return std::nullopt;
    }
    // The earliest one; of these the fastest.
    std::optional<Placement> place_earliest(const WaitingJob& job, double now) const {
        std::optional<Placement> best;
        for (const Speed& speed : speeds_)
            if (auto placement = place_earliest(job, speed, now, best ? best->start : kNever))
                best = std::move(placement);
        return best;
    }

    void occupy(const Placement& placement) {
        timetable_.occupy(placement.start, placement.end(), placement.share);
        power_.occupy(placement.start, placement.end(), placement.power);
    }
    void release(const Placement& placement) {
        timetable_.release(placement.start, placement.end(), placement.share);
        power_.release(placement.start, placement.end(), placement.power);
    }

    // False if the hosts are not free yet or the simulator refuses.
    bool start(const WaitingJob& job, const Placement& placement) {
        const std::optional<HostSet> hosts = partition_.choose(placement.share);
        if (!hosts) return false;
        if (!set_pstates(*hosts, placement.level) ||
            !partition_.start_on(*hosts, job, placement.walltime, placement.start))
            return false;
        power_of_.emplace(job.id, placement.power);
        used_ += placement.power;
        occupy(placement);
        return true;
    }
    void end(const batsched_job_completed_t& end, double now) {
        const auto running = partition_.end(end);
        timetable_.release(now, running.expected_end, partition_.returned_hosts(running));
        power_.release(now, running.expected_end, forget_power(running.job.id));
    }
    // What was started has not been. Accounts must be made again, as after the next one.
    WaitingJob drop(batsched_job_id_t id) {
        forget_power(id);
        return partition_.drop(id).job;
    }
    void change_state(const batsched_hosts_state_changed_t& change) {
        partition_.change_state(change);
    }
    void make_accounts_again(double now) {
        timetable_.reset(now, partition_.usable());
        power_.reset(0, caps_.front().cap - model_.idle);
        for (std::size_t i = 1; i < caps_.size(); ++i)
            power_.occupy(caps_[i].from, kNever, caps_[i - 1].cap - caps_[i].cap);
        power_.advance(now);
        partition_.for_each_running([&](const auto& running) {
            timetable_.occupy(now, running.expected_end, partition_.returned_hosts(running));
            power_.occupy(now, running.expected_end, power_of_.at(running.job.id));
        });
    }
    // They are not what was decided; the next job sets them in any case.
    void forget_pstates(const HostSet& hosts) {
        for_each_host(hosts, [&](batsched_host_id_t id) { pstate_of_.at(id) = kUnknownPstate; });
    }
    // When the cap changes next, or infinity.
    double next_step(double now) const {
        for (const CapStep& step : caps_)
            if (step.from > now) return step.from;
        return kNever;
    }

  private:
    static constexpr std::uint32_t kUnknownPstate = std::numeric_limits<std::uint32_t>::max();

    // A level, on kinds of hosts that are not slowed down more than that.
    struct Speed {
        std::size_t level;
        double slowdown;
        std::vector<std::size_t> kinds; // those that draw least first
    };

    static std::vector<HostSet> hosts_of(const PowerModel& model) {
        std::vector<HostSet> hosts;
        hosts.reserve(model.kinds.size());
        for (const HostKind& kind : model.kinds) hosts.push_back(kind.hosts);
        return hosts;
    }

    // At a date and a speed, if there is enough of both.
    std::optional<Placement> place(const WaitingJob& job, const Speed& speed, double start) const {
        const double length = job.walltime * speed.slowdown;
        Placement placement{start, length, speed.level,
                            timetable_.share(start, length, job.requested_hosts, speed.kinds), 0};
        std::uint32_t hosts = 0;
        for (std::size_t i = 0; i < model_.kinds.size(); ++i) {
            hosts += placement.share[i];
            placement.power += placement.share[i] * model_.kinds[i].level(speed.level).over_idle;
        }
        if (hosts < job.requested_hosts ||
            placement.power > power_.least_in(start, placement.end()))
            return std::nullopt;
        return placement;
    }
    std::optional<Placement> place_earliest(const WaitingJob& job, const Speed& speed, double now,
                                            double limit) const {
        const double length = job.walltime * speed.slowdown;
        const auto earliest = [&](double from) {
            return timetable_.earliest(from, job.requested_hosts, length, limit);
        };
        for (double date = earliest(now); date < limit;) {
            if (auto placement = place(job, speed, date)) return placement;
            date = earliest(std::min(timetable_.next_with_more(date, length),
                                     power_.next_with_more(date, length)));
        }
        return std::nullopt;
    }

    bool set_pstates(const HostSet& hosts, std::size_t level) {
        if (speeds_.size() == 1) return true;
        for (const HostKind& kind : model_.kinds) {
            const Level& wanted = kind.level(level);
            HostSet changed;
            for_each_host(hosts & kind.hosts, [&](batsched_host_id_t id) {
                if (pstate_of_[id] != wanted.pstate) changed.append(id, id);
            });
            if (changed.empty()) continue;
            if (!simulator_.set_pstate(changed, wanted.pstate)) return false;
            for_each_host(changed, [&](batsched_host_id_t id) { pstate_of_[id] = wanted.pstate; });
        }
        return true;
    }
    void remember_first_pstates() {
        for (const HostKind& kind : model_.kinds)
            for_each_host(kind.hosts, [&](batsched_host_id_t id) {
                pstate_of_.resize(std::max<std::size_t>(pstate_of_.size(), id + std::size_t{1}));
                pstate_of_[id] = kind.levels[0].pstate;
            });
    }
    Microwatts forget_power(batsched_job_id_t id) {
        const auto found = power_of_.find(id);
        const Microwatts power = found->second;
        power_of_.erase(found);
        used_ -= power;
        return power;
    }

    batsched::Simulator simulator_;
    PowerModel model_;
    std::vector<CapStep> caps_; // in order, the first one from date 0 on
    std::vector<Speed> speeds_; // by level, from the fastest
    Microwatts least_over_idle_ = std::numeric_limits<Microwatts>::max(); // of any host and level
    batsched::PartitionInClasses partition_;
    Timetable timetable_;                                        // kinds are its classes
    Availability power_;                                         // microwatts that are free
    Microwatts used_ = 0;                                        // by running jobs, over idle
    Availability never_used_;                                    // the same without jobs
    std::unordered_map<batsched_job_id_t, Microwatts> power_of_; // running jobs, over idle
    std::vector<std::uint32_t> pstate_of_;                       // by host
};

} // namespace power_cap

#endif
