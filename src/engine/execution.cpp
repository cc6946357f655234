// execution.cpp - how far a job has come whose run time has no closed form.
#include "engine/execution.hpp"

#include <utility>

#include "base/assert.hpp"
#include "engine/closed_form.hpp"
#include "workload/job.hpp"

namespace batsim {

Execution::Execution(const Profile& profile, const HostSet& hosts, const HostSpeeds& speeds)
    : profile_(profile), hosts_(hosts), speeds_(speeds) {}

bool Execution::has_closed_form(const Profile& profile) const {
    return !profile.traits.communicates || hosts_.size() == 1;
}

Execution::Part Execution::next() {
    if (!std::exchange(started_, true)) return start(profile_);
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
    return Over{};
}

double Execution::seconds_of(const Profile& profile) const {
    return closed_form_run_time(profile, hosts_, speeds_).value_or(kNoWalltime);
}

double Execution::seconds_after_part(double enough) const {
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

// Goes down into sequences until something runs.
Execution::Part Execution::start(const Profile& profile) {
    const Profile* part = &profile;
    while (!has_closed_form(*part)) {
        const auto* sequence = std::get_if<SequenceProfile>(&part->body);
        if (sequence == nullptr) return task_of(*part);
        levels_.push_back({sequence, 0, 0});
        part = sequence->elements.front().get();
    }
    return Wait{*closed_form_run_time(*part, hosts_, speeds_)};
}

ParallelTask Execution::task_of(const Profile& profile) const {
    ParallelTask task;
    for (const HostSet::Interval& interval : hosts_.intervals())
        for (HostId host = interval.first; host <= interval.last; ++host)
            task.hosts.push_back(host);
    const std::size_t rank_count = task.hosts.size();
    if (const auto* parallel = std::get_if<ParallelProfile>(&profile.body)) {
        task.flops = parallel->flops;
        task.bytes = parallel->bytes;
    } else {
        const auto& homogeneous = std::get<HomogeneousProfile>(profile.body);
        task.flops = rank_flops(homogeneous, rank_count);
        task.bytes = rank_bytes(homogeneous, rank_count);
    }
    if (task.flops.empty()) task.flops.assign(rank_count, 0.0);
    BATSIM_ASSERT(task.flops.size() == rank_count && task.bytes.size() == rank_count * rank_count);
    return task;
}

} // namespace batsim
