// worker_process.hpp - the process in which a plugin runs.
#ifndef BATSIM_PLUGIN_WORKER_PROCESS_HPP
#define BATSIM_PLUGIN_WORKER_PROCESS_HPP

#include <sys/types.h>

#include <chrono>
#include <string>

#include "plugin/process/channel.hpp"

namespace batsim {

// A WorkerProcess is a child of the simulator that serves one plugin until it is finalized. It does not
// outlive this object, nor the simulator.
class WorkerProcess {
  public:
    // Forks; no other thread may exist. The worker's first message says if it has loaded the plugin.
    // Throws LoadError.
    WorkerProcess(const std::string& path, const Channel& channel);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    // Whether it has ended; then it is no zombie any more.
    bool is_gone();
    // How it has ended: "called _exit(3)".
    std::string how_it_ended() const;
    // Makes it say where its plugin is and end. Gives what it has said: "it is at easy.so+0x1189", or ""
    // if it had to be killed.
    std::string interrupt();
    // Waits until it has ended, but not for long, then ends it.
    void wait();
    void kill();

  private:
    std::string last_words() const;
    void wait(std::chrono::milliseconds limit);

    ChannelMemory& memory_;
    pid_t id_;
    bool is_gone_ = false;
    int status_ = 0; // as of waitpid
};

} // namespace batsim

#endif
