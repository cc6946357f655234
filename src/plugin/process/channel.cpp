// channel.cpp - memory that the simulator shares with a worker process, and whose turn it is.
#include "plugin/process/channel.hpp"

#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <new>
#include <utility>

#include "plugin/abi/message.hpp"

namespace batsim {

namespace {

// The process whose turn it is not sleeps and wants to be woken.
constexpr std::uint32_t kSleeps = 0x100;
// Some 30 us. A handover by the kernel takes about 10.
constexpr int kMostSpins = 1500;
constexpr std::uint32_t kLongestPause = 63;
// How long the end of the other process can stay unnoticed.
constexpr std::timespec kLongestSleep{0, 20'000'000};

long futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value,
           const std::timespec* timeout) {
    static_assert(sizeof word == sizeof(std::uint32_t));
    return syscall(SYS_futex, &word, operation, value, timeout, nullptr, 0);
}

void relax() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

bool has_several_cpus() {
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    return sched_getaffinity(0, sizeof cpus, &cpus) != 0 || CPU_COUNT(&cpus) > 1;
}

} // namespace

Channel::Channel() {
    void* address = mmap(nullptr, sizeof(ChannelMemory), PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (address == MAP_FAILED) throw std::bad_alloc();
    memory_ = new (address) ChannelMemory{};
    memory_->turn = static_cast<std::uint32_t>(Turn::kWorker); // it says first if it is ready
}

Channel::~Channel() { munmap(memory_, sizeof(ChannelMemory)); }

void Channel::keep_from_further_processes() const {
    madvise(memory_, sizeof(ChannelMemory), MADV_DONTFORK);
}

ChannelEnd::ChannelEnd(ChannelMemory& memory, Turn mine, std::function<bool()> other_is_gone)
    : memory_(memory),
      mine_(static_cast<std::uint32_t>(mine)),
      others_(static_cast<std::uint32_t>(mine == Turn::kWorker ? Turn::kSimulator : Turn::kWorker)),
      other_is_gone_(std::move(other_is_gone)),
      may_spin_(has_several_cpus()) {}

void ChannelEnd::send(const std::vector<char>& message) {
    std::size_t sent = 0;
    while (true) {
        const std::size_t size = std::min(message.size() - sent, ChannelMemory::kPartSize);
        if (size > 0) std::memcpy(memory_.part, message.data() + sent, size);
        sent += size;
        memory_.part_size = static_cast<std::uint32_t>(size);
        memory_.more = sent < message.size() ? 1 : 0;
        const bool is_last = sent == message.size();
        pass_turn();
        if (is_last) return;
        wait();
    }
}

void ChannelEnd::receive(std::vector<char>& message) {
    message.clear();
    while (true) {
        wait();
        const std::size_t size = memory_.part_size;
        if (size > ChannelMemory::kPartSize) throw BrokenMessage();
        message.insert(message.end(), memory_.part, memory_.part + size);
        if (memory_.more == 0) return;
        pass_turn();
    }
}

bool ChannelEnd::is_mine() const {
    return (memory_.turn.load(std::memory_order_acquire) & ~kSleeps) == mine_;
}

void ChannelEnd::pass_turn() {
    const std::uint32_t before = memory_.turn.exchange(others_, std::memory_order_acq_rel);
    if ((before & kSleeps) != 0) futex(memory_.turn, FUTEX_WAKE, 1, nullptr);
}

void ChannelEnd::wait() {
    if (!spin()) sleep();
}

bool ChannelEnd::spin() {
    if (!may_spin_ || pause_ > 0) {
        pause_ -= std::min(pause_, 1U);
        return is_mine();
    }
    for (int i = 0; i < kMostSpins; ++i) {
        if (is_mine()) {
            next_pause_ = 0;
            return true;
        }
        relax();
    }
    next_pause_ = std::min(2 * next_pause_ + 1, kLongestPause);
    pause_ = next_pause_;
    return false;
}

void ChannelEnd::sleep() {
    while (!is_mine()) {
        std::uint32_t expected = others_;
        const bool is_marked = memory_.turn.compare_exchange_strong(expected, others_ | kSleeps) ||
                               expected == (others_ | kSleeps);
        if (!is_marked && !is_mine()) throw BrokenMessage();
        const bool is_woken =
            !is_marked || futex(memory_.turn, FUTEX_WAIT, others_ | kSleeps, &kLongestSleep) == 0 ||
            errno == EAGAIN;
        // Else time is up, or a signal has come: there may be one every few milliseconds.
        if (!is_woken && !is_mine() && other_is_gone_()) throw OtherEndIsGone();
    }
}

} // namespace batsim
