/* batsched.h - the C interface between batsim and a scheduler plugin.
 * SPDX-License-Identifier: MIT
 *
 * A plugin is a shared library that exports one constant, `batsched_vtable`, with three functions:
 *
 *     sched_init      create one scheduler instance
 *     sched_on_event  tell it what happened (the only place where it decides)
 *     sched_finalize  destroy it
 *
 * The instance decides by calling the functions of `batsched_simulator_t`, which it gets in
 * sched_init. C++ authors: include batsched.hpp instead, it does all of the below for you.
 *
 * CALLS.     For each instance: sched_init once, sched_on_event many times, then sched_finalize
 *            once if sched_init returned BATSCHED_OK, also after a negative status, but never after
 *            the plugin crashed, exited or timed out. All calls come from one thread, never nested,
 *            never concurrent. No exception and no longjmp may leave a plugin function. Destructors
 *            of static objects and atexit functions of a plugin are not run, but with --isolation
 *            none: close files in sched_finalize.
 * BATCHES.   Events of one date come as one batch: some events, then DECIDE. The order inside a
 *            batch is that of the BATSCHED_EVENT_ numbers, then of ids (changes of hosts, external
 *            events: of occurrence). It never depends on addresses, hashes or wall-clock time. If
 *            decisions cause events at the same date, a further batch follows at that date; 10,000
 *            batches at one date in which no job and no host changed state are an error (livelock),
 *            and so are 1,000,000 in which only hosts did.
 * DECISIONS. A decision is checked when it is called and takes effect after the batch, in call
 *            order. execute_job takes its hosts at once. Hosts freed by kill_jobs are usable in the
 *            next batch at the same date; to execute on them in the same batch is HOSTS_BUSY.
 *            Simulator functions never block, advance the simulated time or call the plugin back.
 *            Call them only in the plugin function named in their comment: [init], [event], [any].
 * OBSERVERS. An instance that asks for BATSCHED_FEATURE_OBSERVER is told of all jobs and all hosts,
 *            whoever owns them, also of JOB_REJECTED and JOB_STARTED, but not of what others have
 *            asked for (JOBS_KILLED, REQUESTED_CALL, PROBE_DATA, DECISION_DROPPED). Its batch comes
 *            last, when the decisions of the others at that date have taken effect; a JOB_COMPLETED
 *            comes in a later batch than the JOB_STARTED of that job, perhaps of the same date. It
 *            may look up every job and host, and decides about what it owns: usually nothing.
 * THE END.   While jobs wait or registration is open, a pending call, probe or external event keeps
 *            the simulation alive. If only calls and probes can still come, it is STALLED after
 *            10,000 batches in a row in which no job and no host changed state. SIMULATION_ENDS
 *            comes alone, without DECIDE; [event] functions answer WRONG_STATE then.
 * ERRORS.    Negative status: the contract was broken. The simulation stops with that error when
 *            the plugin function returns, even if the plugin ignores it. Positive status: not
 *            done, nothing changed, the simulation goes on. Out parameters are written only with
 *            BATSCHED_OK. Plugin functions return BATSCHED_OK or a negative status.
 * MEMORY.    Who allocates frees. What the simulator passes is valid until the plugin function
 *            returns, unless said otherwise; what the plugin passes is copied before the
 *            simulator function returns. A plugin may live in its own linker namespace with its
 *            own malloc, C++ runtime and stdout: free nothing that came from the other side, and
 *            log with `log`, not with printf.
 * VALUES.    Times are seconds since the start of the simulation, durations are seconds, speeds
 *            flop/s, energy joules, power watts. Strings are UTF-8, NUL-terminated and never NULL
 *            ("" if absent). JSON strings hold one JSON object ("{}" if absent). Pointers are
 *            never NULL unless said so.
 * VERSIONS.  Both sides need the same major version; any minor version goes with any other.
 *            Structures only grow at their end; nothing is removed, reordered or given another
 *            meaning without a new major version. Each side reads at most `struct_size` bytes of
 *            what the other side made; BATSCHED_HAS tells if a member is there. A plugin returns
 *            BATSCHED_OK for event types that it does not know.
 */
#ifndef BATSCHED_H
#define BATSCHED_H

#include <math.h> /* INFINITY, isnan */
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BATSCHED_ABI_MAJOR 0
#define BATSCHED_ABI_MINOR 2
#define BATSCHED_ABI_VERSION (((uint32_t)BATSCHED_ABI_MAJOR << 16) | (uint32_t)BATSCHED_ABI_MINOR)

/* Whether *object, made by the other side, has `member`; of an event: job_completed.energy. */
#define BATSCHED_HAS(object, member)                                                               \
    ((const char *)&(object)->member + sizeof((object)->member) <=                                 \
     (const char *)(object) + (object)->struct_size)

#define BATSCHED_EXPORT __attribute__((visibility("default"))) /* GCC and Clang only */

/* ---- Status, identifiers, host sets ---------------------------------------------------------- */

typedef int32_t batsched_status_t;
enum {
    BATSCHED_OK = 0,
    BATSCHED_REFUSED = 1,           /* valid, but not possible now: e.g. a host is not ON */
    BATSCHED_ALREADY_GONE = 2,      /* the job, call or probe existed, but is over */
    BATSCHED_UNSUPPORTED = 3,       /* this build, platform or profile cannot do it */
    BATSCHED_FAILED = -1,           /* the plugin gives up; say why with report_error */
    BATSCHED_INVALID_ARGUMENT = -2, /* malformed: unsorted set, NaN, date in the past, bad JSON */
    BATSCHED_UNKNOWN_ID = -3,       /* no such job, host, profile, workload, link, call or probe */
    BATSCHED_NOT_OWNER = -4,        /* it belongs to another scheduler */
    BATSCHED_WRONG_STATE = -5,      /* e.g. job not waiting, call outside its phase, no feature */
    BATSCHED_HOSTS_BUSY = -6        /* an exclusive host already runs a job */
};

typedef uint64_t batsched_job_id_t;  /* never reused in a simulation */
#define BATSCHED_NO_JOB UINT64_MAX
typedef uint32_t batsched_host_id_t; /* 0 .. number of hosts - 1, same for all schedulers */
typedef uint64_t batsched_call_id_t;
typedef uint64_t batsched_probe_id_t;

typedef struct batsched_interval {
    batsched_host_id_t first;
    batsched_host_id_t last; /* included */
} batsched_interval_t;

/* A set of hosts: sorted intervals that neither overlap nor touch. Frozen, hence no struct_size. */
typedef struct batsched_host_set {
    const batsched_interval_t *intervals; /* NULL if count is 0 */
    size_t count;                         /* number of intervals, not of hosts */
} batsched_host_set_t;

/* ---- Jobs, profiles, hosts ------------------------------------------------------------------- */

/* Valid from the batch with JOB_SUBMITTED until the DECIDE of the batch with the job's last event
 * (JOB_COMPLETED, for observers also JOB_REJECTED) has returned, or for others that of the batch that
 * rejected it or handed it to another scheduler; without such an event until sched_finalize returns. */
typedef struct batsched_job {
    uint32_t struct_size;
    uint32_t requested_hosts;      /* > 0 */
    uint32_t min_hosts, max_hosts; /* of a moldable job; a rigid one has both = requested_hosts */
    batsched_job_id_t id;
    batsched_job_id_t parent; /* the job that this one resubmits, or BATSCHED_NO_JOB */
    const char *name;         /* "workload!job", unique */
    const char *workload;     /* "workload" */
    const char *profile;      /* "workload!profile" */
    double submit_time;
    double walltime; /* > 0; INFINITY if the user gave none */
    int32_t user_id, group_id, queue_id, executable_id; /* as in the workload; -1: unknown */
} batsched_job_t;

typedef struct batsched_profile {
    uint32_t struct_size;
    const char *name; /* "workload!profile" */
    const char *type; /* "delay", "parallel_homogeneous", ... see docs/workload.md */
    const char *json; /* JSON: the whole profile, as in the workload file */
} batsched_profile_t;

/* What does not change. Valid until sched_finalize returns. */
typedef struct batsched_host {
    uint32_t struct_size;
    batsched_host_id_t id;
    const char *name;
    const char *zone; /* name of the network zone that it lies in */
    uint32_t core_count;
    uint32_t pstate_count;           /* > 0; the next three have one value for each pstate */
    const double *pstate_speeds;     /* flop/s per core */
    const double *pstate_idle_watts; /* NaN without an energy model, like all watts below */
    const double *pstate_busy_watts; /* all cores busy */
    double off_watts;
    double switch_on_duration, switch_off_duration;
    double switch_on_energy, switch_off_energy; /* of the whole switch; NaN if unknown */
    const char *properties;                     /* JSON: the properties in the platform file */
} batsched_host_t;

/* Hosts begin ON. Only hosts that are ON can be given to a job. */
typedef int32_t batsched_host_state_t;
enum {
    BATSCHED_HOST_ON = 0,
    BATSCHED_HOST_OFF = 1,
    BATSCHED_HOST_SWITCHING_ON = 2,
    BATSCHED_HOST_SWITCHING_OFF = 3,
    BATSCHED_HOST_FAILED = 4,     /* by an external event; its jobs are lost */
    BATSCHED_HOST_UNAVAILABLE = 5 /* by an external event; its jobs go on */
};

/* What changes. The plugin sets struct_size, the simulator lowers it to what it has written. */
typedef struct batsched_host_status {
    uint32_t struct_size;
    batsched_host_state_t state;
    uint32_t pstate;
    uint32_t running_jobs; /* how many jobs are on the host */
} batsched_host_status_t;

/* ---- Events: simulator to scheduler ---------------------------------------------------------- */

/* The numbers are the order of delivery inside a batch; gaps are for later versions. */
typedef int32_t batsched_event_type_t;
enum {
    BATSCHED_EVENT_SIMULATION_BEGINS = 100,
    BATSCHED_EVENT_HOSTS_STATE_CHANGED = 150, /* also of hosts that were lent */
    BATSCHED_EVENT_HOSTS_LENT = 160, /* since 0.2 */
    BATSCHED_EVENT_JOB_COMPLETED = 200,
    BATSCHED_EVENT_JOBS_KILLED = 210,
    BATSCHED_EVENT_HOSTS_PSTATE_CHANGED = 310,
    BATSCHED_EVENT_EXTERNAL_EVENT = 400,
    BATSCHED_EVENT_JOB_SUBMITTED = 500,
    BATSCHED_EVENT_JOB_FORWARDED = 502, /* since 0.2; for observers */
    BATSCHED_EVENT_JOB_REJECTED = 503, /* since 0.2; for observers, like JOB_STARTED */
    BATSCHED_EVENT_JOB_STARTED = 506,  /* since 0.2 */
    BATSCHED_EVENT_NO_MORE_STATIC_JOBS = 510, /* of own workloads; for observers: of all */
    BATSCHED_EVENT_NO_MORE_EXTERNAL_EVENTS = 520,
    BATSCHED_EVENT_REQUESTED_CALL = 600,
    BATSCHED_EVENT_PROBE_DATA = 610,
    BATSCHED_EVENT_DECISION_DROPPED = 700,
    BATSCHED_EVENT_DECIDE = 900,
    BATSCHED_EVENT_SIMULATION_ENDS = 1000
};

typedef int32_t batsched_job_state_t;
enum {
    BATSCHED_JOB_SUCCEEDED = 0,
    BATSCHED_JOB_FAILED = 1,           /* non-zero return code */
    BATSCHED_JOB_WALLTIME_REACHED = 2, /* killed by the simulator at its walltime */
    BATSCHED_JOB_KILLED = 3,           /* killed by kill_jobs */
    BATSCHED_JOB_HOST_FAILED = 4       /* lost with one of its hosts */
};

typedef int32_t batsched_exit_reason_t;
enum {
    BATSCHED_EXIT_FINISHED = 0,        /* all jobs ended, all workloads and registrations done */
    BATSCHED_EXIT_STOPPED = 1,         /* a scheduler called stop_simulation, or --stop-at */
    BATSCHED_EXIT_STALLED = 2,         /* jobs wait, but nothing can happen any more */
    BATSCHED_EXIT_PLUGIN_ERROR = 3,    /* this or another scheduler failed; also a livelock */
    BATSCHED_EXIT_SIMULATOR_ERROR = 4, /* bad input or internal error */
    BATSCHED_EXIT_INTERRUPTED = 5      /* SIGINT, SIGTERM, ... */
};

typedef struct batsched_simulation_begins {
    batsched_host_set_t hosts;         /* as in batsched_init_t */
    batsched_host_set_t storage_hosts; /* never allocated to jobs */
} batsched_simulation_begins_t;

typedef struct batsched_job_submitted {
    const batsched_job_t *job;
} batsched_job_submitted_t;

/* Comes exactly once for each job that execute_job has started and that has ended, however it ended.
 * Jobs that are cut off by the end of the simulation do not end. */
typedef struct batsched_job_completed {
    const batsched_job_t *job;
    batsched_job_state_t state;
    int32_t return_code;
    double start_time;
    double energy;                    /* joules; NaN if energy is not simulated */
    double progress;                  /* 0 .. 1; 1 if it ended by itself; NaN: not measurable */
    const char *progress_json;        /* JSON: which element of a sequence, how far */
    batsched_host_set_t hosts;        /* no longer used by this job */
    batsched_host_set_t usable_hosts; /* those of `hosts` that are ON: can take a job now */
} batsched_job_completed_t;

/* Acknowledges one kill_jobs call, after the JOB_COMPLETED of all its jobs. A job may also have
 * ended by itself at the same date: see the state in its JOB_COMPLETED. */
typedef struct batsched_jobs_killed {
    const batsched_job_id_t *jobs; /* as given to kill_jobs */
    size_t count;
} batsched_jobs_killed_t;

/* Since 0.2. Its owner has handed the waiting job to another scheduler: see batsched/transfer.h. */
typedef struct batsched_job_forwarded {
    const batsched_job_t *job;
    uint32_t from, to; /* indices of the schedulers, as in batsched_init_t */
} batsched_job_forwarded_t;

/* Since 0.2. Its owner has refused the job for ever. */
typedef struct batsched_job_rejected {
    const batsched_job_t *job;
    const char *reason; /* "" if the owner gave none */
} batsched_job_rejected_t;

/* Since 0.2. Its owner has started the job, at the time of the event. */
typedef struct batsched_job_started {
    const batsched_job_t *job;
    double walltime; /* with which it was executed */
    batsched_host_set_t hosts;
} batsched_job_started_t;

typedef struct batsched_requested_call {
    batsched_call_id_t call;
} batsched_requested_call_t;

/* Comes for each change in the partition (for observers: of any host), whoever caused it; and of hosts
 * that were lent to the scheduler: they are not in its partition, and their ids may be above it. */
typedef struct batsched_hosts_state_changed {
    batsched_host_state_t state; /* the new one */
    batsched_host_set_t hosts;
} batsched_hosts_state_changed_t;

/* Since 0.2. The scheduler `to` holds hosts that `from` held: see batsched/transfer.h. Comes to the one
 * that gets hosts of another, and to observers also when it gives them back. */
typedef struct batsched_hosts_lent {
    batsched_host_set_t hosts;
    uint32_t from, to; /* indices of the schedulers, as in batsched_init_t */
} batsched_hosts_lent_t;

typedef struct batsched_hosts_pstate_changed {
    uint32_t pstate; /* the new one */
    batsched_host_set_t hosts;
} batsched_hosts_pstate_changed_t;

typedef struct batsched_external_event {
    const char *type; /* as in the event file */
    const char *json; /* JSON: the whole event */
} batsched_external_event_t;

/* What was measured after the other events of this date and before any decision in answer to them. */
typedef struct batsched_probe_data {
    batsched_probe_id_t probe;
    const double *values; /* one, or one for each host in id order or each link as given */
    size_t count;
} batsched_probe_data_t;

typedef int32_t batsched_decision_t;
enum {
    BATSCHED_DECISION_EXECUTE_JOB = 0,
    BATSCHED_DECISION_SET_PSTATE = 1,
    BATSCHED_DECISION_SET_HOST_STATE = 2,
    BATSCHED_DECISION_LEND_HOSTS = 3, /* since 0.2, like the next one */
    BATSCHED_DECISION_TAKE_HOSTS = 4
};

/* An accepted decision became impossible before it took effect, e.g. because a host failed during
 * delay_decisions. The job is waiting again. */
typedef struct batsched_decision_dropped {
    batsched_decision_t kind;
    const batsched_job_t *job; /* NULL if the decision is about hosts */
    batsched_host_set_t hosts; /* as given */
    const char *reason;
} batsched_decision_dropped_t;

typedef struct batsched_simulation_ends {
    batsched_exit_reason_t reason; /* FINISHED, STOPPED or STALLED */
} batsched_simulation_ends_t;

typedef struct batsched_event {
    uint32_t struct_size; /* up to the end of the member that `type` selects */
    batsched_event_type_t type;
    double time; /* never decreases */
    union {      /* no member for: DECIDE, NO_MORE_STATIC_JOBS, NO_MORE_EXTERNAL_EVENTS */
        batsched_simulation_begins_t simulation_begins;
        batsched_job_completed_t job_completed;
        batsched_jobs_killed_t jobs_killed;
        batsched_hosts_state_changed_t hosts_state_changed;
        batsched_hosts_pstate_changed_t hosts_pstate_changed;
        batsched_external_event_t external_event;
        batsched_job_submitted_t job_submitted;
        batsched_requested_call_t requested_call;
        batsched_probe_data_t probe_data;
        batsched_decision_dropped_t decision_dropped;
        batsched_simulation_ends_t simulation_ends;
        batsched_job_rejected_t job_rejected;
        batsched_job_started_t job_started;
        batsched_job_forwarded_t job_forwarded;
        batsched_hosts_lent_t hosts_lent;
    };
} batsched_event_t;

/* ---- Decisions: scheduler to simulator ------------------------------------------------------- */

typedef int32_t batsched_log_level_t;
enum { BATSCHED_LOG_DEBUG, BATSCHED_LOG_INFO, BATSCHED_LOG_WARNING, BATSCHED_LOG_ERROR };

/* How to execute a job; all-zero but for struct_size means: the default. */
typedef struct batsched_execution {
    uint32_t struct_size;
    uint32_t rank_count;                  /* 0: one rank for each allocated host */
    const batsched_host_id_t *rank_hosts; /* host of each rank, in the allocation; NULL: in order */
    const char *storage_mapping;          /* JSON {"label": host id}; NULL: none */
    double walltime;                      /* 0: as submitted; for moldable jobs */
} batsched_execution_t;

/* A job to register: BATSCHED_NEW_JOB_INIT, then at least requested_hosts, name and profile. */
typedef struct batsched_new_job {
    uint32_t struct_size;
    uint32_t requested_hosts;
    uint32_t min_hosts, max_hosts; /* 0: as requested_hosts */
    batsched_job_id_t parent;      /* BATSCHED_NO_JOB: none */
    const char *workload;   /* NULL: the one named like the instance; its owner schedules the job */
    const char *name;       /* without "workload!" */
    const char *profile;    /* "workload!profile" */
    const char *extra_data; /* JSON: for get_job_extra */
    double walltime;        /* INFINITY: none */
    int32_t user_id, group_id, queue_id, executable_id; /* -1: unknown */
} batsched_new_job_t;
#define BATSCHED_NEW_JOB_INIT                                                                      \
    {sizeof(batsched_new_job_t), 1, 0, 0, BATSCHED_NO_JOB, NULL, "", "", "{}", INFINITY,           \
     -1, -1, -1, -1}

typedef int32_t batsched_probe_target_t;
enum { BATSCHED_PROBE_HOSTS = 0, BATSCHED_PROBE_LINKS = 1 };

typedef int32_t batsched_metric_t;
enum { BATSCHED_METRIC_POWER = 0, BATSCHED_METRIC_ENERGY = 1, BATSCHED_METRIC_LOAD = 2 };

typedef int32_t batsched_aggregation_t;
enum {
    BATSCHED_AGGREGATE_NONE = 0, /* one value for each host or link */
    BATSCHED_AGGREGATE_SUM = 1,
    BATSCHED_AGGREGATE_MEAN = 2,
    BATSCHED_AGGREGATE_MIN = 3,
    BATSCHED_AGGREGATE_MAX = 4
};

/* Power and energy need BATSCHED_CAPABILITY_ENERGY and a power model of each host or link, links a
 * network: else BATSCHED_UNSUPPORTED. Hosts may be any of the platform, also of other schedulers.
 * The two directions of a split-duplex link l are called l_UP and l_DOWN. */
typedef struct batsched_probe {
    uint32_t struct_size;
    batsched_probe_target_t target;
    batsched_metric_t metric; /* watts; joules since the start; share of the capacity, 0 .. 1 */
    batsched_aggregation_t aggregation;
    batsched_host_set_t hosts; /* for PROBE_HOSTS */
    const char *const *links;  /* for PROBE_LINKS: names in the platform file; else NULL */
    size_t link_count;
    double first_time, period; /* period 0: once */
} batsched_probe_t;

/* The simulator as one scheduler instance sees it. Valid until sched_finalize returns. */
typedef struct batsched_simulator batsched_simulator_t;
struct batsched_simulator {
    uint32_t struct_size;
    uint32_t abi_version; /* BATSCHED_ABI_VERSION of the simulator */
    void *data;           /* belongs to the simulator */

    /* [any] Write one line to the simulator's log. */
    void (*log)(const batsched_simulator_t *sim, batsched_log_level_t level, const char *message);
    /* [any] Say why the plugin is about to return a negative status. The last message wins. */
    void (*report_error)(const batsched_simulator_t *sim, const char *message);
    /* [any] A named optional interface, e.g. "batsched.transfer/1"; NULL if there is none. The header
     * batsched/transfer.h has those for simulations with several schedulers. */
    const void *(*get_extension)(const batsched_simulator_t *sim, const char *name);

    /* [event] Look up. The extra data is JSON, made on demand: what the workload says of a job
     * beyond batsched_job_t. get_host: also [init]. */
    batsched_status_t (*get_job)(const batsched_simulator_t *sim, batsched_job_id_t job,
                                 const batsched_job_t **out);
    batsched_status_t (*get_job_extra)(const batsched_simulator_t *sim, batsched_job_id_t job,
                                       const char **json);
    batsched_status_t (*get_profile)(const batsched_simulator_t *sim, const char *name,
                                     const batsched_profile_t **out);
    batsched_status_t (*get_host)(const batsched_simulator_t *sim, batsched_host_id_t host,
                                  const batsched_host_t **out);
    batsched_status_t (*get_host_status)(const batsched_simulator_t *sim, batsched_host_id_t host,
                                         batsched_host_status_t *status);
    /* [event] Run time on these hosts without contention; the walltime does not cut it.
     * BATSCHED_UNSUPPORTED if the profile has no closed form. */
    batsched_status_t (*estimate_run_time)(const batsched_simulator_t *sim, batsched_job_id_t job,
                                           batsched_host_set_t hosts, double *seconds);

    /* [event] Start a waiting job on hosts of the partition, from min_hosts to max_hosts of them;
     * with rank_hosts in `how` any number. `how` may be NULL. */
    batsched_status_t (*execute_job)(const batsched_simulator_t *sim, batsched_job_id_t job,
                                     batsched_host_set_t hosts, const batsched_execution_t *how);
    /* [event] Refuse a waiting job for ever. `reason` goes to the output. */
    batsched_status_t (*reject_job)(const batsched_simulator_t *sim, batsched_job_id_t job,
                                    const char *reason);
    /* [event] Stop running jobs. Those that are over are skipped; BATSCHED_ALREADY_GONE if all. */
    batsched_status_t (*kill_jobs)(const batsched_simulator_t *sim, const batsched_job_id_t *jobs,
                                   size_t count);
    /* [event] Merge a JSON object into the `metadata` column of the job's row in the output; keys
     * given before are replaced. For as long as the job is valid, see batsched_job_t. */
    batsched_status_t (*annotate_job)(const batsched_simulator_t *sim, batsched_job_id_t job,
                                      const char *json);

    /* [event] Create profiles and jobs. Needs BATSCHED_FEATURE_REGISTRATION. A job is submitted at
     * the current date: it comes as JOB_SUBMITTED in the next batch, to use it before is
     * WRONG_STATE. `out` may be NULL. A profile is there at once; the elements of a composition are
     * named as in workload files or "workload!profile". A released profile, one's own, stays with
     * its jobs; its name is free again. finish_registration is for ever. */
    batsched_status_t (*register_profile)(const batsched_simulator_t *sim, const char *name,
                                          const char *json);
    batsched_status_t (*release_profile)(const batsched_simulator_t *sim, const char *name);
    batsched_status_t (*register_job)(const batsched_simulator_t *sim,
                                      const batsched_new_job_t *job, batsched_job_id_t *out);
    batsched_status_t (*finish_registration)(const batsched_simulator_t *sim);

    /* [event] Ask for REQUESTED_CALL at `time` (not in the past), then every `period` if it is not
     * 0. `out` may be NULL. A cancelled call does not come any more, not even in this batch;
     * cancelling one that is over: BATSCHED_ALREADY_GONE. */
    batsched_status_t (*call_me_later)(const batsched_simulator_t *sim, double time, double period,
                                       batsched_call_id_t *out);
    batsched_status_t (*cancel_call)(const batsched_simulator_t *sim, batsched_call_id_t call);

    /* [event] Change hosts of the partition. A HOSTS_..._CHANGED event tells when it is done,
     * of the hosts that were not so already; if all were, none comes. */
    batsched_status_t (*set_pstate)(const batsched_simulator_t *sim, batsched_host_set_t hosts,
                                    uint32_t pstate);
    batsched_status_t (*set_host_state)(const batsched_simulator_t *sim, batsched_host_set_t hosts,
                                        batsched_host_state_t state); /* ON or OFF; idle hosts */

    /* [event] Measure hosts or links at first_time (not in the past), then every `period` if it is not
     * 0, exactly: at first_time + k * period. `out` may be NULL. A stopped probe brings nothing any
     * more, not even in this batch; stopping one that is over: BATSCHED_ALREADY_GONE. */
    batsched_status_t (*create_probe)(const batsched_simulator_t *sim,
                                      const batsched_probe_t *probe, batsched_probe_id_t *out);
    batsched_status_t (*stop_probe)(const batsched_simulator_t *sim, batsched_probe_id_t probe);

    /* [event] Model the scheduler's own computing time: the decisions of this batch take effect
     * `duration` later, after all else that happens at that date, and until then no event is delivered
     * to this instance. Adds up. */
    batsched_status_t (*delay_decisions)(const batsched_simulator_t *sim, double duration);
    /* [event] End the simulation after this batch; running jobs are cut off. */
    batsched_status_t (*stop_simulation)(const batsched_simulator_t *sim, const char *reason);
};

/* ---- The plugin ------------------------------------------------------------------------------ */

/* One scheduler instance, defined by the plugin. Keep all state in it: the simulator may create
 * several instances of one file. By default each lives in a linker namespace of its own, with
 * private globals, but with --isolation=none they share the plugin's globals. */
typedef struct batsched_instance batsched_instance_t;

typedef struct batsched_init {
    uint32_t struct_size;
    uint32_t index;         /* 0 .. count - 1, order of declaration and of calls at one date */
    uint32_t count;         /* number of scheduler instances in the simulation */
    uint32_t workload_count;
    const char *name;       /* of this instance, unique */
    const char *config;     /* what the user gave; by convention JSON; "" if nothing */
    const char *directory;  /* of the plugin's file, to find data beside it */
    uint64_t seed;          /* the only source of randomness to use */
    uint64_t capabilities;  /* BATSCHED_CAPABILITY_ bits */
    batsched_host_set_t hosts;    /* the partition that this instance owns */
    const char *const *workloads; /* names of the workloads that this instance owns */
    batsched_host_set_t all_hosts; /* since 0.2: of the platform, but those for storage */
} batsched_init_t;

/* What this simulation can do; what it cannot is BATSCHED_UNSUPPORTED. */
enum {
    BATSCHED_CAPABILITY_ENERGY = 1 << 0, /* energy is simulated */
    BATSCHED_CAPABILITY_PSTATES = 1 << 1,
    BATSCHED_CAPABILITY_ON_OFF = 1 << 2,
    BATSCHED_CAPABILITY_NETWORK = 1 << 3, /* there are links; profiles may communicate */
    BATSCHED_CAPABILITY_STORAGE = 1 << 4, /* there are storage hosts */
    BATSCHED_CAPABILITY_PROBES = 1 << 5,
    BATSCHED_CAPABILITY_SHARED_HOSTS = 1 << 6 /* the feature may be asked for */
};

/* What an instance asks for; a bit that the simulator cannot give stops it. */
enum {
    BATSCHED_FEATURE_REGISTRATION = 1 << 0, /* will register jobs and call finish_registration */
    BATSCHED_FEATURE_SHARED_HOSTS = 1 << 1, /* may execute several jobs on a host at once */
    BATSCHED_FEATURE_OBSERVER = 1 << 2 /* since 0.2; see OBSERVERS at the head of this file */
};

/* What sched_init answers; the simulator has set struct_size, the rest is 0. The names are for
 * plugins that run scripts: owned by the plugin, valid until sched_finalize returns. */
typedef struct batsched_reply {
    uint32_t struct_size;
    uint64_t features;                          /* BATSCHED_FEATURE_ bits */
    const char *display_name, *display_version; /* NULL: as in the vtable */
} batsched_reply_t;

typedef struct batsched_exit {
    uint32_t struct_size;
    batsched_exit_reason_t reason;
    const char *message; /* "" if there is nothing to say */
} batsched_exit_t;

typedef struct batsched_vtable {
    uint32_t struct_size;
    uint32_t abi_version;    /* BATSCHED_ABI_VERSION of the header the plugin was built with */
    const char *name;        /* "easy-backfilling" */
    const char *version;     /* "1.4.0" */
    const char *description; /* one line */

    /* Create an instance. `*instance` must be set on success. */
    batsched_status_t (*sched_init)(const batsched_simulator_t *sim, const batsched_init_t *init,
                                    batsched_instance_t **instance, batsched_reply_t *reply);
    batsched_status_t (*sched_on_event)(batsched_instance_t *instance,
                                        const batsched_event_t *event);
    void (*sched_finalize)(batsched_instance_t *instance, const batsched_exit_t *exit);
} batsched_vtable_t;

/* The one symbol that a plugin exports. */
extern BATSCHED_EXPORT const batsched_vtable_t batsched_vtable;
#define BATSCHED_VTABLE_SYMBOL "batsched_vtable"

#ifdef __cplusplus
}
#else
/* For C authors: define sched_init, sched_on_event and sched_finalize as static functions, then say
 * this once. C++ authors: see BATSCHED_PLUGIN in batsched.hpp. */
#define BATSCHED_PLUGIN(plugin_name, plugin_version, plugin_description)                           \
    const batsched_vtable_t batsched_vtable = {sizeof(batsched_vtable_t), BATSCHED_ABI_VERSION,    \
                                               plugin_name, plugin_version, plugin_description,    \
                                               sched_init, sched_on_event, sched_finalize}
#endif
#endif
