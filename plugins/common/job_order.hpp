// job_order.hpp - orders of waiting jobs: by submission, by size, and by scores from the literature.
#ifndef BATSIM_PLUGINS_JOB_ORDER_HPP
#define BATSIM_PLUGINS_JOB_ORDER_HPP

#include <algorithm>
#include <array>
#include <batsched.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config.hpp"

namespace batsched {

struct WaitingJob {
    batsched_job_id_t id;
    std::uint32_t requested_hosts;
    std::uint32_t group; // a number of the policy's own, 0 at first
    double walltime;     // infinity if there is none
    double submit_time;
};

inline WaitingJob waiting(const batsched_job_t& job) {
    return {job.id, job.requested_hosts, 0, job.walltime, job.submit_time};
}

enum class JobOrder {
    kSubmission,
    kShortest,
    kLongest,
    kSmallest,
    kLargest,
    kSmallestArea,
    kLargestArea,
    kWfp3,
    kUnicef,
    kF1
};

// The place of a job in an order: jobs with lower scores come first, then those with lower ids, which
// are in the order of submission.
using Rank = std::pair<double, batsched_job_id_t>;

// Whether the order among jobs changes while they wait.
inline bool changes_with_time(JobOrder order) {
    return order == JobOrder::kWfp3 || order == JobOrder::kUnicef;
}

// W. Tang, Z. Lan, N. Desai, D. Buettner, "Fault-aware, utility-based job scheduling on Blue Gene/P
// systems", CLUSTER 2009; higher is better there. The second one divides by zero for one host, which
// comes before all others then.
inline double wfp3(const WaitingJob& job, double now) {
    return std::pow((now - job.submit_time) / job.walltime, 3) * job.requested_hosts;
}
inline double unicef(const WaitingJob& job, double now) {
    if (job.requested_hosts == 1) return std::numeric_limits<double>::infinity();
    return (now - job.submit_time) / (std::log2(job.requested_hosts) * job.walltime);
}

// D. Carastan-Santos, R. Y. de Camargo, "Obtaining dynamic scheduling policies with simulation and
// machine learning", SC 2017. Submit times below one second count as one second.
inline double f1(const WaitingJob& job) {
    return std::log10(job.walltime) * job.requested_hosts +
           870 * std::log10(std::max(job.submit_time, 1.0));
}

inline double score(JobOrder order, const WaitingJob& job, double now) {
    switch (order) {
        case JobOrder::kSubmission: break;
        case JobOrder::kShortest: return job.walltime;
        case JobOrder::kLongest: return -job.walltime;
        case JobOrder::kSmallest: return job.requested_hosts;
        case JobOrder::kLargest: return -static_cast<double>(job.requested_hosts);
        case JobOrder::kSmallestArea: return job.requested_hosts * job.walltime;
        case JobOrder::kLargestArea: return -(job.requested_hosts * job.walltime);
        case JobOrder::kWfp3: return -wfp3(job, now);
        case JobOrder::kUnicef: return -unicef(job, now);
        case JobOrder::kF1: return f1(job);
    }
    return 0;
}

inline Rank rank(JobOrder order, const WaitingJob& job, double now) {
    return {score(order, job, now), job.id};
}

// One of the orders above or, first of all, `otherwise`, a word for another one: then there is none.
inline std::optional<JobOrder> read_order(Config& config, const std::string& key,
                                          const std::string& otherwise) {
    static constexpr std::array<std::pair<JobOrder, const char*>, 10> kNames{{
        {JobOrder::kSubmission, "submission"},
        {JobOrder::kShortest, "shortest"},
        {JobOrder::kLongest, "longest"},
        {JobOrder::kSmallest, "smallest"},
        {JobOrder::kLargest, "largest"},
        {JobOrder::kSmallestArea, "smallest-area"},
        {JobOrder::kLargestArea, "largest-area"},
        {JobOrder::kWfp3, "wfp3"},
        {JobOrder::kUnicef, "unicef"},
        {JobOrder::kF1, "f1"},
    }};
    std::vector<std::string> words{otherwise};
    for (const auto& [order, name] : kNames)
        if (name != otherwise) words.emplace_back(name);
    const std::string word = config.word(key, words);
    const auto found = std::find_if(kNames.begin(), kNames.end(),
                                    [&](const auto& entry) { return word == entry.second; });
    if (found == kNames.end()) return std::nullopt;
    return found->first;
}
inline JobOrder read_order(Config& config, const std::string& key) {
    return *read_order(config, key, "submission");
}

} // namespace batsched

#endif
