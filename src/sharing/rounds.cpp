// rounds.cpp - the rule by which resources are shared.
#include "sharing/rounds.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/error.hpp"

namespace batsim {

namespace {

// What is left of a resource counts as nothing if it is less than this, in its unit a second.
constexpr double kNothing = 1e-5;
// No solution with a meaning takes that long.
constexpr std::uint64_t kMostRounds = 10'000'000;

double left_after(double left, double taken) {
    const double rest = left - taken;
    return rest < kNothing ? 0 : rest;
}

class Rounds {
  public:
    Rounds(std::vector<SharedResource>& all, std::vector<ResourceId> resources,
           std::vector<SharingTask*> tasks)
        : all_(all), resources_(std::move(resources)), tasks_(std::move(tasks)) {}

    void run() {
        open_all();
        for (std::uint64_t round = 0; !tasks_.empty(); ++round) {
            is_different_ = false;
            offer();
            grow();
            take();
            if (round == 0) count_open();
            if (!is_different_ || round == kMostRounds) fail();
        }
    }

  private:
    void open_all() {
        for (SharingTask* task : tasks_) {
            task->rate = 0;
            task->is_open = true;
        }
        for (const ResourceId id : resources_) {
            all_[id].left = all_[id].capacity;
            all_[id].open_count = all_[id].users.size();
        }
    }

    // After the first round: free tasks are closed.
    void count_open() {
        for (const ResourceId id : resources_) {
            const auto& users = all_[id].users;
            all_[id].open_count = static_cast<std::size_t>(std::count_if(
                users.begin(), users.end(), [](const auto& user) { return user.task->is_open; }));
        }
    }

    void offer() {
        const auto without_open_users = [this](ResourceId id) { return all_[id].open_count == 0; };
        resources_.erase(std::remove_if(resources_.begin(), resources_.end(), without_open_users),
                         resources_.end());
        for (const ResourceId id : resources_) {
            SharedResource& resource = all_[id];
            resource.share = resource.is_divided
                                 ? resource.left / static_cast<double>(resource.open_count)
                                 : resource.left;
        }
    }

    void grow() {
        for (SharingTask* task : tasks_) {
            double growth = task->most - task->rate;
            for (const Use& use : task->uses)
                growth = std::min(growth, all_[use.resource].share / use.amount);
            task->growth = growth;
            task->rate += growth;
            if (std::isfinite(task->most)) is_different_ = true; // it will be reached
            if (task->rate == task->most) close(*task);
        }
    }

    void take() {
        for (const ResourceId id : resources_) {
            SharedResource& resource = all_[id];
            const double before = std::exchange(resource.left, left_of(resource));
            if (resource.left != before) is_different_ = true;
            if (resource.left > 0) continue;
            for (const SharedResource::User& user : resource.users) close(*user.task);
        }
        tasks_.erase(std::remove_if(tasks_.begin(), tasks_.end(),
                                    [](const SharingTask* task) { return !task->is_open; }),
                     tasks_.end());
    }

    // Sums have the order in which the model makes them: whether something is left may depend on the
    // last digit.
    static double left_of(const SharedResource& resource) {
        const auto& users = resource.users;
        double left = resource.left;
        if (resource.is_divided) {
            for (auto user = users.rbegin(); user != users.rend(); ++user)
                left = left_after(left, user->amount * user->task->growth);
            return left;
        }
        double least = resource.share;
        for (const auto& user : users) least = std::min(least, user.amount * user.task->growth);
        return left_after(left, least);
    }

    void close(SharingTask& task) {
        if (!std::exchange(task.is_open, false)) return;
        is_different_ = true;
        for (const Use& use : task.uses) --all_[use.resource].open_count;
    }

    [[noreturn]] static void fail() {
        throw InputError("platform", "",
                         "SimGrid's model L07 has no solution for what shares a link that is not "
                         "divided (FATPIPE); give such links a latency above 0");
    }

    std::vector<SharedResource>& all_;
    std::vector<ResourceId> resources_; // that have open users
    std::vector<SharingTask*> tasks_;   // that are open
    bool is_different_ = false;         // this round from the one before
};

} // namespace

void share_in_rounds(std::vector<SharedResource>& all, std::vector<ResourceId> resources,
                     std::vector<SharingTask*> tasks) {
    Rounds(all, std::move(resources), std::move(tasks)).run();
}

} // namespace batsim
