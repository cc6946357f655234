//! Write schedulers for the simulator batsim in safe Rust.
//!
//! A scheduler is a type that implements [`Scheduler`]; [`plugin!`] exports it from a `cdylib`:
//!
//! ```
//! use batsched::{Context, Event, HostPool, Result, Scheduler, Simulator};
//! use std::collections::VecDeque;
//!
//! /// First come, first served.
//! struct Fcfs {
//!     partition: usize,
//!     free: HostPool,
//!     queue: VecDeque<(u64, usize)>, // id, requested hosts
//! }
//!
//! impl Scheduler for Fcfs {
//!     fn new(context: &mut Context<'_>) -> Result<Self> {
//!         context.config()?.finish()?; // there is nothing to configure
//!         let hosts = context.hosts();
//!         Ok(Self { partition: hosts.len(), free: HostPool::from(&hosts), queue: VecDeque::new() })
//!     }
//!
//!     fn on_event(&mut self, simulator: &Simulator<'_>, event: Event<'_>) -> Result<()> {
//!         match event {
//!             Event::JobSubmitted(job) if job.requested_hosts() > self.partition => {
//!                 simulator.reject_job(job.id(), "too large")?;
//!             }
//!             Event::JobSubmitted(job) => self.queue.push_back((job.id(), job.requested_hosts())),
//!             Event::JobCompleted(end) => self.free.insert(&end.usable_hosts()),
//!             Event::Decide => {
//!                 while let Some(&(job, count)) = self.queue.front() {
//!                     let hosts = self.free.lowest(count);
//!                     if hosts.len() < count || !simulator.execute_job(job, &hosts)? {
//!                         break;
//!                     }
//!                     self.free.remove(&hosts);
//!                     self.queue.pop_front();
//!                 }
//!             }
//!             _ => {}
//!         }
//!         Ok(())
//!     }
//! }
//!
//! batsched::plugin!(Fcfs, "my-fcfs", "1.0.0", "First come, first served");
//! ```
//!
//! Errors are [`Result`]s, panics are caught; both end the simulation with their text. Dates are
//! seconds since its start. The head of `batsched.h` says what schedulers may rely on.
//!
//! The crate has no dependencies and needs Rust 1.63. Do not build plugins with `panic = "abort"`.

mod codes;
mod config;
mod error;
mod event;
#[doc(hidden)]
pub mod export;
pub mod ffi;
pub mod ffi_transfer;
mod host_pool;
mod host_set;
pub mod json;
mod probe;
mod scheduler;
mod simulator;
mod transfer;
mod views;

pub use codes::{Aggregation, Decision, ExitReason, HostState, JobState, LogLevel, Metric};
pub use config::Config;
pub use error::{Error, Result};
pub use event::{
    DecisionDropped, Event, ExternalEvent, HostsLent, HostsPstateChanged, HostsStateChanged,
    JobCompleted, JobForwarded, JobRejected, JobStarted, ProbeData, SimulationBegins,
};
pub use ffi::Interval;
pub use host_pool::HostPool;
pub use host_set::HostSet;
pub use probe::When;
pub use scheduler::{Context, Exit, Scheduler};
pub use simulator::{Execution, NewJob, Simulator};
pub use transfer::{JobMove, Lending, Peer, Transfer};
pub use views::{CallId, Host, HostId, HostStatus, Job, JobId, ProbeId, Profile};

/// Makes the one symbol that a plugin exports: type, name, version, description. The name is that of
/// the file, without `.so`.
#[macro_export]
macro_rules! plugin {
    ($scheduler:ty, $name:literal, $version:literal, $description:literal) => {
        #[no_mangle]
        #[allow(non_upper_case_globals)]
        pub static batsched_vtable: $crate::ffi::Vtable = $crate::ffi::Vtable {
            struct_size: ::std::mem::size_of::<$crate::ffi::Vtable>() as u32,
            abi_version: $crate::ffi::ABI_VERSION,
            name: concat!($name, "\0").as_ptr().cast(),
            version: concat!($version, "\0").as_ptr().cast(),
            description: concat!($description, "\0").as_ptr().cast(),
            sched_init: $crate::export::sched_init::<$scheduler>,
            sched_on_event: $crate::export::sched_on_event::<$scheduler>,
            sched_finalize: $crate::export::sched_finalize::<$scheduler>,
        };
    };
}
