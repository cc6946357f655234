// page_table.hpp - values by number, for numbers that come in ascending order and go in any order.
#ifndef BATSIM_BASE_PAGE_TABLE_HPP
#define BATSIM_BASE_PAGE_TABLE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/assert.hpp"

namespace batsim {

// A PageTable maps numbers to values with stable addresses. Access takes constant time; memory is
// that of the pages in which something lives, plus 8 bytes for each page that ever was.
template <class T>
class PageTable {
  public:
    // The number must not be in use.
    template <class... Args>
    T& emplace(std::uint64_t number, Args&&... args) {
        const std::size_t page_index = number / kPageSize;
        if (page_index >= pages_.size()) pages_.resize(page_index + 1);
        auto& page = pages_[page_index];
        if (!page) page = std::make_unique<Page>();
        auto& slot = page->slots[number % kPageSize];
        BATSIM_ASSERT(!slot);
        slot.emplace(std::forward<Args>(args)...);
        ++page->used;
        ++size_;
        return *slot;
    }

    T* find(std::uint64_t number) {
        const std::size_t page_index = number / kPageSize;
        if (page_index >= pages_.size() || !pages_[page_index]) return nullptr;
        auto& slot = pages_[page_index]->slots[number % kPageSize];
        return slot ? &*slot : nullptr;
    }
    const T* find(std::uint64_t number) const { return const_cast<PageTable*>(this)->find(number); }

    // The number must be in use.
    void erase(std::uint64_t number) {
        T* value = find(number);
        BATSIM_ASSERT(value != nullptr);
        auto& page = pages_[number / kPageSize];
        page->slots[number % kPageSize].reset();
        --size_;
        if (--page->used == 0) page.reset();
    }

    std::size_t size() const { return size_; }

    // Calls visit(number, value) in ascending order of the numbers.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (std::size_t p = 0; p < pages_.size(); ++p) {
            if (!pages_[p]) continue;
            for (std::size_t s = 0; s < kPageSize; ++s)
                if (const auto& slot = pages_[p]->slots[s]; slot) visit(p * kPageSize + s, *slot);
        }
    }

  private:
    static constexpr std::size_t kPageSize = 64;
    struct Page {
        std::array<std::optional<T>, kPageSize> slots;
        std::size_t used = 0;
    };

    std::vector<std::unique_ptr<Page>> pages_;
    std::size_t size_ = 0;
};

} // namespace batsim

#endif
