// conversation.hpp - a simulator and a plugin that talk over a channel, for tests.
#ifndef BATSIM_TEST_UNIT_PLUGIN_CONVERSATION_HPP
#define BATSIM_TEST_UNIT_PLUGIN_CONVERSATION_HPP

#include <cmath>
#include <functional>
#include <thread>
#include <vector>

#include "plugin/process/remote_simulator.hpp"
#include "plugin/process/service_server.hpp"
#include "plugin/process/structs_in_messages.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

using Sim = const batsched_simulator_t*;
inline constexpr batsched_status_t kOk = BATSCHED_OK;

// A conversation between this thread, which has the plugin, and another one with the simulator.
class Conversation {
  public:
    Conversation() {
        install_crash_handlers(); // this is the main thread
        simulator_.data = &simulator_;
    }

    batsched_simulator_t& simulator() { return simulator_; }

    // Runs `plugin` with its simulator, which it calls as inside sched_init.
    void run(const std::function<void(Sim)>& plugin) {
        run_with_remote([&](RemoteSimulator& remote) {
            MessageWriter writer;
            const batsched_init_t init{};
            carry_init(writer, init);
            std::vector<char> bytes = writer.bytes();
            MessageReader reader(bytes);
            remote.begin_init(reader);
            plugin(&remote.c_api());
        });
    }
    void run_with_remote(const std::function<void(RemoteSimulator&)>& body) {
        std::thread simulator([&] { serve_until_it_returns(); });
        ChannelEnd end(channel_.memory(), Turn::kWorker, [] { return false; });
        RemoteSimulator remote(end);
        body(remote);
        MessageWriter last;
        last.plain(MessageKind::kReturned);
        end.send(last.bytes());
        simulator.join();
    }

  private:
    void serve_until_it_returns() {
        ChannelEnd end(channel_.memory(), Turn::kSimulator, [] { return false; });
        std::vector<char> received;
        while (true) {
            end.receive(received);
            MessageReader reader(received);
            if (reader.plain<MessageKind>() == MessageKind::kReturned) return;
            MessageWriter answer;
            serve(reader, simulator_, answer);
            end.send(answer.bytes());
        }
    }

    Channel channel_;
    batsched_simulator_t simulator_{};
};

inline const batsched_interval_t kIntervals[] = {{1, 2}, {4, 7}};
inline const batsched_host_set_t kHosts{kIntervals, 2};

inline bool are_the_hosts(batsched_host_set_t set) {
    return set.count == 2 && set.intervals[0].last == 2 && set.intervals[1].first == 4;
}

inline batsched_job_t make_job(batsched_job_id_t id) {
    batsched_job_t job{};
    job.struct_size = sizeof job;
    job.id = id;
    job.name = "w0!a";
    job.workload = "w0";
    job.profile = "w0!p";
    job.walltime = INFINITY;
    return job;
}

} // namespace batsim

#endif
