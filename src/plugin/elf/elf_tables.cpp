// elf_tables.cpp - checks the tables of a shared library that the dynamic linker reads and trusts.
#include <algorithm>

#include "plugin/elf/elf_image.hpp"

namespace batsim {

namespace {

constexpr std::uint64_t kHighestAddress = std::uint64_t{1} << 46;
constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kWord = sizeof(std::uint64_t);
constexpr std::uint16_t kHiddenVersion = 0x8000;

// Relocations whose addend is an address in the library.
#if defined(__x86_64__)
constexpr std::uint32_t kRelative = R_X86_64_RELATIVE, kIndirect = R_X86_64_IRELATIVE;
constexpr std::uint32_t kLastRelocation = R_X86_64_NUM;
#elif defined(__aarch64__)
constexpr std::uint32_t kRelative = R_AARCH64_RELATIVE, kIndirect = R_AARCH64_IRELATIVE;
constexpr std::uint32_t kLastRelocation = R_AARCH64_IRELATIVE + 1;
#endif

} // namespace

void ElfImage::check_tables() const {
    check_load_segments();
    check_constants();
    check_strings();
    check_symbols();
    check_relocations(DT_RELA, DT_RELASZ);
    check_relocations(DT_JMPREL, DT_PLTRELSZ);
    check_needed_versions();
    check_functions();
}

void ElfImage::check_load_segments() const {
    std::uint64_t end = 0;
    for (const Elf64_Phdr& segment : segments_) {
        if (segment.p_type == PT_DYNAMIC && offset_of(segment.p_vaddr) != segment.p_offset)
            fail("is damaged: its dynamic section is not in memory");
        // What is made read-only after loading must not be the memory of others.
        if (segment.p_type == PT_GNU_RELRO && !is_in_memory(segment.p_vaddr, 1, PF_W))
            fail("is damaged: its read-only data make no sense");
        if ((segment.p_type == PT_GNU_RELRO && segment.p_memsz > room_behind(segment.p_vaddr)) ||
            (segment.p_type == PT_TLS && segment.p_filesz > room_behind(segment.p_vaddr)))
            fail("is damaged: a part of a segment ends behind it");
        if (segment.p_type != PT_LOAD) continue;
        if (segment.p_vaddr < end || segment.p_filesz > segment.p_memsz ||
            segment.p_vaddr > kHighestAddress || segment.p_memsz > kHighestAddress)
            fail("is damaged: its segments make no sense");
        end = segment.p_vaddr + segment.p_memsz;
    }
}

// How many bytes a segment has from there on, its last page included.
std::uint64_t ElfImage::room_behind(std::uint64_t address) const {
    for (const Elf64_Phdr& segment : segments_) {
        const std::uint64_t end = segment.p_vaddr + segment.p_memsz;
        if (segment.p_type == PT_LOAD && address >= segment.p_vaddr && address <= end)
            return (end + kPage - 1) / kPage * kPage - address;
    }
    return 0;
}

// Whether so many bytes are in one segment that has these permissions.
bool ElfImage::is_in_memory(std::uint64_t address, std::uint64_t size, std::uint32_t flags) const {
    for (const Elf64_Phdr& segment : segments_)
        if (segment.p_type == PT_LOAD && (segment.p_flags & flags) == flags &&
            address >= segment.p_vaddr && address - segment.p_vaddr <= segment.p_memsz &&
            size <= segment.p_memsz - (address - segment.p_vaddr))
            return true;
    return false;
}

// Where a table begins in the file; all of it is there. Nothing if there is no such table.
std::optional<std::uint64_t> ElfImage::table(std::int64_t tag, std::uint64_t size) const {
    const auto address = dynamic_value(tag);
    if (!address) return std::nullopt;
    const auto offset = offset_of(*address);
    if (!offset || size > bytes_.size() || *offset > bytes_.size() - size ||
        !is_in_memory(*address, size, PF_R))
        fail("is damaged: a table of its dynamic section is not in the file");
    return offset;
}

// The dynamic linker ends the process if they differ.
void ElfImage::check_constants() const {
    const auto check = [this](std::int64_t tag, std::uint64_t expected) {
        if (dynamic_value(tag).value_or(expected) != expected)
            fail("is damaged: its dynamic section makes no sense");
    };
    check(DT_PLTREL, DT_RELA);
    check(DT_RELAENT, sizeof(Elf64_Rela));
    check(DT_SYMENT, sizeof(Elf64_Sym));
    check(DT_RELRENT, sizeof(Elf64_Relr));
}

void ElfImage::check_strings() const {
    const std::uint64_t size = dynamic_value(DT_STRSZ).value_or(0);
    const auto strings = table(DT_STRTAB, size);
    if (!strings || size == 0 || bytes_[*strings + size - 1] != '\0')
        fail("is damaged: its strings do not end");
    for (const Elf64_Dyn& entry : dynamic_) {
        const bool is_string = entry.d_tag == DT_NEEDED || entry.d_tag == DT_SONAME ||
                               entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH;
        if (is_string && entry.d_un.d_val >= size)
            fail("is damaged: the name of a library is not in the file");
    }
}

void ElfImage::check_symbols() const {
    if (const auto hash = dynamic_value(DT_GNU_HASH)) {
        const auto offset = offset_of(*hash);
        const std::uint32_t buckets = offset ? read<std::uint32_t>(*offset).value_or(0) : 0;
        const std::uint32_t bloom = offset ? read<std::uint32_t>(*offset + 8).value_or(0) : 0;
        if (buckets == 0 || bloom == 0 || (bloom & (bloom - 1)) != 0)
            fail("is damaged: the table of its symbols makes no sense");
    }
    const std::uint64_t count = symbol_count();
    const std::uint64_t strings = dynamic_value(DT_STRSZ).value_or(0);
    const auto symbols = table(DT_SYMTAB, count * sizeof(Elf64_Sym));
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto symbol = *read<Elf64_Sym>(*symbols + i * sizeof(Elf64_Sym));
        const unsigned type = ELF64_ST_TYPE(symbol.st_info);
        const bool has_address =
            symbol.st_shndx != SHN_UNDEF && symbol.st_shndx != SHN_ABS && type != STT_TLS;
        if (symbol.st_name >= strings || (has_address && !is_in_memory(symbol.st_value, 0, 0)) ||
            (type == STT_GNU_IFUNC && has_address && !is_in_memory(symbol.st_value, 1, PF_X)))
            fail("is damaged: a symbol is not in the file");
    }
}

void ElfImage::check_relocations(std::int64_t tag, std::int64_t size_tag) const {
    const std::uint64_t size = dynamic_value(size_tag).value_or(0);
    const auto relocations = table(tag, size);
    if (!relocations) return;
    // So many at the beginning are of this type.
    const std::uint64_t relative_count =
        tag == DT_RELA ? dynamic_value(DT_RELACOUNT).value_or(0) : 0;
    if (relative_count > size / sizeof(Elf64_Rela)) fail("is damaged: it lacks relocations");
    for (std::uint64_t i = 0; i < size / sizeof(Elf64_Rela); ++i) {
        const auto entry = *read<Elf64_Rela>(*relocations + i * sizeof(Elf64_Rela));
        const std::uint32_t type = ELF64_R_TYPE(entry.r_info);
        const std::uint64_t symbol = ELF64_R_SYM(entry.r_info);
        const auto addend = static_cast<std::uint64_t>(entry.r_addend);
        const bool sound = type < kLastRelocation && is_in_memory(entry.r_offset, kWord, PF_W) &&
                           has_symbol(symbol) &&
                           (type != kRelative || is_in_memory(addend, 0, 0)) &&
                           (type != kIndirect || is_in_memory(addend, 1, PF_X));
        if ((type != 0 || i < relative_count) && !sound)
            fail("is damaged: a relocation makes no sense");
    }
}

// The hash table of GNU does not count symbols if all are undefined.
bool ElfImage::has_symbol(std::uint64_t index) const {
    const auto symbols = offset_of(dynamic_value(DT_SYMTAB).value_or(0));
    if (!symbols || index > bytes_.size()) return false;
    const auto symbol = read<Elf64_Sym>(*symbols + index * sizeof(Elf64_Sym));
    return symbol && symbol->st_name < dynamic_value(DT_STRSZ).value_or(0);
}

// Versions of symbols that other libraries must have, and the highest number of one.
void ElfImage::check_needed_versions() const {
    const std::uint64_t strings = dynamic_value(DT_STRSZ).value_or(0);
    std::uint16_t highest = 1;
    const auto needed = table(DT_VERNEED, sizeof(Elf64_Verneed));
    std::uint64_t offset = needed.value_or(0);
    for (std::uint64_t left = needed ? dynamic_value(DT_VERNEEDNUM).value_or(0) : 0; left > 0;
         --left) {
        const auto file = read<Elf64_Verneed>(offset);
        std::uint64_t at = file ? offset + file->vn_aux : 0;
        for (unsigned i = 0; file && i < file->vn_cnt; ++i) {
            const auto version = read<Elf64_Vernaux>(at);
            if (!version || version->vna_name >= strings ||
                (version->vna_next == 0 && i + 1 < file->vn_cnt))
                fail("is damaged: a version of a library is not in the file");
            highest = std::max<std::uint16_t>(highest, version->vna_other & ~kHiddenVersion);
            at += version->vna_next;
        }
        if (!file || file->vn_file >= strings || (file->vn_next == 0) != (left == 1))
            fail("is damaged: the versions of its libraries do not end");
        offset += file->vn_next;
    }
    check_versions_of_symbols(highest);
}

void ElfImage::check_versions_of_symbols(std::uint16_t highest) const {
    if (dynamic_value(DT_VERDEF)) return; // numbers of its own
    const std::uint64_t count = symbol_count();
    const auto versions = table(DT_VERSYM, count * sizeof(Elf64_Half));
    for (std::uint64_t i = 0; versions && i < count; ++i)
        if ((*read<Elf64_Half>(*versions + i * sizeof(Elf64_Half)) & ~kHiddenVersion) > highest)
            fail("is damaged: a symbol has an unknown version");
}

// Those that run when it is loaded.
void ElfImage::check_functions() const {
    table(DT_INIT_ARRAY, dynamic_value(DT_INIT_ARRAYSZ).value_or(0));
    table(DT_FINI_ARRAY, dynamic_value(DT_FINI_ARRAYSZ).value_or(0));
    for (const std::int64_t tag : {DT_INIT, DT_FINI})
        if (const auto address = dynamic_value(tag); address && !is_in_memory(*address, 1, PF_X))
            fail("is damaged: its initialisation is not in the file");
}

} // namespace batsim
