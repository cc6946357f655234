// row_file.cpp - a text file of rows that is complete to the last row at any end of the program.
#include "output/row_file.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <csignal>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace batsim {

namespace {

constexpr std::size_t kBufferSize = 1 << 16;

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
    : path_(std::move(path)), buffer_(std::make_unique<char[]>(kBufferSize)) {
    rows_.file = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (rows_.file < 0) fail();
    rows_.data = buffer_.get();
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
    if (row.size() > kBufferSize - rows_.whole) flush();
    if (row.size() > kBufferSize) {
        const SignalsBlocked blocked;
        write_out(row.data(), row.size());
        return;
    }
    std::memcpy(buffer_.get() + rows_.whole, row.data(), row.size());
    rows_.whole = rows_.whole + row.size();
}

void RowFile::flush() {
    const SignalsBlocked blocked;
    const std::size_t size = rows_.whole;
    rows_.whole = 0; // also if it fails: rows must not be written twice
    write_out(buffer_.get(), size);
}

void RowFile::write_out(const char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t count = ::write(rows_.file, data, size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail();
        data += count;
        size -= static_cast<std::size_t>(count);
    }
}

void RowFile::close() {
    if (rows_.file < 0) return;
    unregister_rows(&rows_);
    const int file = rows_.file;
    flush();
    rows_.file = -1;
    if (::close(file) != 0) fail();
}

void RowFile::fail() const { throw OutputError(path_, std::strerror(errno)); }

void append_csv(std::string& row, std::string_view field) {
    if (field.find_first_of(",\"\n\r") == std::string_view::npos) {
        row += field;
        return;
    }
    row += '"';
    for (const char c : field) {
        if (c == '"') row += '"';
        row += c;
    }
    row += '"';
}

} // namespace batsim
