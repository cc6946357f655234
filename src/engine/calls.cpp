// calls.cpp - the wake-up calls that one scheduler has asked for, and the dates of its probes.
#include "engine/calls.hpp"

#include <algorithm>
#include <cmath>

namespace batsim {

CallId Calls::create(double time, double period) {
    calls_.emplace(created_, Call{time, period, 0, std::nullopt});
    return created_++;
}

void Calls::schedule(CallId id, Call& call, double now) {
    call.entry = calendar_.add(std::max(call.date(), now), {kind_, owner_, id});
}

void Calls::arm(CallId call, double now) {
    const auto found = calls_.find(call);
    if (found != calls_.end()) schedule(call, found->second, now);
}

// To the first repetition after `now`. Where the period is below the resolution of dates, later
// ones are tried until the date differs.
void Calls::skip_past(Call& call, double now) {
    call.repetition = std::max(call.repetition + 1, std::floor((now - call.start) / call.period));
    double step = 1;
    while (call.date() <= now) {
        call.repetition += step;
        step *= 2;
    }
}

bool Calls::cancel(CallId call) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) return false;
    if (found->second.entry) calendar_.remove(*found->second.entry);
    calls_.erase(found);
    return true;
}

void Calls::came(CallId call, double now) {
    Call& found = calls_.at(call);
    found.entry.reset();
    if (found.period == 0) return;
    skip_past(found, now);
    schedule(call, found, now);
}

void Calls::delivered(CallId call) {
    const auto found = calls_.find(call);
    if (found != calls_.end() && found->second.period == 0) calls_.erase(found);
}

} // namespace batsim
