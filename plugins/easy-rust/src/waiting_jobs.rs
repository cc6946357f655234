//! Waiting jobs in the order in which they may be backfilled, searched for those that fit.

use crate::tree::{Node, Rank, Summary, Tree};
use batsched::JobId;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaitingJob {
    pub id: JobId,
    pub requested_hosts: usize,
    pub walltime: f64,
}

/// Which jobs may start now without delaying the first one: those that fit on the free hosts and
/// either end before the reservation or leave enough hosts for it.
pub struct Room {
    pub free_hosts: usize,
    /// Hosts that will be free beside the reserved ones.
    pub spare_hosts: usize,
    pub now: f64,
    pub reservation: f64,
}

impl Room {
    /// Also asked with the least of several jobs' hosts and walltimes: then "no" holds for them all.
    fn takes(&self, hosts: usize, walltime: f64) -> bool {
        hosts <= self.free_hosts && (hosts <= self.spare_hosts || self.ends_before(walltime))
    }

    pub fn ends_before(&self, walltime: f64) -> bool {
        self.now + walltime <= self.reservation
    }
}

#[derive(Clone, Copy)]
struct Least {
    hosts: usize,
    walltime: f64,
}

impl Summary for Least {
    type Item = WaitingJob;
    fn of(job: &WaitingJob) -> Self {
        Least { hosts: job.requested_hosts, walltime: job.walltime }
    }
    fn join(self, other: Self) -> Self {
        Least { hosts: self.hosts.min(other.hosts), walltime: self.walltime.min(other.walltime) }
    }
}

/// A search passes over subtrees in which nothing can fit.
#[derive(Default)]
pub struct WaitingJobs(Tree<Least>);

impl WaitingJobs {
    pub const BEFORE_ALL: Rank = Rank(f64::NEG_INFINITY, 0);

    pub fn rank(order: f64, job: JobId) -> Rank {
        Rank(order, job)
    }

    pub fn insert(&mut self, order: f64, job: WaitingJob) {
        self.0.insert(Rank(order, job.id), job);
    }

    pub fn remove(&mut self, order: f64, job: JobId) {
        self.0.remove(Rank(order, job));
    }

    /// The first job after `rank` that may start.
    pub fn first_after(&self, rank: Rank, room: &Room) -> Option<WaitingJob> {
        self.find(self.0.root(), rank, room)
    }

    fn find(&self, node: Option<&Node<Least>>, rank: Rank, room: &Room) -> Option<WaitingJob> {
        let node = node?;
        if !room.takes(node.summary.hosts, node.summary.walltime) {
            return None;
        }
        if rank.is_before(&node.rank) {
            let earlier = self.find(self.0.node(node.left), rank, room);
            if earlier.is_some() {
                return earlier;
            }
            if room.takes(node.item.requested_hosts, node.item.walltime) {
                return Some(node.item);
            }
        }
        self.find(self.0.node(node.right), rank, room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_in_order_what_fits_or_ends_in_time() {
        let mut jobs = WaitingJobs::default();
        let sizes = [(8, 5.0), (2, 100.0), (4, 50.0), (3, 10.0), (1, 100.0)];
        for (id, (requested_hosts, walltime)) in (0..).zip(sizes) {
            jobs.insert(0.0, WaitingJob { id, requested_hosts, walltime });
        }
        let room = Room { free_hosts: 4, spare_hosts: 1, now: 0.0, reservation: 50.0 };
        let mut found = Vec::new();
        let mut rank = WaitingJobs::BEFORE_ALL;
        while let Some(job) = jobs.first_after(rank, &room) {
            found.push(job.id);
            rank = WaitingJobs::rank(0.0, job.id);
        }
        assert_eq!(found, [2, 3, 4]);
        jobs.remove(0.0, 3);
        assert_eq!(jobs.first_after(WaitingJobs::rank(0.0, 2), &room).map(|job| job.id), Some(4));
    }
}
