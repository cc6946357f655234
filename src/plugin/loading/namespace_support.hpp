// namespace_support.hpp - what this process needs so that link-map namespaces work in it.
#ifndef BATSIM_PLUGIN_NAMESPACE_SUPPORT_HPP
#define BATSIM_PLUGIN_NAMESPACE_SUPPORT_HPP

namespace batsim {

// What GLIBC_TUNABLES must begin with for 15 plugins, which is the most: 16 namespaces are glibc's limit,
// and 64 KiB of room for thread-local data is enough for 15 times jemalloc, the neediest library that we
// know (2.6 KiB).
inline constexpr const char* kTunablesForPlugins =
    "glibc.rtld.nns=16:glibc.rtld.optional_static_tls=65536";

// Call it before the first namespace is made; further calls do nothing. Throws LoadError if
// something has been preloaded with which namespaces do not work.
void prepare_process_for_namespaces();

// Is glibc's table of a thread's blocks (see guard/guard.h) what we take it for?
bool can_hand_back_thread_blocks();

} // namespace batsim

#endif
