// loaded_objects.hpp - what the dynamic linker knows of a loaded plugin.
#ifndef BATSIM_PLUGIN_LOADED_OBJECTS_HPP
#define BATSIM_PLUGIN_LOADED_OBJECTS_HPP

#include <string>
#include <vector>

namespace batsim {

// The names that a loaded library exports, sorted. Not the weak ones: instances of templates and
// inline functions, which are the same in every library that has them.
std::vector<std::string> exported_names(const void* address_in_library);

// The paths of all libraries in the namespace of a library.
std::vector<std::string> libraries_beside(const void* address_in_library);

} // namespace batsim

#endif
