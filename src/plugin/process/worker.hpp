// worker.hpp - what a worker process does: it calls a plugin as the simulator tells it to.
#ifndef BATSIM_PLUGIN_WORKER_HPP
#define BATSIM_PLUGIN_WORKER_HPP

#include <sys/types.h>

#include <string>

#include "plugin/process/channel.hpp"

namespace batsim {

// The whole life of a worker process, right after the fork.
[[noreturn]] void run_worker(const std::string& path, const Channel& channel,
                             pid_t simulator) noexcept;

} // namespace batsim

#endif
