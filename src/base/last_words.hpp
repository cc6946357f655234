// last_words.hpp - what must still reach the disk when the program dies.
#ifndef BATSIM_BASE_LAST_WORDS_HPP
#define BATSIM_BASE_LAST_WORDS_HPP

#include <cstddef>
#include <initializer_list>

namespace batsim {

// A buffer in front of a file. `whole` bytes at `data` are complete rows that have not been written
// yet; it is set after the bytes are, so that a signal handler never sees half a row.
struct UnwrittenRows {
    int file = -1;
    const char* data = nullptr;
    volatile std::size_t whole = 0;
};

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
