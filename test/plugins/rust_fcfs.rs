// rust_fcfs.rs - first come, first served, in Rust, with the standard library only: a proper scheduler,
// which passes check-plugin.
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{c_char, c_int, c_void};
use std::slice;

// What this needs of batsched.h.
const OK: c_int = 0;
const FAILED: c_int = -1;
const HOST_ON: i32 = 0;

#[repr(C)]
pub struct Interval {
    first: u32,
    last: u32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostSet {
    intervals: *const Interval,
    count: usize,
}

#[repr(C)]
pub struct Job {
    struct_size: u32,
    requested_hosts: u32,
    min_hosts: u32,
    max_hosts: u32,
    id: u64,
}

#[repr(C)]
pub struct Simulator {
    struct_size: u32,
    abi_version: u32,
    data: *const c_void,
    log: usize,
    report_error: unsafe extern "C" fn(*const Simulator, *const c_char),
    lookups: [usize; 7],
    execute_job: unsafe extern "C" fn(*const Simulator, u64, HostSet, *const c_void) -> c_int,
    reject_job: unsafe extern "C" fn(*const Simulator, u64, *const c_char) -> c_int,
}

#[repr(C)]
pub struct Init {
    struct_size: u32,
    numbers: [u32; 3],
    name: *const c_char,
    config: *const c_char,
    directory: *const c_char,
    seed: u64,
    capabilities: u64,
    hosts: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct HostsStateChanged {
    state: i32,
    hosts: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct JobCompleted {
    job: *const Job,
    state: i32,
    return_code: i32,
    numbers: [f64; 3],
    progress_json: *const c_char,
    hosts: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct DecisionDropped {
    decision: i32,
    job: *const Job,
    hosts: HostSet,
}

#[repr(C)]
pub union Details {
    job_submitted: *const Job,
    job_completed: JobCompleted,
    hosts_state_changed: HostsStateChanged,
    decision_dropped: DecisionDropped,
}

#[repr(C)]
pub struct Event {
    struct_size: u32,
    kind: i32,
    time: f64,
    details: Details,
}

const HOSTS_STATE_CHANGED: i32 = 150;
const JOB_COMPLETED: i32 = 200;
const JOB_SUBMITTED: i32 = 500;
const DECISION_DROPPED: i32 = 700;
const DECIDE: i32 = 900;

#[repr(C)]
pub struct Vtable {
    struct_size: u32,
    abi_version: u32,
    texts: [*const u8; 3],
    sched_init: unsafe extern "C" fn(
        *const Simulator,
        *const Init,
        *mut *mut Scheduler,
        *mut c_void,
    ) -> c_int,
    sched_on_event: unsafe extern "C" fn(*mut Scheduler, *const Event) -> c_int,
    sched_finalize: unsafe extern "C" fn(*mut Scheduler, *const c_void),
}

unsafe impl Sync for Vtable {}

#[no_mangle]
pub static batsched_vtable: Vtable = Vtable {
    struct_size: std::mem::size_of::<Vtable>() as u32,
    abi_version: 1,
    texts: [b"rust-fcfs\0".as_ptr(), b"1.0.0\0".as_ptr(), b"FCFS in Rust\0".as_ptr()],
    sched_init,
    sched_on_event,
    sched_finalize,
};

// One instance. Ids of jobs follow the order of submission.
pub struct Scheduler {
    simulator: *const Simulator,
    partition_size: u32,
    usable: BTreeSet<u32>,
    busy: BTreeSet<u32>,
    waiting: BTreeMap<u64, u32>, // hosts that each job requests
}

unsafe fn hosts_of(set: HostSet) -> Vec<u32> {
    if set.count == 0 {
        return Vec::new();
    }
    let intervals = slice::from_raw_parts(set.intervals, set.count);
    intervals.iter().flat_map(|interval| interval.first..=interval.last).collect()
}

fn intervals_of(hosts: &[u32]) -> Vec<Interval> {
    let mut intervals: Vec<Interval> = Vec::new();
    for &host in hosts {
        match intervals.last_mut() {
            Some(interval) if interval.last + 1 == host => interval.last = host,
            _ => intervals.push(Interval { first: host, last: host }),
        }
    }
    intervals
}

impl Scheduler {
    unsafe fn submit(&mut self, job: &Job) -> c_int {
        if job.requested_hosts > self.partition_size {
            let reason = b"larger than the partition\0".as_ptr() as *const c_char;
            return ((*self.simulator).reject_job)(self.simulator, job.id, reason);
        }
        self.waiting.insert(job.id, job.requested_hosts);
        OK
    }

    unsafe fn change_state(&mut self, change: HostsStateChanged) {
        for host in hosts_of(change.hosts) {
            if change.state == HOST_ON {
                self.usable.insert(host);
            } else {
                self.usable.remove(&host);
            }
        }
    }

    unsafe fn release(&mut self, hosts: HostSet) {
        for host in hosts_of(hosts) {
            self.busy.remove(&host);
        }
    }

    unsafe fn wait_again(&mut self, dropped: DecisionDropped) {
        if let Some(job) = dropped.job.as_ref() {
            self.release(dropped.hosts);
            self.waiting.insert(job.id, job.requested_hosts);
        }
    }

    unsafe fn decide(&mut self) -> c_int {
        while let Some((&job, &count)) = self.waiting.iter().next() {
            let free = self.usable.difference(&self.busy).copied();
            let hosts: Vec<u32> = free.take(count as usize).collect();
            if hosts.len() < count as usize {
                return OK;
            }
            let intervals = intervals_of(&hosts);
            let set = HostSet { intervals: intervals.as_ptr(), count: intervals.len() };
            match ((*self.simulator).execute_job)(self.simulator, job, set, std::ptr::null()) {
                OK => {}
                status if status < 0 => return status,
                _ => return OK, // not possible now
            }
            self.busy.extend(hosts);
            self.waiting.remove(&job);
        }
        OK
    }
}

unsafe fn is_empty(config: *const c_char) -> bool {
    let text = std::ffi::CStr::from_ptr(config).to_string_lossy();
    matches!(text.trim(), "" | "{}")
}

unsafe extern "C" fn sched_init(
    simulator: *const Simulator,
    init: *const Init,
    instance: *mut *mut Scheduler,
    _reply: *mut c_void,
) -> c_int {
    if !is_empty((*init).config) {
        let message = b"configuration: there is nothing to configure\0".as_ptr();
        ((*simulator).report_error)(simulator, message as *const c_char);
        return FAILED;
    }
    let usable: BTreeSet<u32> = hosts_of((*init).hosts).into_iter().collect();
    *instance = Box::into_raw(Box::new(Scheduler {
        simulator,
        partition_size: usable.len() as u32,
        usable,
        busy: BTreeSet::new(),
        waiting: BTreeMap::new(),
    }));
    OK
}

unsafe extern "C" fn sched_on_event(instance: *mut Scheduler, event: *const Event) -> c_int {
    let scheduler = &mut *instance;
    let details = &(*event).details;
    match (*event).kind {
        HOSTS_STATE_CHANGED => scheduler.change_state(details.hosts_state_changed),
        JOB_COMPLETED => scheduler.release(details.job_completed.hosts),
        JOB_SUBMITTED => return scheduler.submit(&*details.job_submitted),
        DECISION_DROPPED => scheduler.wait_again(details.decision_dropped),
        DECIDE => return scheduler.decide(),
        _ => {}
    }
    OK
}

unsafe extern "C" fn sched_finalize(instance: *mut Scheduler, _exit: *const c_void) {
    drop(Box::from_raw(instance));
}
