// channel.hpp - memory that the simulator shares with a worker process, and whose turn it is.
#ifndef BATSIM_PLUGIN_CHANNEL_HPP
#define BATSIM_PLUGIN_CHANNEL_HPP

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace batsim {

// The process at the other end of a channel has ended.
struct OtherEndIsGone {};

// Which process may write to the memory. As the simulator and its plugin call each other like
// functions, exactly one of them runs at any time, and the other waits.
enum class Turn : std::uint32_t { kSimulator = 1, kWorker = 2 };

// What lies in the shared memory. The worker's plugin can write anywhere into it: the simulator
// believes nothing that it reads here without a check.
struct ChannelMemory {
    static constexpr std::size_t kPartSize = std::size_t{64} * 1024;
    static constexpr std::size_t kLastWordsSize = 1024;

    // These, and a small message, are one cache line: it goes to the other CPU in one step.
    alignas(64) std::atomic<std::uint32_t> turn; // a Turn, and whether the other one sleeps
    std::uint32_t part_size;                     // of the message in `part`
    std::uint32_t more;                          // 1 if further parts follow
    char part[kPartSize];
    // What a signal handler of the worker says before it ends the process.
    char last_words[kLastWordsSize];
};

// A Channel is shared memory that processes forked off later have too, until it is kept private.
class Channel {
  public:
    // Throws std::bad_alloc.
    Channel();
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    ChannelMemory& memory() const { return *memory_; }
    // Processes forked off from now on do not have it.
    void keep_from_further_processes() const;

  private:
    ChannelMemory* memory_;
};

// A ChannelEnd sends and receives messages for one of the two processes. It waits by spinning for a
// while, if there is a second CPU and if that has helped lately, and then sleeps.
class ChannelEnd {
  public:
    // other_is_gone() is asked every 20 ms while it waits.
    ChannelEnd(ChannelMemory& memory, Turn mine, std::function<bool()> other_is_gone);

    // Hands a message over; call it only if it is this end's turn. Throws OtherEndIsGone.
    void send(const std::vector<char>& message);
    // Waits for a message. Throws OtherEndIsGone or BrokenMessage.
    void receive(std::vector<char>& message);

  private:
    bool is_mine() const;
    void pass_turn();
    void wait();
    bool spin();
    void sleep();

    ChannelMemory& memory_;
    std::uint32_t mine_, others_;
    std::function<bool()> other_is_gone_;
    bool may_spin_;
    // After spinning in vain, so many times it does not spin at all, twice as many each time.
    std::uint32_t next_pause_ = 0, pause_ = 0;
};

} // namespace batsim

#endif
