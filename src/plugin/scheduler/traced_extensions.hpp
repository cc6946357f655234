// traced_extensions.hpp - the functions of extensions that decide, with a trace of each call.
#ifndef BATSIM_PLUGIN_TRACED_EXTENSIONS_HPP
#define BATSIM_PLUGIN_TRACED_EXTENSIONS_HPP

namespace batsim {

// What get_extension gives to schedulers with a trace, or nullptr.
const void* traced_extension(const char* name);

} // namespace batsim

#endif
