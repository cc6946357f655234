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

// A PageTable maps numbers to values with stable addresses. The numbers come in two runs, from 0 and
// from kSecondRun on. Access takes constant time; memory is that of the pages in which something
// lives, plus 8 bytes for each page that ever was.
template <class T>
class PageTable {
  public:
    static constexpr std::uint64_t kSecondRun = std::uint64_t{1} << 32;

    // The number must not be in use.
    template <class... Args>
    T& emplace(std::uint64_t number, Args&&... args) {
        auto& page = make_page(number);
        auto& slot = page.slots[number % kPageSize];
        BATSIM_ASSERT(!slot);
        slot.emplace(std::forward<Args>(args)...);
        ++page.used;
        ++size_;
        return *slot;
    }

    T* find(std::uint64_t number) {
        const PagePtr* page = find_page(number);
        if (page == nullptr || !*page) return nullptr;
        auto& slot = (*page)->slots[number % kPageSize];
        return slot ? &*slot : nullptr;
    }
    const T* find(std::uint64_t number) const { return const_cast<PageTable*>(this)->find(number); }

    // The number must be in use.
    void erase(std::uint64_t number) {
        BATSIM_ASSERT(find(number) != nullptr);
        PagePtr& page = *find_page(number);
        page->slots[number % kPageSize].reset();
        --size_;
        if (--page->used == 0) page.reset();
    }

    std::size_t size() const { return size_; }

    // Calls visit(number, value) in ascending order of the numbers.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (std::size_t run = 0; run < runs_.size(); ++run)
            for (std::size_t p = 0; p < runs_[run].size(); ++p)
                if (const PagePtr& page = runs_[run][p])
                    visit_page(*page, run * kSecondRun + p * kPageSize, visit);
    }

  private:
    static constexpr std::size_t kPageSize = 64;
    struct Page {
        std::array<std::optional<T>, kPageSize> slots;
        std::size_t used = 0;
    };
    using PagePtr = std::unique_ptr<Page>;

    template <class Visit>
    static void visit_page(const Page& page, std::uint64_t first, Visit& visit) {
        for (std::size_t s = 0; s < kPageSize; ++s)
            if (const auto& slot = page.slots[s]) visit(first + s, *slot);
    }
    // The place of the page of this number, or nullptr if there was never one.
    PagePtr* find_page(std::uint64_t number) {
        const std::uint64_t run = number / kSecondRun;
        const std::uint64_t index = number % kSecondRun / kPageSize;
        return run < runs_.size() && index < runs_[run].size() ? &runs_[run][index] : nullptr;
    }
    Page& make_page(std::uint64_t number) {
        const std::uint64_t run = number / kSecondRun;
        const std::uint64_t index = number % kSecondRun / kPageSize;
        BATSIM_ASSERT(run < runs_.size());
        auto& pages = runs_[run];
        if (index >= pages.size()) pages.resize(index + 1);
        if (!pages[index]) pages[index] = std::make_unique<Page>();
        return *pages[index];
    }

    std::array<std::vector<PagePtr>, 2> runs_;
    std::size_t size_ = 0;
};

} // namespace batsim

#endif
