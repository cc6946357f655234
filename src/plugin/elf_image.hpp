// elf_image.hpp - a shared library as bytes, read with every access checked.
#ifndef BATSIM_PLUGIN_ELF_IMAGE_HPP
#define BATSIM_PLUGIN_ELF_IMAGE_HPP

#include <elf.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

    // Bytes of an exported object, at most `size`; nothing if there is no such symbol. Call
    // check_dynamic first.
    std::optional<std::string_view> find_object(std::string_view name, std::size_t size) const;

  private:
    template <class T>
    std::optional<T> read(std::uint64_t offset) const;
    std::optional<std::uint64_t> offset_of(std::uint64_t address) const;
    std::uint64_t symbol_count() const;
    std::uint64_t gnu_hash_symbol_count(std::uint64_t table) const;
    std::optional<std::uint64_t> dynamic_value(std::int64_t tag) const;
    [[noreturn]] void fail(const std::string& cause) const;

    std::string path_;
    std::string_view bytes_; // the file, mapped into memory
    std::vector<Elf64_Phdr> segments_;
    std::vector<Elf64_Dyn> dynamic_;
};

} // namespace batsim

#endif
