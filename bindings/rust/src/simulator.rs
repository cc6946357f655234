//! The simulator as one scheduler sees it.

use crate::ffi;
use crate::views::{c_text, text, CallId, Host, HostId, HostStatus, Job, JobId, Profile};
use crate::{Error, HostSet, HostState, LogLevel, Result};
use std::ffi::CString;
use std::os::raw::c_void;
use std::ptr;

/// The functions of the simulator, for the time of a call of the scheduler. It cannot be given to
/// another thread: threads may compute, the one that is called decides.
///
/// A negative status is an `Err`: the contract was broken, and the simulation ends with that. Functions
/// that give a `bool` say whether it was done; `Ok(false)` is an answer (a host is not on, the job is
/// over), nothing has changed then. What this simulation cannot do at all is an `Err` too.
#[derive(Clone, Copy)]
pub struct Simulator<'a> {
    raw: &'a ffi::Simulator,
    now: f64,
}

/// How to execute a job, if not as usual.
#[derive(Clone, Debug, Default)]
pub struct Execution<'a> {
    /// The host of each rank, in the allocation; empty: one rank for each host, in order.
    pub rank_hosts: &'a [HostId],
    /// JSON `{"label": host id}`; empty: none.
    pub storage_mapping: &'a str,
    /// Seconds; nothing: as submitted.
    pub walltime: Option<f64>,
}

/// A job to register. Begin with [`NewJob::new`].
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// Without `workload!`.
    pub name: &'a str,
    /// `workload!profile`
    pub profile: &'a str,
    pub requested_hosts: u32,
    /// 0: as `requested_hosts`.
    pub min_hosts: u32,
    pub max_hosts: u32,
    /// The job that this one resubmits.
    pub parent: Option<JobId>,
    /// Nothing: the one named like this scheduler. The owner of the workload schedules the job.
    pub workload: Option<&'a str>,
    /// JSON for [`Simulator::job_extra`].
    pub extra_data: &'a str,
    /// Seconds; infinite: none.
    pub walltime: f64,
    /// -1: unknown.
    pub user_id: i32,
    pub group_id: i32,
    pub queue_id: i32,
    pub executable_id: i32,
}

impl<'a> NewJob<'a> {
    /// A job for one host, without a walltime.
    pub fn new(name: &'a str, profile: &'a str) -> Self {
        Self {
            name,
            profile,
            requested_hosts: 1,
            min_hosts: 0,
            max_hosts: 0,
            parent: None,
            workload: None,
            extra_data: "{}",
            walltime: f64::INFINITY,
            user_id: -1,
            group_id: -1,
            queue_id: -1,
            executable_id: -1,
        }
    }
}

pub(crate) fn check(status: ffi::Status, function: &str) -> Result<bool> {
    match status {
        ffi::OK => Ok(true),
        status if status < 0 || status == ffi::UNSUPPORTED => {
            Err(Error::of_simulator(status, function))
        }
        _ => Ok(false),
    }
}

pub(crate) fn demand(status: ffi::Status, function: &str) -> Result<()> {
    match status {
        ffi::OK => Ok(()),
        status => Err(Error::of_simulator(status, function)),
    }
}

fn optional_text(text: &str) -> Result<Option<CString>> {
    if text.is_empty() {
        return Ok(None);
    }
    c_text(text).map(Some)
}

fn pointer(text: &Option<CString>) -> *const std::os::raw::c_char {
    text.as_ref().map_or(ptr::null(), |text| text.as_ptr())
}

impl<'a> Simulator<'a> {
    /// `now` is the date of the event that is being handled.
    pub(crate) fn new(raw: &'a ffi::Simulator, now: f64) -> Self {
        Self { raw, now }
    }

    pub(crate) fn raw(&self) -> &'a ffi::Simulator {
        self.raw
    }

    /// The date of the event that is being handled, in seconds.
    pub fn now(&self) -> f64 {
        self.now
    }

    /// For what this crate does not have, in `unsafe` code.
    pub fn as_raw(&self) -> *const ffi::Simulator {
        self.raw
    }

    /// The optional interface with this name, such as `"my.interface/1"`; null if there is none.
    pub fn get_extension(&self, name: &str) -> Result<*const c_void> {
        let name = c_text(name)?;
        Ok(unsafe { (self.raw.get_extension)(self.raw, name.as_ptr()) })
    }

    // ---- Messages ------------------------------------------------------------------------------

    /// Writes to the simulator's log.
    pub fn log(&self, level: LogLevel, message: impl AsRef<str>) {
        // Nothing comes after a NUL in C.
        let message = CString::new(message.as_ref().replace('\0', "\\0")).unwrap_or_default();
        unsafe { (self.raw.log)(self.raw, level.code(), message.as_ptr()) }
    }
    pub fn debug(&self, message: impl AsRef<str>) {
        self.log(LogLevel::Debug, message)
    }
    pub fn info(&self, message: impl AsRef<str>) {
        self.log(LogLevel::Info, message)
    }
    pub fn warning(&self, message: impl AsRef<str>) {
        self.log(LogLevel::Warning, message)
    }
    pub fn error(&self, message: impl AsRef<str>) {
        self.log(LogLevel::Error, message)
    }

    pub(crate) fn report_error(&self, message: &str) {
        let message = CString::new(message.replace('\0', "\\0")).unwrap_or_default();
        unsafe { (self.raw.report_error)(self.raw, message.as_ptr()) }
    }

    // ---- Looking up ----------------------------------------------------------------------------

    /// Nothing if the job is over.
    pub fn job(&self, id: JobId) -> Result<Option<Job<'a>>> {
        let mut job = ptr::null();
        let found = check(unsafe { (self.raw.get_job)(self.raw, id, &mut job) }, "get_job")?;
        Ok(if found { Some(Job::new(unsafe { &*job })) } else { None })
    }
    /// JSON: what the workload says of the job beyond [`Job`]. Nothing if the job is over.
    pub fn job_extra(&self, id: JobId) -> Result<Option<&'a str>> {
        let mut json = ptr::null();
        let status = unsafe { (self.raw.get_job_extra)(self.raw, id, &mut json) };
        let found = check(status, "get_job_extra")?;
        Ok(if found { Some(unsafe { text(json) }) } else { None })
    }
    pub fn profile(&self, name: &str) -> Result<Profile<'a>> {
        let name = c_text(name)?;
        let mut profile = ptr::null();
        let status = unsafe { (self.raw.get_profile)(self.raw, name.as_ptr(), &mut profile) };
        demand(status, "get_profile")?;
        Ok(Profile::new(unsafe { &*profile }))
    }
    /// Also in [`Scheduler::new`](crate::Scheduler::new).
    pub fn host(&self, id: HostId) -> Result<Host<'a>> {
        let mut host = ptr::null();
        demand(unsafe { (self.raw.get_host)(self.raw, id, &mut host) }, "get_host")?;
        Ok(Host::new(unsafe { &*host }))
    }
    pub fn host_status(&self, id: HostId) -> Result<HostStatus> {
        let struct_size = std::mem::size_of::<ffi::HostStatus>() as u32;
        let mut raw = ffi::HostStatus { struct_size, ..Default::default() };
        let status = unsafe { (self.raw.get_host_status)(self.raw, id, &mut raw) };
        demand(status, "get_host_status")?;
        let state = HostState::from_code(raw.state);
        Ok(HostStatus { state, pstate: raw.pstate, running_jobs: raw.running_jobs })
    }
    /// Seconds on these hosts without contention, not cut by the walltime. Nothing if the profile has
    /// no closed form, or the job is over.
    pub fn estimate_run_time(&self, job: JobId, hosts: &HostSet) -> Result<Option<f64>> {
        let mut seconds = 0.0;
        let estimate = self.raw.estimate_run_time;
        match unsafe { estimate(self.raw, job, hosts.as_raw(), &mut seconds) } {
            ffi::UNSUPPORTED => Ok(None),
            status => Ok(if check(status, "estimate_run_time")? { Some(seconds) } else { None }),
        }
    }

    // ---- Decisions about jobs ------------------------------------------------------------------

    /// Starts a waiting job. Its hosts are taken at once, also for later calls of the same batch.
    pub fn execute_job(&self, job: JobId, hosts: &HostSet) -> Result<bool> {
        let status = unsafe { (self.raw.execute_job)(self.raw, job, hosts.as_raw(), ptr::null()) };
        check(status, "execute_job")
    }
    pub fn execute_job_with(
        &self,
        job: JobId,
        hosts: &HostSet,
        how: &Execution<'_>,
    ) -> Result<bool> {
        let mapping = optional_text(how.storage_mapping)?;
        let has_ranks = !how.rank_hosts.is_empty();
        let how = ffi::Execution {
            struct_size: std::mem::size_of::<ffi::Execution>() as u32,
            rank_count: how.rank_hosts.len() as u32,
            rank_hosts: if has_ranks { how.rank_hosts.as_ptr() } else { ptr::null() },
            storage_mapping: pointer(&mapping),
            walltime: how.walltime.unwrap_or(0.0),
        };
        let status = unsafe { (self.raw.execute_job)(self.raw, job, hosts.as_raw(), &how) };
        check(status, "execute_job")
    }
    /// Refuses a waiting job for ever.
    pub fn reject_job(&self, job: JobId, reason: &str) -> Result<bool> {
        let reason = c_text(reason)?;
        let status = unsafe { (self.raw.reject_job)(self.raw, job, reason.as_ptr()) };
        check(status, "reject_job")
    }
    /// Ends running jobs; their hosts can be used in the next batch.
    pub fn kill_jobs(&self, jobs: &[JobId]) -> Result<bool> {
        let status = unsafe { (self.raw.kill_jobs)(self.raw, jobs.as_ptr(), jobs.len()) };
        check(status, "kill_jobs")
    }
    /// Merges a JSON object into the column `metadata` of the job's row in the output.
    pub fn annotate_job(&self, job: JobId, json: &str) -> Result<bool> {
        let json = c_text(json)?;
        let status = unsafe { (self.raw.annotate_job)(self.raw, job, json.as_ptr()) };
        check(status, "annotate_job")
    }

    // ---- Registration: Context::ask_for_registration first ----------------------------------------

    pub fn register_profile(&self, name: &str, json: &str) -> Result<()> {
        let (name, json) = (c_text(name)?, c_text(json)?);
        let register = self.raw.register_profile;
        demand(unsafe { register(self.raw, name.as_ptr(), json.as_ptr()) }, "register_profile")
    }
    pub fn release_profile(&self, name: &str) -> Result<()> {
        let name = c_text(name)?;
        demand(unsafe { (self.raw.release_profile)(self.raw, name.as_ptr()) }, "release_profile")
    }
    /// The job comes as [`Event::JobSubmitted`](crate::Event::JobSubmitted) in the next batch.
    pub fn register_job(&self, job: &NewJob<'_>) -> Result<JobId> {
        let (name, profile) = (c_text(job.name)?, c_text(job.profile)?);
        let extra_data = c_text(job.extra_data)?;
        let workload = job.workload.map(c_text).transpose()?;
        let raw = ffi::NewJob {
            struct_size: std::mem::size_of::<ffi::NewJob>() as u32,
            requested_hosts: job.requested_hosts,
            min_hosts: job.min_hosts,
            max_hosts: job.max_hosts,
            parent: job.parent.unwrap_or(ffi::NO_JOB),
            workload: pointer(&workload),
            name: name.as_ptr(),
            profile: profile.as_ptr(),
            extra_data: extra_data.as_ptr(),
            walltime: job.walltime,
            user_id: job.user_id,
            group_id: job.group_id,
            queue_id: job.queue_id,
            executable_id: job.executable_id,
        };
        let mut id = ffi::NO_JOB;
        demand(unsafe { (self.raw.register_job)(self.raw, &raw, &mut id) }, "register_job")?;
        Ok(id)
    }
    /// No job will be registered any more. For ever.
    pub fn finish_registration(&self) -> Result<()> {
        demand(unsafe { (self.raw.finish_registration)(self.raw) }, "finish_registration")
    }

    // ---- Time ------------------------------------------------------------------------------------

    /// Asks for [`Event::RequestedCall`](crate::Event::RequestedCall) at a date, not in the past, then
    /// every `period` seconds if that is not 0.
    pub fn call_me_later(&self, time: f64, period: f64) -> Result<CallId> {
        let mut call = 0;
        let status = unsafe { (self.raw.call_me_later)(self.raw, time, period, &mut call) };
        demand(status, "call_me_later")?;
        Ok(call)
    }
    pub fn cancel_call(&self, call: CallId) -> Result<bool> {
        check(unsafe { (self.raw.cancel_call)(self.raw, call) }, "cancel_call")
    }
    /// Models the scheduler's own computing time, in seconds.
    pub fn delay_decisions(&self, duration: f64) -> Result<()> {
        demand(unsafe { (self.raw.delay_decisions)(self.raw, duration) }, "delay_decisions")
    }
    /// Ends the simulation after this batch; running jobs are cut off.
    pub fn stop_simulation(&self, reason: &str) -> Result<()> {
        let reason = c_text(reason)?;
        demand(unsafe { (self.raw.stop_simulation)(self.raw, reason.as_ptr()) }, "stop_simulation")
    }

    // ---- Hosts; probes are in probe.rs -------------------------------------------------------------

    pub fn set_pstate(&self, hosts: &HostSet, pstate: u32) -> Result<bool> {
        check(unsafe { (self.raw.set_pstate)(self.raw, hosts.as_raw(), pstate) }, "set_pstate")
    }
    /// `On` or `Off`, idle hosts. An event tells when it is done.
    pub fn set_host_state(&self, hosts: &HostSet, state: HostState) -> Result<bool> {
        let set = self.raw.set_host_state;
        check(unsafe { set(self.raw, hosts.as_raw(), state.code()) }, "set_host_state")
    }
}
