//! Jobs, profiles and hosts: read only, for the time of a call.

use crate::ffi;
use crate::{Error, HostState};
use std::ffi::CStr;
use std::os::raw::c_char;

pub type JobId = u64;
pub type HostId = u32;
pub type CallId = u64;
pub type ProbeId = u64;

/// # Safety
/// `text` must be NUL-terminated UTF-8 that lives as long as `'a`, as what comes from the simulator.
pub(crate) unsafe fn text<'a>(text: *const c_char) -> &'a str {
    std::str::from_utf8(CStr::from_ptr(text).to_bytes()).unwrap_or("")
}

/// # Safety
/// There must be `count` values that live as long as `'a`.
pub(crate) unsafe fn slice<'a, T>(values: *const T, count: usize) -> &'a [T] {
    if count == 0 {
        return &[];
    }
    std::slice::from_raw_parts(values, count)
}

/// A job. Copy what is needed later: an id is enough to ask for the job again.
#[derive(Clone, Copy)]
pub struct Job<'a>(&'a ffi::Job);

impl<'a> Job<'a> {
    pub(crate) fn new(job: &'a ffi::Job) -> Self {
        Self(job)
    }

    /// Ids follow the order of submission; they are never used again.
    pub fn id(&self) -> JobId {
        self.0.id
    }
    /// The job that this one resubmits.
    pub fn parent(&self) -> Option<JobId> {
        Some(self.0.parent).filter(|&parent| parent != ffi::NO_JOB)
    }
    /// More than 0.
    pub fn requested_hosts(&self) -> usize {
        self.0.requested_hosts as usize
    }
    /// Of a moldable job; that of a rigid one is `requested_hosts`.
    pub fn min_hosts(&self) -> usize {
        self.0.min_hosts as usize
    }
    pub fn max_hosts(&self) -> usize {
        self.0.max_hosts as usize
    }
    /// `workload!job`, unique.
    pub fn name(&self) -> &'a str {
        unsafe { text(self.0.name) }
    }
    pub fn workload(&self) -> &'a str {
        unsafe { text(self.0.workload) }
    }
    /// `workload!profile`
    pub fn profile(&self) -> &'a str {
        unsafe { text(self.0.profile) }
    }
    pub fn submit_time(&self) -> f64 {
        self.0.submit_time
    }
    /// Seconds; infinite if the user gave none.
    pub fn walltime(&self) -> f64 {
        self.0.walltime
    }
    /// As in the workload; -1 if unknown, also of the next three.
    pub fn user_id(&self) -> i32 {
        self.0.user_id
    }
    pub fn group_id(&self) -> i32 {
        self.0.group_id
    }
    pub fn queue_id(&self) -> i32 {
        self.0.queue_id
    }
    pub fn executable_id(&self) -> i32 {
        self.0.executable_id
    }
}

/// How a job uses hosts while it runs.
#[derive(Clone, Copy)]
pub struct Profile<'a>(&'a ffi::Profile);

impl<'a> Profile<'a> {
    pub(crate) fn new(profile: &'a ffi::Profile) -> Self {
        Self(profile)
    }
    /// `workload!profile`
    pub fn name(&self) -> &'a str {
        unsafe { text(self.0.name) }
    }
    /// `delay`, `parallel_homogeneous`, ...
    pub fn type_name(&self) -> &'a str {
        unsafe { text(self.0.type_name) }
    }
    /// The whole profile, as in the workload file; see [`json::parse`](crate::json::parse).
    pub fn json(&self) -> &'a str {
        unsafe { text(self.0.json) }
    }
}

/// What does not change about a host.
#[derive(Clone, Copy)]
pub struct Host<'a>(&'a ffi::Host);

impl<'a> Host<'a> {
    pub(crate) fn new(host: &'a ffi::Host) -> Self {
        Self(host)
    }
    fn of_pstates(&self, values: *const f64) -> &'a [f64] {
        unsafe { slice(values, self.0.pstate_count as usize) }
    }

    pub fn id(&self) -> HostId {
        self.0.id
    }
    pub fn name(&self) -> &'a str {
        unsafe { text(self.0.name) }
    }
    /// The network zone that it lies in.
    pub fn zone(&self) -> &'a str {
        unsafe { text(self.0.zone) }
    }
    pub fn core_count(&self) -> u32 {
        self.0.core_count
    }
    /// Flop/s of a core, for each pstate.
    pub fn pstate_speeds(&self) -> &'a [f64] {
        self.of_pstates(self.0.pstate_speeds)
    }
    /// For each pstate; NaN without an energy model, like all watts and joules.
    pub fn pstate_idle_watts(&self) -> &'a [f64] {
        self.of_pstates(self.0.pstate_idle_watts)
    }
    /// With all cores busy, for each pstate.
    pub fn pstate_busy_watts(&self) -> &'a [f64] {
        self.of_pstates(self.0.pstate_busy_watts)
    }
    pub fn off_watts(&self) -> f64 {
        self.0.off_watts
    }
    pub fn switch_on_duration(&self) -> f64 {
        self.0.switch_on_duration
    }
    pub fn switch_off_duration(&self) -> f64 {
        self.0.switch_off_duration
    }
    /// Joules of the whole switch.
    pub fn switch_on_energy(&self) -> f64 {
        self.0.switch_on_energy
    }
    pub fn switch_off_energy(&self) -> f64 {
        self.0.switch_off_energy
    }
    /// JSON: the properties in the platform file.
    pub fn properties(&self) -> &'a str {
        unsafe { text(self.0.properties) }
    }
}

/// What changes about a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostStatus {
    pub state: HostState,
    pub pstate: u32,
    /// How many jobs are on the host.
    pub running_jobs: u32,
}

/// A text without NUL, for C.
pub(crate) fn c_text(text: &str) -> Result<std::ffi::CString, Error> {
    std::ffi::CString::new(text)
        .map_err(|_| Error::new(format!("the text {text:?} has a NUL character in it")))
}
