// number_room.hpp - numbers as text without memory from the heap.
#ifndef BATSIM_BASE_NUMBER_ROOM_HPP
#define BATSIM_BASE_NUMBER_ROOM_HPP

#include <array>
#include <cstddef>

namespace batsim {

using NumberRoom = std::array<char, 32>;

// Writes what number_text gives to the beginning of `room`; returns its length. Async-signal-safe.
std::size_t write_number(NumberRoom& room, double value);

} // namespace batsim

#endif
