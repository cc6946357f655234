// life.hpp - what is known of a job over all its restarts, and what of its work is saved.
#ifndef BATSIM_PLUGINS_PREEMPTING_LIFE_HPP
#define BATSIM_PLUGINS_PREEMPTING_LIFE_HPP

#include <batsched.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "../common/json.hpp"

namespace preempting {

// A job that works for `interval` seconds, writes a checkpoint for `dump` seconds, and so on. Its run time
// contains the dumps.
struct Checkpoints {
    double interval = std::numeric_limits<double>::infinity(); // there are none
    double dump = 0;
    double read = 0; // how long a restarted job reads before it works

    bool are_written() const { return interval != std::numeric_limits<double>::infinity(); }
    // How much of so many seconds of work is in the last checkpoint, which is written before `limit`.
    double saved(double seconds, double limit) const {
        if (!are_written()) return 0;
        const double period = interval + dump;
        // Digits cut off in dates do not cost a checkpoint.
        double count = std::floor(seconds / period + 1e-9);
        if (count * period >= limit) count = std::ceil(limit / period) - 1;
        return count > 0 ? count * period : 0;
    }
};

// The job that was submitted, and where it stands.
struct Life {
    batsched_job_id_t first; // whose place in the queue its restarts keep
    std::string workload, name, profile;
    double priority;
    double walltime;
    Checkpoints checkpoints;
    std::uint64_t restarts = 0;
    double saved = 0;       // seconds of its run that need not be repeated
    double saved_share = 0; // of its profile

    double time_to_read() const { return saved > 0 ? checkpoints.read : 0; }
    // How many seconds of a run, of `elapsed` so far, are saved.
    double saved_in(double elapsed) const {
        return checkpoints.saved(elapsed - time_to_read(), walltime - saved);
    }
    // How many it would have to repeat. To have read a checkpoint is of use once there is a later one.
    double lost_in(double elapsed) const {
        const double saved_now = saved_in(elapsed);
        return elapsed - saved_now - (saved_now > 0 ? time_to_read() : 0);
    }
    double walltime_left() const { return walltime - saved + time_to_read(); }
};

// Priorities by queue, of jobs that do not give one.
using QueuePriorities = std::map<std::string, double>;
inline constexpr double kHighestPriority = 1e9;

// Reads what the extra data of a job says about it.
class LifeReader {
  public:
    LifeReader(const batsched_job_t& job, const char* extra)
        : job_(job),
          json_(batsched::read_extra(
              extra, {"priority", "queue", "checkpoint_interval", "dumptime", "readtime"})) {}

    Life read(const QueuePriorities& priorities) const {
        const std::string full_name = job_.name;
        const auto of_queue = priorities.find(queue());
        const double otherwise = of_queue == priorities.end() ? 0 : of_queue->second;
        Life life{job_.id,
                  job_.workload,
                  full_name.substr(full_name.find('!') + 1),
                  job_.profile,
                  number("priority", -kHighestPriority, kHighestPriority, otherwise),
                  job_.walltime,
                  {}};
        constexpr double kLeastInterval = 1e-6;
        life.checkpoints.interval =
            number("checkpoint_interval", kLeastInterval, kLongest, life.checkpoints.interval);
        life.checkpoints.dump = number("dumptime", 0, kLongest, 0);
        life.checkpoints.read = number("readtime", 0, kLongest, 0);
        return life;
    }

  private:
    // The number of a log, else what a JSON workload says, else "".
    std::string queue() const {
        if (job_.queue_id >= 0) return std::to_string(job_.queue_id);
        const auto found = json_.find("queue");
        if (found == json_.end() || found->is_structured()) return "";
        return found->is_string() ? found->get<std::string>() : found->dump();
    }
    static constexpr double kLongest = 1e18; // seconds, as in workloads

    double number(const char* key, double least, double most, double otherwise) const {
        if (!json_.contains(key)) return otherwise;
        const nlohmann::json& value = json_[key];
        if (value.is_number() && value.get<double>() >= least && value.get<double>() <= most)
            return value.get<double>();
        throw std::invalid_argument(std::string("job '") + job_.name + "': '" + key +
                                    "' must be a number from " + nlohmann::json(least).dump() +
                                    " to " + nlohmann::json(most).dump() + ", is " +
                                    batsched::shortened(value.dump()));
    }

    const batsched_job_t& job_;
    nlohmann::json json_;
};

} // namespace preempting

#endif
