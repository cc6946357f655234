// shares.cpp - which shares of their resources tasks get.
#include "sharing/shares.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "sharing/rounds.hpp"

namespace batsim {

namespace {

// Products and quotients of the same numbers do not differ by more.
constexpr double kRounding = 1e-12;

// What each user is offered in the first round.
double first_share(const SharedResource& resource) {
    if (!resource.is_divided) return resource.capacity;
    return resource.capacity / static_cast<double>(resource.users.size());
}

} // namespace

ResourceId Shares::add_resource(double capacity, bool is_divided) {
    SharedResource resource;
    resource.capacity = capacity;
    resource.is_divided = is_divided;
    resources_.push_back(std::move(resource));
    return static_cast<ResourceId>(resources_.size() - 1);
}

void Shares::change(ResourceId id) {
    if (!std::exchange(resources_[id].is_changed, true)) changed_.push_back(id);
}

void Shares::set_capacity(ResourceId id, double capacity) {
    resources_[id].capacity = capacity;
    change(id);
}

double Shares::load(ResourceId id) const {
    const SharedResource& resource = resources_[id];
    double load = 0;
    for (const SharedResource::User& user : resource.users) {
        const double used = user.amount * user.task->rate;
        load = resource.is_divided ? load + used : std::max(load, used);
    }
    return load;
}

void Shares::add(SharingTask& task) {
    BATSIM_ASSERT(!task.uses.empty());
    for (const Use& use : task.uses) {
        resources_[use.resource].users.push_back({&task, use.amount, false});
        change(use.resource);
    }
    set_most(task, task.most);
}

void Shares::remove(SharingTask& task) {
    for (const Use& use : task.uses) {
        SharedResource& resource = resources_[use.resource];
        const auto user = std::find_if(resource.users.begin(), resource.users.end(),
                                       [&](const auto& other) { return other.task == &task; });
        if (user->is_scarce) --resource.scarce_count;
        resource.users.erase(user);
        change(use.resource);
    }
    uncertain_.erase(std::remove(uncertain_.begin(), uncertain_.end(), &task), uncertain_.end());
}

void Shares::set_most(SharingTask& task, double most) {
    task.most = most;
    uncertain_.push_back(&task);
    for (const Use& use : task.uses) {
        SharedResource& resource = resources_[use.resource];
        resource.most_demanded = std::max(resource.most_demanded, use.amount * most);
        change(use.resource);
    }
}

// ---- Free tasks ----------------------------------------------------------------------------------

void Shares::find_scarce_users(SharedResource& resource) {
    const double share = first_share(resource);
    if (resource.scarce_count == 0 && share > resource.most_demanded * (1 + kRounding)) return;
    resource.most_demanded = 0;
    for (SharedResource::User& user : resource.users) {
        SharingTask& task = *user.task;
        resource.most_demanded = std::max(resource.most_demanded, user.amount * task.most);
        const bool is_scarce = !(share / user.amount >= task.most);
        if (is_scarce == user.is_scarce) continue;
        user.is_scarce = is_scarce;
        task.scarce_count += is_scarce ? 1 : -1;
        resource.scarce_count += is_scarce ? 1 : -1;
        uncertain_.push_back(&task);
    }
}

void Shares::see_whether_free(SharingTask& task) {
    const bool is_free = task.scarce_count == 0;
    if (task.is_free != is_free)
        for (const Use& use : task.uses) seeds_.push_back(use.resource);
    task.is_free = is_free;
    if (!is_free) return;
    task.previous_rate = task.rate;
    task.rate = task.growth = task.most;
    report(task);
}

void Shares::report(SharingTask& task) {
    if (task.rate != task.previous_rate) update_.tasks.push_back(&task);
}

// ---- Updates -------------------------------------------------------------------------------------

const Shares::Update& Shares::update() {
    update_.tasks.clear();
    update_.resources.clear();
    update_.resources.swap(changed_);
    for (const ResourceId id : update_.resources) {
        resources_[id].is_changed = false;
        find_scarce_users(resources_[id]);
    }
    seeds_ = update_.resources;
    for (SharingTask* task : uncertain_) see_whether_free(*task);
    uncertain_.clear();
    for (const ResourceId id : seeds_) solve_around(id);
    for (const ResourceId id : visited_) resources_[id].is_visited = false;
    visited_.clear();
    return update_;
}

void Shares::solve_around(ResourceId id) {
    tasks_.clear();
    component_.clear();
    visit(id);
    std::size_t next = 0;
    while (next < component_.size()) // visits add to it
        for (const auto& user : resources_[component_[next++]].users) visit(*user.task);
    if (tasks_.empty()) return;
    share_in_rounds(resources_, component_, tasks_);
    for (SharingTask* task : tasks_) {
        task->is_visited = false;
        report(*task);
    }
}

void Shares::visit(ResourceId id) {
    if (std::exchange(resources_[id].is_visited, true)) return;
    visited_.push_back(id);
    component_.push_back(id);
}

void Shares::visit(SharingTask& task) {
    if (task.is_free || std::exchange(task.is_visited, true)) return;
    task.previous_rate = task.rate;
    tasks_.push_back(&task);
    for (const Use& use : task.uses) visit(use.resource);
}

} // namespace batsim
