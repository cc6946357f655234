// loaded_objects.cpp - what the dynamic linker knows of a loaded plugin.
#include "plugin/elf/loaded_objects.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/demangle.hpp"

namespace batsim {

namespace {

const link_map* map_of(const void* address) {
    Dl_info info{};
    void* map = nullptr;
    if (dladdr1(address, &info, &map, RTLD_DL_LINKMAP) == 0) return nullptr;
    return static_cast<const link_map*>(map);
}

// The dynamic linker has made its value an address, or nullptr if there is no such entry.
template <class T>
const T* table(const link_map& map, std::int64_t tag) {
    for (const ElfW(Dyn)* entry = map.l_ld; entry->d_tag != DT_NULL; ++entry)
        if (entry->d_tag == tag) return reinterpret_cast<const T*>(entry->d_un.d_ptr);
    return nullptr;
}

// The GNU hash table has all exported symbols, in chains that end with an odd hash.
std::size_t symbol_count(const std::uint32_t* hash) {
    const std::uint32_t bucket_count = hash[0], first = hash[1], bloom_words = hash[2];
    const std::uint32_t* buckets = hash + 4 + std::size_t{bloom_words} * 2;
    const std::uint32_t* chains = buckets + bucket_count;
    const std::uint32_t last = *std::max_element(buckets, buckets + bucket_count);
    if (last < first) return 0;
    std::size_t symbol = last;
    while ((chains[symbol - first] & 1) == 0) ++symbol;
    return symbol + 1;
}

bool is_exported(const ElfW(Sym) & symbol) {
    return symbol.st_shndx != SHN_UNDEF && ELF64_ST_BIND(symbol.st_info) == STB_GLOBAL;
}

// Old linkers export these from every library.
bool is_made_by_the_linker(const char* name) {
    for (const char* made : {"_init", "_fini", "_edata", "_end", "__bss_start"})
        if (std::strcmp(name, made) == 0) return true;
    return false;
}

} // namespace

std::vector<std::string> exported_names(const void* address_in_library) {
    const link_map* map = map_of(address_in_library);
    if (map == nullptr) return {};
    const auto* hash = table<std::uint32_t>(*map, DT_GNU_HASH);
    const auto* symbols = table<ElfW(Sym)>(*map, DT_SYMTAB);
    const auto* text = table<char>(*map, DT_STRTAB);
    if (hash == nullptr || symbols == nullptr || text == nullptr || hash[0] == 0) return {};
    std::vector<std::string> names;
    const std::size_t count = symbol_count(hash);
    for (std::size_t i = 0; i < count; ++i) {
        const char* name = text + symbols[i].st_name;
        if (is_exported(symbols[i]) && !is_made_by_the_linker(name))
            names.push_back(demangled(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> libraries_beside(const void* address_in_library) {
    const link_map* map = map_of(address_in_library);
    if (map == nullptr) return {};
    while (map->l_prev != nullptr) map = map->l_prev;
    std::vector<std::string> paths;
    for (; map != nullptr; map = map->l_next) paths.emplace_back(map->l_name);
    return paths;
}

} // namespace batsim
