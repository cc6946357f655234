// event.cpp - the order of events inside a batch.
#include "engine/event.hpp"

namespace batsim {

namespace {

struct IdOf {
    std::uint64_t operator()(const JobCompleted& event) const { return event.job->id; }
    std::uint64_t operator()(const JobSubmitted& event) const { return event.job->id; }
    std::uint64_t operator()(const JobForwarded& event) const { return event.job->id; }
    std::uint64_t operator()(const JobRejected& event) const { return event.job->id; }
    std::uint64_t operator()(const JobStarted& event) const { return event.job->id; }
    std::uint64_t operator()(const RequestedCall& event) const { return event.call; }
    std::uint64_t operator()(const ProbeData& event) const { return event.probe; }
    template <class Other>
    std::uint64_t operator()(const Other&) const {
        return 0;
    }
};

} // namespace

bool delivered_before(const Event& a, const Event& b) {
    if (a.index() != b.index()) return a.index() < b.index();
    return std::visit(IdOf{}, a) < std::visit(IdOf{}, b);
}

} // namespace batsim
