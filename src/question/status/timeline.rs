//! The status of every stretch of a line; later entries replace earlier ones.

use crate::model::Status;
use std::collections::BTreeMap;

/// A stretch of one status: its end in metres, its status, and the entry that gave it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    pub to_m: f64,
    pub status: Status,
    pub entry: Option<usize>,
}

/// The stretches of a line by the bits of their start, whose order is that of the chainage.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timeline {
    stretches: BTreeMap<u64, Interval>,
}

/// A change of the length that an entry, or the initial status, holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Change {
    pub status: Status,
    pub entry: Option<usize>,
    pub length_m: f64,
}

impl Timeline {
    pub fn new(length_m: f64, status: Status) -> Self {
        Timeline { stretches: BTreeMap::from([(0, Interval { to_m: length_m, status, entry: None })]) }
    }

    /// Gives a stretch a status, and returns what that changes: lengths taken away are negative.
    pub fn set(&mut self, from_m: f64, to_m: f64, status: Status, entry: usize) -> Vec<Change> {
        self.split(from_m);
        self.split(to_m);
        let range = bits(from_m)..bits(to_m);
        let gone: Vec<(u64, Interval)> = self.stretches.range(range).map(|(from, held)| (*from, *held)).collect();
        let mut changes: Vec<Change> = Vec::with_capacity(gone.len() + 1);
        for (from, held) in gone {
            self.stretches.remove(&from);
            let length_m = f64::from_bits(from) - held.to_m;
            changes.push(Change { status: held.status, entry: held.entry, length_m });
        }
        self.stretches.insert(bits(from_m), Interval { to_m, status, entry: Some(entry) });
        changes.push(Change { status, entry: Some(entry), length_m: to_m - from_m });
        changes
    }

    fn split(&mut self, at_m: f64) {
        let Some((from, held)) = self.stretches.range_mut(..bits(at_m)).next_back() else { return };
        if held.to_m > at_m && *from < bits(at_m) {
            let rest = *held;
            held.to_m = at_m;
            self.stretches.insert(bits(at_m), rest);
        }
    }

    /// The stretches in order: start in metres, and what holds there.
    pub fn stretches(&self) -> impl Iterator<Item = (f64, Interval)> {
        self.stretches.iter().map(|(from, held)| (f64::from_bits(*from), *held))
    }
}

/// Chainages are not negative: their bits have their order.
fn bits(chainage_m: f64) -> u64 {
    (chainage_m + 0.0).to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Status::{Agreed, Delimited, Undefined};

    fn stretches(timeline: &Timeline) -> Vec<(f64, f64, Status)> {
        timeline.stretches().map(|(from, held)| (from, held.to_m, held.status)).collect()
    }

    #[test]
    fn a_later_entry_replaces_an_earlier_one_on_its_stretch() {
        let mut timeline = Timeline::new(100.0, Undefined);
        timeline.set(20.0, 60.0, Agreed, 0);
        let changes = timeline.set(10.0, 30.0, Delimited, 1);
        let expected =
            [(0.0, 10.0, Undefined), (10.0, 30.0, Delimited), (30.0, 60.0, Agreed), (60.0, 100.0, Undefined)];
        assert_eq!(stretches(&timeline), expected);
        let sum: f64 = changes.iter().map(|change| change.length_m).sum();
        assert_eq!((changes.len(), sum), (3, 0.0));
        timeline.set(0.0, 100.0, Agreed, 2);
        assert_eq!(stretches(&timeline), [(0.0, 100.0, Agreed)]);
        timeline.set(0.0, 40.0, Delimited, 3);
        timeline.set(40.0, 100.0, Delimited, 4);
        assert_eq!(stretches(&timeline), [(0.0, 40.0, Delimited), (40.0, 100.0, Delimited)]);
    }
}
