// foreign_call.hpp - what a plugin is being asked to do, for messages about its untimely end.
#ifndef BATSIM_PLUGIN_FOREIGN_CALL_HPP
#define BATSIM_PLUGIN_FOREIGN_CALL_HPP

#include <array>
#include <atomic>
#include <cstdint>

namespace batsim {

// A ForeignCall says which function of whom runs inside a trap. The main thread writes it; signal
// handlers and the thread of CallWatch read it, hence the atomic members.
class ForeignCall {
  public:
    // `who` begins messages: "scheduler 's0' (easy)". `library` is the path of the plugin, "" if it
    // is none. The texts must outlive whatever reads them.
    explicit ForeignCall(const char* who, const char* library = "")
        : who_(who), library_(library) {}

    void set_who(const char* who) { store(who_, who); }
    // What is called: a function of the plugin, or, with a number from 1, sched_on_event for an event
    // of this name at that simulated date.
    void set_function(const char* name, std::uint64_t event_number = 0, double date = 0) {
        store(function_, name);
        store(event_number_, event_number);
        store(date_, date);
    }

    const char* who() const { return who_.load(std::memory_order_relaxed); }
    const char* library() const { return library_; }

    // " at date 190 in JOB_SUBMITTED (event 4)", " in sched_init" or "". Async-signal-safe.
    using PlaceRoom = std::array<char, 160>;
    const char* place(PlaceRoom& room) const;

  private:
    template <class T>
    static void store(std::atomic<T>& member, T value) {
        member.store(value, std::memory_order_relaxed);
    }

    std::atomic<const char*> who_;
    const char* library_;
    std::atomic<const char*> function_{nullptr};
    std::atomic<std::uint64_t> event_number_{0};
    std::atomic<double> date_{0};
};

} // namespace batsim

#endif
