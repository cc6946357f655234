// library.hpp - one shared object, loaded into a link-map namespace of its own.
#ifndef BATSIM_PLUGIN_LIBRARY_HPP
#define BATSIM_PLUGIN_LIBRARY_HPP

#include <cstddef>
#include <functional>
#include <string>

#include "base/error.hpp"
#include "batsched.h"

namespace batsim {

enum class Isolation {
    kNamespace, // dlmopen: private globals down to libc
    kProcess,   // a worker process for each plugin; there it is the only one
    kNone,      // dlopen: for sanitizers, valgrind and debuggers
};

// The C library has no room for one more namespace as it was started; see cli/restart.hpp.
class NoRoomError : public LoadError {
  public:
    using LoadError::LoadError;
};

// A Library is a loaded shared object. It stays loaded when this object goes, usually until the
// process ends: glibc cannot take the namespace of a C++ library apart.
class Library {
  public:
    // Loads the file at `path` (a real path) with all its dependencies. In a namespace (in a worker
    // process only the first point is left to do)
    //   - what it prints appears line by line, and pending text can be flushed from here
    //   - its pthread keys are apart from those of other namespaces, and its threads may end
    //   - its environment is a copy, which nobody reallocates
    //   - exit() and its like are noticed by the traps of trap.hpp
    // Throws LoadError; also if one of its constructors crashes or exits. Does not look into the file
    // before: see load_plugin.
    Library(std::string path, Isolation isolation);

    const std::string& path() const { return path_; }

    // The address of an exported symbol, or nullptr.
    void* symbol(const char* name) const;

    // Runs its destructors and forgets it; nothing of it may be used any more.
    void unload();

    // Writes what the library's std::cout and its C stdio hold back for stdout.
    void flush_output() const {
        if (flush_cout_ != nullptr && *cout_ != nullptr) flush_cout_(cout_);
        if (flush_ != nullptr) flush_(stdout_);
    }
    // Writes what any C stream of the library holds back, too.
    void flush_everything() const {
        flush_output();
        if (flush_ != nullptr) flush_(nullptr);
    }

  private:
    void load(const std::function<void*()>& open);
    void load_into_namespace();
    void prepare_namespace();
    void prepare_output();
    void notice_exit() const;
    void use_private_environment() const;
    void keep_thread_keys_apart() const;
    void use_line_buffering();
    void find_cout();

    std::string path_;
    void* handle_ = nullptr;
    int (*flush_)(void*) = nullptr; // its fflush
    void* stdout_ = nullptr;        // its FILE
    void* (*flush_cout_)(void*) = nullptr;
    void** cout_ = nullptr; // begins with a pointer that is NULL until <iostream> is initialised
};

// The vtable of a library that load_plugin has loaded.
const batsched_vtable_t& vtable_of(const Library& library);

// Checks that the file is a plugin of this simulation, loads it, and checks its vtable. Throws
// LoadError.
Library load_plugin(const std::string& path, Isolation isolation);

} // namespace batsim

#endif
