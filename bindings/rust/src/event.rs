//! What the simulator tells a scheduler.

use crate::ffi;
use crate::views::{slice, text, CallId, Job, JobId, ProbeId};
use crate::{Decision, ExitReason, HostSet, HostState};

/// An event, in the order in which they come inside a batch. [`Event::Decide`] ends each batch but the
/// last, which is [`Event::SimulationEnds`] alone. Later versions have more: end a `match` with
/// `_ => {}`.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Event<'a> {
    SimulationBegins(SimulationBegins<'a>),
    /// Comes for each change in the partition (for observers: of any host), whoever caused it.
    HostsStateChanged(HostsStateChanged<'a>),
    /// Hosts of other schedulers can be used from now on; for observers: any hosts by anyone.
    HostsLent(HostsLent<'a>),
    JobCompleted(JobCompleted<'a>),
    /// Acknowledges one call of `kill_jobs`, after the completion of its jobs.
    JobsKilled(&'a [JobId]),
    HostsPstateChanged(HostsPstateChanged<'a>),
    ExternalEvent(ExternalEvent<'a>),
    JobSubmitted(Job<'a>),
    /// For observers ([`Context::ask_to_observe`](crate::Context::ask_to_observe)), like the next two.
    JobForwarded(JobForwarded<'a>),
    JobRejected(JobRejected<'a>),
    JobStarted(JobStarted<'a>),
    /// No job of a workload file of this scheduler is to come; for observers: of any.
    NoMoreStaticJobs,
    NoMoreExternalEvents,
    RequestedCall(CallId),
    ProbeData(ProbeData<'a>),
    DecisionDropped(DecisionDropped<'a>),
    Decide,
    SimulationEnds(ExitReason),
}

impl<'a> Event<'a> {
    /// Nothing if the type is of a later version.
    ///
    /// # Safety
    /// The event must be one that a simulator delivers.
    pub(crate) unsafe fn from_raw(event: &'a ffi::Event) -> Option<Self> {
        let details = &event.details;
        Some(match event.event_type {
            ffi::EVENT_SIMULATION_BEGINS => {
                Self::SimulationBegins(SimulationBegins(&details.simulation_begins))
            }
            ffi::EVENT_HOSTS_STATE_CHANGED => {
                Self::HostsStateChanged(HostsStateChanged(&details.hosts_state_changed))
            }
            ffi::EVENT_HOSTS_LENT => Self::HostsLent(HostsLent(&details.hosts_lent)),
            ffi::EVENT_JOB_COMPLETED => Self::JobCompleted(JobCompleted(&details.job_completed)),
            ffi::EVENT_JOBS_KILLED => {
                Self::JobsKilled(slice(details.jobs_killed.jobs, details.jobs_killed.count))
            }
            ffi::EVENT_HOSTS_PSTATE_CHANGED => {
                Self::HostsPstateChanged(HostsPstateChanged(&details.hosts_pstate_changed))
            }
            ffi::EVENT_EXTERNAL_EVENT => {
                Self::ExternalEvent(ExternalEvent(&details.external_event))
            }
            ffi::EVENT_JOB_SUBMITTED => Self::JobSubmitted(Job::new(&*details.job_submitted.job)),
            ffi::EVENT_JOB_FORWARDED => Self::JobForwarded(JobForwarded(&details.job_forwarded)),
            ffi::EVENT_JOB_REJECTED => Self::JobRejected(JobRejected(&details.job_rejected)),
            ffi::EVENT_JOB_STARTED => Self::JobStarted(JobStarted(&details.job_started)),
            ffi::EVENT_NO_MORE_STATIC_JOBS => Self::NoMoreStaticJobs,
            ffi::EVENT_NO_MORE_EXTERNAL_EVENTS => Self::NoMoreExternalEvents,
            ffi::EVENT_REQUESTED_CALL => Self::RequestedCall(details.requested_call.call),
            ffi::EVENT_PROBE_DATA => Self::ProbeData(ProbeData(&details.probe_data)),
            ffi::EVENT_DECISION_DROPPED => {
                Self::DecisionDropped(DecisionDropped(&details.decision_dropped))
            }
            ffi::EVENT_DECIDE => Self::Decide,
            ffi::EVENT_SIMULATION_ENDS => {
                Self::SimulationEnds(ExitReason::from_code(details.simulation_ends.reason))
            }
            _ => return None,
        })
    }
}

#[derive(Clone, Copy)]
pub struct SimulationBegins<'a>(&'a ffi::SimulationBegins);

impl SimulationBegins<'_> {
    /// The partition.
    pub fn hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.hosts) }
    }
    /// Never allocated to jobs.
    pub fn storage_hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.storage_hosts) }
    }
}

/// Comes exactly once for each job that has been executed and has ended, however it ended.
#[derive(Clone, Copy)]
pub struct JobCompleted<'a>(&'a ffi::JobCompleted);

impl<'a> JobCompleted<'a> {
    pub fn job(&self) -> Job<'a> {
        Job::new(unsafe { &*self.0.job })
    }
    pub fn state(&self) -> crate::JobState {
        crate::JobState::from_code(self.0.state)
    }
    pub fn return_code(&self) -> i32 {
        self.0.return_code
    }
    pub fn start_time(&self) -> f64 {
        self.0.start_time
    }
    /// Joules; NaN if energy is not simulated.
    pub fn energy(&self) -> f64 {
        self.0.energy
    }
    /// 0 to 1; 1 if it ended by itself; NaN if it cannot be measured.
    pub fn progress(&self) -> f64 {
        self.0.progress
    }
    /// JSON: which element of a sequence, how far.
    pub fn progress_json(&self) -> &'a str {
        unsafe { text(self.0.progress_json) }
    }
    /// No longer used by this job.
    pub fn hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.hosts) }
    }
    /// Those of `hosts` that are on, and can take a job now.
    pub fn usable_hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.usable_hosts) }
    }
}

/// The owner of a waiting job has handed it to another scheduler.
#[derive(Clone, Copy)]
pub struct JobForwarded<'a>(&'a ffi::JobForwarded);

impl<'a> JobForwarded<'a> {
    pub fn job(&self) -> Job<'a> {
        Job::new(unsafe { &*self.0.job })
    }
    /// The index of a scheduler, as [`Context::index`](crate::Context::index).
    pub fn from(&self) -> u32 {
        self.0.from
    }
    /// The same of the new owner.
    pub fn to(&self) -> u32 {
        self.0.to
    }
}

/// The owner of a job has refused it for ever.
#[derive(Clone, Copy)]
pub struct JobRejected<'a>(&'a ffi::JobRejected);

impl<'a> JobRejected<'a> {
    pub fn job(&self) -> Job<'a> {
        Job::new(unsafe { &*self.0.job })
    }
    /// Empty if the owner gave none.
    pub fn reason(&self) -> &'a str {
        unsafe { text(self.0.reason) }
    }
}

/// The owner of a job has started it, at the date of the event.
#[derive(Clone, Copy)]
pub struct JobStarted<'a>(&'a ffi::JobStarted);

impl<'a> JobStarted<'a> {
    pub fn job(&self) -> Job<'a> {
        Job::new(unsafe { &*self.0.job })
    }
    /// With which it was executed.
    pub fn walltime(&self) -> f64 {
        self.0.walltime
    }
    pub fn hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.hosts) }
    }
}

#[derive(Clone, Copy)]
pub struct HostsStateChanged<'a>(&'a ffi::HostsStateChanged);

impl HostsStateChanged<'_> {
    /// The new one.
    pub fn state(&self) -> HostState {
        HostState::from_code(self.0.state)
    }
    pub fn hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.hosts) }
    }
}

/// The scheduler `to` holds hosts that `from` held.
#[derive(Clone, Copy)]
pub struct HostsLent<'a>(&'a ffi::HostsLent);

impl HostsLent<'_> {
    pub fn hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.hosts) }
    }
    /// The index of a scheduler, as [`Context::index`](crate::Context::index).
    pub fn from(&self) -> u32 {
        self.0.from
    }
    /// The same of the one that may use them now.
    pub fn to(&self) -> u32 {
        self.0.to
    }
}

#[derive(Clone, Copy)]
pub struct HostsPstateChanged<'a>(&'a ffi::HostsPstateChanged);

impl HostsPstateChanged<'_> {
    /// The new one.
    pub fn pstate(&self) -> u32 {
        self.0.pstate
    }
    pub fn hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.hosts) }
    }
}

#[derive(Clone, Copy)]
pub struct ExternalEvent<'a>(&'a ffi::ExternalEvent);

impl<'a> ExternalEvent<'a> {
    /// As in the event file.
    pub fn type_name(&self) -> &'a str {
        unsafe { text(self.0.type_name) }
    }
    /// The whole event.
    pub fn json(&self) -> &'a str {
        unsafe { text(self.0.json) }
    }
}

/// What was measured after the other events of this date and before any decision.
#[derive(Clone, Copy)]
pub struct ProbeData<'a>(&'a ffi::ProbeData);

impl<'a> ProbeData<'a> {
    pub fn probe(&self) -> ProbeId {
        self.0.probe
    }
    /// One, or one for each host in the order of ids or for each link as given.
    pub fn values(&self) -> &'a [f64] {
        unsafe { slice(self.0.values, self.0.count) }
    }
}

/// An accepted decision became impossible before it took effect. Its job waits again.
#[derive(Clone, Copy)]
pub struct DecisionDropped<'a>(&'a ffi::DecisionDropped);

impl<'a> DecisionDropped<'a> {
    pub fn kind(&self) -> Decision {
        Decision::from_code(self.0.kind)
    }
    /// Nothing if the decision is about hosts.
    pub fn job(&self) -> Option<Job<'a>> {
        unsafe { self.0.job.as_ref() }.map(Job::new)
    }
    /// As given.
    pub fn hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.0.hosts) }
    }
    pub fn reason(&self) -> &'a str {
        unsafe { text(self.0.reason) }
    }
}
