//! Other schedulers: jobs and hosts that are handed to them.

use crate::ffi_transfer as raw;
use crate::simulator::{check, demand};
use crate::views::{c_text, slice, text, JobId};
use crate::{Error, HostSet, Result, Simulator};
use std::mem::{size_of, MaybeUninit};

pub use raw::JobMove;

/// Another scheduler, or this one, as it was at the beginning of the present batch.
#[derive(Clone, Copy)]
pub struct Peer<'a> {
    raw: raw::Peer,
    lifetime: std::marker::PhantomData<&'a ()>,
}

impl<'a> Peer<'a> {
    pub fn index(&self) -> u32 {
        self.raw.index
    }
    pub fn name(&self) -> &'a str {
        unsafe { text(self.raw.name) }
    }
    /// What its plugin calls itself.
    pub fn display_name(&self) -> &'a str {
        unsafe { text(self.raw.display_name) }
    }
    /// This scheduler may take idle hosts of that one.
    pub fn is_takeable(&self) -> bool {
        self.raw.flags & raw::PEER_TAKEABLE != 0
    }
    pub fn is_observer(&self) -> bool {
        self.raw.flags & raw::PEER_OBSERVER != 0
    }
    /// The size of its partition.
    pub fn owned_hosts(&self) -> usize {
        self.raw.owned_hosts as usize
    }
    /// That it may use: without those that it has lent, with borrowed ones.
    pub fn held_hosts(&self) -> usize {
        self.raw.held_hosts as usize
    }
    /// Of those that it holds: on, and without a job.
    pub fn usable_hosts(&self) -> usize {
        self.raw.usable_hosts as usize
    }
    pub fn running_jobs(&self) -> u64 {
        self.raw.running_jobs
    }
    pub fn waiting_jobs(&self) -> u64 {
        self.raw.waiting_jobs
    }
    /// The sum of what the waiting jobs request.
    pub fn waiting_hosts(&self) -> u64 {
        self.raw.waiting_hosts
    }
    /// Host-seconds until the walltimes of all its running and waiting jobs; infinite if one of them
    /// has none.
    pub fn work_ahead(&self) -> f64 {
        self.raw.work_ahead
    }
}

fn extension<'a, T>(simulator: &Simulator<'a>, name: &str) -> Result<&'a T> {
    let table = simulator.get_extension(name)?.cast::<T>();
    unsafe { table.as_ref() }
        .ok_or_else(|| Error::new(format!("the simulator does not have {name}")))
}

impl<'a> Simulator<'a> {
    /// To hand jobs to other schedulers, and to see how much these have to do.
    pub fn transfer(&self) -> Result<Transfer<'a>> {
        Ok(Transfer { simulator: *self, table: extension(self, raw::TRANSFER)? })
    }
    /// To lend, take and return hosts.
    pub fn lending(&self) -> Result<Lending<'a>> {
        Ok(Lending { simulator: *self, table: extension(self, raw::LENDING)? })
    }
}

/// Hands jobs to other schedulers, and sees how much these have to do. Schedulers are known by their
/// index, see [`Context::index`](crate::Context::index).
#[derive(Clone, Copy)]
pub struct Transfer<'a> {
    simulator: Simulator<'a>,
    table: &'a raw::Transfer,
}

impl<'a> Transfer<'a> {
    /// Also in [`Scheduler::new`](crate::Scheduler::new).
    pub fn find_scheduler(&self, name: &str) -> Result<u32> {
        let name = c_text(name)?;
        let mut index = 0;
        let find = self.table.find_scheduler;
        let status = unsafe { find(self.simulator.raw(), name.as_ptr(), &mut index) };
        demand(status, "find_scheduler")?;
        Ok(index)
    }
    pub fn scheduler(&self, index: u32) -> Result<Peer<'a>> {
        let mut peer = MaybeUninit::<raw::Peer>::zeroed();
        let get = self.table.get_scheduler;
        unsafe {
            (*peer.as_mut_ptr()).struct_size = size_of::<raw::Peer>() as u32;
            demand(get(self.simulator.raw(), index, peer.as_mut_ptr()), "get_scheduler")?;
            Ok(Peer { raw: peer.assume_init(), lifetime: std::marker::PhantomData })
        }
    }
    /// The partition of a scheduler.
    pub fn owned_hosts(&self, index: u32) -> Result<HostSet> {
        Ok(unsafe { HostSet::from_raw(&self.hosts_of(index)?.owned) })
    }
    /// The hosts that it may use.
    pub fn held_hosts(&self, index: u32) -> Result<HostSet> {
        Ok(unsafe { HostSet::from_raw(&self.hosts_of(index)?.held) })
    }
    /// Each time that the job was forwarded, in order. Nothing if it is over.
    pub fn job_history(&self, job: JobId) -> Result<Option<Vec<JobMove>>> {
        let mut history = raw::JobHistory { moves: std::ptr::null(), count: 0 };
        let get = self.table.get_job_history;
        let status = unsafe { get(self.simulator.raw(), job, &mut history) };
        let found = check(status, "get_job_history")?;
        let moves = || unsafe { slice(history.moves, history.count) }.to_vec();
        Ok(if found { Some(moves()) } else { None })
    }
    /// Hands a waiting job to another scheduler, which gets it in the next batch.
    pub fn forward_job(&self, job: JobId, to: u32) -> Result<bool> {
        check(unsafe { (self.table.forward_job)(self.simulator.raw(), job, to) }, "forward_job")
    }

    fn hosts_of(&self, index: u32) -> Result<raw::PeerHosts> {
        let mut hosts = MaybeUninit::<raw::PeerHosts>::zeroed();
        let get = self.table.get_scheduler_hosts;
        let status = unsafe { get(self.simulator.raw(), index, hosts.as_mut_ptr()) };
        demand(status, "get_scheduler_hosts")?;
        Ok(unsafe { hosts.assume_init() })
    }
}

/// Lends, takes and returns idle hosts; `Ok(false)`: refused. The head of `batsched.lending/1` in
/// `batsched/transfer.h` says what that means.
#[derive(Clone, Copy)]
pub struct Lending<'a> {
    simulator: Simulator<'a>,
    table: &'a raw::Lending,
}

impl Lending<'_> {
    /// Hosts of the partition, to another scheduler.
    pub fn lend_hosts(&self, hosts: &HostSet, to: u32) -> Result<bool> {
        let lend = self.table.lend_hosts;
        check(unsafe { lend(self.simulator.raw(), hosts.as_raw(), to) }, "lend_hosts")
    }
    /// Hosts that this scheduler holds, to those that own them.
    pub fn return_hosts(&self, hosts: &HostSet) -> Result<bool> {
        let give = self.table.return_hosts;
        check(unsafe { give(self.simulator.raw(), hosts.as_raw()) }, "return_hosts")
    }
    /// Without asking their owners; an error unless the user allows it, see [`Peer::is_takeable`].
    pub fn take_hosts(&self, hosts: &HostSet) -> Result<bool> {
        let take = self.table.take_hosts;
        check(unsafe { take(self.simulator.raw(), hosts.as_raw()) }, "take_hosts")
    }
}
