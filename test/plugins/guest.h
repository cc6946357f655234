/* guest.h - a scheduler in C that rejects all jobs and has some work of its own to do at every batch.
 * Define work() before including it. */
#include <batsched.h>

struct batsched_instance {
    const batsched_simulator_t* sim;
};

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** out, batsched_reply_t* reply) {
    static struct batsched_instance instance; /* each namespace has its own */
    (void)init, (void)reply;
    instance.sim = sim;
    *out = &instance;
    return BATSCHED_OK;
}

static batsched_status_t sched_on_event(batsched_instance_t* self, const batsched_event_t* event) {
    if (event->type == BATSCHED_EVENT_JOB_SUBMITTED)
        return self->sim->reject_job(self->sim, event->job_submitted.job->id, "not my business");
    if (event->type != BATSCHED_EVENT_DECIDE) return BATSCHED_OK;
    const char* problem = work();
    if (problem == NULL) return BATSCHED_OK;
    self->sim->report_error(self->sim, problem);
    return BATSCHED_FAILED;
}

#ifndef HAS_FINALIZE
static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    (void)self, (void)exit;
}
#else
static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit);
#endif
