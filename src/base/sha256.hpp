// sha256.hpp - the SHA-256 digest (FIPS 180-4), to tell which files a simulation was run with.
#ifndef BATSIM_BASE_SHA256_HPP
#define BATSIM_BASE_SHA256_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace batsim {

// Not for secrets: it takes no care against observers. Own code, as a cryptographic library would
// be a large dependency for one function.
class Sha256 {
  public:
    Sha256();
    void add(std::string_view bytes);
    // 64 hexadecimal digits; call once, last.
    std::string digest();

  private:
    static constexpr std::size_t kBlock = 64;

    void add_block(const unsigned char* block);

    std::array<std::uint32_t, 8> state_;
    std::array<unsigned char, kBlock> buffer_;
    std::size_t used_ = 0; // of the buffer
    std::uint64_t size_ = 0;
};

std::string sha256_of(std::string_view bytes);

struct FileDigest {
    std::uint64_t size; // bytes
    std::string sha256;
};
// Of the bytes of a regular file as they are, as sha256sum prints it; nothing if it cannot be read.
std::optional<FileDigest> digest_of_file(const std::string& path);

} // namespace batsim

#endif
