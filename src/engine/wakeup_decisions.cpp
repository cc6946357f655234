// wakeup_decisions.cpp - the part of Decisions that is about calls and probes.
#include <utility>

#include "base/text.hpp"
#include "engine/decisions.hpp"
#include "engine/limits.hpp"

namespace batsim {

// Of what has a first date and a period, 0: none.
Status Decisions::check_dates(const std::string& what, double time, double period) {
    if (!(time >= now_ && time <= kLatestDate))
        return fail(Status::kInvalidArgument,
                    "the time of a " + what + " must lie between now, " + number_text(now_) +
                        ", and " + number_text(kLatestDate) + ", is " + number_text(time));
    if (!(period >= 0 && period <= kLatestDate))
        return fail(Status::kInvalidArgument,
                    "the period of a " + what + " must be >= 0 and at most " +
                        number_text(kLatestDate) + ", is " + number_text(period));
    if (period > 0 && time + period == time)
        return fail(Status::kInvalidArgument,
                    "the period of a " + what + ", " + number_text(period) +
                        ", is too short for dates like " + number_text(time));
    return Status::kOk;
}

Status Decisions::call_me_later(double time, double period, CallId& call) {
    if (const Status status = check_dates("call", time, period); status != Status::kOk)
        return status;
    call = slot_.calls.create(time, period);
    slot_.decisions.emplace_back(ArmCall{call});
    return Status::kOk;
}

Status Decisions::cancel_call(CallId call) {
    if (!slot_.calls.was_created(call))
        return fail(Status::kUnknownId, "there is no call with the id " + std::to_string(call));
    return slot_.calls.cancel(call) ? Status::kOk : Status::kAlreadyGone;
}

// Names that a platform file gives to both directions at once get the names of these.
Status Decisions::find_link(const std::string& name, LinkId& link) {
    const Platform& platform = resources_.states.platform();
    if (const auto found = platform.find_link(name)) {
        link = *found;
        return Status::kOk;
    }
    std::string why = "there is no link '" + name + "'";
    if (platform.find_link(name + "_UP"))
        why += "; its two directions are called " + name + "_UP and " + name + "_DOWN";
    return fail(Status::kUnknownId, std::move(why));
}

Status Decisions::create_probe(Probe probe, double first_time, double period, ProbeId& id) {
    const bool of_nothing =
        std::visit([](const auto& targets) { return targets.empty(); }, probe.targets);
    if (of_nothing)
        return fail(Status::kInvalidArgument, "the probe has no host and no link to measure");
    if (const Status status = check_dates("probe", first_time, period); status != Status::kOk)
        return status;
    if (!resources_.instruments.can_measure(probe)) return Status::kUnsupported;
    id = slot_.probes.create(std::move(probe), first_time, period);
    slot_.decisions.emplace_back(ArmProbe{id});
    return Status::kOk;
}

Status Decisions::stop_probe(ProbeId probe) {
    if (!slot_.probes.was_created(probe))
        return fail(Status::kUnknownId, "there is no probe with the id " + std::to_string(probe));
    return slot_.probes.stop(probe) ? Status::kOk : Status::kAlreadyGone;
}

} // namespace batsim
