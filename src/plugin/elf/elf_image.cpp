// elf_image.cpp - a shared library as bytes, read with every access checked.
#include "plugin/elf/elf_image.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace batsim {

namespace {

#if defined(__x86_64__)
constexpr Elf64_Half kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half kMachine = EM_AARCH64;
#else
#error "unknown machine: add its EM_ constant"
#endif

constexpr std::uint64_t kMostSymbols = 10'000'000;

// A file descriptor that is closed with its scope.
class OpenFile {
  public:
    // O_NONBLOCK: a pipe without a writer must not keep us waiting.
    explicit OpenFile(const std::string& path)
        : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~OpenFile() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

} // namespace

ElfImage::ElfImage(const std::string& path) : path_(path) {
    const OpenFile file(path);
    if (file.descriptor() < 0) fail(std::strerror(errno));
    struct stat status {};
    fstat(file.descriptor(), &status);
    if (S_ISDIR(status.st_mode)) fail("is a directory, not a shared library");
    if (!S_ISREG(status.st_mode)) fail("is not a regular file");
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) return;
    void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
    if (data == MAP_FAILED) fail(std::strerror(errno));
    bytes_ = {static_cast<const char*>(data), size};
}

ElfImage::~ElfImage() {
    if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

void ElfImage::fail(const std::string& cause) const {
    throw LoadError("plugin '" + path_ + "': " + cause);
}

void ElfImage::check_segments() {
    if (bytes_.empty()) fail("is an empty file");
    if (bytes_.size() < SELFMAG || std::memcmp(bytes_.data(), ELFMAG, SELFMAG) != 0)
        fail("is not a shared library (no ELF header)");
    const auto header = read<Elf64_Ehdr>(0);
    if (!header) fail("is cut off within its ELF header");
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB ||
        header->e_machine != kMachine)
        fail("is built for another kind of machine");
    if (header->e_type != ET_DYN)
        fail(header->e_type == ET_REL ? "is an object file; link it with -shared"
                                      : "is not a shared library; link it with -shared");
    for (std::uint64_t i = 0; i < header->e_phnum; ++i) {
        const auto segment = read<Elf64_Phdr>(header->e_phoff + i * sizeof(Elf64_Phdr));
        if (!segment) fail("is cut off or damaged: its program headers are not in the file");
        const bool inside = segment->p_offset <= bytes_.size() &&
                            segment->p_filesz <= bytes_.size() - segment->p_offset;
        if ((segment->p_type == PT_LOAD || segment->p_type == PT_DYNAMIC) && !inside)
            fail("is cut off or damaged: a segment ends behind the end of the file");
        segments_.push_back(*segment);
    }
}

void ElfImage::check_dynamic() {
    for (const Elf64_Phdr& segment : segments_) {
        if (segment.p_type != PT_DYNAMIC) continue;
        for (std::uint64_t i = 0; i < segment.p_filesz / sizeof(Elf64_Dyn); ++i) {
            const auto entry = read<Elf64_Dyn>(segment.p_offset + i * sizeof(Elf64_Dyn));
            if (!entry || entry->d_tag == DT_NULL) break;
            dynamic_.push_back(*entry);
        }
    }
    if (dynamic_.empty()) fail("is damaged or not a shared library: it has no dynamic section");
    const auto flags = dynamic_value(DT_FLAGS_1);
    if (flags && (*flags & DF_1_PIE) != 0)
        fail("is an executable, not a shared library; link it with -shared");
    for (const std::int64_t tag : {DT_STRTAB, DT_SYMTAB}) {
        const auto address = dynamic_value(tag);
        if (!address || !offset_of(*address)) fail("is damaged: its symbols are not in the file");
    }
}

std::optional<std::uint64_t> ElfImage::dynamic_value(std::int64_t tag) const {
    for (const Elf64_Dyn& entry : dynamic_)
        if (entry.d_tag == tag) return entry.d_un.d_val;
    return std::nullopt;
}

std::optional<std::uint64_t> ElfImage::offset_of(std::uint64_t address) const {
    for (const Elf64_Phdr& segment : segments_)
        if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
            address - segment.p_vaddr < segment.p_filesz)
            return segment.p_offset + (address - segment.p_vaddr);
    return std::nullopt;
}

// The GNU hash table says where the last chain ends, which is behind the last symbol.
std::uint64_t ElfImage::gnu_hash_symbol_count(std::uint64_t table) const {
    const auto bucket_count = read<std::uint32_t>(table);
    const auto first_symbol = read<std::uint32_t>(table + 4);
    const auto bloom_size = read<std::uint32_t>(table + 8);
    if (!bucket_count || !first_symbol || !bloom_size) return 0;
    const std::uint64_t buckets = table + 16 + std::uint64_t{*bloom_size} * 8;
    const std::uint64_t chains = buckets + std::uint64_t{*bucket_count} * 4;
    std::uint64_t last = 0;
    for (std::uint64_t i = 0; i < *bucket_count; ++i) {
        const auto symbol = read<std::uint32_t>(buckets + i * 4);
        if (!symbol) return 0;
        last = std::max<std::uint64_t>(last, *symbol);
    }
    if (last < *first_symbol) return *first_symbol;
    for (; last < kMostSymbols; ++last) {
        const auto hash = read<std::uint32_t>(chains + (last - *first_symbol) * 4);
        if (!hash) return 0;
        if ((*hash & 1) != 0) return last + 1;
    }
    return 0;
}

std::uint64_t ElfImage::symbol_count() const {
    if (const auto table = dynamic_value(DT_GNU_HASH))
        if (const auto offset = offset_of(*table)) return gnu_hash_symbol_count(*offset);
    if (const auto table = dynamic_value(DT_HASH))
        if (const auto offset = offset_of(*table))
            return read<std::uint32_t>(*offset + 4).value_or(0);
    return 0;
}

std::optional<std::string_view> ElfImage::find_object(std::string_view name,
                                                      std::size_t size) const {
    const auto symbols = offset_of(dynamic_value(DT_SYMTAB).value_or(0));
    const auto strings = offset_of(dynamic_value(DT_STRTAB).value_or(0));
    if (!symbols || !strings) return std::nullopt;
    const std::uint64_t count = symbol_count();
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto symbol = read<Elf64_Sym>(*symbols + i * sizeof(Elf64_Sym));
        if (!symbol) return std::nullopt;
        const std::uint64_t text = *strings + symbol->st_name;
        if (symbol->st_shndx == SHN_UNDEF || text >= bytes_.size() ||
            bytes_.size() - text <= name.size() ||
            std::memcmp(bytes_.data() + text, name.data(), name.size()) != 0 ||
            bytes_[text + name.size()] != '\0')
            continue;
        const auto offset = offset_of(symbol->st_value);
        if (!offset || *offset >= bytes_.size()) return std::nullopt;
        return std::string_view(bytes_.data() + *offset, std::min(size, bytes_.size() - *offset));
    }
    return std::nullopt;
}

// Up to the NUL or the end of the file.
std::string_view ElfImage::text_at(std::uint64_t offset) const {
    if (offset >= bytes_.size()) return "";
    const std::string_view rest = bytes_.substr(offset);
    return rest.substr(0, rest.find('\0'));
}

std::optional<std::pair<std::string_view, std::uint64_t>> ElfImage::function_at(
    std::uint64_t address) const {
    const auto header = read<Elf64_Ehdr>(0);
    const auto section = [&](std::uint64_t index) {
        return read<Elf64_Shdr>(header->e_shoff + index * sizeof(Elf64_Shdr));
    };
    for (std::uint64_t i = 0; header && i < header->e_shnum; ++i) {
        const auto table = section(i);
        if (!table || table->sh_type != SHT_SYMTAB) continue;
        const auto strings = section(table->sh_link);
        for (std::uint64_t at = 0; strings && at < table->sh_size; at += sizeof(Elf64_Sym)) {
            const auto symbol = read<Elf64_Sym>(table->sh_offset + at);
            if (!symbol) break;
            if (ELF64_ST_TYPE(symbol->st_info) == STT_FUNC && address >= symbol->st_value &&
                address - symbol->st_value < symbol->st_size)
                return std::pair(text_at(strings->sh_offset + symbol->st_name), symbol->st_value);
        }
    }
    return std::nullopt;
}

} // namespace batsim
