// jobs_must_be_sound.hpp - what holds of the jobs of every workload that was read without an error.
#ifndef BATSIM_TEST_FUZZ_JOBS_MUST_BE_SOUND_HPP
#define BATSIM_TEST_FUZZ_JOBS_MUST_BE_SOUND_HPP

#include <cmath>

#include "engine/closed_form.hpp"
#include "fuzzed_file.hpp"
#include "workload/workload.hpp"

namespace batsim {

// `most_hosts`: run times of larger jobs are not looked at.
inline void jobs_must_be_sound(Workload& workload, std::uint32_t most_hosts = 100) {
    const Platform platform = flat_platform(most_hosts, 1e9);
    const HostSpeeds speeds(platform);
    double date = 0;
    while (const auto job = workload.jobs->next()) {
        must_hold(job->submit_time >= date);
        date = job->submit_time;
        must_hold(std::isfinite(date));
        must_hold(job->walltime > 0 && job->profile != nullptr);
        must_hold(job->requested_hosts > 0);
        if (job->requested_hosts > most_hosts) continue;
        const HostSet hosts = HostSet::range(0, job->requested_hosts - 1);
        const auto seconds = closed_form_run_time(*job->profile, RankHosts(hosts, nullptr), speeds);
        must_hold(!seconds || *seconds >= 0);
    }
}

} // namespace batsim

#endif
