// Whether a member of a struct that the other side made is there.
#include <gtest/gtest.h>

#include <cstddef>

#include "batsched.h"

namespace {

TEST(BatschedHas, TellsWhetherAMemberIsThere) {
    batsched_job_t job{};
    job.struct_size = offsetof(batsched_job_t, walltime);
    EXPECT_TRUE(BATSCHED_HAS(&job, submit_time));
    EXPECT_FALSE(BATSCHED_HAS(&job, walltime));
    batsched_event_t event{};
    event.struct_size = offsetof(batsched_event_t, job_submitted);
    EXPECT_FALSE(BATSCHED_HAS(&event, job_submitted.job));
}

} // namespace
