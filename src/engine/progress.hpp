// progress.hpp - how much of a profile is done.
#ifndef BATSIM_ENGINE_PROGRESS_HPP
#define BATSIM_ENGINE_PROGRESS_HPP

#include <string>

#include "engine/branch.hpp"

namespace batsim {

// The share of a profile that is done, and where in it the job was, as a JSON object:
//   {"profile": "w0!p", "progress": 0.5}                              of anything but compositions,
//                                                                    and of what is over in a fork
//   {..., "current_repetition": 0, "current_task_index": 2, "current_task": {...}}  of a sequence
//   {..., "tasks": [{...}, ...]}                                       of a fork-join composition
// Of a sequence, each element of each repetition counts the same; a fork-join composition is as far
// as the element that is least far. The share is NaN, and missing in the JSON, where it cannot be
// known: of MPI programs, and of what contains one that is under way.
struct Progress {
    double share;
    std::string json;
};

// Of a profile without what it consists of.
Progress leaf_progress(const Profile& profile, double share);
// Of a profile with a closed form that has run for so many seconds.
Progress closed_form_progress(const Profile& profile, const RankHosts& ranks,
                              const HostSpeeds& speeds, double elapsed);
// Of a sequence of which this element is running.
Progress sequence_progress(const Profile& profile, std::uint64_t repetition, std::size_t index,
                           const Progress& element);
Progress fork_progress(const Profile& profile, const std::vector<Progress>& elements);

} // namespace batsim

#endif
