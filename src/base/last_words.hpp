// last_words.hpp - what must still reach the disk when the program dies.
#ifndef BATSIM_BASE_LAST_WORDS_HPP
#define BATSIM_BASE_LAST_WORDS_HPP

#include <cstddef>
#include <initializer_list>

namespace batsim {

// Rows in front of a file: the first `count` are complete and have not been written yet; the last of
// them ends at data + ends[count - 1]. `count` is set after everything else, so that a signal handler
// never sees half a row.
struct UnwrittenRows {
    int file = -1;
    const char* data = nullptr;
    const std::size_t* ends = nullptr;
    volatile std::size_t count = 0;
};

// Writes the rows to their file; returns 0 or an error number. A file that does not take them all (disk
// full) is cut to its last whole row. Async-signal-safe.
int write_rows(const UnwrittenRows& rows);

// Registers rows that last_words() is to write. At most 16 at a time; further ones are not covered.
void register_rows(const UnwrittenRows* rows);
void unregister_rows(const UnwrittenRows* rows);

// What the program is doing, for messages about its untimely end; nullptr: its own work. The text
// must live until the next call.
void set_activity(const char* text);
const char* activity();

// Writes the registered rows to their files and the parts of a message to stderr. Async-signal-safe.
// In a process that was forked off after the rows were registered it leaves the files alone.
void last_words(std::initializer_list<const char*> message);

} // namespace batsim

#endif
