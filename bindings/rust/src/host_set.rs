//! Sets of hosts as the interface has them.

use crate::ffi::{self, Interval};
use std::fmt;
use std::ops::{BitAnd, BitOr, Sub};

/// A set of host identifiers: sorted intervals that neither overlap nor touch. Operations take time
/// linear in the intervals of both sets; for a set that changes often, see
/// [`HostPool`](crate::HostPool).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct HostSet {
    intervals: Vec<Interval>,
    size: usize,
}

fn size_of(interval: &Interval) -> usize {
    (interval.last - interval.first) as usize + 1
}

impl HostSet {
    pub fn new() -> Self {
        Self::default()
    }

    /// Hosts `first` to `last`, both included.
    pub fn range(first: u32, last: u32) -> Self {
        let mut set = Self::new();
        if first <= last {
            set.append(first, last);
        }
        set
    }

    /// # Safety
    /// `set` must be well formed and readable, as what comes from the simulator is.
    pub(crate) unsafe fn from_raw(set: &ffi::HostSet) -> Self {
        if set.count == 0 {
            return Self::new();
        }
        let intervals = std::slice::from_raw_parts(set.intervals, set.count).to_vec();
        Self::of(intervals)
    }

    fn of(intervals: Vec<Interval>) -> Self {
        let size = intervals.iter().map(size_of).sum();
        Self { intervals, size }
    }

    /// For the C interface; valid until the set changes.
    pub(crate) fn as_raw(&self) -> ffi::HostSet {
        let count = self.intervals.len();
        let intervals = if count > 0 { self.intervals.as_ptr() } else { std::ptr::null() };
        ffi::HostSet { intervals, count }
    }

    /// The number of hosts.
    pub fn len(&self) -> usize {
        self.size
    }

    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    pub fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// The hosts in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.intervals.iter().flat_map(|interval| interval.first..=interval.last)
    }

    pub fn contains(&self, host: u32) -> bool {
        let after = self.intervals.partition_point(|interval| interval.first <= host);
        after > 0 && host <= self.intervals[after - 1].last
    }

    /// The `count` hosts with the lowest identifiers; all of them if there are fewer.
    pub fn lowest(&self, count: usize) -> Self {
        let mut set = Self::new();
        for interval in &self.intervals {
            let taken = size_of(interval).min(count - set.size);
            if taken == 0 {
                break;
            }
            set.append(interval.first, interval.first + (taken - 1) as u32);
        }
        set
    }

    /// Adds hosts that are all greater than those in the set; joins touching intervals.
    pub(crate) fn append(&mut self, first: u32, last: u32) {
        self.size += size_of(&Interval { first, last });
        match self.intervals.last_mut() {
            Some(interval) if u64::from(interval.last) + 1 == u64::from(first) => {
                interval.last = last
            }
            _ => self.intervals.push(Interval { first, last }),
        }
    }
}

impl BitOr for &HostSet {
    type Output = HostSet;
    fn bitor(self, other: Self) -> HostSet {
        let mut all = [self.intervals.as_slice(), other.intervals.as_slice()].concat();
        all.sort_by_key(|interval| interval.first);
        let mut joined: Vec<Interval> = Vec::with_capacity(all.len());
        for interval in all {
            match joined.last_mut() {
                Some(before) if u64::from(before.last) + 1 >= u64::from(interval.first) => {
                    before.last = before.last.max(interval.last)
                }
                _ => joined.push(interval),
            }
        }
        HostSet::of(joined)
    }
}

impl BitAnd for &HostSet {
    type Output = HostSet;
    fn bitand(self, other: Self) -> HostSet {
        let (mut a, mut b) = (self.intervals.iter().peekable(), other.intervals.iter().peekable());
        let mut common = HostSet::new();
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            let (first, last) = (x.first.max(y.first), x.last.min(y.last));
            let x_ends_first = x.last < y.last;
            if first <= last {
                common.append(first, last);
            }
            if x_ends_first {
                a.next();
            } else {
                b.next();
            }
        }
        common
    }
}

impl Sub for &HostSet {
    type Output = HostSet;
    fn sub(self, other: Self) -> HostSet {
        let mut left = HostSet::new();
        let mut cut = 0;
        for interval in &self.intervals {
            while cut < other.intervals.len() && other.intervals[cut].last < interval.first {
                cut += 1;
            }
            let mut next = Some(interval.first); // the first host that is not cut off
            for hole in other.intervals[cut..].iter().take_while(|h| h.first <= interval.last) {
                match next {
                    Some(first) if first < hole.first => left.append(first, hole.first - 1),
                    _ => {}
                }
                next = if hole.last < interval.last { Some(hole.last + 1) } else { None };
            }
            if let Some(first) = next {
                left.append(first, interval.last);
            }
        }
        left
    }
}

/// Takes hosts in any order.
impl FromIterator<u32> for HostSet {
    fn from_iter<I: IntoIterator<Item = u32>>(hosts: I) -> Self {
        let mut hosts: Vec<u32> = hosts.into_iter().collect();
        hosts.sort_unstable();
        hosts.dedup();
        let mut set = Self::new();
        for host in hosts {
            set.append(host, host);
        }
        set
    }
}

/// `0-3,7`
impl fmt::Display for HostSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for interval in &self.intervals {
            write!(out, "{separator}{}", interval.first)?;
            if interval.last != interval.first {
                write!(out, "-{}", interval.last)?;
            }
            separator = ",";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(hosts: &[u32]) -> HostSet {
        hosts.iter().copied().collect()
    }

    #[test]
    fn joins_touching_hosts_and_shows_intervals() {
        assert_eq!(set(&[7, 1, 0, 2, 3, 1]).to_string(), "0-3,7");
        assert_eq!(set(&[]).to_string(), "");
        assert_eq!(set(&[7, 0, 1]).len(), 3);
    }

    #[test]
    fn operations_agree_with_those_on_single_hosts() {
        // All pairs of subsets of seven hosts.
        let subsets: Vec<Vec<u32>> =
            (0..128u32).map(|bits| (0..7).filter(|host| bits >> host & 1 == 1).collect()).collect();
        for a in &subsets {
            for b in &subsets {
                let (x, y) = (set(a), set(b));
                let union = (0..7).filter(|host| a.contains(host) || b.contains(host));
                let common = a.iter().copied().filter(|host| b.contains(host));
                let left = a.iter().copied().filter(|host| !b.contains(host));
                assert_eq!(&x | &y, union.collect());
                assert_eq!(&x & &y, common.collect());
                assert_eq!(&x - &y, left.collect());
            }
        }
    }

    #[test]
    fn knows_its_hosts() {
        let hosts = set(&[2, 3, 9]);
        assert!(hosts.contains(3) && hosts.contains(9));
        assert!(!hosts.contains(0) && !hosts.contains(4) && !hosts.contains(10));
        assert_eq!(hosts.iter().collect::<Vec<_>>(), [2, 3, 9]);
    }

    #[test]
    fn gives_the_lowest_hosts() {
        assert_eq!(set(&[2, 3, 9]).lowest(2), set(&[2, 3]));
        assert_eq!(set(&[2, 3, 9]).lowest(5), set(&[2, 3, 9]));
        assert!(set(&[2, 3, 9]).lowest(0).is_empty());
    }

    #[test]
    fn reaches_the_highest_identifier() {
        let top = HostSet::range(u32::MAX - 1, u32::MAX);
        assert_eq!((&top | &set(&[5])).len(), 3);
        assert_eq!(&top - &set(&[u32::MAX]), set(&[u32::MAX - 1]));
    }
}
