// plugin_scheduler.cpp - a scheduler instance of a plugin, driven through its vtable.
#include "plugin/scheduler/plugin_scheduler.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "plugin/abi/event_to_c.hpp"
#include "plugin/abi/service_list.hpp"
#include "plugin/abi/status_name.hpp"
#include "plugin/scheduler/services.hpp"
#include "plugin/scheduler/traced_services.hpp"

namespace batsim {

namespace {

// What this version gives.
constexpr std::uint64_t kSupportedFeatures =
    BATSCHED_FEATURE_REGISTRATION | BATSCHED_FEATURE_SHARED_HOSTS | BATSCHED_FEATURE_OBSERVER;

std::string or_else(const char* text, const std::string& otherwise) {
    return text == nullptr ? otherwise : text;
}

} // namespace

PluginScheduler::PluginScheduler(std::unique_ptr<Plugin> plugin, HostViews& hosts,
                                 const WorkloadDirectory& workloads, const Log& log)
    : plugin_(std::move(plugin)),
      hosts_(hosts),
      workloads_(workloads),
      log_(log),
      simulator_(make_services(*this)),
      display_name_(plugin_->name()),
      display_version_(plugin_->version()),
      call_("", plugin_->path().c_str()),
      flush_("", plugin_->path().c_str()) {}

void PluginScheduler::set_who() {
    who_.push_back("scheduler '" + name_ + "' (" + display_name_ + ")");
    call_.set_who(who());
    flush_.set_who(who());
}

// ---- Life cycle ----------------------------------------------------------------------------------

void PluginScheduler::trace_to(TraceSink sink, const std::string& name) {
    trace_ = std::make_unique<SchedulerTrace>(std::move(sink), name);
    untraced_ = std::make_unique<batsched_simulator_t>(simulator_);
    simulator_ = traced(simulator_);
}

void PluginScheduler::init(const InstanceRole& role) {
    name_ = role.name;
    set_who();
    schedulers_ = role.schedulers;
    if (trace_) trace_->set_schedulers(schedulers_);
    partition_ = role.hosts;
    storage_hosts_ = hosts_.storage_hosts();
    const std::string directory = plugin_->directory();
    std::vector<const char*> workloads;
    for (const std::string& workload : role.workloads) workloads.push_back(workload.c_str());
    const HostSet all_hosts = hosts_.compute_hosts();
    const batsched_init_t init{sizeof(batsched_init_t),
                               role.index,
                               role.count,
                               static_cast<std::uint32_t>(workloads.size()),
                               role.name.c_str(),
                               role.config.c_str(),
                               directory.c_str(),
                               role.seed,
                               role.capabilities,
                               role.hosts.view(),
                               workloads.data(),
                               all_hosts.view()};
    batsched_reply_t reply{};
    reply.struct_size = sizeof reply;
    begin_call(Phase::kInit, "sched_init");
    Trap trap(call_, Trap::Watched::kYes);
    const auto end =
        trap.run([&] { returned_ = plugin_->init(simulator_, init, instance_, reply); });
    // Only an instance that sched_init has said is there will be finalized.
    trusted_ = !end && returned_ == BATSCHED_OK && instance_ != nullptr;
    check(end_call(end));
    if (instance_ == nullptr) fail("returned BATSCHED_OK without setting *instance");
    phase_ = Phase::kBetween;
    check_reply(reply);
}

void PluginScheduler::check_reply(const batsched_reply_t& reply) {
    if ((reply.features & ~kSupportedFeatures) != 0)
        fail("asks for a feature that this simulation cannot give (bits " +
             std::to_string(reply.features & ~kSupportedFeatures) + ")");
    set_display_names(reply);
    features_ = reply.features;
    if (trace_) trace_->set_shares_hosts((features_ & BATSCHED_FEATURE_SHARED_HOSTS) != 0);
}

// The pointers may lead anywhere.
void PluginScheduler::set_display_names(const batsched_reply_t& reply) {
    Trap trap(call_);
    const auto end = trap.run([&]() noexcept {
        display_name_ = or_else(reply.display_name, plugin_->name());
        display_version_ = or_else(reply.display_version, plugin_->version());
    });
    if (end) trusted_ = false;
    if (end) fail("has set display_name or display_version to an address that cannot be read");
    if (!is_utf8(display_name_) || !is_utf8(display_version_))
        fail("has set a display_name or display_version that is not UTF-8");
    set_who();
}

std::optional<std::string> PluginScheduler::finalize(batsched_exit_reason_t reason,
                                                     const std::string& message) {
    if (!trusted_) return std::nullopt;
    const batsched_exit_t exit{sizeof(batsched_exit_t), reason, message.c_str()};
    begin_call(Phase::kFinalizing, "sched_finalize");
    Trap trap(call_, Trap::Watched::kYes);
    const auto end = trap.run([&] { plugin_->finalize(instance_, exit); });
    std::optional<std::string> problem = end_call(end);
    if (!problem && !reported_error_.empty()) problem = reported_error_;
    trusted_ = false;
    phase_ = Phase::kGone;
    if (!problem || std::exchange(has_failed_, true)) return std::nullopt;
    return who_.back() + " in sched_finalize: " + *problem;
}

std::optional<std::string> PluginScheduler::late_problem() {
    if (phase_ != Phase::kGone || has_failed_ || !has_broken_contract()) return std::nullopt;
    return who_.back() + " after sched_finalize: " + sticky_why_;
}

// ---- Calls ---------------------------------------------------------------------------------------

void PluginScheduler::begin_call(Phase phase, const char* function) {
    phase_ = phase;
    call_.set_function(function);
    returned_ = BATSCHED_OK;
    reported_error_.clear();
    has_refused_ = false;
}

std::optional<std::string> PluginScheduler::end_call(const std::optional<AbnormalEnd>& end) {
    if (end || plugin_->abnormal_end()) trusted_ = false;
    const bool is_last = !trusted_ || phase_ == Phase::kFinalizing;
    // After a crash the locks of its streams may be held, but exit() has left them in order.
    const bool may_flush = !end || end->exit_status;
    const auto end_of_flush = may_flush ? flush(is_last) : std::nullopt;
    if (end_of_flush) trusted_ = false;
    std::optional<std::string> cause = problem(end);
    if (!cause && end_of_flush) cause = "while its output was written it " + end_of_flush->text();
    return cause;
}

std::optional<AbnormalEnd> PluginScheduler::flush(bool everything) {
    const Phase phase = std::exchange(phase_, Phase::kBetween); // none of its functions runs
    Trap trap(flush_, Trap::Watched::kYes);
    const auto end = trap.run([&]() noexcept {
        if (everything)
            plugin_->flush_everything();
        else
            plugin_->flush_output();
    });
    phase_ = phase;
    return end;
}

// ---- Events --------------------------------------------------------------------------------------

void PluginScheduler::decide(const Batch& batch, Decisions& decisions) {
    const auto begin = std::chrono::steady_clock::now();
    decisions_ = &decisions;
    date_ = batch.date;
    ++batch_count_;
    begin_call(Phase::kEvent, "sched_on_event");
    Trap trap(call_, Trap::Watched::kYes);
    const auto end = trap.run([&] { deliver(batch); });
    decisions_ = nullptr;
    check(end_call(end));
    if (trace_) trace_->check();
    phase_ = Phase::kBetween;
    forget_jobs(batch);
    time_spent_ += std::chrono::steady_clock::now() - begin;
}

void PluginScheduler::deliver(const Batch& batch) {
    for (const Event& event : batch.events) {
        if (is_cancelled(event)) continue;
        scratch_.clear();
        if (!deliver(to_c(event))) return;
    }
    scratch_.clear();
    deliver(decide_event(batch.date));
}

// In this batch.
bool PluginScheduler::is_cancelled(const Event& event) const {
    if (const auto* call = std::get_if<RequestedCall>(&event))
        return !decisions_->is_pending(call->call);
    if (const auto* data = std::get_if<ProbeData>(&event))
        return !decisions_->is_measuring(data->probe);
    return false;
}

bool PluginScheduler::deliver(const batsched_event_t& event) {
    Trap::end_of_call();
    call_.set_function(event_name(event.type), ++event_count_, date_);
    Trap::begin_of_call();
    if (!reported_error_.empty()) reported_error_.clear();
    if (trace_) trace_->event(event);
    returned_ = send(event);
    return returned_ == BATSCHED_OK && !has_broken_contract();
}

batsched_status_t PluginScheduler::send(const batsched_event_t& event) noexcept {
    return plugin_->on_event(instance_, event);
}

batsched_event_t PluginScheduler::to_c(const Event& event) {
    const EventContext context{date_, partition_, storage_hosts_};
    return std::visit(
        [&](const auto& alternative) {
            using Alternative = std::decay_t<decltype(alternative)>;
            if constexpr (std::is_same_v<Alternative, JobCompleted>)
                return event_to_c(alternative, context, view_of(*alternative.job),
                                  progress_of(*alternative.job), usable_hosts(*alternative.job));
            else if constexpr (std::is_same_v<Alternative, JobSubmitted> ||
                               std::is_same_v<Alternative, JobForwarded> ||
                               std::is_same_v<Alternative, JobRejected> ||
                               std::is_same_v<Alternative, JobStarted>)
                return event_to_c(alternative, context, view_of(*alternative.job));
            else if constexpr (std::is_same_v<Alternative, DecisionDropped>)
                return event_to_c(alternative, context,
                                  alternative.job ? &view_of(*alternative.job) : nullptr);
            else
                return event_to_c(alternative, context);
        },
        event);
}

// Valid for the event that is being delivered.
const char* PluginScheduler::progress_of(const JobRecord& job) {
    return job.progress ? scratch_.keep(job.progress->json) : "{}";
}

// Valid for the event that is being delivered.
const HostSet& PluginScheduler::usable_hosts(const JobRecord& job) {
    if (decisions_->are_usable(job.hosts)) return job.hosts; // nothing is copied
    usable_hosts_ = decisions_->usable_among(job.hosts);
    return usable_hosts_;
}

void PluginScheduler::simulation_ends(double date, EndReason reason) {
    date_ = date;
    begin_call(Phase::kEnding, "sched_on_event");
    Trap trap(call_, Trap::Watched::kYes);
    const auto end = trap.run([&] { deliver(end_event(date, reason_to_c(reason))); });
    check(end_call(end));
    if (trace_) trace_->check();
    phase_ = Phase::kBetween;
}

// ---- Jobs ----------------------------------------------------------------------------------------

const batsched_job_t& PluginScheduler::view_of(const JobRecord& record) {
    if (const batsched_job_t* known = jobs_.find(record.id)) return *known;
    return jobs_.emplace(record.id, job_to_c(record, workloads_.name(record.job.workload)));
}

void PluginScheduler::forget_jobs(const Batch& batch) {
    for (const Event& event : batch.events) {
        if (const auto* completed = std::get_if<JobCompleted>(&event))
            jobs_.erase(completed->job->id);
        if (const auto* rejected = std::get_if<JobRejected>(&event)) jobs_.erase(rejected->job->id);
    }
    for (const JobId job : given_up_) jobs_.erase(job);
    given_up_.clear();
}

// ---- Errors --------------------------------------------------------------------------------------

batsched_status_t PluginScheduler::answer(Status status, const char* function,
                                          const std::string& why) {
    const auto result = static_cast<batsched_status_t>(status);
    if (result < 0 && sticky_ == BATSCHED_OK) {
        sticky_ = result;
        sticky_why_ = std::string(function) + ": " + why + " (" + status_name(result) + ")";
    }
    return result;
}

// Nothing but this one member may be touched: the main thread is at work.
batsched_status_t PluginScheduler::refuse(const char* function) {
    called_wrongly_.store(function, std::memory_order_relaxed);
    return BATSCHED_WRONG_STATE;
}

bool PluginScheduler::has_broken_contract() {
    if (const char* function = called_wrongly_.load(std::memory_order_relaxed))
        answer(Status::kWrongState, function, kCalledWrongly);
    return sticky_ != BATSCHED_OK;
}

std::string PluginScheduler::origin() const {
    if (phase_ == Phase::kInit) return who_.back() + " in sched_init";
    return event_count_ > 0 ? who_.back() + " at date " + number_text(date_) : who_.back();
}

std::optional<std::string> PluginScheduler::problem(const std::optional<AbnormalEnd>& end) {
    if (end) return end->text();
    if (plugin_->abnormal_end()) return plugin_->abnormal_end();
    if (has_broken_contract())
        return reported_error_.empty() ? sticky_why_
                                       : sticky_why_ + "; it says: " + reported_error_;
    if (returned_ == BATSCHED_OK) return std::nullopt;
    const std::string status = status_name(returned_);
    if (status.empty() || returned_ > BATSCHED_OK)
        return "returned " + std::to_string(returned_) +
               "; a plugin function returns BATSCHED_OK or a negative status";
    if (reported_error_.empty()) return "returned " + status + " without calling report_error";
    has_refused_ = true;
    return reported_error_ + " (" + status + ")";
}

void PluginScheduler::check(const std::optional<std::string>& problem) {
    if (problem) fail(*problem);
}

void PluginScheduler::fail(const std::string& cause) {
    has_failed_ = true;
    ForeignCall::PlaceRoom room;
    throw PluginError(who_.back() + call_.place(room) + ": " + cause);
}

} // namespace batsim
