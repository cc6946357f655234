// event_checks.cpp - simulations in which something unusual happens.
#include "check/checks.hpp"
#include "check/trial.hpp"

namespace batsim {

namespace {

Scenario ordinary(Subject& subject, std::string what) {
    return scenario(std::move(what), 8, random_jobs(subject.seed(), 30, 8));
}

// Whether the plugin decides the same as without meddling.
Finding meddle(Subject& subject, const char* what, Meddling meddling) {
    const Trial plain = run_trial(subject, ordinary(subject, "an ordinary simulation"));
    if (plain.problem) return Finding::skip("an ordinary simulation fails already");
    TrialOptions options;
    options.meddling = meddling;
    options.isolation = subject.isolation_here(); // a worker process gets known events only
    const Trial meddled = run_trial(subject, ordinary(subject, what), options);
    if (meddled.problem) return Finding::fail(explain(meddled));
    if (meddled.traces != plain.traces)
        return Finding::fail("decides otherwise than without\nin " + std::string(what));
    return Finding::pass("no difference");
}

Finding unknown_types(Subject& subject) {
    Finding finding = meddle(subject, "a simulation with events of the unknown type 777",
                             Meddling::kUnknownEvents);
    if (finding.kind == Finding::Kind::kFail)
        finding.text += "\nsched_on_event returns BATSCHED_OK for types that it does not know";
    return finding;
}

Finding larger_events(Subject& subject) {
    Finding finding = meddle(subject, "a simulation with events that have further members",
                             Meddling::kLargerEvents);
    if (finding.kind == Finding::Kind::kFail)
        finding.text += "\nnever compare struct_size with sizeof; ask BATSCHED_HAS for a member";
    return finding;
}

Finding empty_simulation(Subject& subject) {
    return try_scenario(subject, scenario("a simulation without jobs", 4, {}));
}

Finding large_job(Subject& subject) {
    Finding finding = try_scenario(
        subject, scenario("a simulation with jobs larger than the partition", 4,
                          {{0, 2, 10, 20}, {1, 5, 10, 20}, {2, 100000, 10, 20}, {3, 4, 10, 20}}));
    if (finding.kind != Finding::Kind::kPass)
        finding.text += "\nreject jobs that request more hosts than the partition has";
    return finding;
}

Finding no_walltime(Subject& subject) {
    Finding finding = try_scenario(
        subject, scenario("a simulation with jobs without walltime", 4,
                          {{0, 2, 10}, {0, 4, 5, 10}, {1, 1, 3}, {1, 2, 2, 3}, {12, 4, 1}}));
    if (finding.kind != Finding::Kind::kPass) finding.text += "\na missing walltime is INFINITY";
    return finding;
}

Finding all_at_once(Subject& subject) {
    std::vector<PlannedJob> jobs = random_jobs(subject.seed(), 60, 8);
    for (PlannedJob& job : jobs) job.submit_time = 0;
    return try_scenario(subject, scenario("a simulation whose jobs all come at date 0", 8, jobs));
}

Finding many_jobs(Subject& subject) {
    const std::vector<PlannedJob> jobs(10000, {5, 1, 1, 2});
    return try_scenario(subject, scenario("a simulation with 10,000 jobs at one date", 64, jobs));
}

Finding run_time_zero(Subject& subject) {
    const std::vector<PlannedJob> jobs(20, {1, 3, 0, 1});
    return try_scenario(subject, scenario("a simulation of jobs with run time 0", 4, jobs));
}

Finding partitions(Subject& subject) {
    const std::vector<PlannedJob> jobs = random_jobs(subject.seed(), 20, 4);
    std::vector<PlannedJob> small = jobs;
    for (PlannedJob& job : small) job.hosts = 1;
    const HostSet holes = HostSet::range(1, 1) | HostSet::range(3, 4) | HostSet::range(70, 70);
    for (const Scenario& each :
         {scenario("a partition that does not begin at 0", 12, HostSet::range(7, 10), jobs),
          scenario("a partition with holes", 80, holes, jobs),
          scenario("a partition of one host", 3, HostSet::range(2, 2), small)})
        if (Finding finding = try_scenario(subject, each); finding.kind != Finding::Kind::kPass)
            return finding;
    return Finding::pass("not from 0, with holes, of one host");
}

// Two of four hosts go while jobs run on them, and come back.
Finding hosts_go(Subject& subject, const char* what, ExternalEvent::Kind goes,
                 ExternalEvent::Kind comes) {
    Scenario each = scenario(what, 4,
                             {{0, 2, 20, 30},
                              {0, 2, 20, 30},
                              {1, 3, 5, 10},
                              {12, 1, 5, 10},
                              {14, 4, 5, 10},
                              {60, 4, 5, 10}});
    each.events = {host_event(10, goes, HostSet::range(1, 2)),
                   host_event(25, goes, HostSet::range(0, 0)),
                   host_event(40, comes, HostSet::range(0, 2))};
    Finding finding = try_scenario(subject, each);
    if (finding.kind != Finding::Kind::kPass)
        finding.text +=
            "\nHOSTS_STATE_CHANGED tells which hosts can take jobs; execute_job answers "
            "BATSCHED_REFUSED for the others and takes nothing";
    return finding;
}

Finding failures(Subject& subject) {
    return hosts_go(subject, "a simulation in which hosts fail under their jobs, and are repaired",
                    ExternalEvent::Kind::kFailure, ExternalEvent::Kind::kRepair);
}

Finding unavailable_hosts(Subject& subject) {
    return hosts_go(subject, "a simulation in which hosts become unavailable, and available again",
                    ExternalEvent::Kind::kUnavailable, ExternalEvent::Kind::kAvailable);
}

// Hosts fail between the decision and its effect.
Finding dropped_decision(Subject& subject) {
    Scenario each = scenario("a simulation in which decisions are dropped", 4,
                             {{0, 4, 10, 20}, {1, 2, 10, 20}, {100, 3, 10, 20}});
    each.delay = 10;
    for (const double date : {5.0, 105.0}) {
        each.events.push_back(
            host_event(date, ExternalEvent::Kind::kFailure, HostSet::range(0, 1)));
        each.events.push_back(
            host_event(date + 25, ExternalEvent::Kind::kRepair, HostSet::range(0, 1)));
    }
    const Trial trial = run_trial(subject, each);
    Finding finding = judge(trial);
    if (finding.kind == Finding::Kind::kPass && trial.dropped == 0)
        return Finding::skip("it executed nothing that could be dropped");
    if (finding.kind != Finding::Kind::kPass)
        finding.text +=
            "\nafter DECISION_DROPPED the job is waiting again; only schedulers whose "
            "decisions are delayed get it";
    return finding;
}

Finding external_event(Subject& subject) {
    Scenario each = ordinary(subject, "a simulation with external events of an unknown type");
    each.events = {user_event(0, "weather"), user_event(7.5, ""), user_event(1000, "weather")};
    return try_scenario(subject, each);
}

} // namespace

std::vector<Check> event_checks() {
    return {
        {"events.unknown-type", "ignores events of unknown types", unknown_types},
        {"events.larger-event", "ignores what a later version adds to events", larger_events},
        {"events.no-jobs", "an empty simulation ends", empty_simulation},
        {"events.large-job", "deals with jobs larger than the partition", large_job},
        {"events.no-walltime", "deals with jobs without walltime", no_walltime},
        {"events.run-time-0", "deals with jobs that end when they begin", run_time_zero},
        {"events.all-at-once", "deals with jobs that all come at date 0", all_at_once},
        {"events.10000-jobs", "deals with 10,000 jobs at one date", many_jobs},
        {"events.partition", "uses partitions that begin late, have holes or one host", partitions},
        {"events.host-fails", "copes with hosts that fail under jobs and come back", failures},
        {"events.host-unavailable", "copes with hosts that become unavailable and come back",
         unavailable_hosts},
        {"events.decision-dropped", "takes a job back whose execution was dropped",
         dropped_decision},
        {"events.external-event", "ignores external events that it does not know", external_event},
    };
}

} // namespace batsim
