// shared_text.cpp - a short text in memory that child processes share.
#include "check/shared_text.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace batsim {

namespace {

constexpr std::size_t kSize = 4096;

} // namespace

SharedText::SharedText() {
    void* page = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) throw std::bad_alloc();
    page_ = static_cast<char*>(page);
}

SharedText::~SharedText() { munmap(page_, kSize); }

void SharedText::set(std::string_view text) {
    const std::size_t count = std::min(text.size(), kSize - 1);
    std::memcpy(page_, text.data(), count);
    page_[count] = '\0';
}

std::size_t SharedText::size() const { return strnlen(page_, kSize); }

} // namespace batsim
