// progress.cpp - how much of a profile is done.
#include "engine/progress.hpp"

#include <algorithm>
#include <cmath>

#include "base/json.hpp"
#include "engine/closed_form.hpp"

namespace batsim {

namespace {

Json with_share(const Profile& profile, double share) {
    Json json = {{"profile", profile.full_name}};
    if (!std::isnan(share)) json["progress"] = share;
    return json;
}

double seconds_of(const Profile& profile, const RankHosts& ranks, const HostSpeeds& speeds) {
    return *closed_form_run_time(profile, ranks, speeds);
}

Progress closed_sequence(const Profile& profile, const SequenceProfile& sequence,
                         const RankHosts& ranks, const HostSpeeds& speeds, double elapsed) {
    const SequencePosition at = closed_form_position(profile, ranks, speeds, elapsed);
    return sequence_progress(
        profile, at.repetition, at.index,
        closed_form_progress(*sequence.elements[at.index], ranks, speeds, at.elapsed));
}

Progress closed_fork(const Profile& profile, const ForkJoinProfile& fork, const RankHosts& ranks,
                     const HostSpeeds& speeds, double elapsed) {
    std::vector<Progress> elements;
    for (const ProfilePtr& element : fork.elements) {
        const bool over = elapsed >= seconds_of(*element, ranks, speeds);
        elements.push_back(over ? leaf_progress(*element, 1)
                                : closed_form_progress(*element, ranks, speeds, elapsed));
    }
    return fork_progress(profile, elements);
}

} // namespace

Progress leaf_progress(const Profile& profile, double share) {
    return {share, with_share(profile, share).dump()};
}

Progress closed_form_progress(const Profile& profile, const RankHosts& ranks,
                              const HostSpeeds& speeds, double elapsed) {
    if (const auto* sequence = std::get_if<SequenceProfile>(&profile.body))
        return closed_sequence(profile, *sequence, ranks, speeds, elapsed);
    if (const auto* fork = std::get_if<ForkJoinProfile>(&profile.body))
        return closed_fork(profile, *fork, ranks, speeds, elapsed);
    const double seconds = seconds_of(profile, ranks, speeds);
    return leaf_progress(profile, seconds > 0 ? std::min(elapsed / seconds, 1.0) : 1.0);
}

Progress sequence_progress(const Profile& profile, std::uint64_t repetition, std::size_t index,
                           const Progress& element) {
    const auto& sequence = std::get<SequenceProfile>(profile.body);
    const auto count = static_cast<double>(sequence.elements.size());
    const double done = static_cast<double>(repetition) * count + static_cast<double>(index);
    const double share = (done + element.share) / (count * static_cast<double>(sequence.repeat));
    Json json = with_share(profile, share);
    json["current_repetition"] = repetition;
    json["current_task_index"] = index;
    json["current_task"] = Json::parse(element.json);
    return {share, json.dump()};
}

Progress fork_progress(const Profile& profile, const std::vector<Progress>& elements) {
    double share = 1;
    Json tasks = Json::array();
    for (const Progress& element : elements) {
        if (!(element.share >= share)) share = element.share; // NaN stays NaN
        tasks.push_back(Json::parse(element.json));
    }
    Json json = with_share(profile, share);
    json["tasks"] = std::move(tasks);
    return {share, json.dump()};
}

} // namespace batsim
