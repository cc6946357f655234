// message.hpp - what two processes of this program tell each other: plain values, texts and arrays.
#ifndef BATSIM_PLUGIN_MESSAGE_HPP
#define BATSIM_PLUGIN_MESSAGE_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

namespace batsim {

// A received message that is not what the other process should have sent.
struct BrokenMessage {};

// Values lie one after the other, each from a multiple of 8 bytes on. Both processes run the same
// program, so structs are copied as they are; their pointers mean nothing to the other side, and what
// they point to follows.
inline constexpr std::size_t kMessageAlignment = 8;
// In place of the length of a text or an array: the pointer to it is NULL.
inline constexpr std::uint64_t kNullPointer = UINT64_MAX;

// A MessageWriter puts a message together.
class MessageWriter {
  public:
    void clear() { bytes_.clear(); }
    const std::vector<char>& bytes() const { return bytes_; }

    template <class T>
    void plain(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        append(&value, sizeof value);
    }
    void text(const char* value);
    template <class T, class Count>
    void array(const T* values, Count count) {
        static_assert(std::is_trivially_copyable_v<T>);
        plain(values == nullptr ? kNullPointer : std::uint64_t{count});
        if (values != nullptr) append(values, std::size_t{count} * sizeof(T));
    }
    void texts(const char* const* values, std::size_t count);
    // `size` bytes, followed by zeros up to `room`.
    void bytes(const void* data, std::size_t size, std::size_t room);

  private:
    void append(const void* data, std::size_t size);

    std::vector<char> bytes_;
};

// A MessageReader takes a message apart. The texts and arrays that it gives lie in the message, which
// must outlive them. Throws BrokenMessage instead of reading beyond the end.
class MessageReader {
  public:
    explicit MessageReader(std::vector<char>& message) : message_(message) {}

    template <class T>
    void plain(T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        std::memcpy(&value, take(sizeof value), sizeof value);
    }
    template <class T>
    T plain() {
        T value;
        plain(value);
        return value;
    }
    void text(const char*& value);
    // Count may be narrower than what the other side has counted only if it has not counted more.
    template <class T, class Count>
    void array(const T*& values, Count& count) {
        const auto given = plain<std::uint64_t>();
        values = nullptr;
        if (given == kNullPointer) return;
        count = static_cast<Count>(given);
        values = reinterpret_cast<const T*>(take_array(given, sizeof(T)));
    }
    void texts(const char* const*& values, std::size_t& count);
    // What MessageWriter::bytes has written, with its room.
    char* bytes(std::size_t room) { return take(room); }

  private:
    char* take(std::size_t size);
    char* take_array(std::uint64_t count, std::size_t size);

    std::vector<char>& message_;
    std::size_t position_ = 0;
};

} // namespace batsim

#endif
