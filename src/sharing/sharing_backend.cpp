// sharing_backend.cpp - executes parallel tasks that share hosts and links.
#include "sharing/sharing_backend.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <variant>

#include "base/assert.hpp"

namespace batsim {

namespace {

// As in SimGrid, latencies and work are over when no more than this is left of them.
constexpr double kRestOfLatency = 1e-9; // s
constexpr double kRestOfWork = 1e-14;   // of 1

// Tasks that do the same, each with others of its own, end at one date; dates that differ by rounding
// errors would make two of it.
double with_rounding(double date) {
    constexpr double kLastDigits = 4 * std::numeric_limits<double>::epsilon();
    return date + std::abs(date) * kLastDigits;
}

double without_rest(double left) { return left < kRestOfWork ? 0 : left; }

} // namespace

SharingBackend::SharingBackend(const Platform& platform, std::unique_ptr<Network> network)
    : network_(std::move(network)), demand_maker_(platform.hosts.size(), network_.get()) {
    for (const Host& host : platform.hosts) {
        const double speed = host.pstate_speeds[host.initial_pstate];
        hosts_.push_back({host.pstate_speeds, static_cast<double>(host.core_count), speed});
        shares_.add_resource(speed * hosts_.back().cores, true);
    }
    know_new_links();
}

void SharingBackend::know_new_links() {
    if (!network_) return;
    for (auto link = shares_.resource_count() - hosts_.size(); link < network_->link_count();
         ++link) {
        const NetworkLink properties = network_->link(static_cast<NetworkLinkId>(link));
        shares_.add_resource(properties.bandwidth, properties.is_divided);
    }
}

// ---- Time ----------------------------------------------------------------------------------------

void SharingBackend::run(Timeline& timeline) {
    while (true) {
        update_rates();
        const auto date = next_date(timeline);
        if (!date) return;
        now_ = *date;
        end_latencies();
        const std::vector<TaskId> ended = take_ended();
        const auto due = timeline.next_date();
        if (!ended.empty() || (due && *due <= now_)) timeline.advance(now_, ended);
        for (const TaskId id : ended) tasks_.erase(id);
    }
}

// What is due happens at the date that was asked for, with what differs from it by rounding errors.
std::optional<double> SharingBackend::next_date(const Timeline& timeline) const {
    std::optional<double> next;
    for (const Dates* dates : {&latencies_, &ends_})
        if (!dates->empty() && (!next || dates->next_date() < *next)) next = dates->next_date();
    const auto due = timeline.next_date();
    return due && (!next || *due <= with_rounding(*next)) ? due : next;
}

std::vector<TaskId> SharingBackend::take_ended() {
    std::vector<TaskId> ended;
    while (!ends_.empty() && ends_.next_date() <= with_rounding(now_)) {
        Task& task = *tasks_.at(ends_.take());
        task.entry.reset();
        task.is_over = true;
        task.left = task.rate = 0;
        if (!task.sharing.uses.empty()) shares_.remove(task.sharing);
        ended.push_back(task.sharing.id);
    }
    std::sort(ended.begin(), ended.end());
    return ended;
}

void SharingBackend::end_latencies() {
    std::vector<TaskId> over;
    while (!latencies_.empty() && latencies_.next_date() - now_ < kRestOfLatency)
        over.push_back(latencies_.take());
    std::sort(over.begin(), over.end());
    for (const TaskId id : over) begin_work(*tasks_.at(id));
}

// ---- Tasks ---------------------------------------------------------------------------------------

void SharingBackend::start(TaskId id, BackendTask work) {
    const auto* parallel = std::get_if<ParallelTask>(&work);
    BATSIM_ASSERT(parallel != nullptr);
    Demand demand = demand_maker_.demand_of(*parallel);
    know_new_links();
    auto task = std::make_unique<Task>();
    task->sharing.id = id;
    task->sharing.uses = std::move(demand.uses);
    task->most_by_latency = demand.most_by_latency;
    if (demand.latency > 0)
        task->entry = latencies_.add(now_ + demand.latency, id);
    else
        begin_work(*task);
    tasks_.emplace(id, std::move(task));
}

void SharingBackend::begin_work(Task& task) {
    task.works = true;
    task.since = now_;
    if (task.sharing.uses.empty()) {
        task.entry = ends_.add(now_, task.sharing.id);
        return;
    }
    task.entry.reset();
    task.sharing.most = most_of(task);
    shares_.add(task.sharing);
}

// A rank computes on one core only.
double SharingBackend::most_of(const Task& task) const {
    double most = task.most_by_latency;
    for (const Use& use : task.sharing.uses)
        if (use.resource < hosts_.size())
            most = std::min(most, hosts_[use.resource].now / use.amount);
    return most;
}

void SharingBackend::cancel(TaskId id) {
    const auto found = tasks_.find(id);
    BATSIM_ASSERT(found != tasks_.end());
    Task& task = *found->second;
    BATSIM_ASSERT(!task.is_over);
    if (task.entry) (task.works ? ends_ : latencies_).remove(*task.entry);
    if (task.works && !task.sharing.uses.empty()) shares_.remove(task.sharing);
    tasks_.erase(found);
}

double SharingBackend::left_of(const Task& task) const {
    return without_rest(task.left - task.rate * (now_ - task.since));
}

double SharingBackend::remaining(TaskId id) const { return left_of(*tasks_.at(id)); }

void SharingBackend::set_pstate(HostId id, std::size_t pstate) {
    HostSpeed& host = hosts_[id];
    host.now = host.of_pstates[pstate];
    shares_.set_capacity(id, host.now * host.cores);
    for (const SharedResource::User& user : shares_.resource(id).users) {
        const auto& task = tasks_.at(user.task->id);
        shares_.set_most(task->sharing, most_of(*task));
    }
}

// ---- Rates ---------------------------------------------------------------------------------------

void SharingBackend::update_rates() {
    const Shares::Update& update = shares_.update();
    for (const SharingTask* task : update.tasks) follow_rate(*tasks_.at(task->id));
    if (link_loads_.is_empty()) return;
    for (const ResourceId resource : update.resources) follow_load(resource);
    for (const SharingTask* task : update.tasks)
        for (const Use& use : task->uses) follow_load(use.resource);
}

void SharingBackend::follow_rate(Task& task) {
    task.left = left_of(task);
    task.since = now_;
    task.rate = task.sharing.rate;
    if (task.entry) ends_.remove(*task.entry);
    task.entry.reset();
    if (task.rate > 0) task.entry = ends_.add(now_ + task.left / task.rate, task.sharing.id);
}

std::optional<double> SharingBackend::link_load(LinkId link) const {
    const auto resource = static_cast<ResourceId>(hosts_.size() + link);
    return std::min(shares_.load(resource) / shares_.resource(resource).capacity, 1.0);
}

void SharingBackend::watch_links(const std::vector<LinkId>& links) {
    BATSIM_ASSERT(network_ != nullptr || links.empty());
    link_loads_.watch(links, shares_.resource_count() - hosts_.size());
}

void SharingBackend::follow_load(ResourceId resource) {
    if (resource < hosts_.size()) return;
    const auto link = static_cast<LinkId>(resource - hosts_.size());
    if (link_loads_.watches(link))
        link_loads_.set(link, shares_.load(resource) / shares_.resource(resource).capacity, now_);
}

} // namespace batsim
