// namespace_support.cpp - what this process needs so that link-map namespaces work in it.
#include "plugin/loading/namespace_support.hpp"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>

#include "base/error.hpp"
#include "plugin/loading/guard/guard.h"

namespace batsim {

namespace {

// The dynamic linker takes memory from the simulator's malloc also in threads of plugins. That takes
// no locks until the simulator's own C library has made a thread, so it makes one.
bool make_a_thread() {
    pthread_t thread{};
    const auto nothing = [](void*) -> void* { return nullptr; };
    return pthread_create(&thread, nullptr, nothing, nullptr) == 0 &&
           pthread_join(thread, nullptr) == 0;
}

// Compares the table's entry for one library with what the dynamic linker says of it.
int compare_block(dl_phdr_info* info, std::size_t, void* result) {
    if (info->dlpi_tls_modid == 0 || info->dlpi_tls_data == nullptr) return 0;
    const batsim_thread_block* table = batsim_thread_blocks();
    const bool is_equal = info->dlpi_tls_modid <= table[-1].counter &&
                          table[info->dlpi_tls_modid].data == info->dlpi_tls_data;
    *static_cast<bool*>(result) = is_equal;
    return is_equal ? 0 : 1;
}

} // namespace

void prepare_process_for_namespaces() {
    if (dlsym(RTLD_DEFAULT, "mallctl") != nullptr)
        throw LoadError(
            "plugins cannot be isolated when jemalloc is preloaded: their threads would crash; "
            "unset LD_PRELOAD, or use --isolation none");
    static const bool is_multithreaded = make_a_thread();
    static_cast<void>(is_multithreaded);
}

bool can_hand_back_thread_blocks() {
    bool result = false; // as long as no library has been compared
    dl_iterate_phdr(compare_block, &result);
    return result;
}

} // namespace batsim
