// workload.cpp - jobs and profiles of one input file, and all of them in order of submission.
#include "workload/workload.hpp"

#include <utility>

namespace batsim {

MergedJobs::MergedJobs(std::vector<std::unique_ptr<JobStream>> streams)
    : streams_(std::move(streams)) {
    for (auto& stream : streams_) heads_.push_back(stream->next());
    find_first();
}

const Job* MergedJobs::peek() const { return first_ < heads_.size() ? &*heads_[first_] : nullptr; }

Job MergedJobs::next() {
    Job job = std::move(*heads_[first_]);
    heads_[first_] = streams_[first_]->next();
    find_first();
    return job;
}

void MergedJobs::find_first() {
    first_ = heads_.size();
    for (std::size_t i = 0; i < heads_.size(); ++i) {
        if (!heads_[i]) continue;
        if (first_ == heads_.size() || heads_[i]->submit_time < heads_[first_]->submit_time)
            first_ = i;
    }
}

} // namespace batsim
