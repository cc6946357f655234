// simgrid_backend.cpp - executes tasks that share resources with SimGrid.
#include "simgrid/simgrid_backend.hpp"

#include <simgrid/version.h>
#include <xbt/log.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include "base/assert.hpp"
#include "base/error.hpp"
#include "sharing/sharing_backend.hpp"
#include "simgrid/platform_reader.hpp"
#include "simgrid/simgrid_network.hpp"
#include "simgrid/steady_platform.hpp"

namespace batsim {

namespace {

namespace s4u = simgrid::s4u;
using simgrid::kernel::timer::Timer;

// What would go to SimGrid's log is said by our own error messages.
s4u::Engine& make_engine() {
    static const char* arguments[] = {"batsim", "--log=root.thresh:critical", nullptr};
    int count = 2;
    auto* engine = new s4u::Engine(&count, const_cast<char**>(arguments)); // lives for ever
    s4u::Engine::set_config("host/model:ptask_L07");
    // The solver of this model may go round for ever if two flows meet on a link that is not shared and
    // one of them has no latency; between ranks of one host that was the default.
    s4u::Engine::set_config("network/loopback-lat:1e-7");
    return *engine;
}

// What is wrong with a setting is said by an exception, or by the end of the process.
template <class Set>
void apply(const char* option, const std::string& setting, Set&& set) {
    try {
        set(setting);
    } catch (const std::exception& error) {
        const std::string text = error.what();
        throw UsageError(std::string("option ") + option + ": SimGrid does not accept '" + setting +
                         "': " + text.substr(0, text.find('\n')));
    }
}

} // namespace

SimgridBackend::SimgridBackend() : engine_(make_engine()) {
    s4u::Activity::on_completion_cb(
        [this](const s4u::Activity& activity) { on_completion(activity); });
    // With a timer armed, SimGrid handles completions in a further round at the same date before
    // it solves its model again: one solution less for each batch.
    s4u::Engine::on_time_advance_cb([this](double seconds) {
        link_watch_.time_passed(seconds);
        program_watch_.time_passed(seconds);
        if (!tasks_.empty()) Timer::set(s4u::Engine::get_clock(), [] {});
    });
}

void SimgridBackend::configure(const BackendSettings& settings) {
    for (const std::string& message : settings.messages)
        apply("--sg-log", message, [](const auto& text) { xbt_log_control_set(text.c_str()); });
    for (const std::string& value : settings.values) {
        if (value.compare(0, value.find(':'), "host/model") == 0)
            throw UsageError(
                "option --sg-cfg: host/model cannot be changed: parallel tasks need "
                "ptask_L07");
        apply("--sg-cfg", value, [](const auto& text) { s4u::Engine::set_config(text); });
    }
}

std::string SimgridBackend::version() const {
    int major = 0;
    int minor = 0;
    int patch = 0;
    sg_version_get(&major, &minor, &patch);
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

Platform SimgridBackend::load_platform(const std::string& path, const HostRoles& roles) {
    platform_file_ = "platform '" + path + "'";
    Platform platform = read_platform(engine_, path, roles, {hosts_, links_});
    is_steady_ = is_steady(path, hosts_, links_);
    return platform;
}

Backend* SimgridBackend::lean_backend(const Platform& platform) {
    if (!is_steady_) return nullptr;
    engine_.seal_platform(); // makes routes from hosts to themselves
    auto network = std::make_unique<SimgridNetwork>(engine_, hosts_, links_, platform_file_);
    lean_backend_ = std::make_unique<SharingBackend>(platform, std::move(network));
    return lean_backend_.get();
}

void SimgridBackend::make_platform(const Platform& platform) {
    platform_file_ = "platform";
    s4u::NetZone* zone = s4u::create_full_zone("flat");
    for (const Host& host : platform.hosts)
        hosts_.push_back(zone->create_host(host.name, host.pstate_speeds)->seal());
    zone->seal();
}

// ---- Time ----------------------------------------------------------------------------------------

void SimgridBackend::run(Timeline& timeline) {
    timeline_ = &timeline;
    arm();
    engine_.run();
}

void SimgridBackend::arm() {
    const auto date = timeline_->next_date();
    if (timer_ != nullptr && date && *date == timer_date_) return;
    if (timer_ != nullptr) std::exchange(timer_, nullptr)->remove();
    if (!date) return;
    timer_date_ = *date;
    timer_ = Timer::set(std::max(*date, s4u::Engine::get_clock()), [this] {
        timer_ = nullptr;
        // Tasks that end at this date will wake us; what is due is then handled together with them.
        if (awake_ || has_ending_task()) return;
        if (has_program())
            wake_after_ranks();
        else
            handle_date();
    });
}

// SimGrid lets ranks go on after timers: their program may end at this date, as tasks do. An actor that
// is made now runs together with them.
void SimgridBackend::wake_after_ranks() {
    s4u::Actor::create("wake", hosts_.front(), [this] { wake(); });
}

void SimgridBackend::wake() {
    if (std::exchange(awake_, true)) return;
    Timer::set(s4u::Engine::get_clock(), [this] { handle_date(); });
}

// Whether a task has done all its work at this date, which SimGrid has not reported yet.
bool SimgridBackend::has_ending_task() const {
    return std::any_of(tasks_.begin(), tasks_.end(), [](const auto& entry) {
        return entry.second->exec && entry.second->exec->get_remaining_ratio() <= 0;
    });
}

bool SimgridBackend::has_program() const {
    return std::any_of(tasks_.begin(), tasks_.end(),
                       [](const auto& entry) { return entry.second->program != nullptr; });
}

// SimGrid adds up time steps, so that its clock may miss the date of a timer by a rounding error.
// What is due then happens at the date that was asked for.
double SimgridBackend::date_of_this_round() const {
    const double clock = s4u::Engine::get_clock();
    const auto due = timeline_->next_date();
    return due && *due <= clock ? *due : clock;
}

void SimgridBackend::handle_date() {
    awake_ = false;
    over_.clear();
    over_.swap(dying_);
    std::vector<TaskId> ended = std::exchange(ended_, {});
    std::sort(ended.begin(), ended.end());
    for (const TaskId id : ended) {
        const auto found = tasks_.find(id);
        over_.push_back(std::move(found->second));
        tasks_.erase(found);
    }
    timeline_->advance(date_of_this_round(), ended);
    for (const TaskId id : ended) program_watch_.ends(id);
    arm();
}

// ---- Tasks ---------------------------------------------------------------------------------------

// Throws InputError if a rank sends to another one to which there is no route.
void SimgridBackend::check_routes(const ParallelTask& work) {
    if (!routes_) routes_ = std::make_unique<Routes>(engine_);
    const std::size_t count = work.hosts.size();
    for (std::size_t i = 0; i < work.bytes.size(); ++i) {
        const s4u::Host* from = hosts_[work.hosts[i / count]];
        const s4u::Host* to = hosts_[work.hosts[i % count]];
        if (work.bytes[i] > 0 && routes_->is_missing(from, to))
            throw InputError(platform_file_, "",
                             "there is no route from host '" + from->get_name() + "' to '" +
                                 to->get_name() + "', between which a job communicates");
    }
}

std::vector<s4u::Host*> SimgridBackend::hosts_of(const std::vector<HostId>& ids) const {
    std::vector<s4u::Host*> hosts;
    hosts.reserve(ids.size());
    for (const HostId id : ids) hosts.push_back(hosts_[id]);
    return hosts;
}

void SimgridBackend::start(TaskId id, BackendTask work) {
    auto task = std::make_unique<Task>();
    task->id = id;
    std::visit([&](const auto& alternative) { start(*task, alternative); }, work);
    tasks_.emplace(id, std::move(task));
}

void SimgridBackend::start(Task& task, const ParallelTask& work) {
    check_routes(work);
    task.exec = s4u::Exec::init();
    task.exec->set_flops_amounts(work.flops);
    task.exec->set_bytes_amounts(work.bytes);
    task.exec->set_hosts(hosts_of(work.hosts));
    task.exec->set_data(&task);
    try {
        task.exec->start();
    } catch (const std::exception& error) {
        throw InputError(platform_file_, "", error.what()); // no route between zones
    }
    if (!work.flops.empty()) program_watch_.task_begins(task.id, work, task.exec);
}

void SimgridBackend::start(Task& task, const MpiTask& work) {
    task.program =
        std::make_unique<MpiProgram>("program" + std::to_string(task.id), hosts_of(work.hosts),
                                     work.traces, [this, id = task.id] { end(id); });
    program_watch_.program_begins(task.id, work.hosts, hosts_);
}

void SimgridBackend::end(TaskId id) {
    ended_.push_back(id);
    wake();
}

void SimgridBackend::set_pstate(HostId host, std::size_t pstate) {
    hosts_[host]->set_pstate(pstate);
}

// ---- Rates ---------------------------------------------------------------------------------------

// SimGrid shares resources when it looks for its next date, which changes nothing else.
void SimgridBackend::update_rates() {
    for (auto* model : engine_.get_all_models())
        model->next_occurring_event(s4u::Engine::get_clock());
}

double SimgridBackend::computing_rate(HostId host) const { return hosts_[host]->get_load(); }

std::optional<double> SimgridBackend::link_load(LinkId id) const {
    const s4u::Link& link = *links_[id];
    if (!link.is_on()) return std::nullopt;
    return std::min(link.get_usage() / link.get_bandwidth(), 1.0);
}

void SimgridBackend::watch_links(const std::vector<LinkId>& links) {
    for (const LinkId id : links) link_watch_.watch(id, links_[id]);
}

// ---- Tasks' ends ---------------------------------------------------------------------------------

void SimgridBackend::on_completion(const s4u::Activity& activity) {
    const auto* task = activity.get_data<Task>();
    if (task == nullptr || task->cancelled) return;
    if (activity.get_state() == s4u::Activity::State::FINISHED) end(task->id);
}

// Of several tasks that end at a date, the engine may ask for those whose end it has not handled yet.
double SimgridBackend::remaining(TaskId id) const {
    const auto found = tasks_.find(id);
    if (found == tasks_.end()) {
        BATSIM_ASSERT(std::any_of(over_.begin(), over_.end(),
                                  [id](const auto& task) { return task->id == id; }));
        return 0;
    }
    return found->second->exec ? found->second->exec->get_remaining_ratio() : NAN;
}

void SimgridBackend::cancel(TaskId id) {
    const auto found = tasks_.find(id);
    BATSIM_ASSERT(found != tasks_.end());
    program_watch_.ends(id);
    std::unique_ptr<Task> task = std::move(found->second);
    tasks_.erase(found);
    ended_.erase(std::remove(ended_.begin(), ended_.end(), id), ended_.end());
    task->cancelled = true;
    if (task->exec) {
        task->exec->suspend(); // gives its share of the resources back at once, unlike cancel()
        task->exec->cancel();
    } else {
        task->program->kill();
    }
    dying_.push_back(std::move(task));
    wake();
}

} // namespace batsim

extern "C" __attribute__((visibility("default"))) batsim::PlatformBackend* batsim_open_backend() {
    static auto* backend = new batsim::SimgridBackend; // lives for ever
    return backend;
}
