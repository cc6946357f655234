// events.cpp - the bytes are external events, which then happen to hosts that run jobs.
#include "../unit/engine/playground.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "fuzzed_file.hpp"
#include "platform/external_events.hpp"

namespace batsim {
namespace {

constexpr std::uint32_t kHosts = 4;

void must_be_sound(const std::vector<ExternalEvent>& events) {
    double date = 0;
    for (const ExternalEvent& event : events) {
        must_hold(event.date >= date && event.date <= 1e18);
        date = event.date;
        must_hold(Json::parse(event.json).at("type") == event.type);
        const bool forwarded = event.kind == ExternalEvent::Kind::kForwarded;
        must_hold(forwarded == event.hosts.empty());
        if (!forwarded) must_hold(event.hosts.intervals().back().last < kHosts);
    }
}

// Starts each job when it comes, or rejects it if that is not possible then.
void start_or_reject(const Batch& batch, Decisions& decisions) {
    for (const Event& event : batch.events) {
        const auto* submitted = std::get_if<JobSubmitted>(&event);
        if (submitted == nullptr) continue;
        const JobRecord& job = *submitted->job;
        const HostSet hosts = HostSet::range(0, job.job.requested_hosts - 1);
        if (decisions.execute_job(job.id, hosts) != Status::kOk)
            must_hold(decisions.reject_job(job.id, "") == Status::kOk);
    }
}

void simulate(std::vector<ExternalEvent> events) {
    Playground playground(kHosts);
    playground.external_events = std::move(events);
    playground.job("early", 0, 2, delay(10))
        .job("beside", 20, 1, compute({30}))
        .job("all", 100, kHosts, sequence({delay(1), compute({1, 2, 3, 4})}, 100), 50)
        .job("late", 1e6, 3, delay(1));
    const Outcome outcome = playground.run(start_or_reject);
    must_hold(outcome.reason == EndReason::kFinished);
    must_hold(playground.collector.order.size() == 4);
}

} // namespace
} // namespace batsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace batsim;
    const FuzzedFile file(bytes, size);
    try {
        std::vector<ExternalEvent> events = read_external_events(file.path(), kHosts);
        sort_by_date(events);
        must_be_sound(events);
        simulate(std::move(events));
    } catch (const InputError&) {
        return 0;
    }
    return 0;
}
