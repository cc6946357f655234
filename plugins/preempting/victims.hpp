// victims.hpp - running jobs that may be killed for others, and which of them are.
#ifndef BATSIM_PLUGINS_PREEMPTING_VICTIMS_HPP
#define BATSIM_PLUGINS_PREEMPTING_VICTIMS_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "../common/availability.hpp"

namespace preempting {

using Count = batsched::Availability::Count;

// A running job that may be killed for jobs of higher priority.
struct Victim {
    batsched_job_id_t id;
    double priority;
    Count hosts; // that would be free then
    double expected_end;
    double lost_work; // host-seconds that it would have to do again
};

// Victims are running jobs of which the number of hosts below some priority is asked often.
class Victims {
  public:
    void insert(const Victim& victim) {
        victims_.emplace(victim.id, victim);
        hosts_[victim.priority] += victim.hosts;
    }
    void erase(batsched_job_id_t id) {
        const auto found = victims_.find(id);
        if (found == victims_.end()) return;
        const auto hosts = hosts_.find(found->second.priority);
        hosts->second -= found->second.hosts;
        if (hosts->second == 0) hosts_.erase(hosts);
        victims_.erase(found);
    }
    void clear() {
        victims_.clear();
        hosts_.clear();
    }

    Count hosts_below(double priority) const {
        Count sum = 0;
        for (const auto& [of, hosts] : hosts_) {
            if (of >= priority) break;
            sum += hosts;
        }
        return sum;
    }
    // In the order of ids.
    std::vector<Victim> below(double priority) const {
        std::vector<Victim> all;
        for (const auto& [id, victim] : victims_)
            if (victim.priority < priority) all.push_back(victim);
        return all;
    }

  private:
    std::map<batsched_job_id_t, Victim> victims_;
    std::map<double, Count> hosts_; // by priority
};

// Those with which at least `needed` hosts become free, which all of them have: of the lowest priority
// first, then those that lose least, then the last submitted. None of them could be spared.
inline std::vector<batsched_job_id_t> choose_victims(std::vector<Victim> victims, Count needed) {
    std::sort(victims.begin(), victims.end(), [](const Victim& a, const Victim& b) {
        return std::tie(a.priority, a.lost_work, b.id) < std::tie(b.priority, b.lost_work, a.id);
    });
    Count hosts = 0;
    std::size_t count = 0;
    while (hosts < needed && count < victims.size()) hosts += victims[count++].hosts;
    std::vector<batsched_job_id_t> chosen;
    while (count-- > 0) {
        const Victim& victim = victims[count];
        if (hosts - victim.hosts >= needed)
            hosts -= victim.hosts;
        else
            chosen.push_back(victim.id);
    }
    return chosen;
}

} // namespace preempting

#endif
