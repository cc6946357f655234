/* newer.c - fcfs, built with a later version of batsched.h, which uses what is new there if the
 * simulator has it. */
#include <batsched.h>

/* The plugin itself comes below. */
#undef BATSCHED_PLUGIN
#define BATSCHED_PLUGIN(name, version, description) typedef int fcfs_is_not_a_plugin_here
#define sched_init fcfs_init
#define sched_on_event fcfs_on_event
#define sched_finalize fcfs_finalize
#include "../../plugins/fcfs/fcfs.c"
#undef sched_init
#undef sched_on_event
#undef sched_finalize

static batsched_status_t fail(const batsched_simulator_t* sim, const char* why) {
    sim->report_error(sim, why);
    return BATSCHED_FAILED;
}

/* What a simulator of an older version must make of newer structs. */
static batsched_status_t check(const batsched_simulator_t* sim, const batsched_job_t* job) {
    if (BATSCHED_HAS(sim, newer_function) || BATSCHED_HAS(job, newer_member))
        return fail(sim, "the simulator is not older");
    batsched_host_status_t status = {0};
    status.struct_size = sizeof status;
    const batsched_status_t looked_up = sim->get_host_status(sim, 0, &status);
    if (looked_up != BATSCHED_OK) return looked_up;
    if (BATSCHED_HAS(&status, newer_member) || !BATSCHED_HAS(&status, running_jobs))
        return fail(sim, "struct_size was not lowered to what was written");
    const batsched_interval_t hosts = {0, job->requested_hosts - 1};
    batsched_execution_t how = {0};
    how.struct_size = sizeof how;
    how.newer_member = 1;
    if (sim->execute_job(sim, job->id, (batsched_host_set_t){&hosts, 1}, &how) !=
        BATSCHED_UNSUPPORTED)
        return fail(sim, "a wish that the simulator does not know was not UNSUPPORTED");
    return BATSCHED_OK;
}

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** out, batsched_reply_t* reply) {
    if (BATSCHED_HAS(init, newer_member) || BATSCHED_HAS(reply, newer_member))
        return fail(sim, "the simulator is not older");
    return fcfs_init(sim, init, out, reply);
}

static batsched_status_t sched_on_event(batsched_instance_t* self, const batsched_event_t* event) {
    if (event->type == BATSCHED_EVENT_NEWER) return fail(self->sim, "the simulator is not older");
    if (event->type == BATSCHED_EVENT_JOB_COMPLETED &&
        BATSCHED_HAS(event, job_completed.newer_member))
        return fail(self->sim, "the simulator is not older");
    if (event->type == BATSCHED_EVENT_JOB_SUBMITTED) {
        const batsched_status_t status = check(self->sim, event->job_submitted.job);
        if (status != BATSCHED_OK) return status;
    }
    return fcfs_on_event(self, event);
}

static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    fcfs_finalize(self, exit);
}

const batsched_vtable_t batsched_vtable = {sizeof(batsched_vtable_t),
                                           BATSCHED_ABI_VERSION,
                                           "newer",
                                           "1.0.0",
                                           "fcfs of a later version",
                                           sched_init,
                                           sched_on_event,
                                           sched_finalize,
                                           1};
