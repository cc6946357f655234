//! The C interface, `batsched.h`, member by member. Units, ownership and lifetimes are said there.
//!
//! `tests/layout.rs` compares it with the header. Structs may be larger on the other side if that is
//! of a later minor version; members are only ever added at the end.

use std::os::raw::{c_char, c_void};

/// The version of `batsched.h` that this file mirrors: 0.2.
pub const ABI_VERSION: u32 = 2;

pub type Status = i32;
pub const OK: Status = 0;
pub const REFUSED: Status = 1;
pub const ALREADY_GONE: Status = 2;
pub const UNSUPPORTED: Status = 3;
pub const FAILED: Status = -1;
pub const INVALID_ARGUMENT: Status = -2;
pub const UNKNOWN_ID: Status = -3;
pub const NOT_OWNER: Status = -4;
pub const WRONG_STATE: Status = -5;
pub const HOSTS_BUSY: Status = -6;

pub const NO_JOB: u64 = u64::MAX;

/// Hosts `first` to `last`, both included.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    pub first: u32,
    pub last: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostSet {
    pub intervals: *const Interval,
    pub count: usize,
}

#[repr(C)]
pub struct Job {
    pub struct_size: u32,
    pub requested_hosts: u32,
    pub min_hosts: u32,
    pub max_hosts: u32,
    pub id: u64,
    pub parent: u64,
    pub name: *const c_char,
    pub workload: *const c_char,
    pub profile: *const c_char,
    pub submit_time: f64,
    pub walltime: f64,
    pub user_id: i32,
    pub group_id: i32,
    pub queue_id: i32,
    pub executable_id: i32,
}

#[repr(C)]
pub struct Profile {
    pub struct_size: u32,
    pub name: *const c_char,
    pub type_name: *const c_char, // `type` in C
    pub json: *const c_char,
}

#[repr(C)]
pub struct Host {
    pub struct_size: u32,
    pub id: u32,
    pub name: *const c_char,
    pub zone: *const c_char,
    pub core_count: u32,
    pub pstate_count: u32,
    pub pstate_speeds: *const f64,
    pub pstate_idle_watts: *const f64,
    pub pstate_busy_watts: *const f64,
    pub off_watts: f64,
    pub switch_on_duration: f64,
    pub switch_off_duration: f64,
    pub switch_on_energy: f64,
    pub switch_off_energy: f64,
    pub properties: *const c_char,
}

#[repr(C)]
#[derive(Default)]
pub struct HostStatus {
    pub struct_size: u32,
    pub state: i32,
    pub pstate: u32,
    pub running_jobs: u32,
}

pub const EVENT_SIMULATION_BEGINS: i32 = 100;
pub const EVENT_HOSTS_STATE_CHANGED: i32 = 150;
pub const EVENT_HOSTS_LENT: i32 = 160; // since 0.2
pub const EVENT_JOB_COMPLETED: i32 = 200;
pub const EVENT_JOBS_KILLED: i32 = 210;
pub const EVENT_HOSTS_PSTATE_CHANGED: i32 = 310;
pub const EVENT_EXTERNAL_EVENT: i32 = 400;
pub const EVENT_JOB_SUBMITTED: i32 = 500;
pub const EVENT_JOB_FORWARDED: i32 = 502; // since 0.2, like the next two
pub const EVENT_JOB_REJECTED: i32 = 503;
pub const EVENT_JOB_STARTED: i32 = 506;
pub const EVENT_NO_MORE_STATIC_JOBS: i32 = 510;
pub const EVENT_NO_MORE_EXTERNAL_EVENTS: i32 = 520;
pub const EVENT_REQUESTED_CALL: i32 = 600;
pub const EVENT_PROBE_DATA: i32 = 610;
pub const EVENT_DECISION_DROPPED: i32 = 700;
pub const EVENT_DECIDE: i32 = 900;
pub const EVENT_SIMULATION_ENDS: i32 = 1000;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct SimulationBegins {
    pub hosts: HostSet,
    pub storage_hosts: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct JobSubmitted {
    pub job: *const Job,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct JobCompleted {
    pub job: *const Job,
    pub state: i32,
    pub return_code: i32,
    pub start_time: f64,
    pub energy: f64,
    pub progress: f64,
    pub progress_json: *const c_char,
    pub hosts: HostSet,
    pub usable_hosts: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct JobsKilled {
    pub jobs: *const u64,
    pub count: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct JobForwarded {
    pub job: *const Job,
    pub from: u32,
    pub to: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct JobRejected {
    pub job: *const Job,
    pub reason: *const c_char,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct JobStarted {
    pub job: *const Job,
    pub walltime: f64,
    pub hosts: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct RequestedCall {
    pub call: u64,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostsStateChanged {
    pub state: i32,
    pub hosts: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostsLent {
    pub hosts: HostSet,
    pub from: u32,
    pub to: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostsPstateChanged {
    pub pstate: u32,
    pub hosts: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct ExternalEvent {
    pub type_name: *const c_char, // `type` in C
    pub json: *const c_char,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct ProbeData {
    pub probe: u64,
    pub values: *const f64,
    pub count: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct DecisionDropped {
    pub kind: i32,
    pub job: *const Job,
    pub hosts: HostSet,
    pub reason: *const c_char,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct SimulationEnds {
    pub reason: i32,
}

#[repr(C)]
pub union EventDetails {
    pub simulation_begins: SimulationBegins,
    pub job_completed: JobCompleted,
    pub jobs_killed: JobsKilled,
    pub hosts_state_changed: HostsStateChanged,
    pub hosts_pstate_changed: HostsPstateChanged,
    pub external_event: ExternalEvent,
    pub job_submitted: JobSubmitted,
    pub requested_call: RequestedCall,
    pub probe_data: ProbeData,
    pub decision_dropped: DecisionDropped,
    pub simulation_ends: SimulationEnds,
    pub job_rejected: JobRejected,
    pub job_started: JobStarted,
    pub job_forwarded: JobForwarded,
    pub hosts_lent: HostsLent,
}

#[repr(C)]
pub struct Event {
    pub struct_size: u32,
    pub event_type: i32, // `type` in C
    pub time: f64,
    pub details: EventDetails, // without a name in C
}

pub const LOG_DEBUG: i32 = 0;
pub const LOG_INFO: i32 = 1;
pub const LOG_WARNING: i32 = 2;
pub const LOG_ERROR: i32 = 3;

#[repr(C)]
pub struct Execution {
    pub struct_size: u32,
    pub rank_count: u32,
    pub rank_hosts: *const u32,
    pub storage_mapping: *const c_char,
    pub walltime: f64,
}

#[repr(C)]
pub struct NewJob {
    pub struct_size: u32,
    pub requested_hosts: u32,
    pub min_hosts: u32,
    pub max_hosts: u32,
    pub parent: u64,
    pub workload: *const c_char,
    pub name: *const c_char,
    pub profile: *const c_char,
    pub extra_data: *const c_char,
    pub walltime: f64,
    pub user_id: i32,
    pub group_id: i32,
    pub queue_id: i32,
    pub executable_id: i32,
}

pub const PROBE_HOSTS: i32 = 0;
pub const PROBE_LINKS: i32 = 1;

#[repr(C)]
pub struct Probe {
    pub struct_size: u32,
    pub target: i32,
    pub metric: i32,
    pub aggregation: i32,
    pub hosts: HostSet,
    pub links: *const *const c_char,
    pub link_count: usize,
    pub first_time: f64,
    pub period: f64,
}

type Sim = *const Simulator;

#[repr(C)]
pub struct Simulator {
    pub struct_size: u32,
    pub abi_version: u32,
    pub data: *mut c_void,
    pub log: unsafe extern "C" fn(Sim, i32, *const c_char),
    pub report_error: unsafe extern "C" fn(Sim, *const c_char),
    pub get_extension: unsafe extern "C" fn(Sim, *const c_char) -> *const c_void,
    pub get_job: unsafe extern "C" fn(Sim, u64, *mut *const Job) -> Status,
    pub get_job_extra: unsafe extern "C" fn(Sim, u64, *mut *const c_char) -> Status,
    pub get_profile: unsafe extern "C" fn(Sim, *const c_char, *mut *const Profile) -> Status,
    pub get_host: unsafe extern "C" fn(Sim, u32, *mut *const Host) -> Status,
    pub get_host_status: unsafe extern "C" fn(Sim, u32, *mut HostStatus) -> Status,
    pub estimate_run_time: unsafe extern "C" fn(Sim, u64, HostSet, *mut f64) -> Status,
    pub execute_job: unsafe extern "C" fn(Sim, u64, HostSet, *const Execution) -> Status,
    pub reject_job: unsafe extern "C" fn(Sim, u64, *const c_char) -> Status,
    pub kill_jobs: unsafe extern "C" fn(Sim, *const u64, usize) -> Status,
    pub annotate_job: unsafe extern "C" fn(Sim, u64, *const c_char) -> Status,
    pub register_profile: unsafe extern "C" fn(Sim, *const c_char, *const c_char) -> Status,
    pub release_profile: unsafe extern "C" fn(Sim, *const c_char) -> Status,
    pub register_job: unsafe extern "C" fn(Sim, *const NewJob, *mut u64) -> Status,
    pub finish_registration: unsafe extern "C" fn(Sim) -> Status,
    pub call_me_later: unsafe extern "C" fn(Sim, f64, f64, *mut u64) -> Status,
    pub cancel_call: unsafe extern "C" fn(Sim, u64) -> Status,
    pub set_pstate: unsafe extern "C" fn(Sim, HostSet, u32) -> Status,
    pub set_host_state: unsafe extern "C" fn(Sim, HostSet, i32) -> Status,
    pub create_probe: unsafe extern "C" fn(Sim, *const Probe, *mut u64) -> Status,
    pub stop_probe: unsafe extern "C" fn(Sim, u64) -> Status,
    pub delay_decisions: unsafe extern "C" fn(Sim, f64) -> Status,
    pub stop_simulation: unsafe extern "C" fn(Sim, *const c_char) -> Status,
}

/// What `sched_init` makes; its content is the plugin's own business.
#[repr(C)]
pub struct Instance {
    _private: [u8; 0],
}

#[repr(C)]
pub struct Init {
    pub struct_size: u32,
    pub index: u32,
    pub count: u32,
    pub workload_count: u32,
    pub name: *const c_char,
    pub config: *const c_char,
    pub directory: *const c_char,
    pub seed: u64,
    pub capabilities: u64,
    pub hosts: HostSet,
    pub workloads: *const *const c_char,
    pub all_hosts: HostSet, // since 0.2: look at `struct_size` first
}

pub const FEATURE_REGISTRATION: u64 = 1;
pub const FEATURE_SHARED_HOSTS: u64 = 1 << 1;
pub const FEATURE_OBSERVER: u64 = 1 << 2; // since 0.2

#[repr(C)]
pub struct Reply {
    pub struct_size: u32,
    pub features: u64,
    pub display_name: *const c_char,
    pub display_version: *const c_char,
}

#[repr(C)]
pub struct Exit {
    pub struct_size: u32,
    pub reason: i32,
    pub message: *const c_char,
}

#[repr(C)]
pub struct Vtable {
    pub struct_size: u32,
    pub abi_version: u32,
    pub name: *const c_char,
    pub version: *const c_char,
    pub description: *const c_char,
    pub sched_init:
        unsafe extern "C" fn(Sim, *const Init, *mut *mut Instance, *mut Reply) -> Status,
    pub sched_on_event: unsafe extern "C" fn(*mut Instance, *const Event) -> Status,
    pub sched_finalize: unsafe extern "C" fn(*mut Instance, *const Exit),
}

// Constant text and functions only.
unsafe impl Sync for Vtable {}
