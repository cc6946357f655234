//! What a scheduler is.

use crate::ffi;
use crate::views::{slice, text};
use crate::{Config, Event, ExitReason, HostSet, Result, Simulator};

/// A scheduler. The simulator may create several of one plugin; keep all state in `self`.
///
/// An `Err` ends the simulation with its text, and so does a panic, which is caught.
pub trait Scheduler: Sized + 'static {
    /// Creates the scheduler; no decisions yet.
    fn new(context: &mut Context<'_>) -> Result<Self>;

    /// Called for each event; the only place to decide.
    fn on_event(&mut self, simulator: &Simulator<'_>, event: Event<'_>) -> Result<()>;

    /// Called last, also after an error. No decisions.
    fn on_finalize(&mut self, _simulator: &Simulator<'_>, _exit: &Exit<'_>) {}
}

/// What a new scheduler is given, and what it may ask for.
pub struct Context<'a> {
    simulator: Simulator<'a>,
    init: &'a ffi::Init,
    pub(crate) features: u64,
}

impl<'a> Context<'a> {
    pub(crate) fn new(simulator: Simulator<'a>, init: &'a ffi::Init) -> Self {
        Self { simulator, init, features: 0 }
    }

    /// For messages and for looking at hosts.
    pub fn simulator(&self) -> &Simulator<'a> {
        &self.simulator
    }
    /// Of this scheduler, unique.
    pub fn name(&self) -> &'a str {
        unsafe { text(self.init.name) }
    }
    /// The partition that this scheduler owns.
    pub fn hosts(&self) -> HostSet {
        unsafe { HostSet::from_raw(&self.init.hosts) }
    }
    /// Those of the platform, whoever owns them, but for storage; empty if the simulator is older than
    /// version 0.2 of `batsched.h`.
    pub fn all_hosts(&self) -> HostSet {
        let end = std::mem::size_of::<ffi::Init>(); // it is the last member
        if (self.init.struct_size as usize) < end {
            return HostSet::new();
        }
        unsafe { HostSet::from_raw(&self.init.all_hosts) }
    }
    /// Names of the workloads that this scheduler owns.
    pub fn workloads(&self) -> Vec<&'a str> {
        let names = unsafe { slice(self.init.workloads, self.init.workload_count as usize) };
        names.iter().map(|&name| unsafe { text(name) }).collect()
    }
    /// The only source of randomness to use.
    pub fn seed(&self) -> u64 {
        self.init.seed
    }
    /// The folder of the plugin's file, to find data beside it.
    pub fn directory(&self) -> &'a str {
        unsafe { text(self.init.directory) }
    }
    /// Which of the schedulers this is, from 0.
    pub fn index(&self) -> u32 {
        self.init.index
    }
    /// How many schedulers there are.
    pub fn count(&self) -> u32 {
        self.init.count
    }
    pub fn can_simulate_energy(&self) -> bool {
        self.init.capabilities & 1 != 0
    }

    /// What the user gave with `--sched-cfg`, as it is.
    pub fn config_text(&self) -> &'a str {
        unsafe { text(self.init.config) }
    }
    /// The same, read as a JSON object.
    pub fn config(&self) -> Result<Config> {
        Config::parse(self.config_text())
    }

    /// To register jobs; the simulation goes on until `finish_registration` is called.
    pub fn ask_for_registration(&mut self) {
        self.features |= ffi::FEATURE_REGISTRATION;
    }
    /// To execute several jobs on a host at once.
    pub fn ask_for_shared_hosts(&mut self) {
        self.features |= ffi::FEATURE_SHARED_HOSTS;
    }
    /// To be told of all jobs and all hosts, whoever owns them; still decides about its own only.
    pub fn ask_to_observe(&mut self) {
        self.features |= ffi::FEATURE_OBSERVER;
    }
}

/// How the simulation ended.
#[derive(Clone, Copy, Debug)]
pub struct Exit<'a> {
    pub reason: ExitReason,
    /// Empty if there is nothing to say.
    pub message: &'a str,
}
