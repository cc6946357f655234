// checksum.hpp - size and checksum of files, to tell which ones a simulation was run with.
#ifndef BATSIM_BASE_CHECKSUM_HPP
#define BATSIM_BASE_CHECKSUM_HPP

#include <cstdint>
#include <optional>
#include <string>

namespace batsim {

struct FileChecksum {
    std::uint64_t size; // bytes
    std::string crc32;  // 8 hexadecimal digits, as gzip has it
};

// Of the bytes of a regular file as they are; nothing if it cannot be read. Finds out that a file has
// changed, not that somebody has forged it; a cryptographic digest would cost more than a tenth of
// the simulation of a log.
std::optional<FileChecksum> checksum_of_file(const std::string& path);

} // namespace batsim

#endif
