// last_words.cpp - what must still reach the disk when the program dies.
#include "base/last_words.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace batsim {

namespace {

// The crash handler's table, and the process whose files they are.
std::array<const UnwrittenRows* volatile, 16> tables{};
volatile pid_t owner = 0;
const char* volatile current_activity = nullptr;

// Returns how much of it was written; if it is not all, errno says why.
std::size_t write_all(int file, const char* data, std::size_t size) {
    std::size_t written = 0;
    while (written < size) {
        const ssize_t count = write(file, data + written, size - written);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) break;
        written += static_cast<std::size_t>(count);
    }
    return written;
}

// What is not a regular file cannot be cut and stays as it is.
void cut_after_last_whole_row(const UnwrittenRows& rows, std::size_t written) {
    std::size_t whole = 0;
    for (std::size_t i = 0; i < rows.count && rows.ends[i] <= written; ++i) whole = rows.ends[i];
    const off_t end = lseek(rows.file, 0, SEEK_CUR);
    if (end < 0) return;
    static_cast<void>(!ftruncate(rows.file, end - static_cast<off_t>(written - whole)));
}

} // namespace

int write_rows(const UnwrittenRows& rows) {
    const std::size_t size = rows.count == 0 ? 0 : rows.ends[rows.count - 1];
    const std::size_t written = write_all(rows.file, rows.data, size);
    if (written == size) return 0;
    const int error = errno;
    cut_after_last_whole_row(rows, written);
    return error;
}

void register_rows(const UnwrittenRows* rows) {
    owner = getpid();
    for (auto& entry : tables) {
        if (entry != nullptr) continue;
        entry = rows;
        return;
    }
}

void unregister_rows(const UnwrittenRows* rows) {
    for (auto& entry : tables)
        if (entry == rows) entry = nullptr;
}

void set_activity(const char* text) { current_activity = text; }
const char* activity() { return current_activity; }

void last_words(std::initializer_list<const char*> message) {
    const bool ours = getpid() == owner;
    for (const auto& entry : tables) {
        const UnwrittenRows* rows = entry;
        if (ours && rows != nullptr) write_rows(*rows);
    }
    for (const char* part : message) write_all(STDERR_FILENO, part, std::strlen(part));
}

} // namespace batsim
