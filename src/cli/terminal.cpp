// terminal.cpp - whether the user watches stderr.
#include "cli/terminal.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "output/progress_line.hpp"

namespace batsim {

bool stderr_is_terminal() {
    const char* kind = std::getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
}

const char* erase_line_of_terminal() { return stderr_is_terminal() ? kEraseLine : ""; }

} // namespace batsim
