/* odd_answers.c - a scheduler whose functions answer what they must not, as the configuration says. */
#include <batsched.h>
#include <stdlib.h>
#include <string.h>

struct batsched_instance {
    const char* config;
};

static batsched_instance_t the_instance;
static char config[100];

static int is(const char* name) { return strcmp(config, name) == 0; }

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** out, batsched_reply_t* reply) {
    (void)sim;
    strncpy(config, init->config, sizeof config - 1);
    if (is("no-instance")) return BATSCHED_OK;
    *out = &the_instance;
    if (is("init-positive")) return BATSCHED_REFUSED;
    if (is("unreadable-display-name")) reply->display_name = (const char*)16;
    if (is("latin-display-name")) reply->display_name = "caf\xe9";
    return BATSCHED_OK;
}

static batsched_status_t sched_on_event(batsched_instance_t* self, const batsched_event_t* event) {
    (void)self;
    if (event->type != BATSCHED_EVENT_JOB_SUBMITTED) return BATSCHED_OK;
    if (is("positive")) return BATSCHED_REFUSED;
    if (is("unknown-status")) return -77;
    if (is("silent")) return BATSCHED_FAILED;
    return BATSCHED_OK;
}

static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    (void)self;
    (void)exit;
}

BATSCHED_PLUGIN("odd-answers", "0.0.1", "Answers what it must not");
