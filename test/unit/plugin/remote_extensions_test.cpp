// Extensions of the simulator in a worker process: what a plugin asks for is what the simulator hears.
#include <gtest/gtest.h>

#include <string>

#include "conversation.hpp"

namespace batsim {
namespace {

constexpr batsched_job_move_t kMoves[] = {{1.5, 0, 2}, {2.5, 2, 1}};

batsched_transfer_t make_transfer() {
    batsched_transfer_t transfer{};
    transfer.struct_size = sizeof transfer;
    transfer.find_scheduler = [](Sim, const char* name, std::uint32_t* index) {
        if (std::string(name) != "north") return batsched_status_t{BATSCHED_UNKNOWN_ID};
        *index = 7;
        return kOk;
    };
    transfer.get_scheduler = [](Sim, std::uint32_t index, batsched_peer_t* out) {
        if (out == nullptr) return batsched_status_t{BATSCHED_INVALID_ARGUMENT};
        EXPECT_EQ(out->struct_size, sizeof(batsched_peer_t));
        *out = {72, index, BATSCHED_PEER_TAKEABLE, 8, 7, 6, 5, 4, 3, 2.5, "north", "easy"};
        return kOk;
    };
    transfer.get_scheduler_hosts = [](Sim, std::uint32_t, batsched_peer_hosts_t* out) {
        *out = {kHosts, {}};
        return kOk;
    };
    transfer.get_job_history = [](Sim, batsched_job_id_t job, batsched_job_history_t* out) {
        if (job == 1) *out = {kMoves, 2};
        return kOk;
    };
    transfer.forward_job = [](Sim, batsched_job_id_t job, std::uint32_t to) {
        return static_cast<batsched_status_t>(job == 3 && to == 7 ? 0 : BATSCHED_ALREADY_GONE);
    };
    return transfer;
}

batsched_lending_t make_lending() {
    batsched_lending_t lending{};
    lending.struct_size = sizeof lending;
    lending.lend_hosts = [](Sim, batsched_host_set_t hosts, std::uint32_t to) {
        return static_cast<batsched_status_t>(are_the_hosts(hosts) && to == 7 ? 0 : -1);
    };
    lending.return_hosts = [](Sim, batsched_host_set_t hosts) {
        return static_cast<batsched_status_t>(are_the_hosts(hosts) ? BATSCHED_REFUSED : -1);
    };
    lending.take_hosts = [](Sim, batsched_host_set_t hosts) {
        return static_cast<batsched_status_t>(are_the_hosts(hosts) ? 0 : -1);
    };
    return lending;
}

// A simulator with both.
class RemoteExtensions : public testing::Test {
  protected:
    RemoteExtensions() {
        talk_.simulator().get_extension = [](Sim, const char* name) -> const void* {
            static const batsched_transfer_t transfer = make_transfer();
            static const batsched_lending_t lending = make_lending();
            return std::string(name) == BATSCHED_TRANSFER ? static_cast<const void*>(&transfer)
                                                          : &lending;
        };
    }
    static const batsched_transfer_t& transfer_of(Sim sim) {
        return *static_cast<const batsched_transfer_t*>(sim->get_extension(sim, BATSCHED_TRANSFER));
    }

    Conversation talk_;
};

TEST_F(RemoteExtensions, DescribeOtherSchedulers) {
    talk_.run([](Sim sim) {
        const batsched_transfer_t& transfer = transfer_of(sim);
        EXPECT_EQ(transfer.struct_size, sizeof transfer);
        std::uint32_t index = 0;
        EXPECT_EQ(transfer.find_scheduler(sim, "south", &index), BATSCHED_UNKNOWN_ID);
        ASSERT_EQ(transfer.find_scheduler(sim, "north", &index), BATSCHED_OK);
        batsched_peer_t peer{};
        peer.struct_size = sizeof peer;
        ASSERT_EQ(transfer.get_scheduler(sim, index, &peer), BATSCHED_OK);
        EXPECT_EQ(peer.index, 7U);
        EXPECT_EQ(peer.owned_hosts, 8U);
        EXPECT_EQ(peer.waiting_hosts, 3U);
        EXPECT_EQ(peer.work_ahead, 2.5);
        EXPECT_STREQ(peer.name, "north");
        EXPECT_STREQ(peer.display_name, "easy");
        EXPECT_EQ(transfer.get_scheduler(sim, index, nullptr), BATSCHED_INVALID_ARGUMENT);
    });
}

TEST_F(RemoteExtensions, LendSetsOfHostsAndHistories) {
    talk_.run([](Sim sim) {
        const batsched_transfer_t& transfer = transfer_of(sim);
        batsched_peer_hosts_t hosts{};
        ASSERT_EQ(transfer.get_scheduler_hosts(sim, 1, &hosts), BATSCHED_OK);
        batsched_job_history_t history{}, none{};
        ASSERT_EQ(transfer.get_job_history(sim, 1, &history), BATSCHED_OK);
        ASSERT_EQ(transfer.get_job_history(sim, 2, &none), BATSCHED_OK);
        EXPECT_TRUE(are_the_hosts(hosts.owned));
        EXPECT_EQ(hosts.held.count, 0U);
        ASSERT_EQ(history.count, 2U);
        EXPECT_EQ(history.moves[1].time, 2.5);
        EXPECT_EQ(history.moves[1].to, 1U);
        EXPECT_EQ(none.count, 0U);
    });
}

TEST_F(RemoteExtensions, PassOnDecisions) {
    talk_.run([](Sim sim) {
        const auto* lending =
            static_cast<const batsched_lending_t*>(sim->get_extension(sim, BATSCHED_LENDING));
        EXPECT_EQ(transfer_of(sim).forward_job(sim, 3, 7), BATSCHED_OK);
        EXPECT_EQ(transfer_of(sim).forward_job(sim, 3, 8), BATSCHED_ALREADY_GONE);
        EXPECT_EQ(lending->lend_hosts(sim, kHosts, 7), BATSCHED_OK);
        EXPECT_EQ(lending->return_hosts(sim, kHosts), BATSCHED_REFUSED);
        EXPECT_EQ(lending->take_hosts(sim, kHosts), BATSCHED_OK);
    });
}

} // namespace
} // namespace batsim
