// backend_library.cpp - opens the library that executes tasks that share resources.
#include "plugin/backend_library.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include "base/error.hpp"

namespace batsim {

PlatformBackend& open_backend(const std::vector<std::string>& candidates) {
    for (const std::string& path : candidates) {
        if (access(path.c_str(), R_OK) != 0) continue;
        void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr) throw LoadError("SimGrid backend: " + std::string(dlerror()));
        const auto open = reinterpret_cast<OpenBackend>(dlsym(library, kOpenBackendSymbol));
        if (open == nullptr) throw LoadError("SimGrid backend '" + path + "': is not one");
        return *open();
    }
    std::string list;
    for (const std::string& path : candidates) list += (list.empty() ? "" : ", ") + path;
    throw LoadError("SimGrid backend: none of these files exists: " + list);
}

} // namespace batsim
