// calls.hpp - the wake-up calls that one scheduler has asked for, and the dates of its probes.
#ifndef BATSIM_ENGINE_CALLS_HPP
#define BATSIM_ENGINE_CALLS_HPP

#include <cstdint>
#include <map>
#include <optional>

#include "engine/due.hpp"
#include "engine/event.hpp"

namespace batsim {

// One-shot and periodic calls. The k-th call of a periodic one comes at start + k * period exactly:
// nothing is added up. At one date it comes once, however short the period is.
class Calls {
  public:
    // `owner` is the index of the scheduler, `kind` what they are in the calendar.
    Calls(DueCalendar& calendar, std::uint32_t owner, Due::Kind kind = Due::Kind::kCall)
        : calendar_(calendar), owner_(owner), kind_(kind) {}

    // Gives a new call its identifier; it comes only after arm(). period 0: once.
    CallId create(double time, double period);
    // Puts a call that was not cancelled in the meantime into the calendar; a date that has passed
    // becomes `now`.
    void arm(CallId call, double now);
    // False if it was over already.
    bool cancel(CallId call);
    // The date of a call has come: puts its repetition into the calendar.
    void came(CallId call, double now);
    // The scheduler has heard of a call that came.
    void delivered(CallId call);
    // Whether the call is neither cancelled nor over. One that has come and was not delivered yet is
    // pending.
    bool is_pending(CallId call) const { return calls_.count(call) != 0; }

    // Whether create() has ever given this identifier.
    bool was_created(CallId call) const { return call < created_; }

  private:
    struct Call {
        double start;
        double period;
        double repetition;                        // a whole number
        std::optional<DueCalendar::Handle> entry; // while it is in the calendar

        double date() const { return start + repetition * period; }
    };

    static void skip_past(Call& call, double now);
    void schedule(CallId id, Call& call, double now);

    DueCalendar& calendar_;
    std::uint32_t owner_;
    Due::Kind kind_;
    CallId created_ = 0;
    std::map<CallId, Call> calls_;
};

} // namespace batsim

#endif
