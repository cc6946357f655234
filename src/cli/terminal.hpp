// terminal.hpp - whether the user watches stderr.
#ifndef BATSIM_CLI_TERMINAL_HPP
#define BATSIM_CLI_TERMINAL_HPP

namespace batsim {

// Whether stderr is a terminal on which lines can be rewritten.
bool stderr_is_terminal();

// What erases the line on which the cursor stands, or "" if stderr is no such terminal.
const char* erase_line_of_terminal();

} // namespace batsim

#endif
