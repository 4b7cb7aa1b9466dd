//! Union-find.

/// Disjoint sets of the numbers from 0 (union-find with path halving; Tarjan and van Leeuwen 1984). The representative of
/// a set is its smallest number, whatever the order of the unions.
pub(crate) struct DisjointSets(Vec<u32>);

impl DisjointSets {
    /// Each of `count` numbers in a set of its own.
    pub fn new(count: usize) -> Self {
        DisjointSets((0..count as u32).collect())
    }

    /// Room for `count` numbers, each of which takes part from its [`reset`](Self::reset) on; memory stays untouched until
    /// then.
    pub fn unset(count: usize) -> Self {
        DisjointSets(vec![0; count])
    }

    /// Makes a number a set of its own; no other number may be in its set.
    pub fn reset(&mut self, number: u32) {
        self.0[number as usize] = number;
    }

    /// Adds a number in a set of its own.
    pub fn add(&mut self) -> u32 {
        let number = self.0.len() as u32;
        self.0.push(number);
        number
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The representative of the set of a number.
    pub fn root(&mut self, mut number: u32) -> u32 {
        while self.0[number as usize] != number {
            let above = self.0[self.0[number as usize] as usize];
            self.0[number as usize] = above;
            number = above;
        }
        number
    }

    /// Unites the sets of two numbers; whether they were different ones.
    pub fn unite(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
        a != b
    }

    /// The representative of each number.
    pub fn roots(mut self) -> Vec<u32> {
        (0..self.0.len() as u32).map(|number| self.root(number)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn representatives_do_not_depend_on_the_order_of_unions() {
        let pairs = [(4, 2), (2, 7), (1, 6), (7, 4)];
        let of = |pairs: &mut dyn Iterator<Item = &(u32, u32)>| {
            let mut sets = DisjointSets::new(8);
            let united = pairs.filter(|(a, b)| sets.unite(*a, *b)).count();
            (united, sets.roots())
        };
        let there = of(&mut pairs.iter());
        assert_eq!(there, (3, vec![0, 1, 2, 3, 2, 5, 1, 2]));
        assert_eq!(there, of(&mut pairs.iter().rev()));
    }

    #[test]
    fn numbers_take_part_from_their_reset_on() {
        let mut sets = DisjointSets::unset(4);
        [3, 2].into_iter().for_each(|number| sets.reset(number));
        assert!(sets.unite(2, 3) && !sets.unite(3, 2));
        assert_eq!((sets.root(3), sets.add(), sets.len()), (2, 4, 5));
    }
}
