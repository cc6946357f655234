// timetable.hpp - how many hosts of each class will be free at which date.
#ifndef BATSIM_PLUGINS_RESERVATIONS_TIMETABLE_HPP
#define BATSIM_PLUGINS_RESERVATIONS_TIMETABLE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "../common/availability.hpp"
#include "windows.hpp"

namespace reservations {

// How many hosts of each class.
using Share = std::vector<std::uint32_t>;

// A Timetable has what windows, running jobs and reservations leave of each class of hosts. A job needs
// not know its hosts before it starts: if some hosts of a class are free throughout an interval, by
// number, there are such hosts when it comes, as those before it have left theirs by then.
class Timetable {
  public:
    using Availability = batsched::Availability;
    using Count = Availability::Count;
    static constexpr double kNever = Availability::kNever;

    explicit Timetable(std::vector<HostClass> classes)
        : classes_(std::move(classes)), free_(classes_.size()) {}

    // So many hosts are free from now on, outside of their windows.
    void reset(double now, const Share& usable) {
        Count sum = 0;
        for (std::size_t i = 0; i < free_.size(); ++i) {
            free_[i].reset(now, usable[i]);
            sum += usable[i];
        }
        total_.reset(now, sum);
        for (std::size_t i = 0; i < free_.size(); ++i) {
            for (const Interval& window : classes_[i].windows)
                if (window.end > now) change(i, window.begin, window.end, usable[i]);
        }
    }
    // Forgets what was before.
    void advance(double now) {
        for (Availability& free : free_) free.advance(now);
        if (free_.size() > 1) total_.advance(now);
    }
    void occupy(double from, double until, const Share& share) {
        for (std::size_t i = 0; i < free_.size(); ++i)
            if (share[i] > 0) change(i, from, until, share[i]);
    }
    void release(double from, double until, const Share& share) {
        for (std::size_t i = 0; i < free_.size(); ++i)
            if (share[i] > 0) change(i, from, until, -Count{share[i]});
    }

    // How many hosts are free from a date on for that long: the same ones all the time.
    Count free_for(double from, double duration) const {
        Count sum = 0;
        for (std::size_t i = 0; i < free_.size(); ++i) sum += free_for(i, from, duration);
        return sum;
    }
    // The first date, not before `from`, from which on so many hosts are free for that long; infinity
    // if there is none before `limit`.
    double earliest(double from, Count hosts, double duration, double limit = kNever) const {
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
    // Which of these hosts a job takes. Hosts of which a window begins soon after it come first, so that
    // the others are left for longer jobs.
    Share share(double from, double duration, std::uint32_t hosts) const {
        Share share(free_.size());
        for (const std::size_t i : by_next_window(from + duration)) {
            share[i] =
                static_cast<std::uint32_t>(std::min<Count>(hosts, free_for(i, from, duration)));
            hosts -= share[i];
        }
        return share;
    }

    const std::vector<HostClass>& classes() const { return classes_; }
    const Availability& of_class(std::size_t i) const { return free_[i]; }
    // The first end of a window after a date, or infinity.
    double next_end_of_window(double date) const {
        double end = kNever;
        for (const HostClass& of_class : classes_) end = std::min(end, of_class.next_end(date));
        return end;
    }

  private:
    // With one class its numbers are those of all hosts.
    const Availability& total() const { return free_.size() == 1 ? free_[0] : total_; }

    void change(std::size_t i, double from, double until, Count hosts) {
        free_[i].occupy(from, until, hosts);
        if (free_.size() > 1) total_.occupy(from, until, hosts);
    }
    Count free_for(std::size_t i, double from, double duration) const {
        return std::max<Count>(0, free_[i].least_in(from, from + duration));
    }
    // The next date from which on more hosts of some class may be free for that long: when the first
    // date with the fewest has passed, and there are more again.
    double next_with_more(double from, double duration) const {
        double next = kNever;
        for (const Availability& free : free_) {
            const Count fewest = free.least_in(from, from + duration);
            const double passed = free.first_below(from, fewest + 1);
            next = std::min(next, free.first_with(passed, fewest + 1));
        }
        return next;
    }
    std::vector<std::size_t> by_next_window(double date) const {
        std::vector<std::pair<double, std::size_t>> order;
        order.reserve(classes_.size());
        for (std::size_t i = 0; i < classes_.size(); ++i)
            order.emplace_back(classes_[i].next_window(date), i);
        std::sort(order.begin(), order.end());
        std::vector<std::size_t> indices;
        indices.reserve(order.size());
        for (const auto& [next, i] : order) indices.push_back(i);
        return indices;
    }

    std::vector<HostClass> classes_;
    std::vector<Availability> free_;
    Availability total_; // the sum, if there are several classes
};

} // namespace reservations

#endif
