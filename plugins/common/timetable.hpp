// timetable.hpp - how many hosts of each class will be free at which date.
#ifndef BATSIM_PLUGINS_TIMETABLE_HPP
#define BATSIM_PLUGINS_TIMETABLE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "availability.hpp"

namespace batsched {

// How many hosts of each class.
using Share = std::vector<std::uint32_t>;

// A Timetable is for hosts that are not all alike, in classes of such that are. A job need not know its
// hosts before it starts: if some hosts of a class are free throughout an interval, by number, there are
// such hosts when it comes, as those before it have left theirs by then.
class Timetable {
  public:
    using Count = Availability::Count;
    static constexpr double kNever = Availability::kNever;

    explicit Timetable(std::size_t classes) : free_(classes) {}

    std::size_t class_count() const { return free_.size(); }
    // So many hosts are free from now on.
    void reset(double now, const Share& free) {
        Count sum = 0;
        for (std::size_t i = 0; i < free_.size(); ++i) {
            free_[i].reset(now, free[i]);
            sum += free[i];
        }
        total_.reset(now, sum);
    }
    // Forgets what was before.
    void advance(double now) {
        for (Availability& free : free_) free.advance(now);
        if (free_.size() > 1) total_.advance(now);
    }
    void occupy(double from, double until, const Share& share) {
        for (std::size_t i = 0; i < free_.size(); ++i) occupy(i, from, until, share[i]);
    }
    void occupy(std::size_t of_class, double from, double until, Count hosts) {
        if (hosts == 0) return;
        free_[of_class].occupy(from, until, hosts);
        if (free_.size() > 1) total_.occupy(from, until, hosts);
    }
    void release(double from, double until, const Share& share) {
        for (std::size_t i = 0; i < free_.size(); ++i) occupy(i, from, until, -Count{share[i]});
    }

    // How many hosts are free from a date on for that long: the same ones all the time.
    Count free_for(double from, double duration) const {
        Count sum = 0;
        for (std::size_t i = 0; i < free_.size(); ++i) sum += free_for(i, from, duration);
        return sum;
    }
    // Whether so many hosts of each class are free from a date on for that long.
    bool has(double from, double duration, const Share& share) const {
        for (std::size_t i = 0; i < free_.size(); ++i)
            if (share[i] > 0 && free_for(i, from, duration) < share[i]) return false;
        return true;
    }
    // The first date, not before `from`, from which on so many hosts are free for that long; infinity
    // if there is none before `limit`.
    double earliest(double from, Count hosts, double duration, double limit = kNever) const {
        // Without an end there is no need to look at gaps before.
        if (duration == kNever) from = std::max(from, total().begin_of_run(kNever, hosts));
        double begin = total().first_with(from, hosts);
        while (begin < limit) {
            const double end = total().first_below(begin, hosts);
            if (begin + duration > end) {
                begin = total().first_with(end, hosts);
                continue;
            }
            if (free_for(begin, duration) >= hosts) return begin;
            begin = total().first_with(next_with_more(begin, duration), hosts);
        }
        return kNever;
    }
    // The next date from which on more hosts of some class may be free for that long.
    double next_with_more(double from, double duration) const {
        double next = kNever;
        for (const Availability& free : free_)
            next = std::min(next, free.next_with_more(from, duration));
        return next;
    }
    // So many of these hosts, or as many as there are; from the classes in this order.
    Share share(double from, double duration, std::uint32_t hosts,
                const std::vector<std::size_t>& order) const {
        Share share(free_.size());
        for (const std::size_t i : order) {
            share[i] =
                static_cast<std::uint32_t>(std::min<Count>(hosts, free_for(i, from, duration)));
            hosts -= share[i];
        }
        return share;
    }

  private:
    // With one class its numbers are those of all hosts.
    const Availability& total() const { return free_.size() == 1 ? free_[0] : total_; }

    Count free_for(std::size_t i, double from, double duration) const {
        return std::max<Count>(0, free_[i].least_in(from, from + duration));
    }

    std::vector<Availability> free_; // of each class
    Availability total_;             // the sum, if there are several classes
};

} // namespace batsched

#endif
