// remote_simulator.cpp - the simulator as a plugin in a worker process sees it.
#include "plugin/process/remote_simulator.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include "plugin/process/structs_in_messages.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

// ---- Calls ---------------------------------------------------------------------------------------

template <std::size_t Index, class Function>
struct Stub;

// A function of the simulator or of an extension.
template <std::size_t Index, class Result, class... Args>
struct Stub<Index, Result (*)(const batsched_simulator_t*, Args...)> {
    static Result call(const batsched_simulator_t* sim, Args... args) noexcept {
        const batsched_status_t status = RemoteSimulator::in_call(
            sim, Index, [&](RemoteSimulator& self) { return self.call(Index, args...); });
        if constexpr (std::is_same_v<Result, batsched_status_t>) return status;
        if constexpr (std::is_pointer_v<Result>) return nullptr;
    }
};

namespace {

template <std::size_t Index, class Table, class Function>
void set_stub(Table& table, Function Table::*member) {
    table.*member = Stub<Index, Function>::call;
}

constexpr std::size_t index_of(std::string_view name) {
    std::size_t index = 0, found = kServiceCount;
    std::apply(
        [&](const auto&... entry) { ((found = entry.name == name ? index : found, ++index), ...); },
        kServices);
    return found;
}

template <std::size_t... Indices>
constexpr std::array<const char*, kServiceCount> names(std::index_sequence<Indices...>) {
    return {std::get<Indices>(kServices).name...};
}
constexpr auto kNames = names(std::make_index_sequence<kServiceCount>());

constexpr std::size_t kGetExtension = index_of("get_extension");
constexpr std::size_t kForwardJob = index_of("forward_job");
constexpr std::size_t kGetHost = index_of("get_host");
constexpr std::size_t kRejectJob = index_of("reject_job");
constexpr std::size_t kKillJobs = index_of("kill_jobs");

} // namespace

template <std::size_t... Indices>
void RemoteSimulator::set_stubs(std::index_sequence<Indices...>) {
    (set_stub<Indices>(
         std::get<typename std::tuple_element_t<Indices, decltype(kServices)>::Table>(tables_),
         std::get<Indices>(kServices).member),
     ...);
}

RemoteSimulator::RemoteSimulator(ChannelEnd& channel) : channel_(channel) {
    std::apply([](auto&... table) { ((table.struct_size = sizeof table), ...); }, tables_);
    set_stubs(std::make_index_sequence<kServiceCount>());
    auto& simulator = std::get<batsched_simulator_t>(tables_);
    simulator.abi_version = BATSCHED_ABI_VERSION;
    simulator.data = this;
    simulator.get_extension = get_extension;
    simulator.get_host = get_host;
    simulator.reject_job = reject_job;
    simulator.kill_jobs = kill_jobs;
    std::get<batsched_transfer_t>(tables_).forward_job = forward_job;
}

template <class Body>
batsched_status_t RemoteSimulator::in_call(Sim sim, std::size_t function, Body&& body) noexcept {
    if (!is_main_thread() || Service::is_running()) return of(sim).refuse(function);
    const Service service(kNames[function]);
    RemoteSimulator& self = of(sim);
    return self.phase_ == Phase::kBetween ? self.refuse(function) : body(self);
}

// Nothing but this one member may be touched: the main thread is at work.
batsched_status_t RemoteSimulator::refuse(std::size_t function) {
    called_wrongly_ = kNames[function];
    return BATSCHED_WRONG_STATE;
}

std::string RemoteSimulator::problem() const {
    if (const char* function = called_wrongly_)
        return std::string(function) + ": " + kCalledWrongly + " (WRONG_STATE)";
    if (without_memory_ != nullptr)
        return std::string(without_memory_) + ": " + kNoMemory + " (INVALID_ARGUMENT)";
    return "";
}

template <class... Args>
batsched_status_t RemoteSimulator::call(std::size_t function, Args... args) {
    try {
        request_.clear();
        request_.plain(MessageKind::kCall);
        request_.plain(std::uint64_t{function});
        (write(args), ...);
    } catch (const std::bad_alloc&) {
        without_memory_ = kNames[function];
        return BATSCHED_INVALID_ARGUMENT;
    }
    channel_.send(request_.bytes());
    channel_.receive(answer_);
    MessageReader answer(answer_);
    static_cast<void>(answer.plain<MessageKind>());
    const auto status = answer.plain<batsched_status_t>();
    if (status == BATSCHED_OK) (read(answer, args), ...);
    return status;
}

// ---- Functions that are more than a message ------------------------------------------------------

// The tables are here; the simulator is asked whether the call is in order.
const void* RemoteSimulator::get_extension(Sim sim, const char* name) noexcept {
    const batsched_status_t status = in_call(
        sim, kGetExtension, [&](RemoteSimulator& self) { return self.call(kGetExtension, name); });
    if (status != BATSCHED_OK || name == nullptr) return nullptr;
    const auto& [simulator, transfer, lending] = of(sim).tables_;
    if (std::strcmp(name, BATSCHED_TRANSFER) == 0) return &transfer;
    return std::strcmp(name, BATSCHED_LENDING) == 0 ? &lending : nullptr;
}

// The hosts do not change, so what is known need not be asked for again.
batsched_status_t RemoteSimulator::get_host(Sim sim, batsched_host_id_t host,
                                            const batsched_host_t** out) noexcept {
    return in_call(sim, kGetHost, [&](RemoteSimulator& self) {
        const bool is_allowed = self.phase_ != Phase::kOther && out != nullptr;
        const KnownHost* known = is_allowed ? self.hosts_.find(host) : nullptr;
        if (known == nullptr) return self.call(kGetHost, host, out);
        *out = &known->view;
        return batsched_status_t{BATSCHED_OK};
    });
}

batsched_status_t RemoteSimulator::reject_job(Sim sim, batsched_job_id_t job,
                                              const char* reason) noexcept {
    return in_call(sim, kRejectJob, [&](RemoteSimulator& self) {
        const batsched_status_t status = self.call(kRejectJob, job, reason);
        if (status == BATSCHED_OK && !self.observes_) self.ending_jobs_.push_back(job);
        return status;
    });
}

batsched_status_t RemoteSimulator::kill_jobs(Sim sim, const batsched_job_id_t* jobs,
                                             std::size_t count) noexcept {
    return in_call(sim, kKillJobs, [&](RemoteSimulator& self) {
        return self.call(kKillJobs, JobList{jobs, count});
    });
}

batsched_status_t RemoteSimulator::forward_job(Sim sim, batsched_job_id_t job,
                                               std::uint32_t to) noexcept {
    return in_call(sim, kForwardJob, [&](RemoteSimulator& self) {
        const batsched_status_t status = self.call(kForwardJob, job, to);
        if (status == BATSCHED_OK && !self.observes_) self.ending_jobs_.push_back(job);
        return status;
    });
}

// ---- Arguments -----------------------------------------------------------------------------------

template <class T>
void RemoteSimulator::write(T value) {
    request_.plain(value);
}
void RemoteSimulator::write(const char* text) { request_.text(text); }
void RemoteSimulator::write(batsched_host_set_t hosts) { write_hosts(request_, hosts); }
void RemoteSimulator::write(const batsched_execution_t* how) { write_argument(request_, how); }
void RemoteSimulator::write(const batsched_new_job_t* job) { write_argument(request_, job); }
void RemoteSimulator::write(const batsched_probe_t* probe) { write_argument(request_, probe); }

// A list that is too long is for the simulator to refuse.
void RemoteSimulator::write(JobList list) {
    request_.plain(list);
    request_.array(list.jobs, list.count > kMostJobs ? 0 : list.count);
}

void RemoteSimulator::write(batsched_host_status_t* out) {
    request_.plain(std::uint64_t{out != nullptr});
    if (out != nullptr) request_.plain(out->struct_size);
}

void RemoteSimulator::write(batsched_peer_t* out) {
    request_.plain(std::uint64_t{out != nullptr});
    if (out != nullptr) request_.plain(out->struct_size);
}

template <class T>
void RemoteSimulator::write(T* out) {
    request_.plain(std::uint64_t{out != nullptr});
}

// ---- Results -------------------------------------------------------------------------------------

void RemoteSimulator::read(MessageReader& answer, double* out) {
    if (out != nullptr) answer.plain(*out);
}

void RemoteSimulator::read(MessageReader& answer, std::uint32_t* out) {
    if (out != nullptr) answer.plain(*out);
}

void RemoteSimulator::read(MessageReader& answer, std::uint64_t* out) {
    if (out != nullptr) answer.plain(*out);
}

void RemoteSimulator::read(MessageReader& answer, const char** out) {
    if (out == nullptr) return;
    answer.text(*out);
    lend_answer();
}

// As much as the simulator has written.
void RemoteSimulator::read(MessageReader& answer, batsched_host_status_t* out) {
    if (out == nullptr) return;
    const auto status = answer.plain<batsched_host_status_t>();
    std::memcpy(out, &status, std::min<std::size_t>(status.struct_size, sizeof status));
}

void RemoteSimulator::read(MessageReader& answer, batsched_peer_t* out) {
    if (out == nullptr) return;
    batsched_peer_t peer;
    carry_peer(answer, peer);
    std::memcpy(out, &peer, std::min<std::size_t>(peer.struct_size, sizeof peer));
    lend_answer();
}

void RemoteSimulator::read(MessageReader& answer, batsched_peer_hosts_t* out) {
    if (out == nullptr) return;
    carry_peer_hosts(answer, *out);
    lend_answer();
}

void RemoteSimulator::read(MessageReader& answer, batsched_job_history_t* out) {
    if (out == nullptr) return;
    answer.array(out->moves, out->count);
    lend_answer();
}

void RemoteSimulator::read(MessageReader& answer, const batsched_job_t** out) {
    if (out == nullptr) return;
    batsched_job_t job;
    carry_job(answer, job);
    *out = &known(job);
}

void RemoteSimulator::read(MessageReader& answer, const batsched_profile_t** out) {
    if (out == nullptr) return;
    batsched_profile_t& profile = lent_profiles_.emplace_back();
    carry_profile(answer, profile);
    *out = &profile;
    lend_answer();
}

void RemoteSimulator::read(MessageReader& answer, const batsched_host_t** out) {
    if (out == nullptr) return;
    batsched_host_t view;
    carry_host(answer, view);
    *out = &hosts_.emplace(view.id, KnownHost{view, std::move(answer_)}).view;
}

// ---- Calls of the plugin -------------------------------------------------------------------------

void RemoteSimulator::forget_loans() {
    if (!lent_messages_.empty()) lent_messages_.clear();
    if (!lent_profiles_.empty()) lent_profiles_.clear();
}

batsched_init_t RemoteSimulator::begin_init(MessageReader& message) {
    batsched_init_t init;
    carry_init(message, init);
    phase_ = Phase::kInit;
    return init;
}

batsched_event_t RemoteSimulator::begin_event(MessageReader& message) {
    forget_loans();
    batsched_event_t event;
    carry_event_alone(message, event);
    const batsched_job_t** job = job_of(event);
    if (job != nullptr && *job != nullptr) {
        batsched_job_t view;
        carry_job(message, view);
        *job = &known(view);
        if (event.type == BATSCHED_EVENT_JOB_COMPLETED || event.type == BATSCHED_EVENT_JOB_REJECTED)
            ending_jobs_.push_back(view.id);
    }
    phase_ = event.type == BATSCHED_EVENT_SIMULATION_ENDS ? Phase::kOther : Phase::kEvent;
    return event;
}

void RemoteSimulator::end_event(const batsched_event_t& event) {
    phase_ = Phase::kBetween;
    if (event.type != BATSCHED_EVENT_DECIDE) return;
    for (const batsched_job_id_t job : ending_jobs_)
        if (jobs_.find(job) != nullptr) jobs_.erase(job);
    ending_jobs_.clear();
}

batsched_exit_t RemoteSimulator::begin_finalize(MessageReader& message) {
    forget_loans();
    batsched_exit_t exit;
    carry_exit(message, exit);
    phase_ = Phase::kOther;
    return exit;
}

const batsched_job_t& RemoteSimulator::known(const batsched_job_t& job) {
    if (const KnownJob* known = jobs_.find(job.id)) return known->view;
    KnownJob& known = jobs_.emplace(job.id, KnownJob{job, job.name, job.workload, job.profile});
    known.view.name = known.name.c_str();
    known.view.workload = known.workload.c_str();
    known.view.profile = known.profile.c_str();
    return known.view;
}

} // namespace batsim
