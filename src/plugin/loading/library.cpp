// library.cpp - one shared object, loaded into a link-map namespace of its own.
#include "plugin/loading/library.hpp"

#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "base/demangle.hpp"
#include "base/error.hpp"
#include "plugin/loading/elf_check.hpp"
#include "plugin/loading/guard/guard.h"
#include "plugin/loading/namespace_root.hpp"
#include "plugin/loading/namespace_support.hpp"
#include "plugin/loading/vtable_check.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

namespace {

constexpr int kMode = RTLD_NOW | RTLD_LOCAL; // in a namespace

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

// What the dynamic linker says names the library that is missing, not the plugin, and does not say
// what to do.
std::string explain(const std::string& path, const std::string& cause) {
    const std::string start = "plugin '" + path + "': ";
    const std::size_t colon = cause.find(": ");
    const std::string subject = cause.substr(0, colon);
    if (contains(cause, "no more namespaces"))
        return start +
               "there is room for 15 plugins in one process, and it is used up; --isolation "
               "process has no limit";
    if (contains(cause, "static TLS"))
        return start +
               "the C library has no room for the thread-local data of one more plugin; it has "
               "with GLIBC_TUNABLES=" +
               kTunablesForPlugins + ", and --isolation process has no limit";
    if (contains(cause, "cannot open shared object file") && subject != path)
        return start + "needs the library " + subject +
               ", which is not found; install it, or link the plugin with -Wl,-rpath,<folder>";
    if (contains(cause, "undefined symbol"))
        return start + "uses a symbol that none of its libraries has: " +
               demangled(cause.substr(cause.rfind(": ") + 2));
    return start +
           (subject == path && colon != std::string::npos ? cause.substr(colon + 2) : cause);
}

// Extension modules of an embedded Python find its functions only if they are global; nobody else is
// in a worker process who could take one for another.
int visibility(Isolation isolation) {
    return isolation == Isolation::kProcess ? RTLD_GLOBAL : RTLD_LOCAL;
}

} // namespace

Library::Library(std::string path, Isolation isolation) : path_(std::move(path)) {
    if (isolation == Isolation::kNamespace) {
        load_into_namespace();
    } else {
        load([&] { return dlopen(path_.c_str(), RTLD_NOW | visibility(isolation)); });
        if (isolation == Isolation::kProcess) prepare_output();
    }
}

void Library::load(const std::function<void*()>& open) {
    const std::string who = "plugin '" + path_ + "'";
    const ForeignCall call(who.c_str(), path_.c_str());
    Trap trap(call);
    // noexcept: what a constructor throws must not be caught by us, but end in the trap as SIGABRT.
    const auto abnormal_end = trap.run([&]() noexcept { handle_ = open(); });
    if (abnormal_end)
        throw LoadError("plugin '" + path_ + "': while it was loaded it " + abnormal_end->text());
    if (handle_ != nullptr) return;
    const char* const error = dlerror();
    const std::string cause = error == nullptr ? "it cannot be loaded" : error;
    if (contains(cause, "static TLS")) throw NoRoomError(explain(path_, cause));
    throw LoadError(explain(path_, cause));
}

void Library::load_into_namespace() {
    prepare_process_for_namespaces();
    const std::string root = make_namespace_root(path_);
    load([&] { return dlmopen(LM_ID_NEWLM, (root.empty() ? path_ : root).c_str(), kMode); });
    prepare_namespace();
    if (root.empty()) keep_thread_keys_apart();
}

void* Library::symbol(const char* name) const { return dlsym(handle_, name); }

void Library::unload() {
    flush_everything();
    flush_ = nullptr;
    flush_cout_ = nullptr;
    dlclose(handle_);
}

void Library::prepare_namespace() {
    notice_exit();
    use_private_environment();
    prepare_output();
}

void Library::prepare_output() {
    use_line_buffering();
    find_cout();
}

void Library::notice_exit() const {
    using OnExit = int (*)(void (*)(int, void*), void*);
    if (const auto on_exit_of_plugin = reinterpret_cast<OnExit>(symbol("on_exit")))
        on_exit_of_plugin(on_exit_in_plugin, nullptr);
}

// The new C library has got our `environ`, which our setenv might reallocate.
void Library::use_private_environment() const {
    auto* const its_environ = static_cast<char***>(symbol("environ"));
    if (its_environ == nullptr || *its_environ == nullptr) return;
    std::size_t count = 0;
    while ((*its_environ)[count] != nullptr) ++count;
    // Never freed: the plugin may use it until the process ends.
    auto* const copy = new char*[count + 1];
    for (std::size_t i = 0; i < count; ++i) copy[i] = strdup((*its_environ)[i]);
    copy[count] = nullptr;
    *its_environ = copy;
}

// What the guard does better: before constructors have made keys.
void Library::keep_thread_keys_apart() const {
    using KeyCreate = int (*)(pthread_key_t*, void (*)(void*));
    const auto create = reinterpret_cast<KeyCreate>(symbol("pthread_key_create"));
    Lmid_t id = LM_ID_BASE;
    if (create == nullptr || dlinfo(handle_, RTLD_DI_LMID, &id) != 0) return;
    const auto first = static_cast<pthread_key_t>(id * batsim_keys_per_namespace);
    for (pthread_key_t key = 0; key + 1 < first;)
        if (create(&key, nullptr) != 0) return;
}

void Library::use_line_buffering() {
    flush_ = reinterpret_cast<int (*)(void*)>(symbol("fflush"));
    auto* const its_stdout = static_cast<void**>(symbol("stdout"));
    if (its_stdout == nullptr || flush_ == nullptr) return;
    stdout_ = *its_stdout;
    using SetBuffer = int (*)(void*, char*, int, std::size_t);
    if (const auto set_buffer = reinterpret_cast<SetBuffer>(symbol("setvbuf")))
        set_buffer(stdout_, nullptr, _IOLBF, BUFSIZ);
}

// C++'s standard output has a buffer of its own if it is not synchronised with C's.
void Library::find_cout() {
    cout_ = static_cast<void**>(symbol("_ZSt4cout"));
    flush_cout_ = reinterpret_cast<void* (*)(void*)>(symbol("_ZNSo5flushEv"));
    if (cout_ == nullptr) flush_cout_ = nullptr;
}

const batsched_vtable_t& vtable_of(const Library& library) {
    return *static_cast<const batsched_vtable_t*>(library.symbol(BATSCHED_VTABLE_SYMBOL));
}

Library load_plugin(const std::string& path, Isolation isolation) {
    check_plugin_file(path);
    Library library(path, isolation);
    check_vtable(library.path(),
                 static_cast<const batsched_vtable_t*>(library.symbol(BATSCHED_VTABLE_SYMBOL)));
    return library;
}

} // namespace batsim
