// message.cpp - what two processes of this program tell each other: plain values, texts and arrays.
#include "plugin/abi/message.hpp"

namespace batsim {

namespace {

std::size_t padded(std::size_t size) {
    return (size + kMessageAlignment - 1) / kMessageAlignment * kMessageAlignment;
}

} // namespace

// ---- Writing -------------------------------------------------------------------------------------

void MessageWriter::append(const void* data, std::size_t size) { bytes(data, size, size); }

void MessageWriter::bytes(const void* data, std::size_t size, std::size_t room) {
    const std::size_t begin = bytes_.size();
    bytes_.resize(begin + padded(room));
    if (size > 0) std::memcpy(bytes_.data() + begin, data, size);
}

void MessageWriter::text(const char* value) {
    if (value == nullptr) return plain(kNullPointer);
    const std::size_t size = std::strlen(value);
    plain(std::uint64_t{size});
    append(value, size + 1);
}

// First room for the pointers that the reader makes, then the texts.
void MessageWriter::texts(const char* const* values, std::size_t count) {
    array(values, count);
    if (values == nullptr) return;
    for (std::size_t i = 0; i < count; ++i) text(values[i]);
}

// ---- Reading -------------------------------------------------------------------------------------

char* MessageReader::take(std::size_t size) {
    if (size > message_.size() - position_ || padded(size) > message_.size() - position_)
        throw BrokenMessage();
    char* begin = message_.data() + position_;
    position_ += padded(size);
    return begin;
}

char* MessageReader::take_array(std::uint64_t count, std::size_t size) {
    if (count > message_.size() / size) throw BrokenMessage();
    return take(std::size_t{count} * size);
}

void MessageReader::text(const char*& value) {
    value = nullptr;
    const auto size = plain<std::uint64_t>();
    if (size == kNullPointer) return;
    if (size >= message_.size()) throw BrokenMessage();
    const char* begin = take(std::size_t{size} + 1);
    if (begin[size] != '\0') throw BrokenMessage();
    value = begin;
}

void MessageReader::texts(const char* const*& values, std::size_t& count) {
    array(values, count);
    if (values == nullptr) return;
    auto** pointers = const_cast<const char**>(values);
    for (std::size_t i = 0; i < count; ++i) text(pointers[i]);
}

} // namespace batsim
