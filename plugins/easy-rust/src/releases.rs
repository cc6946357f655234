//! When running jobs are expected to give hosts back, and how many.

use crate::tree::{Rank, Summary, Tree};
use batsched::JobId;

#[derive(Clone, Copy)]
struct Hosts(usize);

impl Summary for Hosts {
    type Item = usize;
    fn of(item: &usize) -> Self {
        Hosts(*item)
    }
    fn join(self, other: Self) -> Self {
        Hosts(self.0 + other.0)
    }
}

/// Releases by expected end.
#[derive(Default)]
pub struct Releases(Tree<Hosts>);

pub struct Moment {
    pub date: f64,
    pub released: usize, // up to and at this date
}

impl Releases {
    pub fn insert(&mut self, end: f64, job: JobId, hosts: usize) {
        self.0.insert(Rank(end, job), hosts);
    }

    pub fn remove(&mut self, end: f64, job: JobId) {
        self.0.remove(Rank(end, job));
    }

    /// The first date until which at least `hosts` are released. All hosts released at that date
    /// count, whichever job releases them. Infinity if there are never enough.
    pub fn when_released(&self, hosts: usize) -> Moment {
        let mut date = f64::INFINITY;
        let mut before = 0;
        let mut node = self.0.root();
        while let Some(here) = node {
            let until_here = before + self.sum(here.left) + here.item;
            if until_here >= hosts {
                date = here.rank.0;
                node = self.0.node(here.left);
            } else {
                before = until_here;
                node = self.0.node(here.right);
            }
        }
        Moment { date, released: self.released_until(date) }
    }

    fn sum(&self, link: Option<u32>) -> usize {
        self.0.node(link).map_or(0, |node| node.summary.0)
    }

    fn released_until(&self, date: f64) -> usize {
        let mut released = 0;
        let mut node = self.0.root();
        while let Some(here) = node {
            if here.rank.0 <= date {
                released += self.sum(here.left) + here.item;
                node = self.0.node(here.right);
            } else {
                node = self.0.node(here.left);
            }
        }
        released
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(releases: &Releases, hosts: usize) -> (f64, usize) {
        let moment = releases.when_released(hosts);
        (moment.date, moment.released)
    }

    #[test]
    fn all_hosts_of_a_date_count() {
        let mut releases = Releases::default();
        for (end, job, hosts) in [(30.0, 1, 4), (10.0, 2, 2), (20.0, 3, 1), (20.0, 4, 5)] {
            releases.insert(end, job, hosts);
        }
        assert_eq!(when(&releases, 2), (10.0, 2));
        assert_eq!(when(&releases, 3), (20.0, 8));
        assert_eq!(when(&releases, 12), (30.0, 12));
        releases.remove(20.0, 4);
        assert_eq!(when(&releases, 4), (30.0, 7));
    }

    #[test]
    fn jobs_without_walltime_never_release() {
        let mut releases = Releases::default();
        releases.insert(f64::INFINITY, 1, 4);
        assert_eq!(when(&releases, 2).0, f64::INFINITY);
        assert_eq!(when(&Releases::default(), 1), (f64::INFINITY, 0));
    }
}
