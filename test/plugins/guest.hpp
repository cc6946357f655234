// guest.hpp - a scheduler that rejects all jobs and has some work of its own to do at every batch.
#ifndef BATSIM_TEST_PLUGINS_GUEST_HPP
#define BATSIM_TEST_PLUGINS_GUEST_HPP

#include <batsched.hpp>

class Guest : public batsched::Scheduler {
  public:
    using Scheduler::Scheduler;

  private:
    virtual void work() = 0; // throws what went wrong

    void on_job_submitted(const batsched_job_t& job) override {
        simulator().reject_job(job.id, "not my business");
    }
    void on_decide() override { work(); }
};

#endif
