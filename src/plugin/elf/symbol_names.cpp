// symbol_names.cpp - names of functions that a library does not export.
#include "plugin/elf/symbol_names.hpp"

#include "base/error.hpp"
#include "plugin/elf/elf_image.hpp"

namespace batsim {

std::optional<FunctionPlace> find_function(const std::string& path, std::uint64_t address) {
    try {
        ElfImage image(path);
        image.check_segments();
        const auto function = image.function_at(address);
        if (!function) return std::nullopt;
        return FunctionPlace{std::string(function->first), address - function->second};
    } catch (const LoadError&) {
        return std::nullopt; // it has changed since it was loaded
    }
}

} // namespace batsim
