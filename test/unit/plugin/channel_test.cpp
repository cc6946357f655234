// Conversations between the simulator and a plugin in a worker process beyond single calls.
#include "plugin/process/channel.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "conversation.hpp"
#include "plugin/process/structs_in_messages.hpp"

namespace batsim {
namespace {

TEST(Channel, PassesOnMessagesOfAnyLength) {
    static std::string heard;
    Conversation talk;
    talk.simulator().annotate_job = [](Sim, batsched_job_id_t, const char* json) {
        heard = json;
        return kOk;
    };
    const std::string json =
        R"({"a":")" + std::string(10 * ChannelMemory::kPartSize, 'x') + R"("})";
    talk.run([&](Sim sim) { sim->annotate_job(sim, 1, json.c_str()); });
    EXPECT_EQ(heard, json);
}

TEST(RemoteSimulator, AnswersWrongStateToOtherThreads) {
    Conversation talk;
    talk.run_with_remote([](RemoteSimulator& remote) {
        EXPECT_EQ(remote.problem(), "");
        std::thread([sim = &remote.c_api()] {
            EXPECT_EQ(sim->stop_simulation(sim, ""), BATSCHED_WRONG_STATE);
        }).join();
        EXPECT_EQ(remote.problem().find("stop_simulation: was called by another thread"), 0U);
    });
}

TEST(RemoteSimulator, AnswersWrongStateWhileNoFunctionOfThePluginRuns) {
    Conversation talk;
    talk.simulator().stop_simulation = [](Sim, const char*) { return kOk; };
    talk.run_with_remote([](RemoteSimulator& remote) {
        const Sim sim = &remote.c_api();
        EXPECT_EQ(sim->stop_simulation(sim, ""), BATSCHED_WRONG_STATE);
        EXPECT_EQ(remote.problem().find("stop_simulation: was called by another thread"), 0U);
    });
}

// The event as the worker reads it.
batsched_event_t deliver(RemoteSimulator& remote, batsched_event_type_t type,
                         const batsched_job_t* job, std::vector<char>& bytes) {
    batsched_event_t event{};
    event.struct_size = sizeof event;
    event.type = type;
    if (job != nullptr) *job_of(event) = job;
    MessageWriter writer;
    carry_event_alone(writer, event);
    if (job != nullptr) carry_job(writer, *job);
    bytes = writer.bytes();
    MessageReader reader(bytes);
    return remote.begin_event(reader);
}

TEST(RemoteSimulator, KeepsAJobUntilTheDecideAfterItsEnd) {
    Conversation talk;
    talk.run_with_remote([](RemoteSimulator& remote) {
        const batsched_job_t job = make_job(5);
        std::vector<char> bytes;
        const auto submitted = deliver(remote, BATSCHED_EVENT_JOB_SUBMITTED, &job, bytes);
        const batsched_job_t* view = submitted.job_submitted.job;
        remote.end_event(submitted);
        const auto completed = deliver(remote, BATSCHED_EVENT_JOB_COMPLETED, &job, bytes);
        EXPECT_EQ(completed.job_completed.job, view);
        remote.end_event(completed);
        const auto decide = deliver(remote, BATSCHED_EVENT_DECIDE, nullptr, bytes);
        EXPECT_STREQ(view->name, "w0!a");
        remote.end_event(decide);
        EXPECT_EQ(remote.known_job_count(), 0U);
    });
}

TEST(ChannelEnd, NoticesThatTheOtherOneHasEnded) {
    Channel channel;
    ChannelEnd end(channel.memory(), Turn::kSimulator, [] { return true; });
    std::vector<char> message;
    EXPECT_THROW(end.receive(message), OtherEndIsGone);
}

} // namespace
} // namespace batsim
