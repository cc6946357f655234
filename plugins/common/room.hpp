// room.hpp - what reservations leave to jobs that would start now.
#ifndef BATSIM_PLUGINS_ROOM_HPP
#define BATSIM_PLUGINS_ROOM_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "availability.hpp"

namespace batsched {

struct Reservation {
    double start, end; // start may be infinity, then it keeps no hosts
    std::uint32_t hosts;
};

// Which jobs may start now without delaying those with a reservation. So many hosts stay free from now
// on: each step has fewer than the one before, from its date on.
class Room {
  public:
    // `availability` has all reservations but the last.
    void measure(const Availability& availability, const Reservation& last, double now,
                 std::size_t free_hosts) {
        now_ = now;
        steps_.clear();
        auto hosts = static_cast<Count>(free_hosts);
        for (double date = now; date != kNever;) {
            const bool reserved = last.start <= date && date < last.end;
            hosts = std::min(hosts, availability.free_at(date) - (reserved ? last.hosts : 0));
            steps_.push_back({date, hosts});
            if (hosts <= 0) return;
            const double taken =
                availability.first_below(std::max(date, last.start), hosts + last.hosts);
            date =
                std::min(availability.first_below(date, hosts), taken < last.end ? taken : kNever);
        }
    }
    bool takes(std::uint32_t hosts, double walltime) const {
        for (const Step& step : steps_) {
            if (step.date >= now_ + walltime) return true;
            if (hosts > step.hosts) return false;
        }
        return true;
    }

  private:
    using Count = Availability::Count;
    static constexpr double kNever = Availability::kNever;
    struct Step {
        double date;
        Count hosts;
    };
    double now_ = 0;
    std::vector<Step> steps_;
};

} // namespace batsched

#endif
