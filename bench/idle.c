/* idle.c - a scheduler that does nothing: what it costs to call it is the cost of the call. */
#include <batsched.h>

struct batsched_instance {
    int unused;
};

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** out, batsched_reply_t* reply) {
    static struct batsched_instance instance;
    (void)sim, (void)init, (void)reply;
    *out = &instance;
    return BATSCHED_OK;
}

static batsched_status_t sched_on_event(batsched_instance_t* self, const batsched_event_t* event) {
    (void)self, (void)event;
    return BATSCHED_OK;
}

static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    (void)self, (void)exit;
}

BATSCHED_PLUGIN("idle", "1.0.0", "Does nothing");
