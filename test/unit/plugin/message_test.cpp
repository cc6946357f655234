// What two processes tell each other arrives as it was sent.
#include "plugin/abi/message.hpp"

#include <gtest/gtest.h>

#include <string>

#include "plugin/process/structs_in_messages.hpp"

namespace batsim {
namespace {

using Bytes = std::vector<char>;

// ---- Values --------------------------------------------------------------------------------------

TEST(Message, KeepsValuesTextsAndArraysInTheirOrder) {
    MessageWriter writer;
    const double numbers[] = {1.5, -0.0, INFINITY};
    writer.plain(std::int32_t{-7});
    writer.text("caf\xc3\xa9");
    writer.text("");
    writer.array(numbers, std::size_t{3});
    Bytes bytes = writer.bytes();
    MessageReader reader(bytes);
    const char* text = nullptr;
    const double* values = nullptr;
    std::size_t count = 0;
    EXPECT_EQ(reader.plain<std::int32_t>(), -7);
    reader.text(text);
    EXPECT_STREQ(text, "caf\xc3\xa9");
    reader.text(text);
    EXPECT_STREQ(text, "");
    reader.array(values, count);
    ASSERT_EQ(count, 3U);
    EXPECT_TRUE(std::equal(values, values + 3, numbers));
}

TEST(Message, KeepsNullApartFromEmpty) {
    MessageWriter writer;
    writer.text(nullptr);
    writer.array(static_cast<const int*>(nullptr), std::size_t{3});
    const int none = 0;
    writer.array(&none, std::size_t{0});
    Bytes bytes = writer.bytes();
    MessageReader reader(bytes);
    const char* text = "";
    const int* values = &none;
    std::size_t count = 5;
    reader.text(text);
    EXPECT_EQ(text, nullptr);
    reader.array(values, count);
    EXPECT_EQ(values, nullptr);
    EXPECT_EQ(count, 5U);
    reader.array(values, count);
    EXPECT_NE(values, nullptr);
    EXPECT_EQ(count, 0U);
}

// The plugin can write anything into the memory that it shares with the simulator.
TEST(Message, IsNotReadBeyondItsEnd) {
    MessageWriter writer;
    writer.text("a text");
    const Bytes whole = writer.bytes();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        Bytes bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        MessageReader reader(bytes);
        const char* text = nullptr;
        EXPECT_THROW(reader.text(text), BrokenMessage);
    }
}

TEST(Message, RefusesLengthsThatCannotBe) {
    for (const std::uint64_t length : {UINT64_MAX - 1, UINT64_MAX / 8, std::uint64_t{1} << 32}) {
        MessageWriter writer;
        writer.plain(length);
        writer.plain(std::uint64_t{0});
        Bytes bytes = writer.bytes();
        const char* text = nullptr;
        const double* values = nullptr;
        std::size_t count = 0;
        EXPECT_THROW(MessageReader(bytes).text(text), BrokenMessage);
        EXPECT_THROW(MessageReader(bytes).array(values, count), BrokenMessage);
    }
}

// ---- Events --------------------------------------------------------------------------------------

// An event that has been sent, with all that it points to.
class SentEvent {
  public:
    explicit SentEvent(const batsched_event_t& event) {
        MessageWriter writer;
        carry_event_alone(writer, event);
        bytes_ = writer.bytes();
        MessageReader reader(bytes_);
        carry_event_alone(reader, event_);
    }
    ~SentEvent() = default;
    SentEvent(const SentEvent&) = delete;
    SentEvent& operator=(const SentEvent&) = delete;
    const batsched_event_t& operator*() const { return event_; }

  private:
    Bytes bytes_;
    batsched_event_t event_;
};

batsched_event_t event_of(batsched_event_type_t type) {
    batsched_event_t event{};
    event.struct_size = sizeof event;
    event.type = type;
    event.time = 12.5;
    return event;
}

const batsched_interval_t kSentIntervals[] = {{0, 3}, {5, 5}};
const batsched_host_set_t kSentHosts{kSentIntervals, 2};

void expect_hosts(batsched_host_set_t set) {
    ASSERT_EQ(set.count, 2U);
    EXPECT_NE(set.intervals, kSentIntervals);
    EXPECT_EQ(set.intervals[0].last, 3U);
    EXPECT_EQ(set.intervals[1].first, 5U);
}

TEST(EventMessage, CarriesSimulationBegins) {
    batsched_event_t event = event_of(BATSCHED_EVENT_SIMULATION_BEGINS);
    event.simulation_begins.hosts = kSentHosts;
    const SentEvent sent(event);
    EXPECT_EQ((*sent).time, 12.5);
    expect_hosts((*sent).simulation_begins.hosts);
    EXPECT_EQ((*sent).simulation_begins.storage_hosts.count, 0U);
}

TEST(EventMessage, CarriesJobCompletedButItsJob) {
    batsched_event_t event = event_of(BATSCHED_EVENT_JOB_COMPLETED);
    event.job_completed = {nullptr, BATSCHED_JOB_FAILED, 3,          2.5,       NAN,
                           0.5,     R"({"a":1})",        kSentHosts, kSentHosts};
    const SentEvent sent(event);
    EXPECT_EQ((*sent).job_completed.state, BATSCHED_JOB_FAILED);
    EXPECT_EQ((*sent).job_completed.return_code, 3);
    EXPECT_EQ((*sent).job_completed.start_time, 2.5);
    EXPECT_EQ((*sent).job_completed.progress, 0.5);
    EXPECT_STREQ((*sent).job_completed.progress_json, R"({"a":1})");
    expect_hosts((*sent).job_completed.hosts);
    expect_hosts((*sent).job_completed.usable_hosts);
}

TEST(EventMessage, CarriesWhatObserversAreToldButTheJob) {
    batsched_event_t rejected = event_of(BATSCHED_EVENT_JOB_REJECTED);
    rejected.job_rejected = {nullptr, "too large"};
    EXPECT_STREQ((*SentEvent(rejected)).job_rejected.reason, "too large");
    batsched_event_t started = event_of(BATSCHED_EVENT_JOB_STARTED);
    started.job_started = {nullptr, 60, kSentHosts};
    const SentEvent sent(started);
    EXPECT_EQ((*sent).job_started.walltime, 60);
    expect_hosts((*sent).job_started.hosts);
}

TEST(EventMessage, CarriesHostsThatAreLent) {
    batsched_event_t event = event_of(BATSCHED_EVENT_HOSTS_LENT);
    event.hosts_lent = {kSentHosts, 1, 2};
    const SentEvent sent(event);
    EXPECT_EQ((*sent).hosts_lent.to, 2U);
    expect_hosts((*sent).hosts_lent.hosts);
}

TEST(EventMessage, CarriesJobsKilled) {
    const batsched_job_id_t jobs[] = {4, UINT64_C(1) << 32};
    batsched_event_t event = event_of(BATSCHED_EVENT_JOBS_KILLED);
    event.jobs_killed = {jobs, 2};
    const SentEvent sent(event);
    ASSERT_EQ((*sent).jobs_killed.count, 2U);
    EXPECT_EQ((*sent).jobs_killed.jobs[1], UINT64_C(1) << 32);
}

TEST(EventMessage, CarriesChangesOfHosts) {
    batsched_event_t state = event_of(BATSCHED_EVENT_HOSTS_STATE_CHANGED);
    state.hosts_state_changed = {BATSCHED_HOST_FAILED, kSentHosts};
    const SentEvent sent_state(state);
    EXPECT_EQ((*sent_state).hosts_state_changed.state, BATSCHED_HOST_FAILED);
    expect_hosts((*sent_state).hosts_state_changed.hosts);
    batsched_event_t pstate = event_of(BATSCHED_EVENT_HOSTS_PSTATE_CHANGED);
    pstate.hosts_pstate_changed = {4, kSentHosts};
    const SentEvent sent_pstate(pstate);
    EXPECT_EQ((*sent_pstate).hosts_pstate_changed.pstate, 4U);
    expect_hosts((*sent_pstate).hosts_pstate_changed.hosts);
}

TEST(EventMessage, CarriesExternalEvents) {
    batsched_event_t event = event_of(BATSCHED_EVENT_EXTERNAL_EVENT);
    event.external_event = {"alarm", R"({"type":"alarm"})"};
    const SentEvent sent(event);
    EXPECT_STREQ((*sent).external_event.type, "alarm");
    EXPECT_STREQ((*sent).external_event.json, R"({"type":"alarm"})");
}

TEST(EventMessage, CarriesProbeData) {
    const double values[] = {1, NAN, 3};
    batsched_event_t event = event_of(BATSCHED_EVENT_PROBE_DATA);
    event.probe_data = {9, values, 3};
    const SentEvent sent(event);
    EXPECT_EQ((*sent).probe_data.probe, 9U);
    ASSERT_EQ((*sent).probe_data.count, 3U);
    EXPECT_EQ((*sent).probe_data.values[2], 3);
}

TEST(EventMessage, CarriesDroppedDecisionsButTheirJob) {
    batsched_event_t event = event_of(BATSCHED_EVENT_DECISION_DROPPED);
    event.decision_dropped = {BATSCHED_DECISION_SET_PSTATE, nullptr, kSentHosts, "no longer on"};
    const SentEvent sent(event);
    EXPECT_EQ((*sent).decision_dropped.kind, BATSCHED_DECISION_SET_PSTATE);
    EXPECT_EQ((*sent).decision_dropped.job, nullptr);
    EXPECT_STREQ((*sent).decision_dropped.reason, "no longer on");
    expect_hosts((*sent).decision_dropped.hosts);
}

TEST(EventMessage, CarriesEventsWithoutPointersAsTheyAre) {
    batsched_event_t call = event_of(BATSCHED_EVENT_REQUESTED_CALL);
    call.requested_call.call = 77;
    EXPECT_EQ((*SentEvent(call)).requested_call.call, 77U);
    batsched_event_t ends = event_of(BATSCHED_EVENT_SIMULATION_ENDS);
    ends.simulation_ends.reason = BATSCHED_EXIT_STALLED;
    EXPECT_EQ((*SentEvent(ends)).simulation_ends.reason, BATSCHED_EXIT_STALLED);
    for (const auto type : {BATSCHED_EVENT_DECIDE, BATSCHED_EVENT_NO_MORE_STATIC_JOBS,
                            BATSCHED_EVENT_NO_MORE_EXTERNAL_EVENTS})
        EXPECT_EQ((*SentEvent(event_of(type))).type, type);
}

TEST(EventMessage, HasTheSizeThatTheSimulatorGave) {
    batsched_event_t event = event_of(BATSCHED_EVENT_DECIDE);
    event.struct_size = 16;
    EXPECT_EQ((*SentEvent(event)).struct_size, 16U);
}

// ---- Initialisation and end ----------------------------------------------------------------------

TEST(InitMessage, CarriesEverything) {
    const char* const workloads[] = {"w0", "w1"};
    const batsched_init_t init{sizeof init, 1,  2, 2,          "s1",      "{}",
                               "/plugins",  99, 7, kSentHosts, workloads, kSentHosts};
    MessageWriter writer;
    carry_init(writer, init);
    Bytes bytes = writer.bytes();
    MessageReader reader(bytes);
    batsched_init_t read;
    carry_init(reader, read);
    EXPECT_EQ(read.seed, 99U);
    EXPECT_STREQ(read.name, "s1");
    EXPECT_STREQ(read.config, "{}");
    EXPECT_STREQ(read.directory, "/plugins");
    expect_hosts(read.hosts);
    expect_hosts(read.all_hosts);
    ASSERT_EQ(read.workload_count, 2U);
    EXPECT_STREQ(read.workloads[1], "w1");
}

TEST(ReplyMessage, KeepsNamesThatAreNotGiven) {
    const batsched_reply_t reply{sizeof reply, 5, nullptr, "2.0"};
    MessageWriter writer;
    carry_reply(writer, reply);
    Bytes bytes = writer.bytes();
    MessageReader reader(bytes);
    batsched_reply_t read;
    carry_reply(reader, read);
    EXPECT_EQ(read.features, 5U);
    EXPECT_EQ(read.display_name, nullptr);
    EXPECT_STREQ(read.display_version, "2.0");
}

// ---- What plugins give ---------------------------------------------------------------------------

batsched_host_set_t send(batsched_host_set_t set, Bytes& bytes) {
    MessageWriter writer;
    write_hosts(writer, set);
    bytes = writer.bytes();
    MessageReader reader(bytes);
    batsched_host_set_t read;
    read_hosts(reader, read);
    return read;
}

TEST(GivenHosts, GoAsFarAsTheyAreSorted) {
    Bytes bytes;
    expect_hosts(send(kSentHosts, bytes));
    const batsched_interval_t unsorted[] = {{4, 6}, {2, 3}, {8, 9}};
    EXPECT_EQ(send({unsorted, 3}, bytes).count, 2U);
    const batsched_interval_t backward[] = {{6, 4}, {8, 9}};
    EXPECT_EQ(send({backward, 2}, bytes).count, 1U);
    // What lies behind the first mistake may be no memory at all.
    EXPECT_EQ(send({unsorted, UINT32_MAX}, bytes).count, 2U);
}

TEST(GivenHosts, AreNotLookedAtIfTheyAreMoreThanAnyPlatformHas) {
    Bytes bytes;
    const auto* const nowhere = reinterpret_cast<const batsched_interval_t*>(8);
    const batsched_host_set_t read = send({nowhere, SIZE_MAX}, bytes);
    EXPECT_NE(read.intervals, nullptr);
    EXPECT_EQ(read.count, SIZE_MAX); // which the simulator refuses
}

TEST(GivenHosts, MayBeMissing) {
    Bytes bytes;
    const batsched_host_set_t read = send({nullptr, 2}, bytes);
    EXPECT_EQ(read.intervals, nullptr);
    EXPECT_EQ(read.count, 2U);
}

TEST(GivenStruct, OfAWrongSizeIsNotLookedAt) {
    batsched_execution_t how{};
    how.struct_size = 8;
    how.storage_mapping = reinterpret_cast<const char*>(1); // nobody may read this
    MessageWriter writer;
    write_argument(writer, &how);
    Bytes bytes = writer.bytes();
    MessageReader reader(bytes);
    const batsched_execution_t* read = nullptr;
    read_argument(reader, read);
    ASSERT_NE(read, nullptr);
    EXPECT_EQ(read->struct_size, 8U);
    EXPECT_EQ(read->storage_mapping, nullptr);
}

TEST(GivenStruct, OfALaterVersionKeepsWhatIsNotKnown) {
    struct Later {
        batsched_execution_t known;
        double more;
    } later{};
    later.known.struct_size = sizeof later;
    later.more = 4;
    MessageWriter writer;
    write_argument(writer, &later.known);
    Bytes bytes = writer.bytes();
    MessageReader reader(bytes);
    const batsched_execution_t* read = nullptr;
    read_argument(reader, read);
    EXPECT_EQ(reinterpret_cast<const Later*>(read)->more, 4);
}

} // namespace
} // namespace batsim
