//! Sets of hosts that change often.

use crate::HostSet;

/// A set of hosts that changes often, such as those that are free: a bitmap, so that its cost does
/// not grow with the number of intervals. With n hosts on the platform, changing k hosts takes
/// O(k / 64 + intervals) and taking the lowest O(n / 64) at worst.
#[derive(Clone, Debug, Default)]
pub struct HostPool {
    words: Vec<u64>,
    size: usize,
    lowest_word: usize, // no host of the pool is in a word before this one
}

impl HostPool {
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of hosts.
    pub fn len(&self) -> usize {
        self.size
    }

    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    pub fn contains(&self, host: u32) -> bool {
        let word = self.words.get(host as usize / 64);
        word.map_or(false, |word| word >> (host % 64) & 1 != 0)
    }

    pub fn insert(&mut self, hosts: &HostSet) {
        let (first, last) = match (hosts.intervals().first(), hosts.intervals().last()) {
            (Some(first), Some(last)) => (first.first as usize / 64, last.last as usize / 64),
            _ => return,
        };
        if self.words.len() <= last {
            self.words.resize(last + 1, 0);
        }
        self.lowest_word = self.lowest_word.min(first);
        for_each_word(hosts, |word, mask| {
            self.size += (mask & !self.words[word]).count_ones() as usize;
            self.words[word] |= mask;
        });
    }

    /// Takes out those that are in the pool.
    pub fn remove(&mut self, hosts: &HostSet) {
        for_each_word(hosts, |word, mask| {
            if let Some(bits) = self.words.get_mut(word) {
                self.size -= (mask & *bits).count_ones() as usize;
                *bits &= !mask;
            }
        });
    }

    /// The `count` hosts with the lowest identifiers; all of them if there are fewer.
    pub fn lowest(&mut self, mut count: usize) -> HostSet {
        while self.words.get(self.lowest_word) == Some(&0) {
            self.lowest_word += 1;
        }
        let mut taken = HostSet::new();
        for (word, &bits) in self.words.iter().enumerate().skip(self.lowest_word) {
            let mut rest = bits;
            while rest != 0 && count > 0 {
                let first = rest.trailing_zeros();
                let run = (rest >> first).trailing_ones();
                let length = (run as usize).min(count);
                let host = word as u32 * 64 + first;
                taken.append(host, host + (length - 1) as u32);
                count -= length;
                rest = if first + run == 64 { 0 } else { rest >> (first + run) << (first + run) };
            }
            if count == 0 {
                break;
            }
        }
        taken
    }

    /// All hosts of the pool.
    pub fn to_set(&self) -> HostSet {
        self.clone().lowest(self.size)
    }
}

impl From<&HostSet> for HostPool {
    fn from(hosts: &HostSet) -> Self {
        let mut pool = Self::new();
        pool.insert(hosts);
        pool
    }
}

/// Calls `visit(word, mask)` for each word of the bitmap in which the set has hosts.
fn for_each_word(hosts: &HostSet, mut visit: impl FnMut(usize, u64)) {
    for interval in hosts.intervals() {
        let (first, last) = (interval.first as usize / 64, interval.last as usize / 64);
        for word in first..=last {
            let from = if word == first { u64::MAX << (interval.first % 64) } else { u64::MAX };
            let to = if word == last { u64::MAX >> (63 - interval.last % 64) } else { u64::MAX };
            visit(word, from & to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(first: u32, last: u32) -> HostPool {
        HostPool::from(&HostSet::range(first, last))
    }

    #[test]
    fn gives_the_lowest_across_words() {
        let mut hosts = pool(60, 200);
        assert_eq!(hosts.lowest(10).to_string(), "60-69");
        hosts.remove(&[62, 128].into_iter().collect());
        assert_eq!(hosts.lowest(70).to_string(), "60-61,63-127,129-131");
        assert_eq!(hosts.len(), 139);
    }

    #[test]
    fn finds_what_comes_back_below() {
        let mut hosts = pool(128, 130);
        assert_eq!(hosts.lowest(1).to_string(), "128");
        hosts.insert(&HostSet::range(3, 3));
        assert_eq!(hosts.lowest(2).to_string(), "3,128");
    }

    #[test]
    fn counts_hosts_once() {
        let mut hosts = pool(0, 9);
        hosts.insert(&HostSet::range(5, 14));
        assert_eq!((hosts.len(), hosts.to_set().to_string()), (15, "0-14".to_string()));
        hosts.remove(&HostSet::range(10, 99));
        assert_eq!((hosts.len(), hosts.contains(9), hosts.contains(10)), (10, true, false));
        assert_eq!(hosts.lowest(99).len(), 10);
    }

    #[test]
    fn is_empty_without_hosts() {
        let mut hosts = HostPool::new();
        hosts.insert(&HostSet::new());
        assert!(hosts.is_empty() && hosts.lowest(3).is_empty());
    }
}
