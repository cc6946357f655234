// wake_up.hpp - the next date at which a scheduler wants to decide though nothing may happen.
#ifndef BATSIM_PLUGINS_WAKE_UP_HPP
#define BATSIM_PLUGINS_WAKE_UP_HPP

#include <batsched.hpp>
#include <limits>
#include <optional>

namespace batsched {

// A WakeUp is one requested call, which is moved as plans change.
class WakeUp {
  public:
    explicit WakeUp(const Simulator& simulator) : simulator_(simulator) {}

    // At this date and at no other. Infinity: never.
    void set(double date) {
        if (call_ && call_->date == date) return;
        if (call_) simulator_.cancel_call(call_->id);
        call_.reset();
        if (date != std::numeric_limits<double>::infinity())
            call_ = Call{simulator_.call_me_later(date), date};
    }
    // At this date too, unless it wakes up earlier, which is time enough to ask again.
    void set_no_later(double date) {
        if (!call_ || date < call_->date) set(date);
    }
    // The call has come.
    void clear() { call_.reset(); }

  private:
    struct Call {
        batsched_call_id_t id;
        double date;
    };
    Simulator simulator_;
    std::optional<Call> call_;
};

} // namespace batsched

#endif
