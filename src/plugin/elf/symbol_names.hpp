// symbol_names.hpp - names of functions that a library does not export.
#ifndef BATSIM_PLUGIN_SYMBOL_NAMES_HPP
#define BATSIM_PLUGIN_SYMBOL_NAMES_HPP

#include <cstdint>
#include <optional>
#include <string>

namespace batsim {

struct FunctionPlace {
    std::string name;     // as in the file, not demangled
    std::uint64_t offset; // of the address in the function
};

// The function of a library's file that this address, relative to where the library was loaded, is in.
// Nothing if the file is stripped or cannot be read.
std::optional<FunctionPlace> find_function(const std::string& path, std::uint64_t address);

} // namespace batsim

#endif
