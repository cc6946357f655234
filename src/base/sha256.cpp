// sha256.cpp - the SHA-256 digest (FIPS 180-4), to tell which files a simulation was run with.
#include "base/sha256.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/input_file.hpp"

namespace batsim {

namespace {

bool is_prime(unsigned number) {
    for (unsigned divisor = 2; divisor * divisor <= number; ++divisor)
        if (number % divisor == 0) return false;
    return true;
}

// The first 32 bits of the fractional part. The roots of small primes are far enough from a
// boundary for long double.
std::uint32_t fraction_bits(long double root) {
    return static_cast<std::uint32_t>((root - std::floor(root)) * 4294967296.0L);
}

// The constants of the standard, by their definition: from the roots of the first primes.
struct Constants {
    std::array<std::uint32_t, 8> initial{}; // square roots
    std::array<std::uint32_t, 64> round{};  // cube roots

    Constants() {
        std::size_t count = 0;
        for (unsigned number = 2; count < round.size(); ++number) {
            if (!is_prime(number)) continue;
            if (count < initial.size())
                initial[count] = fraction_bits(std::sqrt(static_cast<long double>(number)));
            round[count++] = fraction_bits(std::cbrt(static_cast<long double>(number)));
        }
    }
};

const Constants& constants() {
    static const Constants all;
    return all;
}

std::uint32_t rotated(std::uint32_t word, unsigned by) { return word >> by | word << (32 - by); }

std::uint32_t big_endian(const unsigned char* bytes) {
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
           std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

std::array<std::uint32_t, 64> schedule_of(const unsigned char* block) {
    std::array<std::uint32_t, 64> words;
    for (std::size_t i = 0; i < 16; ++i) words[i] = big_endian(block + 4 * i);
    for (std::size_t i = 16; i < words.size(); ++i) {
        const std::uint32_t a = words[i - 15];
        const std::uint32_t b = words[i - 2];
        words[i] = words[i - 16] + (rotated(a, 7) ^ rotated(a, 18) ^ a >> 3) + words[i - 7] +
                   (rotated(b, 17) ^ rotated(b, 19) ^ b >> 10);
    }
    return words;
}

} // namespace

Sha256::Sha256() : state_(constants().initial) {}

void Sha256::add_block(const unsigned char* block) {
    const auto words = schedule_of(block);
    const auto& round = constants().round;
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::uint32_t choice = (e & f) ^ (~e & g);
        const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        const std::uint32_t first =
            h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + choice + round[i] + words[i];
        const std::uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority;
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    const std::array<std::uint32_t, 8> more{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += more[i];
}

void Sha256::add(std::string_view bytes) {
    size_ += bytes.size();
    while (!bytes.empty()) {
        const std::size_t count = std::min(bytes.size(), kBlock - used_);
        std::memcpy(buffer_.data() + used_, bytes.data(), count);
        used_ += count;
        bytes.remove_prefix(count);
        if (used_ < kBlock) return;
        add_block(buffer_.data());
        used_ = 0;
    }
}

std::string Sha256::digest() {
    const std::uint64_t bits = size_ * 8;
    std::string padding(1, '\x80');
    padding.append((kBlock * 2 - 9 - used_) % kBlock, '\0');
    for (int shift = 56; shift >= 0; shift -= 8) padding += static_cast<char>(bits >> shift & 0xff);
    add(padding);
    std::string text;
    for (const std::uint32_t word : state_)
        for (int shift = 28; shift >= 0; shift -= 4)
            text += "0123456789abcdef"[word >> shift & 0xf];
    return text;
}

std::string sha256_of(std::string_view bytes) {
    Sha256 sha;
    sha.add(bytes);
    return sha.digest();
}

std::optional<FileDigest> digest_of_file(const std::string& path) {
    if (!is_regular_file(path)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    std::vector<char> buffer(1 << 16);
    Sha256 sha;
    std::uint64_t size = 0;
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        const auto count = static_cast<std::size_t>(file.gcount());
        sha.add({buffer.data(), count});
        size += count;
    }
    if (!file.eof()) return std::nullopt;
    return FileDigest{size, sha.digest()};
}

} // namespace batsim
