// threads.cpp - makes threads that touch thread-local objects, waits for some and leaves others.
#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "guest.hpp"

namespace {

thread_local std::string text;
thread_local std::vector<int> numbers(5000);

std::size_t use_thread_local_objects(int seed) {
    text = std::string(200, static_cast<char>('a' + seed % 26));
    numbers[static_cast<std::size_t>(seed)] = seed;
    try {
        if (seed % 2 == 1) throw std::runtime_error(text);
    } catch (const std::exception& error) {
        return std::string(error.what()).size();
    }
    return text.size();
}

class Threads : public Guest {
  public:
    using Guest::Guest;

  private:
    void work() override {
        std::atomic<std::size_t> sum = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&sum, i] { sum += use_thread_local_objects(i); });
        for (int i = 0; i < 4; ++i)
            std::thread([this, i] {
                left_ += use_thread_local_objects(i) == 200 ? 1 : 0;
            }).detach();
        auto answer = std::async(std::launch::async, use_thread_local_objects, 7);
        for (std::thread& thread : threads) thread.join();
        left_expected_ += 4;
        while (left_ < left_expected_) std::this_thread::yield();
        if (sum + answer.get() != 1000) throw std::runtime_error("a thread has miscalculated");
    }

    std::atomic<int> left_ = 0; // threads left alone that have done their work
    int left_expected_ = 0;
};

} // namespace

BATSCHED_PLUGIN(Threads, "threads", "1.0.0", "Makes threads, in C++");
