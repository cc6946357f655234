// call_watch.hpp - notices calls of plugins that do not return.
#ifndef BATSIM_PLUGIN_CALL_WATCH_HPP
#define BATSIM_PLUGIN_CALL_WATCH_HPP

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/log.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

// A CallWatch is a thread that looks now and then whether the same call of a plugin still runs. It
// warns once of a call that takes long, and ends one that takes longer than the limit: the call is
// abandoned as by a crash, or, where that is impossible, the program ends with its rows written. Calls
// cost nothing more, and a plugin's system calls are not interrupted before the limit. Time in which
// the program is stopped, as by a debugger, does not count.
class CallWatch {
  public:
    using Seconds = std::chrono::duration<double>;

    struct Limits {
        Seconds warning{10};
        std::optional<Seconds> end;
    };

    // The log must outlive it.
    CallWatch(const Limits& limits, const Log& log);
    ~CallWatch();
    CallWatch(const CallWatch&) = delete;
    CallWatch& operator=(const CallWatch&) = delete;

  private:
    void run();
    void warn(const RunningCall& call, Seconds age) const;
    void end(const RunningCall& call, Seconds age);
    // False if the watch is to stop.
    bool sleep(Seconds duration);

    Limits limits_;
    const Log& log_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stops_ = false;
    std::thread thread_;
};

} // namespace batsim

#endif
