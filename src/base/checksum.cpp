// checksum.cpp - size and checksum of files, to tell which ones a simulation was run with.
#include "base/checksum.hpp"

#include <zlib.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace batsim {

std::optional<FileChecksum> checksum_of_file(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    uLong sum = crc32(0, nullptr, 0);
    std::uint64_t size = 0;
    std::array<char, 65536> buffer{};
    while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0) {
        const auto count = static_cast<uInt>(file.gcount());
        sum = crc32(sum, reinterpret_cast<const Bytef*>(buffer.data()), count);
        size += count;
    }
    constexpr const char* kDigits = "0123456789abcdef";
    std::string text(8, '0');
    for (std::size_t i = 0; i < text.size(); ++i) text[7 - i] = kDigits[(sum >> (4 * i)) & 15U];
    return FileChecksum{size, text};
}

} // namespace batsim
