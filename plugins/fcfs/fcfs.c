/* fcfs.c - first come, first served, in C. The smallest complete plugin that is worth using. */
#include <batsched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct waiting_job {
    struct waiting_job* next;
    batsched_job_id_t id;
    uint32_t requested_hosts;
} waiting_job_t;

/* Sets of hosts are bitmaps: host h is bit h % 64 of word h / 64. */
struct batsched_instance {
    const batsched_simulator_t* sim;
    waiting_job_t *head, **tail; /* the queue, in order of submission */
    uint32_t partition_size;
    uint32_t word_count;
    uint32_t free_count;      /* hosts that are usable and not busy */
    uint32_t first_free_word; /* no host is free before it */
    uint64_t* partition;
    uint64_t* usable;           /* hosts of the partition that are ON */
    uint64_t* busy;             /* hosts that run a job */
    batsched_interval_t* taken; /* room for the largest allocation */
};

static void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) {
    (void)exit;
    while (self->head != NULL) {
        waiting_job_t* next = self->head->next;
        free(self->head);
        self->head = next;
    }
    free(self->partition);
    free(self->usable);
    free(self->busy);
    free(self->taken);
    free(self);
}

/* Sets or clears the bits of some hosts and keeps count of the free ones. Hosts that others have lent are
   not used, but one hears of them. */
static void mark(batsched_instance_t* self, uint64_t* bitmap, batsched_host_set_t hosts,
                 bool value) {
    for (size_t i = 0; i < hosts.count; ++i) {
        const uint32_t first = hosts.intervals[i].first, last = hosts.intervals[i].last;
        for (uint32_t word = first / 64; word <= last / 64 && word < self->word_count; ++word) {
            uint64_t mask = self->partition[word];
            if (word == first / 64) mask &= UINT64_MAX << (first % 64);
            if (word == last / 64) mask &= UINT64_MAX >> (63 - last % 64);
            const uint64_t free_before = self->usable[word] & ~self->busy[word];
            bitmap[word] = value ? bitmap[word] | mask : bitmap[word] & ~mask;
            const uint64_t free_now = self->usable[word] & ~self->busy[word];
            self->free_count += (uint32_t)__builtin_popcountll(free_now);
            self->free_count -= (uint32_t)__builtin_popcountll(free_before);
            if (free_now != 0 && word < self->first_free_word) self->first_free_word = word;
        }
    }
}

/* All hosts are ON at first. */
static void take_partition(batsched_instance_t* self, batsched_host_set_t hosts) {
    for (size_t i = 0; i < hosts.count; ++i)
        for (uint32_t host = hosts.intervals[i].first; host <= hosts.intervals[i].last; ++host)
            self->partition[host / 64] |= UINT64_C(1) << (host % 64);
    mark(self, self->usable, hosts, true);
}

/* Whether the configuration is white space or an empty JSON object. */
static bool is_empty(const char* config) {
    const char* const space = " \t\r\n";
    config += strspn(config, space);
    if (*config == '{') {
        ++config;
        config += strspn(config, space);
        if (*config++ != '}') return false;
        config += strspn(config, space);
    }
    return *config == '\0';
}

static batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                                    batsched_instance_t** out, batsched_reply_t* reply) {
    (void)reply; /* no special features */
    if (!is_empty(init->config)) {
        sim->report_error(sim, "configuration: there is nothing to configure");
        return BATSCHED_FAILED;
    }
    batsched_instance_t* self = calloc(1, sizeof *self);
    if (self == NULL) return BATSCHED_FAILED;
    self->sim = sim;
    self->tail = &self->head;
    for (size_t i = 0; i < init->hosts.count; ++i) {
        const batsched_interval_t* interval = &init->hosts.intervals[i];
        self->partition_size += interval->last - interval->first + 1;
        self->word_count = interval->last / 64 + 1;
    }
    self->partition = calloc(self->word_count + 1, sizeof *self->partition);
    self->usable = calloc(self->word_count + 1, sizeof *self->usable);
    self->busy = calloc(self->word_count + 1, sizeof *self->busy);
    self->taken = calloc((size_t)self->partition_size + 1, sizeof *self->taken);
    if (self->partition == NULL || self->usable == NULL || self->busy == NULL ||
        self->taken == NULL) {
        sched_finalize(self, NULL);
        return BATSCHED_FAILED;
    }
    take_partition(self, init->hosts);
    *out = self;
    return BATSCHED_OK;
}

static batsched_status_t submit(batsched_instance_t* self, const batsched_job_t* job) {
    if (job->requested_hosts > self->partition_size)
        return self->sim->reject_job(self->sim, job->id, "larger than the partition");
    waiting_job_t* waiting = malloc(sizeof *waiting);
    if (waiting == NULL) return BATSCHED_FAILED;
    *waiting = (waiting_job_t){NULL, job->id, job->requested_hosts};
    *self->tail = waiting;
    self->tail = &waiting->next;
    return BATSCHED_OK;
}

/* The job waits again, in its old place. */
static batsched_status_t wait_again(batsched_instance_t* self,
                                    const batsched_decision_dropped_t* dropped) {
    if (dropped->job == NULL) return BATSCHED_OK;
    waiting_job_t* job = malloc(sizeof *job);
    if (job == NULL) return BATSCHED_FAILED;
    mark(self, self->busy, dropped->hosts, false);
    waiting_job_t** place = &self->head;
    while (*place != NULL && (*place)->id < dropped->job->id) place = &(*place)->next;
    *job = (waiting_job_t){*place, dropped->job->id, dropped->job->requested_hosts};
    *place = job;
    if (job->next == NULL) self->tail = &job->next;
    return BATSCHED_OK;
}

/* The `count` free hosts with the lowest identifiers; there are that many. */
static batsched_host_set_t lowest(batsched_instance_t* self, uint32_t count) {
    batsched_host_set_t set = {self->taken, 0};
    for (uint32_t word = self->first_free_word; count > 0; ++word) {
        uint64_t free_hosts = self->usable[word] & ~self->busy[word];
        if (free_hosts == 0 && set.count == 0) self->first_free_word = word + 1;
        for (; free_hosts != 0 && count > 0; free_hosts &= free_hosts - 1, --count) {
            const uint32_t host = word * 64 + (uint32_t)__builtin_ctzll(free_hosts);
            if (set.count > 0 && self->taken[set.count - 1].last + 1 == host)
                self->taken[set.count - 1].last = host;
            else
                self->taken[set.count++] = (batsched_interval_t){host, host};
        }
    }
    return set;
}

static void drop_head(batsched_instance_t* self) {
    waiting_job_t* job = self->head;
    self->head = job->next;
    if (self->head == NULL) self->tail = &self->head;
    free(job);
}

static batsched_status_t decide(batsched_instance_t* self) {
    while (self->head != NULL && self->head->requested_hosts <= self->free_count) {
        const batsched_host_set_t hosts = lowest(self, self->head->requested_hosts);
        const batsched_status_t status =
            self->sim->execute_job(self->sim, self->head->id, hosts, NULL);
        if (status < 0) return status;
        if (status > 0) return BATSCHED_OK; /* not possible now: try again at the next DECIDE */
        mark(self, self->busy, hosts, true);
        drop_head(self);
    }
    return BATSCHED_OK;
}

static batsched_status_t sched_on_event(batsched_instance_t* self, const batsched_event_t* event) {
    switch (event->type) {
        case BATSCHED_EVENT_HOSTS_STATE_CHANGED:
            mark(self, self->usable, event->hosts_state_changed.hosts,
                 event->hosts_state_changed.state == BATSCHED_HOST_ON);
            return BATSCHED_OK;
        case BATSCHED_EVENT_JOB_COMPLETED:
            mark(self, self->busy, event->job_completed.hosts, false);
            return BATSCHED_OK;
        case BATSCHED_EVENT_JOB_SUBMITTED: return submit(self, event->job_submitted.job);
        case BATSCHED_EVENT_DECISION_DROPPED: return wait_again(self, &event->decision_dropped);
        case BATSCHED_EVENT_DECIDE: return decide(self);
        default: return BATSCHED_OK;
    }
}

BATSCHED_PLUGIN("fcfs", "1.0.0", "First come, first served");
