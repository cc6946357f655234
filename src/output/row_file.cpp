// row_file.cpp - a text file of rows that is complete to the last row at any end of the program.
#include "output/row_file.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <csignal>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace batsim {

namespace {

constexpr std::size_t kBufferSize = 1 << 16;
constexpr std::size_t kMostRows = 1 << 12; // in the buffer

// While it lives, no signal handler runs: none may see rows that are half written to the file.
class SignalsBlocked {
  public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

  private:
    sigset_t before_;
};

} // namespace

RowFile::RowFile(std::string path)
    : path_(std::move(path)),
      buffer_(std::make_unique<char[]>(kBufferSize)),
      ends_(std::make_unique<std::size_t[]>(kMostRows)) {
    rows_.file = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (rows_.file < 0) fail(errno);
    rows_.data = buffer_.get();
    rows_.ends = ends_.get();
    register_rows(&rows_);
}

RowFile::~RowFile() {
    try {
        close();
    } catch (const OutputError&) {
        // already on the way out with another error
    }
}

void RowFile::write(std::string_view row) {
    if (rows_.file < 0) return;
    if (row.size() > kBufferSize - end_of_rows() || rows_.count == kMostRows) flush();
    if (row.size() > kBufferSize) {
        const std::size_t end = row.size();
        write_out({rows_.file, row.data(), &end, 1});
        return;
    }
    const std::size_t begin = end_of_rows();
    std::memcpy(buffer_.get() + begin, row.data(), row.size());
    ends_[rows_.count] = begin + row.size();
    std::atomic_signal_fence(std::memory_order_release); // count comes last
    rows_.count = rows_.count + 1;
}

void RowFile::flush() {
    const SignalsBlocked blocked; // until count is 0 too: rows must not be written twice
    write_out(rows_);
    rows_.count = 0;
}

void RowFile::write_out(const UnwrittenRows& rows) {
    const SignalsBlocked blocked;
    if (const int error = write_rows(rows); error != 0) fail(error);
}

void RowFile::close() {
    if (rows_.file < 0) return;
    flush();
    unregister_rows(&rows_);
    if (::close(std::exchange(rows_.file, -1)) != 0) fail(errno);
}

void RowFile::fail(int error) {
    unregister_rows(&rows_);
    if (rows_.file >= 0) ::close(std::exchange(rows_.file, -1));
    throw OutputError(path_, std::strerror(error));
}

void write_file(const std::string& path, std::string_view content) {
    RowFile file(path);
    file.write(content);
    file.close();
}

} // namespace batsim
