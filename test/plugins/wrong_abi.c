/* wrong_abi.c - a vtable of another major version. */
#include <batsched.h>

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** instance, batsched_reply_t* reply) {
    (void)sim, (void)init, (void)instance, (void)reply;
    return BATSCHED_FAILED;
}
static batsched_status_t sched_on_event(batsched_instance_t* instance,
                                        const batsched_event_t* event) {
    (void)instance, (void)event;
    return BATSCHED_FAILED;
}
static void sched_finalize(batsched_instance_t* instance, const batsched_exit_t* exit) {
    (void)instance, (void)exit;
}

const batsched_vtable_t batsched_vtable = {
#if defined(SHORT_VTABLE)
    16,      BATSCHED_ABI_VERSION,
#elif defined(NEEDS_GHOST) || defined(NULL_NAME) || defined(ODD_NAME)
    sizeof(batsched_vtable_t),
    BATSCHED_ABI_VERSION,
#else
    sizeof(batsched_vtable_t),
    99u << 16 | 3,
#endif
#if defined(NULL_NAME)
    NULL,
#elif defined(ODD_NAME)
    "with a\x1fseparator",
#else
    "wrong-abi",
#endif
    "1.0.0", "Of another major version", sched_init, sched_on_event, sched_finalize};
