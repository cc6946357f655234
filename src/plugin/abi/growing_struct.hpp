// growing_struct.hpp - structs of batsched.h that a plugin of another minor version has made.
#ifndef BATSIM_PLUGIN_GROWING_STRUCT_HPP
#define BATSIM_PLUGIN_GROWING_STRUCT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "batsched.h"
#include "batsched/transfer.h"
#include "engine/status.hpp"

namespace batsim {

inline constexpr std::size_t kLargestStruct = 1 << 16;

// The sizes of the structs in the version that brought them. If one is smaller, none of its members is looked at.
template <class Struct>
inline constexpr std::size_t kSizeInFirstVersion = 0;
template <>
inline constexpr std::size_t kSizeInFirstVersion<batsched_execution_t> = 32;
template <>
inline constexpr std::size_t kSizeInFirstVersion<batsched_host_status_t> = 16;
template <>
inline constexpr std::size_t kSizeInFirstVersion<batsched_new_job_t> = 80;
template <>
inline constexpr std::size_t kSizeInFirstVersion<batsched_probe_t> = 64;
template <>
inline constexpr std::size_t kSizeInFirstVersion<batsched_peer_t> = 72;

// Copies what the plugin has given, as far as both sides know it; members that the plugin does not
// know are 0. kUnsupported if the plugin uses members that this
// version does not know.
template <class Struct>
Status read_struct(const Struct* given, Struct& copy, std::string& why) {
    constexpr std::size_t kLeast = kSizeInFirstVersion<Struct>;
    static_assert(kLeast > 0);
    const std::size_t size = given->struct_size;
    if (size < kLeast || size > kLargestStruct) {
        why = "struct_size must be the size of the struct, is " + std::to_string(size);
        return Status::kInvalidArgument;
    }
    const auto* bytes = reinterpret_cast<const char*>(given);
    if (std::any_of(bytes + std::min(size, sizeof(Struct)), bytes + size,
                    [](char byte) { return byte != 0; }))
        return Status::kUnsupported;
    copy = Struct();
    std::memcpy(&copy, bytes, std::min(size, sizeof(Struct)));
    return Status::kOk;
}

// Writes as much as the plugin has room for and sets struct_size to what was written.
template <class Struct>
Status write_struct(Struct value, Struct* room, std::string& why) {
    constexpr std::size_t kLeast = kSizeInFirstVersion<Struct>;
    static_assert(kLeast > 0);
    const std::size_t size = std::min<std::size_t>(room->struct_size, sizeof(Struct));
    if (size < kLeast) {
        why = "struct_size must be set to the size of the struct, is " +
              std::to_string(room->struct_size);
        return Status::kInvalidArgument;
    }
    value.struct_size = static_cast<std::uint32_t>(size);
    std::memcpy(room, &value, size);
    return Status::kOk;
}

} // namespace batsim

#endif
