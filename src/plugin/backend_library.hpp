// backend_library.hpp - opens the library that executes tasks that share resources.
#ifndef BATSIM_PLUGIN_BACKEND_LIBRARY_HPP
#define BATSIM_PLUGIN_BACKEND_LIBRARY_HPP

#include <string>
#include <vector>

#include "engine/backend.hpp"

namespace batsim {

// Opens the first of these files that exists; it stays open until the process ends. Throws
// LoadError if there is none or it cannot be opened.
PlatformBackend& open_backend(const std::vector<std::string>& candidates);

} // namespace batsim

#endif
