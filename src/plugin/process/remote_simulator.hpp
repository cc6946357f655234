// remote_simulator.hpp - the simulator as a plugin in a worker process sees it.
#ifndef BATSIM_PLUGIN_REMOTE_SIMULATOR_HPP
#define BATSIM_PLUGIN_REMOTE_SIMULATOR_HPP

#include <atomic>
#include <cstdint>
#include <deque>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/page_table.hpp"
#include "batsched.h"
#include "batsched/transfer.h"
#include "plugin/abi/message.hpp"
#include "plugin/abi/service_list.hpp"
#include "plugin/process/channel.hpp"

namespace batsim {

// A RemoteSimulator has functions that ask the simulator at the other end of the channel, and keeps
// what the plugin gets pointers to for as long as batsched.h promises.
class RemoteSimulator {
  public:
    // The main thread calls the plugin.
    explicit RemoteSimulator(ChannelEnd& channel);
    ~RemoteSimulator() = default;
    RemoteSimulator(const RemoteSimulator&) = delete;
    RemoteSimulator& operator=(const RemoteSimulator&) = delete;

    // The plugin's simulator.
    const batsched_simulator_t& c_api() const { return std::get<batsched_simulator_t>(tables_); }

    // The plugin's function that the message is about begins; what was lent before is forgotten. What
    // is read is valid as long as the message.
    batsched_init_t begin_init(MessageReader& message);
    batsched_event_t begin_event(MessageReader& message);
    batsched_exit_t begin_finalize(MessageReader& message);
    // It has returned; of jobs that are no longer valid nothing is kept.
    void end_init(std::uint64_t features) {
        phase_ = Phase::kBetween;
        observes_ = (features & BATSCHED_FEATURE_OBSERVER) != 0;
    }
    void end_event(const batsched_event_t& event);
    void end_finalize() { phase_ = Phase::kBetween; }

    // Of how many jobs the plugin has views.
    std::size_t known_job_count() const { return jobs_.size(); }

    // What was wrong with a call that the simulator does not hear of, or "": it was made by another
    // thread, by a signal handler inside another function, or while no function of the plugin runs; or
    // there was not enough memory for it.
    std::string problem() const;

  private:
    template <std::size_t Index, class Function>
    friend struct Stub;
    using Sim = const batsched_simulator_t*;

    struct KnownJob {
        batsched_job_t view;
        std::string name, workload, profile;
    };
    struct KnownHost {
        batsched_host_t view;
        std::vector<char> message; // with what the view points to
    };
    enum class Phase { kBetween, kInit, kEvent, kOther };

    static RemoteSimulator& of(Sim sim) { return *static_cast<RemoteSimulator*>(sim->data); }
    // Runs a function of the simulator if it may be called now. A crash in it, as a rule by a bad pointer
    // among the arguments, is the plugin's.
    template <class Body>
    static batsched_status_t in_call(Sim sim, std::size_t function, Body&& body) noexcept;
    batsched_status_t refuse(std::size_t function);
    template <class... Args>
    batsched_status_t call(std::size_t function, Args... args);

    template <std::size_t... Indices>
    void set_stubs(std::index_sequence<Indices...>);
    // Functions that are more than a message.
    static const void* get_extension(Sim sim, const char* name) noexcept;
    static batsched_status_t get_host(Sim sim, batsched_host_id_t host,
                                      const batsched_host_t** out) noexcept;
    static batsched_status_t reject_job(Sim sim, batsched_job_id_t job,
                                        const char* reason) noexcept;
    static batsched_status_t kill_jobs(Sim sim, const batsched_job_id_t* jobs,
                                       std::size_t count) noexcept;
    static batsched_status_t forward_job(Sim sim, batsched_job_id_t job, std::uint32_t to) noexcept;

    // Writes an argument of a call.
    template <class T>
    void write(T value);
    void write(const char* text);
    void write(batsched_host_set_t hosts);
    void write(JobList list);
    void write(const batsched_execution_t* how);
    void write(const batsched_new_job_t* job);
    void write(const batsched_probe_t* probe);
    void write(batsched_host_status_t* out);
    void write(batsched_peer_t* out);
    template <class T>
    void write(T* out);

    // Puts a result where the plugin wants it, if it does; inputs have none.
    template <class T>
    void read(MessageReader&, const T&) {}
    void read(MessageReader& answer, double* out);
    void read(MessageReader& answer, std::uint32_t* out);
    void read(MessageReader& answer, std::uint64_t* out);
    void read(MessageReader& answer, const char** out);
    void read(MessageReader& answer, batsched_host_status_t* out);
    void read(MessageReader& answer, batsched_peer_t* out);
    void read(MessageReader& answer, batsched_peer_hosts_t* out);
    void read(MessageReader& answer, batsched_job_history_t* out);
    void read(MessageReader& answer, const batsched_job_t** out);
    void read(MessageReader& answer, const batsched_profile_t** out);
    void read(MessageReader& answer, const batsched_host_t** out);

    // The plugin's view of this job, made if the plugin does not know it yet.
    const batsched_job_t& known(const batsched_job_t& job);
    // Keeps what the answer holds until the plugin's function returns.
    void lend_answer() { lent_messages_.push_back(std::move(answer_)); }
    void forget_loans();

    ChannelEnd& channel_;
    std::tuple<batsched_simulator_t, batsched_transfer_t, batsched_lending_t> tables_;
    std::atomic<const char*> called_wrongly_{nullptr};
    const char* without_memory_ = nullptr; // the function that was called
    Phase phase_ = Phase::kBetween;
    bool observes_ = false; // still sees jobs that it has rejected or handed on

    MessageWriter request_;
    std::vector<char> answer_;
    std::deque<std::vector<char>> lent_messages_; // until the plugin's function returns
    std::deque<batsched_profile_t> lent_profiles_;
    PageTable<KnownJob> jobs_;
    std::vector<batsched_job_id_t> ending_jobs_; // after the next DECIDE
    PageTable<KnownHost> hosts_;
};

} // namespace batsim

#endif
