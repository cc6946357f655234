// code_location.hpp - which library and which function an address of code belongs to.
#ifndef BATSIM_PLUGIN_CODE_LOCATION_HPP
#define BATSIM_PLUGIN_CODE_LOCATION_HPP

#include <array>
#include <string>

namespace batsim {

// Addresses may lie in libraries of any namespace. What is said to be safe may be called in a signal
// handler; call prepare_code_locations() before.
void prepare_code_locations();

// "easy.so+0x1189 (on_decide()+0x5)", or "" if the address is in no library.
std::string location(const void* address);

// The same, but names are not demangled. Safe unless another thread is inside the dynamic linker for
// good.
using LocationRoom = std::array<char, 512>;
const char* location(const void* address, LocationRoom& room);

// Whether the code at this address is that of the plugin at the path `library` or of anything in its
// namespace, and not the program's own, nor that of a library that the program uses too. Code that
// is in no library was made by the plugin. Safe.
bool is_foreign_code(const void* address, const char* library);

// Where code of this library, a path, called what runs now; nullptr if it did not, or if its library
// is that of `address` itself. Safe, as far as the stack is in order.
const void* caller_in(const char* library, const void* address);

} // namespace batsim

#endif
