// number_room.hpp - numbers as text without memory from the heap.
#ifndef BATSIM_BASE_NUMBER_ROOM_HPP
#define BATSIM_BASE_NUMBER_ROOM_HPP

#include <array>
#include <cstddef>
#include <cstdint>

namespace batsim {

inline constexpr std::size_t kNumberRoom = 32;
using NumberRoom = std::array<char, kNumberRoom>;

// Write what number_text gives to `room`, for kNumberRoom characters; return its length.
// Async-signal-safe.
std::size_t write_number(char* room, double value);
std::size_t write_number(char* room, std::uint64_t value);

} // namespace batsim

#endif
