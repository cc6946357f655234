// foreign_call.cpp - what a plugin is being asked to do, for messages about its untimely end.
#include "plugin/trap/foreign_call.hpp"

#include <algorithm>
#include <string_view>

#include "base/number_room.hpp"

namespace batsim {

namespace {

// Appends to a text in a room, as far as it goes.
class Writer {
  public:
    explicit Writer(ForeignCall::PlaceRoom& room) : next_(room.data()), end_(&room.back()) {}

    void add(std::string_view text) {
        const auto room = static_cast<std::size_t>(end_ - next_);
        next_ = std::copy_n(text.data(), std::min(text.size(), room), next_);
        *next_ = '\0';
    }
    template <class Number>
    void add_number(Number number) {
        NumberRoom room;
        add({room.data(), write_number(room.data(), number)});
    }

  private:
    char* next_;
    char* end_; // where the last NUL goes
};

} // namespace

const char* ForeignCall::place(PlaceRoom& room) const {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    const char* const function = function_.load(kRelaxed);
    const std::uint64_t number = event_number_.load(kRelaxed);
    Writer text(room);
    text.add("");
    if (function == nullptr) return room.data();
    if (number > 0) {
        text.add(" at date ");
        text.add_number(date_.load(kRelaxed));
    }
    text.add(" in ");
    text.add(function);
    if (number > 0) {
        text.add(" (event ");
        text.add_number(number);
        text.add(")");
    }
    return room.data();
}

} // namespace batsim
