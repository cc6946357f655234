// determinism_checks.cpp - whether the same inputs give the same decisions.
#include <cstdlib>
#include <ctime>
#include <thread>

#include "check/checks.hpp"
#include "check/trial.hpp"

namespace batsim {

namespace {

using Trace = std::vector<std::string>;

Scenario crowd(Subject& subject) {
    return scenario("a simulation of 200 jobs on 10 hosts", 10,
                    random_jobs(subject.seed(), 200, 10));
}

// Where they differ; "" if the traces are equal.
std::string difference(const Trace& a, const Trace& b) {
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
    if (i == a.size() && i == b.size()) return "";
    const auto row = [i](const Trace& trace) {
        return i < trace.size() ? trace[i] : "nothing more";
    };
    return "event or decision " + std::to_string(i + 1) + ":\n  first " + row(a) + "\n  then  " +
           row(b);
}

Trace without_end(Trace trace) {
    if (!trace.empty() && trace.back().find("SIMULATION_ENDS") != std::string::npos)
        trace.pop_back();
    return trace;
}

// The simulation ends when the other schedulers' jobs have ended, too. Until then calls of an instance come
// that do not come to it alone.
std::string difference_until_alone_ends(const Trace& together, const Trace& alone) {
    Trace beside = without_end(together);
    const Trace until_end = without_end(alone);
    if (beside.size() > until_end.size()) beside.resize(until_end.size());
    return difference(beside, until_end);
}

// Leaves free blocks of all small sizes behind, in no order, so that addresses of new ones come in
// another order than in a fresh heap. The used blocks between them stay.
void shuffle_heap(const Library& library) {
    const auto allocate = reinterpret_cast<void* (*)(std::size_t)>(library.symbol("malloc"));
    const auto release = reinterpret_cast<void (*)(void*)>(library.symbol("free"));
    if (allocate == nullptr || release == nullptr) return;
    constexpr std::size_t kCount = 64, kLargest = 512;
    for (std::size_t size = 24; size <= kLargest; size += 16) {
        std::vector<void*> blocks(2 * kCount);
        for (void*& block : blocks) block = allocate(size);
        for (std::size_t i = 0; i < kCount; ++i) release(blocks[2 * (i * 37 % kCount)]);
    }
}

// Seeds are often made from it.
void wait_for_another_second() {
    const std::time_t begin = std::time(nullptr);
    while (std::time(nullptr) == begin) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

Finding failed(const Trial& trial) { return Finding::fail(explain(trial)); }

Finding repeated(Subject& subject) {
    TrialOptions options;
    options.isolation = subject.isolation_here(); // whose heap can be shuffled
    const Trial first = run_trial(subject, crowd(subject), options);
    if (first.problem) return failed(first);
    wait_for_another_second();
    options.first_copy = 1;
    shuffle_heap(subject.copy(1));
    const Trial second = run_trial(subject, crowd(subject), options);
    if (second.problem) return failed(second);
    const std::string text = difference(first.traces[0], second.traces[0]);
    if (text.empty()) return Finding::pass("the same decisions");
    return Finding::fail("the same simulation, run twice, differs at " + text +
                         "\ndecide nothing by addresses, wall-clock time, hashes of pointers or "
                         "random numbers without init->seed");
}

// Whether the instances have given each other jobs or hosts: then one decides about other things than alone.
bool have_to_do_with_each_other(const Trial& trial) {
    for (const auto& trace : trial.traces)
        for (const std::string& row : trace)
            for (const char* decision : {"forward_job", "lend_hosts", "take_hosts"})
                if (row.find(R"("decision": ")" + std::string(decision)) != std::string::npos)
                    return true;
    return false;
}

Finding interleaved(Subject& subject) {
    Scenario both{"a simulation with two instances that share globals (--isolation none)", 12, {}};
    both.parts = {{HostSet::range(0, 5), random_jobs(subject.seed(), 80, 6)},
                  {HostSet::range(6, 11), random_jobs(subject.seed() + 1, 80, 6)}};
    TrialOptions options;
    options.isolation = Isolation::kNone;
    const Trial together = run_trial(subject, both, options);
    if (together.problem)
        return Finding::fail(explain(together) +
                             "\nkeep all state in the instance, none in globals");
    if (together.registers)
        return Finding::skip("ids of registered jobs depend on other schedulers");
    if (have_to_do_with_each_other(together))
        return Finding::skip("the instances hand each other jobs or hosts");
    for (const std::size_t part : {std::size_t{0}, std::size_t{1}}) {
        options.parts = {part};
        const Trial alone = run_trial(subject, both, options);
        if (alone.problem) return failed(alone);
        const std::string text =
            difference_until_alone_ends(together.traces[part], alone.traces[part]);
        if (!text.empty())
            return Finding::fail("an instance decides otherwise beside another one from " + text +
                                 "\nkeep all state in the instance, none in globals");
    }
    return Finding::pass("two at once decide as each one alone");
}

Finding isolations(Subject& subject) {
    const Trial usual = run_trial(subject, crowd(subject));
    if (usual.problem) return failed(usual);
    for (const Isolation isolation : {Isolation::kNamespace, Isolation::kNone}) {
        if (isolation == subject.isolation()) continue;
        TrialOptions options;
        options.isolation = isolation;
        const Trial other = run_trial(subject, crowd(subject), options);
        if (other.problem) return failed(other);
        if (const std::string text = difference(usual.traces[0], other.traces[0]); !text.empty())
            return Finding::fail("decides otherwise with another --isolation from " + text);
    }
    return Finding::pass("the same decisions with and without a namespace");
}

Finding seeds(Subject& subject) {
    const Trial first = run_trial(subject, crowd(subject));
    TrialOptions options;
    options.seed = subject.seed() + 1;
    const Trial other = run_trial(subject, crowd(subject), options);
    const Trial again = run_trial(subject, crowd(subject));
    for (const Trial* trial : {&first, &other, &again})
        if (trial->problem) return failed(*trial);
    const std::string text = difference(first.traces[0], again.traces[0]);
    if (!text.empty()) return Finding::fail("the same seed gives other decisions from " + text);
    const bool uses_it = !difference(first.traces[0], other.traces[0]).empty();
    return Finding::pass(uses_it ? "another seed gives other decisions" : "does not depend on it");
}

} // namespace

std::vector<Check> determinism_checks() {
    return {
        {"determinism.repeat", "the same simulation twice: the same decisions", repeated},
        {"determinism.instances", "two instances at once decide as each alone", interleaved},
        {"determinism.isolation", "with and without a namespace: the same decisions", isolations},
        {"determinism.seed", "the same seed: the same decisions", seeds},
    };
}

} // namespace batsim
