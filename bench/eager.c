/* eager.c - a scheduler that does next to nothing: it executes each job at once. */
#include <batsched.h>
#include <stdlib.h>

struct batsched_instance {
    const batsched_simulator_t* sim;
};

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** instance, batsched_reply_t* reply) {
    (void)init;
    (void)reply;
    *instance = malloc(sizeof **instance);
    if (*instance == NULL) return BATSCHED_FAILED;
    (*instance)->sim = sim;
    return BATSCHED_OK;
}

static batsched_status_t sched_on_event(batsched_instance_t* self, const batsched_event_t* event) {
    const batsched_interval_t first = {0, 0};
    if (event->type != BATSCHED_EVENT_JOB_SUBMITTED) return BATSCHED_OK;
    return self->sim->execute_job(self->sim, event->job_submitted.job->id,
                                  (batsched_host_set_t){&first, 1}, NULL);
}

static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    (void)exit;
    free(self);
}

BATSCHED_PLUGIN("eager", "1.0.0", "Executes each job at once, for measurements");
