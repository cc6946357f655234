// scenario.cpp - small simulations in memory: hosts, jobs and what happens to them.
#include "check/scenario.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace batsim {

namespace {

const char* event_type(ExternalEvent::Kind kind) {
    switch (kind) {
        case ExternalEvent::Kind::kForwarded: break;
        case ExternalEvent::Kind::kUnavailable: return "machine_unavailable";
        case ExternalEvent::Kind::kAvailable: return "machine_available";
        case ExternalEvent::Kind::kFailure: return "host_failure";
        case ExternalEvent::Kind::kRepair: return "host_repair";
    }
    return "";
}

// Random numbers that are the same everywhere: the distributions of the standard library are not.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    // From 0 to most.
    std::uint32_t up_to(std::uint32_t most) {
        return static_cast<std::uint32_t>(engine_() % (std::uint64_t{most} + 1));
    }
    bool one_in(std::uint32_t count) { return up_to(count - 1) == 0; }

  private:
    std::mt19937_64 engine_;
};

PlannedJob random_job(Dice& dice, double submit_time, std::uint32_t hosts) {
    PlannedJob job{submit_time, 1 + dice.up_to(hosts - 1), static_cast<double>(dice.up_to(20))};
    if (dice.one_in(2)) job.hosts = 1 + (job.hosts - 1) / 4; // small ones are more common
    if (dice.one_in(20)) job.hosts = hosts + 1 + dice.up_to(3);
    if (dice.one_in(8)) job.run_time /= 8;
    if (!dice.one_in(4)) job.walltime = 1 + dice.up_to(30);
    if (dice.one_in(6)) job.return_code = 1;
    return job;
}

HostSet random_partition(Dice& dice, std::uint32_t host_count) {
    HostSet hosts;
    const bool all = dice.one_in(3);
    for (HostId host = 0; host < host_count; ++host)
        if (all || !dice.one_in(3)) hosts |= HostSet::range(host, host);
    return hosts.empty() ? HostSet::range(host_count - 1, host_count - 1) : hosts;
}

// Each host that goes comes back.
void add_host_events(Dice& dice, Scenario& scenario) {
    const std::uint32_t count = dice.up_to(4);
    for (std::uint32_t i = 0; i < count; ++i) {
        const bool fails = dice.one_in(2);
        const HostId first = dice.up_to(scenario.host_count - 1);
        const HostId last = std::min(first + dice.up_to(3), scenario.host_count - 1);
        const HostSet hosts = HostSet::range(first, last);
        const double begin = dice.up_to(40);
        const double end = begin + dice.up_to(20);
        using Kind = ExternalEvent::Kind;
        scenario.events.push_back(
            host_event(begin, fails ? Kind::kFailure : Kind::kUnavailable, hosts));
        scenario.events.push_back(host_event(end, fails ? Kind::kRepair : Kind::kAvailable, hosts));
    }
}

} // namespace

Scenario scenario(std::string what, std::uint32_t host_count, std::vector<PlannedJob> jobs) {
    return scenario(std::move(what), host_count, HostSet::range(0, host_count - 1),
                    std::move(jobs));
}

Scenario scenario(std::string what, std::uint32_t host_count, HostSet partition,
                  std::vector<PlannedJob> jobs) {
    return {std::move(what), host_count, {{std::move(partition), std::move(jobs)}}};
}

ExternalEvent host_event(double date, ExternalEvent::Kind kind, HostSet hosts) {
    return {date, kind, std::move(hosts), event_type(kind), "{}"};
}

ExternalEvent user_event(double date, std::string type) {
    std::string json = R"({"type": ")" + type + R"(", "text": "nobody knows what this means"})";
    return {date, ExternalEvent::Kind::kForwarded, {}, std::move(type), std::move(json)};
}

std::vector<PlannedJob> random_jobs(std::uint64_t seed, std::size_t count, std::uint32_t hosts) {
    Dice dice(seed);
    std::vector<PlannedJob> jobs;
    double date = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (dice.one_in(2)) date += dice.up_to(5);
        jobs.push_back(random_job(dice, date, hosts));
    }
    return jobs;
}

Scenario random_scenario(std::uint64_t seed) {
    Dice dice(seed);
    const std::uint32_t host_count = 1 + dice.up_to(23);
    HostSet partition = random_partition(dice, host_count);
    const auto size = static_cast<std::uint32_t>(partition.size());
    Scenario result = scenario("the random simulation of seed " + std::to_string(seed), host_count,
                               std::move(partition), random_jobs(seed, dice.up_to(30), size));
    if (dice.one_in(2)) add_host_events(dice, result);
    if (dice.one_in(4)) result.events.push_back(user_event(dice.up_to(40), "weather"));
    sort_by_date(result.events);
    return result;
}

} // namespace batsim
