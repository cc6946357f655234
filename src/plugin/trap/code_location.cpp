// code_location.cpp - which library and which function an address of code belongs to.
#include "plugin/trap/code_location.hpp"

#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>

#include <array>
#include <cstdio>
#include <cstring>

#include "base/demangle.hpp"
#include "plugin/elf/symbol_names.hpp"

namespace batsim {

namespace {

constexpr int kMostFrames = 64;

// The first library of the program's own namespace: the program itself.
const link_map* own_program = nullptr;

// Looks no symbol up and takes no lock.
const link_map* library_of(const void* address) {
    dl_find_object found{};
    if (_dl_find_object(const_cast<void*>(address), &found) != 0) return nullptr;
    return found.dlfo_link_map;
}

bool is(const link_map* library, const char* path) {
    return library != nullptr && std::strcmp(library->l_name, path) == 0;
}

const char* file_name(const char* path) {
    const char* slash = std::strrchr(path, '/');
    return slash == nullptr ? path : slash + 1;
}

std::size_t distance(const void* address, const void* base) {
    return static_cast<std::size_t>(static_cast<const char*>(address) -
                                    static_cast<const char*>(base));
}

std::string hexadecimal(std::size_t number) {
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "+0x%zx", number);
    return text.data();
}

bool find(const void* address, Dl_info& info) {
    return address != nullptr && dladdr(address, &info) != 0 && info.dli_fname != nullptr;
}

} // namespace

void prepare_code_locations() {
    own_program = static_cast<const link_map*>(dlopen(nullptr, RTLD_LAZY));
    void* frame = nullptr;
    backtrace(&frame, 1); // the first call loads a library
}

std::string location(const void* address) {
    Dl_info info{};
    if (!find(address, info)) return "";
    const std::size_t offset = distance(address, info.dli_fbase);
    std::string place = file_name(info.dli_fname) + hexadecimal(offset);
    const auto in_function = [&place](const char* name, std::size_t offset_in_it) {
        return place + " (" + demangled(name) + hexadecimal(offset_in_it) + ")";
    };
    if (info.dli_sname != nullptr)
        return in_function(info.dli_sname, distance(address, info.dli_saddr));
    if (const auto function = find_function(info.dli_fname, offset))
        return in_function(function->name.c_str(), function->offset);
    return place;
}

const char* location(const void* address, LocationRoom& room) {
    Dl_info info{};
    room[0] = '\0';
    if (!find(address, info)) return room.data();
    const std::size_t offset = distance(address, info.dli_fbase);
    if (info.dli_sname == nullptr)
        std::snprintf(room.data(), room.size(), "%s+0x%zx", file_name(info.dli_fname), offset);
    else
        std::snprintf(room.data(), room.size(), "%s+0x%zx (%s+0x%zx)", file_name(info.dli_fname),
                      offset, info.dli_sname, distance(address, info.dli_saddr));
    return room.data();
}

bool is_foreign_code(const void* address, const char* library) {
    const link_map* found = library_of(address);
    if (found == nullptr || is(found, library)) return true;
    while (found->l_prev != nullptr) found = found->l_prev;
    return found != own_program;
}

const void* caller_in(const char* library, const void* address) {
    if (is(library_of(address), library)) return nullptr;
    std::array<void*, kMostFrames> frames;
    const int count = backtrace(frames.data(), kMostFrames);
    for (int i = 0; i < count; ++i) {
        // The call itself: what it returns to may be in another function.
        const void* const call = static_cast<const char*>(frames[static_cast<std::size_t>(i)]) - 1;
        if (is(library_of(call), library)) return call;
    }
    return nullptr;
}

} // namespace batsim
