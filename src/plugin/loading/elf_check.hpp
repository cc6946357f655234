// elf_check.hpp - looks into a plugin's file before the dynamic linker does.
#ifndef BATSIM_PLUGIN_ELF_CHECK_HPP
#define BATSIM_PLUGIN_ELF_CHECK_HPP

#include <string>

namespace batsim {

// Throws LoadError if the file cannot be a plugin of this simulator: not a shared library for this
// machine, cut off (the dynamic linker would die of SIGBUS), without `batsched_vtable`, or built
// for another major version of the ABI. Runs none of its code.
void check_plugin_file(const std::string& path);

} // namespace batsim

#endif
