/* transfer.h - extensions for schedulers that have to do with each other: jobs that are handed from
 * one to another ("batsched.transfer/1"), and hosts that are lent ("batsched.lending/1").
 * SPDX-License-Identifier: MIT
 *
 *     const batsched_transfer_t *transfer = sim->get_extension(sim, BATSCHED_TRANSFER);
 *     if (transfer != NULL) transfer->forward_job(sim, job, to);
 *
 * Valid until sched_finalize returns; NULL from a simulator that does not have it. The functions obey
 * the rules of batsched.h: decisions are checked when they are called and take effect after the
 * batch in call order, a negative status ends the simulation. Schedulers are known by their `index`
 * of batsched_init_t. C++ authors: include transfer.hpp.
 */
#ifndef BATSCHED_TRANSFER_H
#define BATSCHED_TRANSFER_H

#include "../batsched.h"

#ifdef __cplusplus
extern "C" {
#endif

#define BATSCHED_TRANSFER "batsched.transfer/1"
#define BATSCHED_LENDING "batsched.lending/1"

/* ---- batsched.transfer/1 --------------------------------------------------------------------- */

enum {
    BATSCHED_PEER_TAKEABLE = 1 << 0, /* the asking scheduler may take idle hosts of this one */
    BATSCHED_PEER_OBSERVER = 1 << 1  /* has asked for BATSCHED_FEATURE_OBSERVER */
};

/* A scheduler as the others see it, at the beginning of the present batch: what the asking one has
 * decided in the batch is not in it. A job that will be started, but not yet, because its scheduler
 * delays its decisions, is waiting. The plugin sets struct_size, the simulator lowers it to what it
 * has written. */
typedef struct batsched_peer {
    uint32_t struct_size;
    uint32_t index;
    uint32_t flags;        /* BATSCHED_PEER_ bits */
    uint32_t owned_hosts;  /* the size of its partition, which does not change */
    uint32_t held_hosts;   /* that it may use: without those that it has lent, with borrowed ones */
    uint32_t usable_hosts; /* of those: ON and without a job */
    uint64_t running_jobs;
    uint64_t waiting_jobs;
    uint64_t waiting_hosts; /* sum of what the waiting jobs request */
    double work_ahead;      /* host-seconds until the walltimes of all its running and waiting jobs;
                               INFINITY if one of them has none */
    const char* name;       /* of the instance */
    const char* display_name;
} batsched_peer_t;

/* What a scheduler owns and what it holds. Frozen, hence no struct_size. */
typedef struct batsched_peer_hosts {
    batsched_host_set_t owned; /* its partition */
    batsched_host_set_t held;
} batsched_peer_hosts_t;

/* A job went from a scheduler to another one. Frozen. */
typedef struct batsched_job_move {
    double time;
    uint32_t from, to;
} batsched_job_move_t;

/* In order of time. Frozen. */
typedef struct batsched_job_history {
    const batsched_job_move_t* moves; /* NULL if count is 0 */
    size_t count;
} batsched_job_history_t;

typedef struct batsched_transfer {
    uint32_t struct_size;

    /* [init, event] The index of the scheduler with this name. */
    batsched_status_t (*find_scheduler)(const batsched_simulator_t* sim, const char* name,
                                        uint32_t* index);
    /* [event] 0 .. count - 1, see batsched_init_t; also oneself. */
    batsched_status_t (*get_scheduler)(const batsched_simulator_t* sim, uint32_t index,
                                       batsched_peer_t* out);
    batsched_status_t (*get_scheduler_hosts)(const batsched_simulator_t* sim, uint32_t index,
                                             batsched_peer_hosts_t* out);
    /* [event] The ways that a job has gone. It was submitted to moves[0].from, else to its owner. */
    batsched_status_t (*get_job_history)(const batsched_simulator_t* sim, batsched_job_id_t job,
                                         batsched_job_history_t* out);
    /* [event] Hand a waiting job to another scheduler. That one owns it from now on and gets it as
     * JOB_SUBMITTED in the next batch, also after NO_MORE_STATIC_JOBS; an observer, which knows the
     * job already, as JOB_FORWARDED to itself. Its submit_time stays. For
     * the scheduler that hands it on it is valid until the DECIDE of the present batch has returned.
     * To oneself: INVALID_ARGUMENT. The livelock counts such batches: it changes no state of a job. */
    batsched_status_t (*forward_job)(const batsched_simulator_t* sim, batsched_job_id_t job,
                                     uint32_t to);
} batsched_transfer_t;

/* ---- batsched.lending/1 ---------------------------------------------------------------------- */

/* The scheduler that has a host in its partition owns it, for ever. Another one can hold it for a time:
 * then that one executes jobs on it and changes its states, and is told of these changes. To the
 * owner a host that is away looks UNAVAILABLE: HOSTS_STATE_CHANGED says so when it leaves, and tells
 * its true state when it is back. So a scheduler that copes with unavailable hosts need not know of
 * lending. The holder gets HOSTS_LENT, and may use the hosts from that batch on.
 * Hosts that are lent when the simulation ends need not be returned. */
typedef struct batsched_lending {
    uint32_t struct_size;

    /* [event] Lend hosts of the partition. REFUSED if one of them is not idle, is away already, or an
     * earlier decision switches it off. It may be in any state. */
    batsched_status_t (*lend_hosts)(const batsched_simulator_t* sim, batsched_host_set_t hosts,
                                    uint32_t to);
    /* [event] Give hosts that one holds back to those that own them. REFUSED if one is not idle. */
    batsched_status_t (*return_hosts)(const batsched_simulator_t* sim, batsched_host_set_t hosts);
    /* [event] Take hosts from those that own them, without asking. NOT_OWNER unless the user allows it:
     * "takes_from" in the file of --schedulers, see BATSCHED_PEER_TAKEABLE. REFUSED as lend_hosts. */
    batsched_status_t (*take_hosts)(const batsched_simulator_t* sim, batsched_host_set_t hosts);
} batsched_lending_t;

#ifdef __cplusplus
}
#endif
#endif
