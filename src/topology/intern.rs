//! One number for each position, however often it comes.

use geo::Coord;
use rustc_hash::FxHashMap;

/// Positions with their numbers, in the order in which they came first.
#[derive(Default)]
pub(super) struct Interner {
    numbers: FxHashMap<(u64, u64), u32>,
    pub positions: Vec<Coord>,
}

impl Interner {
    pub fn with_capacity(positions: usize) -> Self {
        let numbers = FxHashMap::with_capacity_and_hasher(positions, Default::default());
        Interner { numbers, positions: Vec::with_capacity(positions) }
    }

    pub fn number(&mut self, position: Coord) -> u32 {
        // -0.0 and 0.0 are one place.
        let position = Coord { x: position.x + 0.0, y: position.y + 0.0 };
        *self.numbers.entry((position.x.to_bits(), position.y.to_bits())).or_insert_with(|| {
            self.positions.push(position);
            (self.positions.len() - 1) as u32
        })
    }
}
