// elf_check.cpp - looks into a plugin's file before the dynamic linker does.
#include "plugin/loading/elf_check.hpp"

#include <cstdint>
#include <cstring>

#include "base/error.hpp"
#include "batsched.h"
#include "plugin/abi/growing_struct.hpp"
#include "plugin/elf/elf_image.hpp"

namespace batsim {

namespace {

std::string version_text(std::uint32_t version) {
    return std::to_string(version >> 16) + "." + std::to_string(version & 0xffff);
}

} // namespace

void check_plugin_file(const std::string& path) {
    ElfImage image(path);
    image.check_segments();
    image.check_dynamic();
    image.check_tables();

    // The first two members of batsched_vtable_t are plain numbers, right in the file.
    struct Head {
        std::uint32_t struct_size, abi_version;
    } head;
    const auto bytes = image.find_object(BATSCHED_VTABLE_SYMBOL, sizeof head);
    if (!bytes || bytes->size() < sizeof head)
        throw LoadError("plugin '" + path +
                        "': does not export '" BATSCHED_VTABLE_SYMBOL
                        "'; a scheduler does so with BATSCHED_PLUGIN(...), see batsched.h");
    std::memcpy(&head, bytes->data(), sizeof head);
    if (head.abi_version >> 16 != BATSCHED_ABI_MAJOR)
        throw LoadError("plugin '" + path + "': built for version " +
                        version_text(head.abi_version) + " of batsched.h, this program has " +
                        version_text(BATSCHED_ABI_VERSION) + "; rebuild it");
    constexpr std::size_t kLeast = offsetof(batsched_vtable_t, sched_finalize) + sizeof(void*);
    if (head.struct_size < kLeast || head.struct_size > kLargestStruct)
        throw LoadError("plugin '" + path + "': its vtable is too " +
                        (head.struct_size < kLeast ? "small (" : "large (") +
                        std::to_string(head.struct_size) + " bytes); use BATSCHED_PLUGIN(...)");
}

} // namespace batsim
