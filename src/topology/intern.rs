//! Numbers distinct positions.

use geo::Coord;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Distinct positions with their numbers, in the order of first occurrence.
#[derive(Default)]
pub(super) struct PositionNumbering {
    numbers: FxHashMap<(u64, u64), u32>,
    pub positions: Vec<Coord>,
}

impl PositionNumbering {
    pub fn number(&mut self, position: Coord) -> u32 {
        let position = plain(position);
        *self.numbers.entry((position.x.to_bits(), position.y.to_bits())).or_insert_with(|| {
            self.positions.push(position);
            (self.positions.len() - 1) as u32
        })
    }
}

/// Replaces -0.0 by 0.0, so that both are one position.
pub(super) fn plain(position: Coord) -> Coord {
    Coord { x: position.x + 0.0, y: position.y + 0.0 }
}

/// Bits of the hash that select the table; each table fits a core's cache.
const TABLES: u32 = 7;
/// Positions per parallel task.
const BLOCK: usize = 1 << 16;
const NONE: u32 = u32::MAX;

/// Numbers a whole list as [`PositionNumbering`] does, in parallel; returns the number of each list entry and the position of
/// each number.
///
/// # Method
/// Positions are distributed over hash tables; in each, every repeated position finds its first occurrence.
/// Numbers are then assigned in the order of the list, so that the result does not depend on the number of threads.
pub(crate) fn number_all(mut positions: Vec<Coord>) -> (Vec<u32>, Vec<Coord>) {
    let repeated = repeated(&positions);
    let mut numbers = vec![NONE; positions.len()];
    for &(later, first) in &repeated {
        numbers[later as usize] = first;
    }
    let mut count = 0;
    for i in 0..positions.len() {
        if numbers[i] == NONE {
            numbers[i] = count as u32;
            positions[count] = positions[i];
            count += 1;
        } else {
            // The first occurrence comes earlier and is numbered already.
            numbers[i] = numbers[numbers[i] as usize];
        }
    }
    positions.truncate(count);
    positions.shrink_to_fit();
    (numbers, positions)
}

/// The index of every repeated position, with the index of its first occurrence.
fn repeated(positions: &[Coord]) -> Vec<(u32, u32)> {
    let blocks: Vec<Vec<Vec<(u32, u32)>>> =
        positions.par_chunks(BLOCK).enumerate().map(|(block, list)| by_table(list, block * BLOCK)).collect();
    let table = |slots: &mut Vec<(u32, u32)>, table: usize| {
        let entries = || blocks.iter().flat_map(move |block| &block[table]);
        let room = (blocks.iter().map(|block| block[table].len()).sum::<usize>() * 2).next_power_of_two();
        let mask = room - 1;
        slots.clear();
        slots.resize(room, (0, NONE));
        let mut repeated = Vec::new();
        for &(tag, place) in entries() {
            let mut slot = tag as usize & mask;
            loop {
                let (have, first) = slots[slot];
                if first == NONE {
                    slots[slot] = (tag, place);
                    break;
                }
                if have == tag && positions[first as usize] == positions[place as usize] {
                    repeated.push((place, first));
                    break;
                }
                slot = (slot + 1) & mask;
            }
        }
        repeated
    };
    // Tables processed one after the other reuse the same memory for their slots.
    let found: Vec<Vec<(u32, u32)>> = (0..1 << TABLES).into_par_iter().map_init(Vec::new, table).collect();
    found.concat()
}

/// A block of positions by table: the remaining bits of the hash, and the index in the list.
fn by_table(list: &[Coord], start: usize) -> Vec<Vec<(u32, u32)>> {
    let room = list.len() >> TABLES;
    let mut tables: Vec<_> = (0..1 << TABLES).map(|_| Vec::with_capacity(room + room / 4)).collect();
    for (i, position) in list.iter().enumerate() {
        let mut hasher = FxHasher::default();
        hasher.write_u64(position.x.to_bits());
        hasher.write_u64(position.y.to_bits());
        // Coordinates with few significant bits end in zeros, which this hash distributes badly.
        let hash = hasher.finish();
        let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        tables[(hash >> (64 - TABLES)) as usize].push(((hash >> 16) as u32, (start + i) as u32));
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn all_at_once_is_one_by_one(list in prop::collection::vec((0..40_i32, 0..40_i32), 0..900), copies in 1..200_usize) {
            let list: Vec<Coord> = list.iter().map(|&(x, y)| plain(Coord { x: f64::from(x) * 0.1 - 2.0, y: f64::from(y) * 0.7 })).collect();
            let list = list.repeat(copies);
            let mut interner = PositionNumbering::default();
            let one_by_one: Vec<u32> = list.iter().map(|&position| interner.number(position)).collect();
            let (numbers, positions) = number_all(list);
            prop_assert_eq!(numbers, one_by_one);
            prop_assert_eq!(positions, interner.positions);
        }
    }
}
