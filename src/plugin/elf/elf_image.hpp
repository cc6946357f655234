// elf_image.hpp - a shared library as bytes, read with every access checked.
#ifndef BATSIM_PLUGIN_ELF_IMAGE_HPP
#define BATSIM_PLUGIN_ELF_IMAGE_HPP

#include <elf.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace batsim {

// An ElfImage is the content of a file that should be a 64-bit shared library of this machine.
// Functions that check throw LoadError with the path and the cause.
class ElfImage {
  public:
    explicit ElfImage(const std::string& path);
    ~ElfImage();
    ElfImage(const ElfImage&) = delete;
    ElfImage& operator=(const ElfImage&) = delete;

    // The header, the program headers and that all segments are inside the file.
    void check_segments();
    // The dynamic section; call check_segments first.
    void check_dynamic();

    // The tables in it, so far as the dynamic linker does not check them itself; call check_dynamic
    // first. A damaged file may pass.
    void check_tables() const;

    // Bytes of an exported object, at most `size`; nothing if there is no such symbol. Call
    // check_dynamic first.
    std::optional<std::string_view> find_object(std::string_view name, std::size_t size) const;

    // Name and address of the function that an address is in, from the table of all symbols, which
    // files that are stripped do not have.
    std::optional<std::pair<std::string_view, std::uint64_t>> function_at(
        std::uint64_t address) const;

  private:
    std::string_view text_at(std::uint64_t offset) const;
    template <class T>
    std::optional<T> read(std::uint64_t offset) const;
    std::optional<std::uint64_t> offset_of(std::uint64_t address) const;
    std::uint64_t symbol_count() const;
    std::uint64_t gnu_hash_symbol_count(std::uint64_t table) const;
    std::optional<std::uint64_t> dynamic_value(std::int64_t tag) const;
    void check_load_segments() const;
    void check_constants() const;
    std::uint64_t room_behind(std::uint64_t address) const;
    void check_strings() const;
    void check_symbols() const;
    void check_relocations(std::int64_t tag, std::int64_t size_tag) const;
    void check_needed_versions() const;
    void check_versions_of_symbols(std::uint16_t highest) const;
    void check_functions() const;
    bool is_in_memory(std::uint64_t address, std::uint64_t size, std::uint32_t flags) const;
    bool has_symbol(std::uint64_t index) const;
    std::optional<std::uint64_t> table(std::int64_t tag, std::uint64_t size) const;
    [[noreturn]] void fail(const std::string& cause) const;

    std::string path_;
    std::string_view bytes_; // the file, mapped into memory
    std::vector<Elf64_Phdr> segments_;
    std::vector<Elf64_Dyn> dynamic_;
};

template <class T>
std::optional<T> ElfImage::read(std::uint64_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes_.data() + offset, sizeof(T));
    return value;
}

} // namespace batsim

#endif
