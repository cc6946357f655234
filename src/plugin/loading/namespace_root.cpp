// namespace_root.cpp - the library that is loaded first into the namespace of a plugin.
#include "plugin/loading/namespace_root.hpp"

#include <elf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include "base/assert.hpp"
#include "base/interruption.hpp"
#include "plugin/loading/guard/guard.h"
#include "plugin/loading/namespace_support.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

namespace {

constexpr unsigned char kGuard[] = {
#include "guard_bytes.inc" // made by the build: the bytes of the guard's shared library
};

// The guard's bytes, to be changed. They are our own, so what is expected is asserted.
class GuardImage {
  public:
    GuardImage() : bytes_(reinterpret_cast<const char*>(kGuard), sizeof kGuard) {}

    // The guard is linked such that its entry point, which a library has no use for, is its data.
    void set_guard(const batsim_guard& guard) {
        std::memcpy(&bytes_[offset_of(read<Elf64_Ehdr>(0).e_entry)], &guard, sizeof guard);
    }

    // Turns its soname, which it has no use for either, into a needed library: the path in its data.
    void need_plugin() {
        const auto guard = read<Elf64_Ehdr>(0).e_entry;
        const auto strings = read<Elf64_Dyn>(dynamic_entry(DT_STRTAB)).d_un.d_ptr;
        const std::size_t place = dynamic_entry(DT_SONAME);
        auto entry = read<Elf64_Dyn>(place);
        entry.d_tag = DT_NEEDED;
        entry.d_un.d_val = guard + offsetof(batsim_guard, plugin) - strings;
        std::memcpy(&bytes_[place], &entry, sizeof entry);
    }

    const std::string& bytes() const { return bytes_; }

  private:
    template <class T>
    T read(std::size_t offset) const {
        BATSIM_ASSERT(offset + sizeof(T) <= bytes_.size());
        T value;
        std::memcpy(&value, &bytes_[offset], sizeof value);
        return value;
    }

    template <class Wanted>
    Elf64_Phdr segment(Wanted&& is_wanted) const {
        const auto header = read<Elf64_Ehdr>(0);
        for (std::size_t i = 0;; ++i) {
            BATSIM_ASSERT(i < header.e_phnum);
            const auto segment = read<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
            if (is_wanted(segment)) return segment;
        }
    }

    std::size_t offset_of(Elf64_Addr address) const {
        const auto found = segment([address](const Elf64_Phdr& segment) {
            return segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
                   address - segment.p_vaddr < segment.p_filesz;
        });
        return found.p_offset + (address - found.p_vaddr);
    }

    std::size_t dynamic_entry(Elf64_Sxword tag) const {
        const auto found =
            segment([](const Elf64_Phdr& segment) { return segment.p_type == PT_DYNAMIC; });
        std::size_t place = found.p_offset;
        while (read<Elf64_Dyn>(place).d_tag != tag) place += sizeof(Elf64_Dyn);
        return place;
    }

    std::string bytes_;
};

unsigned long bits(std::initializer_list<int> signals) {
    unsigned long bits = 0;
    for (const int signal : signals) bits |= 1UL << (signal - 1);
    return bits;
}

bool write_all(int file, const std::string& bytes) {
    for (std::size_t written = 0; written < bytes.size();) {
        const ssize_t count = write(file, &bytes[written], bytes.size() - written);
        if (count <= 0) return false;
        written += static_cast<std::size_t>(count);
    }
    return true;
}

} // namespace

std::string make_namespace_root(const std::string& plugin_path) {
    batsim_guard guard{};
    if (plugin_path.size() >= sizeof guard.plugin) return "";
    const int file = memfd_create("batsim-guard", MFD_CLOEXEC);
    if (file < 0) return "";
    // By the process's number, so that a debugger finds it, too.
    std::string path = "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(file);
    guard.on_end = on_end_in_plugin;
    guard.crash_signals = bits({SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT});
    guard.signals_of_simulator = bits({SIGINT, SIGTERM, internal_signal()});
    guard.free_block = can_hand_back_thread_blocks() ? std::free : nullptr;
    path.copy(guard.root, sizeof guard.root - 1);
    plugin_path.copy(guard.plugin, sizeof guard.plugin - 1);
    GuardImage image;
    image.set_guard(guard);
    image.need_plugin();
    if (write_all(file, image.bytes()) && access(path.c_str(), R_OK) == 0) return path;
    close(file);
    return "";
}

} // namespace batsim
