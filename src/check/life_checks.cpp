// life_checks.cpp - from sched_init to sched_finalize.
#include "base/error.hpp"
#include "base/text.hpp"
#include "check/checks.hpp"
#include "check/stage.hpp"

namespace batsim {

namespace {

Scenario empty_stage(std::size_t part_count) {
    Scenario scenario{"no simulation", static_cast<std::uint32_t>(4 * part_count), {}};
    for (HostId i = 0; i < part_count; ++i)
        scenario.parts.push_back({HostSet::range(4 * i, 4 * i + 3), {}});
    return scenario;
}

Finding begin_and_end(Subject& subject) {
    Stage stage(empty_stage(1));
    const auto instance = stage.instance(subject.plugin(), subject.log());
    try {
        instance->init(stage.role(0, subject.config(), subject.seed()));
    } catch (const PluginError& error) {
        const std::string hint = subject.config().empty()
                                     ? "\nif it needs a configuration, give one with --sched-cfg"
                                     : "";
        return Finding::fail(error.what() + hint);
    }
    if (const auto problem = instance->finalize(BATSCHED_EXIT_FINISHED, ""))
        return Finding::fail(*problem);
    return Finding::pass("sched_init, sched_finalize");
}

// Both begin, then the one that is named ends first.
std::string end_in_order(Subject& subject, Isolation isolation, std::size_t first) {
    Stage stage(empty_stage(2));
    std::vector<std::unique_ptr<PluginScheduler>> instances;
    for (std::size_t i = 0; i < 2; ++i) {
        instances.push_back(stage.instance(subject.plugin(i, isolation), subject.log()));
        instances.back()->init(stage.role(i, subject.config(), subject.seed()));
    }
    for (const std::size_t i : {first, 1 - first})
        if (const auto problem = instances[i]->finalize(BATSCHED_EXIT_FINISHED, ""))
            return *problem;
    return "";
}

Finding two_instances(Subject& subject) {
    for (const Isolation isolation : {subject.isolation(), Isolation::kNone})
        for (const std::size_t first : {std::size_t{0}, std::size_t{1}}) {
            std::string problem;
            try {
                problem = end_in_order(subject, isolation, first);
            } catch (const PluginError& error) {
                problem = error.what();
            }
            if (!problem.empty())
                return Finding::fail("two instances, " +
                                     std::string(isolation == Isolation::kNone
                                                     ? "which share globals (--isolation none)"
                                                     : "each on its own") +
                                     ": " + problem +
                                     "\nkeep all state in the instance, none in globals");
        }
    return Finding::pass("at once, finalized in both orders");
}

// What sched_init makes of a configuration.
struct Answer {
    enum class Kind { kAccepted, kRefused, kFault };
    Kind kind;
    std::string problem;
};

Answer ask(Subject& subject, const std::string& config) {
    Stage stage(empty_stage(1));
    const auto instance = stage.instance(subject.plugin(), subject.log());
    subject.activity().set("in sched_init with the configuration '" + config + "'");
    try {
        instance->init(stage.role(0, config, subject.seed()));
    } catch (const PluginError& error) {
        return {instance->has_refused() ? Answer::Kind::kRefused : Answer::Kind::kFault,
                error.what()};
    }
    if (const auto problem = instance->finalize(BATSCHED_EXIT_FINISHED, ""))
        return {Answer::Kind::kFault, *problem};
    return {Answer::Kind::kAccepted, ""};
}

Finding configurations(Subject& subject) {
    std::string accepted;
    const std::string garbage[] = {R"({"no_such_key_anywhere": 1})",
                                   "{\"unfinished\": ", "\x01\x02 not JSON at all", "[[[[1",
                                   std::string(100000, 'x')};
    for (const std::string& config : {std::string(), std::string("{}")})
        if (const Answer answer = ask(subject, config); answer.kind == Answer::Kind::kFault)
            return Finding::fail("configuration '" + config + "': " + answer.problem);
    for (const std::string& config : garbage) {
        const Answer answer = ask(subject, config);
        const std::string shown = printable(config.substr(0, 40));
        if (answer.kind == Answer::Kind::kFault)
            return Finding::fail(
                "configuration '" + shown + "': " + answer.problem +
                "\nreturn BATSCHED_FAILED after report_error, which tells the user "
                "what is wrong");
        if (answer.kind == Answer::Kind::kAccepted && accepted.empty()) accepted = shown;
    }
    if (accepted.empty()) return Finding::pass("errors are refused with a message");
    return Finding::warn("accepts '" + accepted +
                         "': users will not notice mistakes in their configuration");
}

Finding exit_reasons(Subject& subject) {
    constexpr batsched_exit_reason_t kFromALaterVersion = 77;
    Stage stage(empty_stage(1));
    const std::vector<batsched_exit_reason_t> reasons{
        BATSCHED_EXIT_FINISHED,     BATSCHED_EXIT_STOPPED,         BATSCHED_EXIT_STALLED,
        BATSCHED_EXIT_PLUGIN_ERROR, BATSCHED_EXIT_SIMULATOR_ERROR, BATSCHED_EXIT_INTERRUPTED,
        kFromALaterVersion};
    for (const batsched_exit_reason_t reason : reasons) {
        const auto instance = stage.instance(subject.plugin(), subject.log());
        try {
            instance->init(stage.role(0, subject.config(), subject.seed()));
        } catch (const PluginError& error) {
            return Finding::fail(error.what());
        }
        if (const auto problem = instance->finalize(reason, "a message"))
            return Finding::fail("exit reason " + std::to_string(reason) + ": " + *problem);
    }
    return Finding::pass("finalized for each of them");
}

} // namespace

std::vector<Check> life_checks() {
    return {
        {kFirstCheckOfInstances, "an instance begins and ends without a simulation", begin_and_end,
         /* needs_instance */ false},
        {"life.two-instances", "two instances at once, finalized in either order", two_instances},
        {"life.configuration", "wrong configurations are refused with a message", configurations,
         /* needs_instance */ false},
        {"life.exit-reasons", "sched_finalize copes with every reason", exit_reasons},
    };
}

} // namespace batsim
