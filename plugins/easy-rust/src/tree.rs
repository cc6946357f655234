//! A search tree in which each node knows something about all its descendants.

use std::cmp::Ordering;

/// A date or another number, then the job, which breaks ties.
#[derive(Clone, Copy, Debug)]
pub struct Rank(pub f64, pub u64);

impl Rank {
    fn compare(&self, other: &Rank) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }

    pub fn is_before(&self, other: &Rank) -> bool {
        self.compare(other) == Ordering::Less
    }
}

/// What a node knows about itself and its descendants, such as a sum.
pub trait Summary: Copy {
    type Item: Copy;
    fn of(item: &Self::Item) -> Self;
    fn join(self, other: Self) -> Self;
}

/// The position of a node in the table of nodes.
type Link = Option<u32>;

pub struct Node<S: Summary> {
    pub rank: Rank,
    pub item: S::Item,
    pub summary: S,
    pub left: Link,
    pub right: Link,
    priority: u32,
}

/// A treap: a search tree by rank and a heap by priority. Priorities are pseudo-random, always the same,
/// so that the tree is balanced as a rule: changes take O(log n).
pub struct Tree<S: Summary> {
    nodes: Vec<Node<S>>,
    unused: Vec<u32>,
    root: Link,
    random: u32,
}

impl<S: Summary> Default for Tree<S> {
    fn default() -> Self {
        Self { nodes: Vec::new(), unused: Vec::new(), root: None, random: 2_463_534_242 }
    }
}

impl<S: Summary> Tree<S> {
    pub fn root(&self) -> Option<&Node<S>> {
        self.node(self.root)
    }

    pub fn node(&self, link: Link) -> Option<&Node<S>> {
        link.map(|position| &self.nodes[position as usize])
    }

    pub fn insert(&mut self, rank: Rank, item: S::Item) {
        let summary = S::of(&item);
        let priority = self.next_priority();
        let node = Node { rank, item, summary, left: None, right: None, priority };
        let new = match self.unused.pop() {
            Some(position) => {
                self.nodes[position as usize] = node;
                position
            }
            None => {
                self.nodes.push(node);
                (self.nodes.len() - 1) as u32
            }
        };
        self.root = Some(self.insert_below(self.root, new));
    }

    pub fn remove(&mut self, rank: Rank) {
        self.root = self.remove_below(self.root, &rank);
    }

    /// xorshift, G. Marsaglia, Journal of Statistical Software 8(14), 2003.
    fn next_priority(&mut self) -> u32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 17;
        self.random ^= self.random << 5;
        self.random
    }

    fn at(&mut self, position: u32) -> &mut Node<S> {
        &mut self.nodes[position as usize]
    }

    fn update(&mut self, position: u32) {
        let node = &self.nodes[position as usize];
        let mut summary = S::of(&node.item);
        for child in [node.left, node.right] {
            if let Some(child) = self.node(child) {
                summary = summary.join(child.summary);
            }
        }
        self.at(position).summary = summary;
    }

    fn insert_below(&mut self, top: Link, new: u32) -> u32 {
        let top = match top {
            Some(top) => top,
            None => return new,
        };
        let rank = self.at(new).rank;
        if self.at(new).priority > self.at(top).priority {
            let (left, right) = self.split(Some(top), &rank);
            self.at(new).left = left;
            self.at(new).right = right;
            self.update(new);
            return new;
        }
        if rank.is_before(&self.at(top).rank) {
            let left = self.at(top).left;
            self.at(top).left = Some(self.insert_below(left, new));
        } else {
            let right = self.at(top).right;
            self.at(top).right = Some(self.insert_below(right, new));
        }
        self.update(top);
        top
    }

    /// The nodes before `rank`, and the others.
    fn split(&mut self, top: Link, rank: &Rank) -> (Link, Link) {
        let top = match top {
            Some(top) => top,
            None => return (None, None),
        };
        if self.at(top).rank.is_before(rank) {
            let right = self.at(top).right;
            let (before, after) = self.split(right, rank);
            self.at(top).right = before;
            self.update(top);
            (Some(top), after)
        } else {
            let left = self.at(top).left;
            let (before, after) = self.split(left, rank);
            self.at(top).left = after;
            self.update(top);
            (before, Some(top))
        }
    }

    fn remove_below(&mut self, top: Link, rank: &Rank) -> Link {
        let top = top?;
        let (left, right) = (self.at(top).left, self.at(top).right);
        match rank.compare(&self.at(top).rank) {
            Ordering::Less => self.at(top).left = self.remove_below(left, rank),
            Ordering::Greater => self.at(top).right = self.remove_below(right, rank),
            Ordering::Equal => {
                self.unused.push(top);
                return self.merge(left, right);
            }
        }
        self.update(top);
        Some(top)
    }

    /// All ranks of `left` are before those of `right`.
    fn merge(&mut self, left: Link, right: Link) -> Link {
        let (left, right) = match (left, right) {
            (Some(left), Some(right)) => (left, right),
            (only, None) | (None, only) => return only,
        };
        if self.at(left).priority > self.at(right).priority {
            let middle = self.at(left).right;
            self.at(left).right = self.merge(middle, Some(right));
            self.update(left);
            Some(left)
        } else {
            let middle = self.at(right).left;
            self.at(right).left = self.merge(Some(left), middle);
            self.update(right);
            Some(right)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy)]
    struct Sum(u64);

    impl Summary for Sum {
        type Item = u64;
        fn of(item: &u64) -> Self {
            Sum(*item)
        }
        fn join(self, other: Self) -> Self {
            Sum(self.0 + other.0)
        }
    }

    /// The items in order; checks the sums on the way.
    fn items(tree: &Tree<Sum>, link: Link) -> Vec<u64> {
        let node = match tree.node(link) {
            Some(node) => node,
            None => return Vec::new(),
        };
        let below = [items(tree, node.left), vec![node.item], items(tree, node.right)].concat();
        assert_eq!(node.summary.0, below.iter().sum());
        below
    }

    #[test]
    fn keeps_order_and_sums_through_changes() {
        let mut tree = Tree::<Sum>::default();
        let mut expected = Vec::new();
        for i in 0..500u64 {
            let value = i * 7919 % 1009;
            tree.insert(Rank(value as f64, i), value);
            expected.push((value, i));
            if i % 3 == 2 {
                let (value, i) = expected.remove(expected.len() / 2);
                tree.remove(Rank(value as f64, i));
            }
            let mut sorted = expected.clone();
            sorted.sort_unstable();
            let values: Vec<u64> = sorted.iter().map(|(value, _)| *value).collect();
            assert_eq!(items(&tree, tree.root), values);
        }
    }

    #[test]
    fn removing_what_is_not_there_changes_nothing() {
        let mut tree = Tree::<Sum>::default();
        tree.insert(Rank(1.0, 1), 5);
        tree.remove(Rank(1.0, 2));
        assert_eq!(items(&tree, tree.root), [5]);
    }
}
