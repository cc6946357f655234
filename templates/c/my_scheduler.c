/* my_scheduler.c - the scheduler my-scheduler. So far: first come, first served. */
#include <batsched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct waiting_job {
    struct waiting_job* next;
    batsched_job_id_t id;
    uint32_t requested_hosts;
} waiting_job_t;

/* All state is here: the simulator may create several instances. */
struct batsched_instance {
    const batsched_simulator_t* sim;
    waiting_job_t* queue;    /* in order of submission, which is that of ids */
    uint32_t partition_size; /* hosts that the scheduler owns */
    uint32_t end;            /* above the largest id of these */
    bool *usable, *busy;     /* of host h at h: is it on; has it a job */
    batsched_interval_t* allocation;
};

static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    (void)exit;
    while (self->queue != NULL) {
        waiting_job_t* next = self->queue->next;
        free(self->queue);
        self->queue = next;
    }
    free(self->usable);
    free(self->busy);
    free(self->allocation);
    free(self);
}

static void mark(bool* hosts, batsched_host_set_t set, bool value) {
    for (size_t i = 0; i < set.count; ++i)
        for (uint32_t host = set.intervals[i].first; host <= set.intervals[i].last; ++host)
            hosts[host] = value;
}

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** out, batsched_reply_t* reply) {
    (void)reply;
    if (*init->config != '\0' && strcmp(init->config, "{}") != 0) { /* the text of --sched-cfg */
        sim->report_error(sim, "configuration: there is nothing to configure");
        return BATSCHED_FAILED;
    }
    batsched_instance_t* self = calloc(1, sizeof *self);
    if (self == NULL) return BATSCHED_FAILED;
    self->sim = sim;
    for (size_t i = 0; i < init->hosts.count; ++i) {
        const batsched_interval_t interval = init->hosts.intervals[i];
        self->partition_size += interval.last - interval.first + 1;
        self->end = interval.last + 1;
    }
    self->usable = calloc((size_t)self->end + 1, sizeof *self->usable);
    self->busy = calloc((size_t)self->end + 1, sizeof *self->busy);
    self->allocation = calloc((size_t)self->partition_size + 1, sizeof *self->allocation);
    if (self->usable == NULL || self->busy == NULL || self->allocation == NULL) {
        sched_finalize(self, NULL);
        return BATSCHED_FAILED;
    }
    mark(self->usable, init->hosts, true);
    *out = self;
    return BATSCHED_OK;
}

/* The job comes behind those that were submitted before it. */
static batsched_status_t wait(batsched_instance_t* self, const batsched_job_t* job) {
    waiting_job_t* waiting = malloc(sizeof *waiting);
    if (waiting == NULL) return BATSCHED_FAILED;
    waiting_job_t** place = &self->queue;
    while (*place != NULL && (*place)->id < job->id) place = &(*place)->next;
    *waiting = (waiting_job_t){*place, job->id, job->requested_hosts};
    *place = waiting;
    return BATSCHED_OK;
}

static batsched_status_t submit(batsched_instance_t* self, const batsched_job_t* job) {
    if (job->requested_hosts > self->partition_size)
        return self->sim->reject_job(self->sim, job->id, "larger than the partition");
    return wait(self, job);
}

/* A host failed before the job could start on it: the job waits again. */
static batsched_status_t drop(batsched_instance_t* self,
                              const batsched_decision_dropped_t* dropped) {
    if (dropped->job == NULL) return BATSCHED_OK;
    mark(self->busy, dropped->hosts, false);
    return wait(self, dropped->job);
}

/* The free hosts with the lowest ids; fewer than `count` if there are no more. */
static batsched_host_set_t lowest(batsched_instance_t* self, uint32_t count, uint32_t* found) {
    batsched_host_set_t set = {self->allocation, 0};
    *found = 0;
    for (uint32_t host = 0; host < self->end && *found < count; ++host) {
        if (!self->usable[host] || self->busy[host]) continue;
        ++*found;
        if (set.count > 0 && self->allocation[set.count - 1].last + 1 == host)
            self->allocation[set.count - 1].last = host;
        else
            self->allocation[set.count++] = (batsched_interval_t){host, host};
    }
    return set;
}

/* The end of each batch of events. Begin here: which jobs are to start now, and where? */
static batsched_status_t decide(batsched_instance_t* self) {
    while (self->queue != NULL) {
        waiting_job_t* job = self->queue;
        uint32_t found = 0;
        const batsched_host_set_t hosts = lowest(self, job->requested_hosts, &found);
        if (found < job->requested_hosts) return BATSCHED_OK;
        const batsched_status_t status = self->sim->execute_job(self->sim, job->id, hosts, NULL);
        if (status < 0) return status;
        if (status > 0) return BATSCHED_OK; /* not possible now */
        mark(self->busy, hosts, true);
        self->queue = job->next;
        free(job);
    }
    return BATSCHED_OK;
}

static batsched_status_t sched_on_event(batsched_instance_t* self, const batsched_event_t* event) {
    switch (event->type) {
        case BATSCHED_EVENT_JOB_SUBMITTED: return submit(self, event->job_submitted.job);
        case BATSCHED_EVENT_JOB_COMPLETED:
            mark(self->busy, event->job_completed.hosts, false);
            return BATSCHED_OK;
        case BATSCHED_EVENT_HOSTS_STATE_CHANGED:
            mark(self->usable, event->hosts_state_changed.hosts,
                 event->hosts_state_changed.state == BATSCHED_HOST_ON);
            return BATSCHED_OK;
        case BATSCHED_EVENT_DECISION_DROPPED: return drop(self, &event->decision_dropped);
        case BATSCHED_EVENT_DECIDE: return decide(self);
        default: return BATSCHED_OK; /* also those of later versions */
    }
}

BATSCHED_PLUGIN("my-scheduler", "0.1.0", "First come, first served");
