// restart.hpp - the program starts itself again when its plugins need more room in the C library.
#ifndef BATSIM_CLI_RESTART_HPP
#define BATSIM_CLI_RESTART_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace batsim {

// The value of GLIBC_TUNABLES that makes room for 15 plugins, given the present one (or nullptr).
// What the user has set is kept, and wins. Nothing if the program has been started with it already.
std::optional<std::string> tunables_for_plugins(const char* present);

// Are these so many plugins that the C library's usual settings cannot do?
bool needs_restart(std::size_t plugin_count);

// Replaces the program by itself, with these arguments (without the program's name) and room for
// plugins. Returns if that has been done already or is not possible here: under valgrind, when the
// program is run by naming the dynamic linker, with privileges of its file. Nothing that cannot be
// read again may have been read.
void restart_with_room_for_plugins(const std::vector<std::string>& arguments);

} // namespace batsim

#endif
