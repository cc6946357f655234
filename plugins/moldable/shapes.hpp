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
    RangeReader(const batsched_job_t& job, const char* extra) : job_(job) {
        const std::string text = extra;
        if (text.find("_res\"") != std::string::npos) json_ = batsched::parse_json(text);
    }
    Range read() const {
        const std::uint32_t requested = job_.requested_hosts;
        return {member("min_res", 1, requested), member("max_res", requested, UINT32_MAX)};
    }

  private:
    std::uint32_t member(const char* key, std::uint32_t least, std::uint32_t most) const {
        if (!json_.is_object() || !json_.contains(key)) return job_.requested_hosts;
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

// All numbers of hosts that are of use to a job: each shape has a shorter walltime than those with
// fewer hosts. There is always one.
class Shapes {
  public:
    // The walltime of the job is for the requested hosts. On others it is as much longer or shorter as
    // the run time is.
    Shapes(const batsched::Simulator& simulator, const batsched::HostSet& partition,
           const batsched_job_t& job, double least_efficiency) {
        const Range range = RangeReader(job, simulator.job_extra(job.id)).read();
        if (range.least < range.most) mold(simulator, partition, job, range, least_efficiency);
        if (shapes_.empty()) shapes_ = {{job.requested_hosts, job.walltime}};
    }

    bool is_rigid() const { return shapes_.size() == 1; }
    std::uint32_t fewest_hosts() const { return shapes_.front().hosts; }
    double least_walltime() const { return shapes_.back().walltime; }
    const std::vector<Shape>& all() const { return shapes_; }

  private:
    void mold(const batsched::Simulator& simulator, const batsched::HostSet& partition,
              const batsched_job_t& job, const Range& range, double least_efficiency) {
        const auto run_time_on = [&](std::uint64_t hosts) {
            return simulator.estimate_run_time(job.id, partition.first(hosts));
        };
        const double run_time_as_requested = run_time_on(job.requested_hosts);
        if (std::isnan(run_time_as_requested))
            simulator.warning(std::string("job '") + job.name +
                              "' keeps its number of hosts: how " +
                              "long it runs on others cannot be computed from its profile");
        const double scale = job.walltime / run_time_as_requested;
        if (!std::isfinite(scale)) return;
        const auto most = std::min<std::uint64_t>(range.most, partition.size());
        // More than that is not efficient; sums of digits cut off do not matter.
        const double most_area = run_time_on(range.least) * range.least * (1 + 1e-9);
        for (std::uint64_t hosts = range.least; hosts <= most; ++hosts) {
            const double run_time = run_time_on(hosts);
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
