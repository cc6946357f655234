// service_list.hpp - the functions of batsched_simulator_t and of extensions by number, for messages.
#ifndef BATSIM_PLUGIN_SERVICE_LIST_HPP
#define BATSIM_PLUGIN_SERVICE_LIST_HPP

#include <cstddef>
#include <cstdint>
#include <tuple>

#include "batsched.h"
#include "batsched/transfer.h"

namespace batsim {

// What a message is about. The worker gets the calls of its plugin's functions and the answers to
// its own calls.
enum class MessageKind : std::uint64_t {
    kInit,
    kEvent,
    kFinalize,
    kAnswer,
    kLoaded,      // from here on what the worker sends
    kNotLoaded,   // with the reason
    kCall,        // of a function of the simulator
    kReturned,    // the plugin's function has
    kAbnormalEnd, // it has not; the worker ends
};

// Table: batsched_simulator_t, or what get_extension gives.
template <class TheTable, class Function>
struct ServiceEntry {
    using Table = TheTable;
    const char* name;
    Function Table::*member;
};
template <class Table, class Function>
ServiceEntry(const char*, Function Table::*) -> ServiceEntry<Table, Function>;

// The name of the extension with this table.
template <class Table>
inline constexpr const char* kExtensionName = nullptr;
template <>
inline constexpr const char* kExtensionName<batsched_transfer_t> = BATSCHED_TRANSFER;
template <>
inline constexpr const char* kExtensionName<batsched_lending_t> = BATSCHED_LENDING;

inline constexpr std::tuple kServices{
    ServiceEntry{"log", &batsched_simulator_t::log},
    ServiceEntry{"report_error", &batsched_simulator_t::report_error},
    ServiceEntry{"get_extension", &batsched_simulator_t::get_extension},
    ServiceEntry{"get_job", &batsched_simulator_t::get_job},
    ServiceEntry{"get_job_extra", &batsched_simulator_t::get_job_extra},
    ServiceEntry{"get_profile", &batsched_simulator_t::get_profile},
    ServiceEntry{"get_host", &batsched_simulator_t::get_host},
    ServiceEntry{"get_host_status", &batsched_simulator_t::get_host_status},
    ServiceEntry{"estimate_run_time", &batsched_simulator_t::estimate_run_time},
    ServiceEntry{"execute_job", &batsched_simulator_t::execute_job},
    ServiceEntry{"reject_job", &batsched_simulator_t::reject_job},
    ServiceEntry{"kill_jobs", &batsched_simulator_t::kill_jobs},
    ServiceEntry{"annotate_job", &batsched_simulator_t::annotate_job},
    ServiceEntry{"register_profile", &batsched_simulator_t::register_profile},
    ServiceEntry{"release_profile", &batsched_simulator_t::release_profile},
    ServiceEntry{"register_job", &batsched_simulator_t::register_job},
    ServiceEntry{"finish_registration", &batsched_simulator_t::finish_registration},
    ServiceEntry{"call_me_later", &batsched_simulator_t::call_me_later},
    ServiceEntry{"cancel_call", &batsched_simulator_t::cancel_call},
    ServiceEntry{"set_pstate", &batsched_simulator_t::set_pstate},
    ServiceEntry{"set_host_state", &batsched_simulator_t::set_host_state},
    ServiceEntry{"create_probe", &batsched_simulator_t::create_probe},
    ServiceEntry{"stop_probe", &batsched_simulator_t::stop_probe},
    ServiceEntry{"delay_decisions", &batsched_simulator_t::delay_decisions},
    ServiceEntry{"stop_simulation", &batsched_simulator_t::stop_simulation},
    ServiceEntry{"find_scheduler", &batsched_transfer_t::find_scheduler},
    ServiceEntry{"get_scheduler", &batsched_transfer_t::get_scheduler},
    ServiceEntry{"get_scheduler_hosts", &batsched_transfer_t::get_scheduler_hosts},
    ServiceEntry{"get_job_history", &batsched_transfer_t::get_job_history},
    ServiceEntry{"forward_job", &batsched_transfer_t::forward_job},
    ServiceEntry{"lend_hosts", &batsched_lending_t::lend_hosts},
    ServiceEntry{"return_hosts", &batsched_lending_t::return_hosts},
    ServiceEntry{"take_hosts", &batsched_lending_t::take_hosts},
};
inline constexpr std::size_t kServiceCount = std::tuple_size_v<decltype(kServices)>;

// What is wrong with calls that cannot be carried out where they are made.
inline constexpr const char* kNoMemory = "there is not enough memory for what was asked";
inline constexpr const char* kCalledWrongly =
    "was called by another thread, or by a signal handler inside another function of the "
    "simulator; call "
    "it only inside sched_init, sched_on_event and sched_finalize, in their thread";

// In one call of kill_jobs.
inline constexpr std::size_t kMostJobs = std::size_t{1} << 32;
// The jobs of kill_jobs, whose pointer and count are one thing.
struct JobList {
    const batsched_job_id_t* jobs;
    std::size_t count;
};

} // namespace batsim

#endif
