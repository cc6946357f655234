//! The scheduler my-scheduler. So far: first come, first served.

use batsched::{Context, Event, HostSet, HostState, JobId, Result, Scheduler, Simulator};
use std::collections::BTreeMap;

struct MyScheduler {
    partition_size: usize,
    usable: HostSet,               // hosts that are on
    busy: HostSet,                 // hosts with a job
    queue: BTreeMap<JobId, usize>, // requested hosts; ids are in order of submission
}

impl Scheduler for MyScheduler {
    fn new(context: &mut Context<'_>) -> Result<Self> {
        context.config()?.finish()?; // --sched-cfg: there is nothing to configure
        let usable = context.hosts();
        let partition_size = usable.len();
        Ok(Self {
            partition_size,
            usable,
            busy: HostSet::new(),
            queue: BTreeMap::new(),
        })
    }

    fn on_event(&mut self, simulator: &Simulator<'_>, event: Event<'_>) -> Result<()> {
        match event {
            Event::JobSubmitted(job) => {
                if job.requested_hosts() > self.partition_size {
                    simulator.reject_job(job.id(), "larger than the partition")?;
                } else {
                    self.queue.insert(job.id(), job.requested_hosts());
                }
            }
            Event::JobCompleted(end) => self.busy = &self.busy - &end.hosts(),
            Event::HostsStateChanged(change) => {
                self.usable = match change.state() {
                    HostState::On => &self.usable | &change.hosts(),
                    _ => &self.usable - &change.hosts(),
                }
            }
            // A host failed before the job could start on it: the job waits again.
            Event::DecisionDropped(dropped) => {
                if let Some(job) = dropped.job() {
                    self.busy = &self.busy - &dropped.hosts();
                    self.queue.insert(job.id(), job.requested_hosts());
                }
            }
            Event::Decide => self.decide(simulator)?,
            _ => {} // also those of later versions
        }
        Ok(())
    }
}

impl MyScheduler {
    /// The end of each batch of events. Begin here: which jobs are to start now, and where?
    fn decide(&mut self, simulator: &Simulator<'_>) -> Result<()> {
        while let Some((&job, &count)) = self.queue.iter().next() {
            let free = &self.usable - &self.busy;
            let allocation = free.lowest(count);
            if allocation.len() < count || !simulator.execute_job(job, &allocation)? {
                break; // no room, or not possible now
            }
            self.busy = &self.busy | &allocation;
            self.queue.remove(&job);
        }
        Ok(())
    }
}

batsched::plugin!(
    MyScheduler,
    "my-scheduler",
    "0.1.0",
    "First come, first served"
);
