// calendar.hpp - what is due when.
#ifndef BATSIM_ENGINE_CALENDAR_HPP
#define BATSIM_ENGINE_CALENDAR_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/assert.hpp"

namespace batsim {

// A Calendar holds entries with dates, from which the earliest is taken and any can be removed, in
// O(log n). Entries of equal dates come in no particular, but always the same order.
template <class Entry>
class Calendar {
  public:
    using Handle = std::uint32_t; // valid until its entry is taken or removed

    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    // The earliest date; the calendar must not be empty.
    double next_date() const { return heap_.front().date; }

    Handle add(double date, Entry entry) {
        const Handle handle = new_slot(std::move(entry));
        heap_.push_back({date, handle});
        rise(heap_.size() - 1);
        return handle;
    }

    // Takes the earliest entry.
    Entry take() {
        BATSIM_ASSERT(!heap_.empty());
        return remove(heap_.front().slot);
    }

    Entry remove(Handle handle) {
        const std::size_t position = slots_[handle].position;
        BATSIM_ASSERT(position < heap_.size() && heap_[position].slot == handle);
        const Item last = heap_.back();
        heap_.pop_back();
        if (position < heap_.size()) {
            place(position, last);
            rise(position);
            sink(slots_[last.slot].position);
        }
        free_slots_.push_back(handle);
        return std::move(slots_[handle].entry);
    }

  private:
    struct Item {
        double date;
        Handle slot;
    };
    struct Slot {
        std::size_t position;
        Entry entry;
    };
    // A heap of four children a node: fewer levels than a binary one, the same comparisons.
    static constexpr std::size_t kChildren = 4;

    Handle new_slot(Entry entry) {
        if (free_slots_.empty()) {
            slots_.push_back({heap_.size(), std::move(entry)});
            return static_cast<Handle>(slots_.size() - 1);
        }
        const Handle handle = free_slots_.back();
        free_slots_.pop_back();
        slots_[handle] = {heap_.size(), std::move(entry)};
        return handle;
    }

    void place(std::size_t position, Item item) {
        heap_[position] = item;
        slots_[item.slot].position = position;
    }

    void rise(std::size_t position) {
        const Item item = heap_[position];
        while (position > 0) {
            const std::size_t parent = (position - 1) / kChildren;
            if (heap_[parent].date <= item.date) break;
            place(position, heap_[parent]);
            position = parent;
        }
        place(position, item);
    }

    void sink(std::size_t position) {
        const Item item = heap_[position];
        while (true) {
            const std::size_t first = position * kChildren + 1;
            if (first >= heap_.size()) break;
            std::size_t least = first;
            for (std::size_t c = first + 1; c < first + kChildren && c < heap_.size(); ++c)
                if (heap_[c].date < heap_[least].date) least = c;
            if (item.date <= heap_[least].date) break;
            place(position, heap_[least]);
            position = least;
        }
        place(position, item);
    }

    std::vector<Item> heap_;
    std::vector<Slot> slots_;
    std::vector<Handle> free_slots_;
};

} // namespace batsim

#endif
