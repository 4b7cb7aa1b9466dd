//! Small sets of labels, each stored once.

use rustc_hash::FxHashMap;

/// Sets of labels by number; 0 is the empty set.
pub(super) struct Sets {
    sets: Vec<Box<[u32]>>,
    numbers: FxHashMap<Box<[u32]>, u32>,
    differences: FxHashMap<(u32, u32), u32>,
}

impl Sets {
    pub fn new() -> Self {
        let mut sets = Sets { sets: Vec::new(), numbers: FxHashMap::default(), differences: FxHashMap::default() };
        sets.number(&[]);
        sets
    }

    /// The number of a sorted set.
    pub fn number(&mut self, set: &[u32]) -> u32 {
        if let Some(&number) = self.numbers.get(set) {
            return number;
        }
        let number = self.sets.len() as u32;
        self.sets.push(set.into());
        self.numbers.insert(set.into(), number);
        number
    }

    /// The labels that are in one of two sets but not in both.
    pub fn xor(&mut self, a: u32, b: u32) -> u32 {
        match (a, b) {
            (0, other) | (other, 0) => return other,
            _ if a == b => return 0,
            _ => {}
        }
        let key = (a.min(b), a.max(b));
        if let Some(&number) = self.differences.get(&key) {
            return number;
        }
        let mut all: Vec<u32> = self.get(a).iter().chain(self.get(b)).copied().collect();
        all.sort_unstable();
        let odd: Vec<u32> =
            all.chunk_by(|x, y| x == y).filter(|same| same.len() % 2 == 1).map(|same| same[0]).collect();
        let number = self.number(&odd);
        self.differences.insert(key, number);
        number
    }

    /// The labels of a set, in ascending order.
    pub fn get(&self, number: u32) -> &[u32] {
        &self.sets[number as usize]
    }

    /// How many sets there are.
    pub fn len(&self) -> usize {
        self.sets.len()
    }
}
