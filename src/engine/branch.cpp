// branch.cpp - a walk through the parts of a profile in the order in which they run.
#include "engine/branch.hpp"

#include "engine/closed_form.hpp"
#include "workload/job.hpp"

namespace batsim {

Branch::Branch(const Profile& profile, const ExecutionContext& context, bool alone, double start)
    : profile_(profile), context_(context), alone_(alone), part_start_(start), next_start_(start) {}

bool Branch::has_closed_form(const Profile& profile) const {
    return batsim::has_closed_form(profile, context_.ranks, alone_);
}

double Branch::seconds_of(const Profile& profile) const {
    if (!has_closed_form(profile)) return kNoWalltime;
    return *closed_form_run_time(profile, context_.ranks, context_.speeds);
}

Branch::Part Branch::next() {
    part_start_ = next_start_;
    if (part_ == nullptr) return start(profile_);
    while (!levels_.empty()) {
        Level& level = levels_.back();
        const auto& elements = level.sequence->elements;
        if (++level.index == elements.size()) {
            level.index = 0;
            if (++level.repetition == level.sequence->repeat) {
                levels_.pop_back();
                continue;
            }
        }
        return start(*elements[level.index]);
    }
    part_ = nullptr;
    return Over{};
}

// Whether the parts of the profile are walked through rather than taken as one.
bool Branch::goes_into(const Profile& profile) const {
    if (std::holds_alternative<SequenceProfile>(profile.body))
        return context_.goes_into_known(profile) || !has_closed_form(profile);
    return false;
}

// Goes down into sequences until something runs.
Branch::Part Branch::start(const Profile& profile) {
    part_ = &profile;
    while (goes_into(*part_)) {
        const auto& sequence = std::get<SequenceProfile>(part_->body);
        std::optional<double> end;
        if (has_closed_form(*part_)) end = part_end(seconds_of(*part_));
        levels_.push_back({part_, &sequence, 0, 0, end});
        part_ = sequence.elements.front().get();
    }
    if (const auto* fork = std::get_if<ForkJoinProfile>(&part_->body))
        if (context_.goes_into_known(*part_) || !has_closed_form(*part_)) return Fork{fork};
    if (has_closed_form(*part_)) return Stretch{seconds_of(*part_)};
    return task_of(*part_);
}

double Branch::part_end(double seconds) const {
    double end = part_start_ + seconds;
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
        const bool is_last = level->index + 1 == level->sequence->elements.size() &&
                             level->repetition + 1 == level->sequence->repeat;
        if (!is_last) break;
        if (level->end) end = *level->end;
    }
    return end;
}

void Branch::forget_lengths() {
    for (Level& level : levels_) level.end.reset();
}

double Branch::seconds_after_part(double enough) const {
    double seconds = 0;
    for (auto level = levels_.rbegin(); level != levels_.rend() && seconds <= enough; ++level) {
        const auto& elements = level->sequence->elements;
        for (std::size_t i = level->index + 1; i < elements.size() && seconds <= enough; ++i)
            seconds += seconds_of(*elements[i]);
        if (level->repetition + 1 == level->sequence->repeat || seconds > enough) continue;
        double once = 0;
        for (std::size_t i = 0; i < elements.size() && once <= enough; ++i)
            once += seconds_of(*elements[i]);
        seconds += once * static_cast<double>(level->sequence->repeat - level->repetition - 1);
    }
    return seconds;
}

BackendTask Branch::task_of(const Profile& profile) const {
    const auto* program = std::get_if<MpiTraceProfile>(&profile.body);
    if (program == nullptr) return parallel_task(profile, context_.ranks, context_.find_storage);
    const std::vector<HostId> hosts = context_.ranks.all();
    MpiTask task{{}, program->traces};
    for (std::size_t rank = 0; rank < program->traces.size(); ++rank)
        task.hosts.push_back(hosts[rank % hosts.size()]);
    return task;
}

} // namespace batsim
