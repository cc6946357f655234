// fuzzed_file.hpp - gives fuzzed bytes to readers that want the path of a file.
#ifndef BATSIM_TEST_FUZZ_FUZZED_FILE_HPP
#define BATSIM_TEST_FUZZ_FUZZED_FILE_HPP

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace batsim {

// A file in memory with these bytes.
class FuzzedFile {
  public:
    FuzzedFile(const std::uint8_t* bytes, std::size_t size) : file_(memfd_create("fuzzed", 0)) {
        if (file_ < 0 || write(file_, bytes, size) != static_cast<ssize_t>(size)) std::abort();
    }
    ~FuzzedFile() { close(file_); }
    FuzzedFile(const FuzzedFile&) = delete;
    FuzzedFile& operator=(const FuzzedFile&) = delete;

    std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

  private:
    int file_;
};

// What must hold whatever the input: else the fuzzer has found something.
inline void must_hold(bool condition) {
    if (!condition) std::abort();
}

} // namespace batsim

#endif
