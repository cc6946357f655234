// Pins the layout of batsched/transfer.h and of its events, like layout_test.cpp that of batsched.h.
#include <gtest/gtest.h>

#include <cstddef>

#include "batsched/transfer.h"

namespace {

TEST(ExtensionLayout, OfPeer) {
    EXPECT_EQ(sizeof(batsched_peer_t), 72U);
    EXPECT_EQ(sizeof(batsched_peer_t),
              offsetof(batsched_peer_t, display_name) + sizeof(batsched_peer_t::display_name))
        << "a later member in padding would look as if it were there";
    EXPECT_EQ(offsetof(batsched_peer_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_peer_t, index), 4U);
    EXPECT_EQ(offsetof(batsched_peer_t, flags), 8U);
    EXPECT_EQ(offsetof(batsched_peer_t, owned_hosts), 12U);
    EXPECT_EQ(offsetof(batsched_peer_t, held_hosts), 16U);
    EXPECT_EQ(offsetof(batsched_peer_t, usable_hosts), 20U);
    EXPECT_EQ(offsetof(batsched_peer_t, running_jobs), 24U);
    EXPECT_EQ(offsetof(batsched_peer_t, waiting_jobs), 32U);
    EXPECT_EQ(offsetof(batsched_peer_t, waiting_hosts), 40U);
    EXPECT_EQ(offsetof(batsched_peer_t, work_ahead), 48U);
    EXPECT_EQ(offsetof(batsched_peer_t, name), 56U);
    EXPECT_EQ(offsetof(batsched_peer_t, display_name), 64U);
    EXPECT_EQ(BATSCHED_PEER_TAKEABLE, 1);
    EXPECT_EQ(BATSCHED_PEER_OBSERVER, 2);
}

TEST(ExtensionLayout, OfPeerHosts) {
    EXPECT_EQ(sizeof(batsched_peer_hosts_t), 32U);
    EXPECT_EQ(offsetof(batsched_peer_hosts_t, owned), 0U);
    EXPECT_EQ(offsetof(batsched_peer_hosts_t, held), 16U);
}

TEST(ExtensionLayout, OfJobHistory) {
    EXPECT_EQ(sizeof(batsched_job_move_t), 16U);
    EXPECT_EQ(offsetof(batsched_job_move_t, time), 0U);
    EXPECT_EQ(offsetof(batsched_job_move_t, from), 8U);
    EXPECT_EQ(offsetof(batsched_job_move_t, to), 12U);
    EXPECT_EQ(sizeof(batsched_job_history_t), 16U);
    EXPECT_EQ(offsetof(batsched_job_history_t, moves), 0U);
    EXPECT_EQ(offsetof(batsched_job_history_t, count), 8U);
}

TEST(ExtensionLayout, OfTransfer) {
    EXPECT_EQ(sizeof(batsched_transfer_t), 48U);
    EXPECT_EQ(offsetof(batsched_transfer_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_transfer_t, find_scheduler), 8U);
    EXPECT_EQ(offsetof(batsched_transfer_t, get_scheduler), 16U);
    EXPECT_EQ(offsetof(batsched_transfer_t, get_scheduler_hosts), 24U);
    EXPECT_EQ(offsetof(batsched_transfer_t, get_job_history), 32U);
    EXPECT_EQ(offsetof(batsched_transfer_t, forward_job), 40U);
    EXPECT_STREQ(BATSCHED_TRANSFER, "batsched.transfer/1");
}

TEST(ExtensionLayout, OfLending) {
    EXPECT_EQ(sizeof(batsched_lending_t), 32U);
    EXPECT_EQ(offsetof(batsched_lending_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_lending_t, lend_hosts), 8U);
    EXPECT_EQ(offsetof(batsched_lending_t, return_hosts), 16U);
    EXPECT_EQ(offsetof(batsched_lending_t, take_hosts), 24U);
    EXPECT_STREQ(BATSCHED_LENDING, "batsched.lending/1");
}

TEST(ExtensionLayout, OfJobForwarded) {
    EXPECT_EQ(sizeof(batsched_job_forwarded_t), 16U);
    EXPECT_EQ(offsetof(batsched_job_forwarded_t, job), 0U);
    EXPECT_EQ(offsetof(batsched_job_forwarded_t, from), 8U);
    EXPECT_EQ(offsetof(batsched_job_forwarded_t, to), 12U);
}

TEST(ExtensionLayout, OfHostsLent) {
    EXPECT_EQ(sizeof(batsched_hosts_lent_t), 24U);
    EXPECT_EQ(offsetof(batsched_hosts_lent_t, hosts), 0U);
    EXPECT_EQ(offsetof(batsched_hosts_lent_t, from), 16U);
    EXPECT_EQ(offsetof(batsched_hosts_lent_t, to), 20U);
}

} // namespace
