// shaken_jobs.cpp - the jobs of a workload, submitted a little later than it says.
#include "workload/shaken_jobs.hpp"

#include <algorithm>
#include <utility>

namespace batsim {

namespace {

// The output function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): every bit of the result depends on
// every bit of the argument.
std::uint64_t mixed(std::uint64_t bits) {
    bits += 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
}

// From 0 to 1, without 1. Not <random>, whose distributions differ from library to library.
double uniform(std::uint64_t seed, std::uint32_t workload, std::uint64_t rank) {
    const std::uint64_t bits = mixed(mixed(mixed(seed) + workload) + rank);
    return static_cast<double>(bits >> 11) * 0x1p-53;
}

} // namespace

ShakenJobs::ShakenJobs(std::unique_ptr<JobStream> jobs, double most, std::uint64_t seed,
                       std::uint32_t workload)
    : jobs_(std::move(jobs)), most_(most), seed_(seed), workload_(workload), head_(jobs_->next()) {}

bool ShakenJobs::is_after(const Shaken& a, const Shaken& b) {
    if (a.job.submit_time != b.job.submit_time) return a.job.submit_time > b.job.submit_time;
    return a.rank > b.rank;
}

// No job comes before its old submit time, so those after the head cannot be earlier than it.
void ShakenJobs::read_ahead() {
    while (head_ && (waiting_.empty() || head_->submit_time <= waiting_[0].job.submit_time)) {
        head_->submit_time += most_ * uniform(seed_, workload_, rank_);
        waiting_.push_back({rank_++, std::move(*head_)});
        std::push_heap(waiting_.begin(), waiting_.end(), is_after);
        head_ = jobs_->next();
    }
}

std::optional<Job> ShakenJobs::next() {
    read_ahead();
    if (waiting_.empty()) return std::nullopt;
    std::pop_heap(waiting_.begin(), waiting_.end(), is_after);
    std::optional<Job> job = std::move(waiting_.back().job);
    waiting_.pop_back();
    return job;
}

} // namespace batsim
