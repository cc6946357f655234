//! EASY backfilling in Rust: a later job may start now if it does not delay the first waiting job.
//! Decides as `easy` does; its sources are there.

mod releases;
mod tree;
mod waiting_jobs;

use batsched::{Context, Event, HostPool, HostSet, HostState, JobId, Result, Scheduler, Simulator};
use batsched::{DecisionDropped, HostsStateChanged, Job};
use releases::Releases;
use std::collections::BTreeMap;
use waiting_jobs::{Room, WaitingJob, WaitingJobs};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Submission,
    Shortest,
}

struct Running {
    hosts: HostSet,
    expected_end: f64,
    job: WaitingJob,
}

struct Easy {
    order: Order,
    partition: HostSet,
    usable: HostSet,                    // hosts of it that are on
    free: HostPool,                     // usable and idle
    queue: BTreeMap<JobId, WaitingJob>, // in order of submission
    candidates: WaitingJobs,            // the same jobs, in order of backfilling
    releases: Releases,
    running: BTreeMap<JobId, Running>,
}

impl Scheduler for Easy {
    fn new(context: &mut Context<'_>) -> Result<Self> {
        let mut config = context.config()?;
        let order = match config.word("backfill_order", &["submission", "shortest"])? {
            "shortest" => Order::Shortest,
            _ => Order::Submission,
        };
        config.finish()?;
        let hosts = context.hosts();
        Ok(Self {
            order,
            free: HostPool::from(&hosts),
            usable: hosts.clone(),
            partition: hosts,
            queue: BTreeMap::new(),
            candidates: WaitingJobs::default(),
            releases: Releases::default(),
            running: BTreeMap::new(),
        })
    }

    fn on_event(&mut self, simulator: &Simulator<'_>, event: Event<'_>) -> Result<()> {
        match event {
            Event::JobSubmitted(job) => self.submit(simulator, job)?,
            Event::JobCompleted(end) => {
                self.forget_running(end.job().id());
                self.free.insert(&end.usable_hosts());
            }
            Event::DecisionDropped(dropped) => self.wait_again(dropped),
            Event::HostsStateChanged(change) => self.change_hosts(change),
            Event::Decide => self.decide(simulator)?,
            _ => {}
        }
        Ok(())
    }
}

impl Easy {
    fn submit(&mut self, simulator: &Simulator<'_>, job: Job<'_>) -> Result<()> {
        if job.requested_hosts() > self.partition.len() {
            simulator.reject_job(job.id(), "larger than the partition")?;
        } else {
            self.add(WaitingJob {
                id: job.id(),
                requested_hosts: job.requested_hosts(),
                walltime: job.walltime(),
            });
        }
        Ok(())
    }

    /// The job waits again, in its old place.
    fn wait_again(&mut self, dropped: DecisionDropped<'_>) {
        let running = dropped.job().and_then(|job| self.forget_running(job.id()));
        if let Some(running) = running {
            self.free.insert(&(&running.hosts & &self.usable));
            self.add(running.job);
        }
    }

    fn change_hosts(&mut self, change: HostsStateChanged<'_>) {
        self.usable = match change.state() {
            HostState::On => &self.usable | &(&change.hosts() & &self.partition),
            _ => &self.usable - &change.hosts(),
        };
        self.free = HostPool::from(&self.usable);
        self.releases = Releases::default();
        for (&id, running) in &self.running {
            self.free.remove(&running.hosts);
            let released = (&running.hosts & &self.usable).len();
            self.releases.insert(running.expected_end, id, released);
        }
    }

    fn decide(&mut self, simulator: &Simulator<'_>) -> Result<()> {
        while let Some(job) = self.first_waiting() {
            if !self.start(simulator, job)? {
                return self.backfill(simulator, job);
            }
        }
        Ok(())
    }

    fn first_waiting(&self) -> Option<WaitingJob> {
        self.queue.values().next().copied()
    }

    fn backfill(&mut self, simulator: &Simulator<'_>, first: WaitingJob) -> Result<()> {
        if self.free.is_empty() {
            return Ok(());
        }
        let mut room = self.room_beside(first, simulator.now());
        let mut rank = WaitingJobs::BEFORE_ALL;
        while let Some(job) = self.candidates.first_after(rank, &room) {
            rank = WaitingJobs::rank(self.order_of(&job), job.id);
            if !self.start(simulator, job)? {
                continue;
            }
            room.free_hosts = self.free.len();
            if !room.ends_before(job.walltime) {
                room.spare_hosts -= job.requested_hosts;
            }
        }
        Ok(())
    }

    /// What the reservation of the first waiting job leaves to the others.
    fn room_beside(&self, first: WaitingJob, now: f64) -> Room {
        let free_hosts = self.free.len();
        let missing = first.requested_hosts.saturating_sub(free_hosts);
        let moment = self.releases.when_released(missing);
        let available = free_hosts + moment.released;
        let spare_hosts = available.saturating_sub(first.requested_hosts);
        Room { free_hosts, spare_hosts, now, reservation: moment.date }
    }

    fn add(&mut self, job: WaitingJob) {
        self.queue.insert(job.id, job);
        self.candidates.insert(self.order_of(&job), job);
    }

    fn start(&mut self, simulator: &Simulator<'_>, job: WaitingJob) -> Result<bool> {
        if job.requested_hosts > self.free.len() {
            return Ok(false);
        }
        let hosts = self.free.lowest(job.requested_hosts);
        if !simulator.execute_job(job.id, &hosts)? {
            return Ok(false);
        }
        self.free.remove(&hosts);
        self.candidates.remove(self.order_of(&job), job.id);
        self.queue.remove(&job.id);
        let expected_end = simulator.now() + job.walltime;
        self.releases.insert(expected_end, job.id, hosts.len());
        self.running.insert(job.id, Running { hosts, expected_end, job });
        Ok(true)
    }

    fn forget_running(&mut self, id: JobId) -> Option<Running> {
        let running = self.running.remove(&id)?;
        self.releases.remove(running.expected_end, id);
        Some(running)
    }

    /// Ids are in the order of submission, so that 0 leaves the jobs in it.
    fn order_of(&self, job: &WaitingJob) -> f64 {
        match self.order {
            Order::Submission => 0.0,
            Order::Shortest => job.walltime,
        }
    }
}

batsched::plugin!(Easy, "easy-rust", "1.0.0", "EASY backfilling with one reservation, in Rust");
