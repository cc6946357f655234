// rejecter.cpp - rejects every job: the smallest scheduler, and a measure of what the rest costs.
#include <batsched.hpp>

#include "../common/config.hpp"

class Rejecter : public batsched::Scheduler {
  public:
    explicit Rejecter(const batsched::Context& context) : Scheduler(context) {
        batsched::Config(context.init.config).check_unused();
    }

  private:
    void on_job_submitted(const batsched_job_t& job) override {
        simulator().reject_job(job.id, "rejected by policy");
    }
    void on_decide() override {}
};

BATSCHED_PLUGIN(Rejecter, "rejecter", "1.0.0", "Rejects every job");
