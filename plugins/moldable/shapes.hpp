// shapes.hpp - on how many hosts a job may run, and for how long.
#ifndef BATSIM_PLUGINS_MOLDABLE_SHAPES_HPP
#define BATSIM_PLUGINS_MOLDABLE_SHAPES_HPP

#include <algorithm>
#include <batsched.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "../common/json.hpp"
#include "rank_count.hpp"
#include "slowest_hosts.hpp"

namespace moldable {

// A number of hosts, and how long the job may run on them.
struct Shape {
    std::uint32_t hosts;
    double walltime;
};

struct Range {
    std::uint32_t least, most;
};

// Reads the range of numbers of hosts from the extra data of a job, "min_res" and "max_res". What is
// missing is the requested number.
class RangeReader {
  public:
    RangeReader(const batsched_job_t& job, const char* extra)
        : job_(job), json_(batsched::read_extra(extra, {"min_res", "max_res"})) {}
    Range read() const {
        const std::uint32_t requested = job_.requested_hosts;
        return {member("min_res", 1, requested), member("max_res", requested, UINT32_MAX)};
    }

  private:
    std::uint32_t member(const char* key, std::uint32_t least, std::uint32_t most) const {
        if (!json_.contains(key)) return job_.requested_hosts;
        const nlohmann::json& value = json_[key];
        if (value.is_number_unsigned()) {
            const auto number = value.get<std::uint64_t>();
            if (number >= least && number <= most) return static_cast<std::uint32_t>(number);
        }
        const std::string wanted = most == UINT32_MAX ? "at least 'res', " + std::to_string(least)
                                                      : "from 1 to 'res', " + std::to_string(most);
        throw std::invalid_argument(std::string("job '") + job_.name + "': '" + key +
                                    "' must be an integer " + wanted + ", is " +
                                    batsched::shortened(value.dump()));
    }

    const batsched_job_t& job_;
    nlohmann::json json_;
};

// How long a job runs on so many of the slowest hosts.
class RunTimes {
  public:
    RunTimes(const batsched::Simulator& simulator, const SlowestHosts& hosts, batsched_job_id_t job)
        : simulator_(simulator), hosts_(hosts), job_(job) {}

    // NaN if the profile does not say.
    double on(std::uint64_t count) const {
        return simulator_.estimate_run_time(job_, hosts_.first(count));
    }

  private:
    const batsched::Simulator& simulator_;
    const SlowestHosts& hosts_;
    batsched_job_id_t job_;
};

// All numbers of hosts that are of use to a job: each shape has a shorter walltime than those with
// fewer hosts. There is always one.
class Shapes {
  public:
    // The walltime of the job is for the requested hosts. On others it is as much longer or shorter as
    // the run time is. Both run times are those on the slowest hosts, which the job may get: else one
    // that has time enough on any of the requested number would be cut off on others.
    Shapes(const batsched::Simulator& simulator, const SlowestHosts& hosts, std::size_t host_count,
           const batsched_job_t& job, double least_efficiency) {
        Range range = RangeReader(job, simulator.job_extra(job.id)).read();
        range.most = static_cast<std::uint32_t>(std::min<std::size_t>(range.most, host_count));
        if (range.least < range.most) {
            const RunTimes run_times(simulator, hosts, job.id);
            if (RankCounts(simulator).is_fixed(job.profile))
                warn(simulator, job, "its profile is made for one number of ranks");
            else if (std::isnan(run_times.on(range.least)))
                warn(simulator, job,
                     "how long it runs on others cannot be computed from its profile");
            else
                mold(run_times, job, range, least_efficiency);
        }
        if (shapes_.empty()) shapes_ = {{job.requested_hosts, job.walltime}};
    }

    std::uint32_t fewest_hosts() const { return shapes_.front().hosts; }
    double least_walltime() const { return shapes_.back().walltime; }
    const std::vector<Shape>& all() const { return shapes_; }

  private:
    static void warn(const batsched::Simulator& simulator, const batsched_job_t& job,
                     const std::string& why) {
        simulator.warning(std::string("job '") + job.name + "' keeps its number of hosts: " + why);
    }
    void mold(const RunTimes& run_times, const batsched_job_t& job, const Range& range,
              double least_efficiency) {
        const double scale = job.walltime / run_times.on(job.requested_hosts);
        if (!std::isfinite(scale)) return;
        // More than that is not efficient; sums of digits cut off do not matter.
        const double most_area = run_times.on(range.least) * range.least * (1 + 1e-9);
        for (std::uint64_t hosts = range.least; hosts <= range.most; ++hosts) {
            const double run_time = run_times.on(hosts);
            if (run_time * static_cast<double>(hosts) * least_efficiency > most_area) continue;
            const double walltime = hosts == job.requested_hosts ? job.walltime : run_time * scale;
            if (walltime > 0 && (shapes_.empty() || walltime < least_walltime()))
                shapes_.push_back({static_cast<std::uint32_t>(hosts), walltime});
        }
    }

    std::vector<Shape> shapes_;
};

} // namespace moldable

#endif
