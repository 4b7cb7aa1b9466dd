//! Which feature of an old edition is which of a new one.

use super::canonical::{Geometry, Key, bits};
use super::properties::Flat;
use crate::model::Meta;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// A feature with what it is compared by.
pub(super) struct Item<'f> {
    pub meta: &'f Meta,
    pub geometry: Geometry<'f>,
    pub key: Key,
    pub properties: Flat,
}

/// How two features were recognised as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MatchedBy {
    /// By the same identifier.
    Id,
    /// By the same geometry.
    Geometry,
    /// By the same properties, where the features have no identifiers.
    Properties,
    /// By positions in common, more than half of those of one of them.
    Positions,
    /// As the only feature of both editions.
    Alone,
}

/// Features with more positions in common than this many others are not matched by positions.
const CROWD: usize = 8;

/// Returns pairs of an old and a new feature, each feature at most once, in the order of the old.
///
/// # Cost
/// Near-linear: every step is one pass over a hash table.
pub(super) fn pairs(old: &[Item<'_>], new: &[Item<'_>]) -> Vec<(usize, usize, MatchedBy)> {
    let mut matching = Matching { old, new, of_old: vec![None; old.len()], taken: vec![false; new.len()] };
    matching.in_order(MatchedBy::Id, |item| (!item.meta.numbered).then(|| item.meta.id.clone()));
    matching.in_order(MatchedBy::Geometry, |item| Some((item.geometry.word(), item.key.clone())));
    // Numbers of rows identify nothing: what else such features state does, where it is stated once.
    matching.by_properties();
    matching.by_positions();
    matching.alone();
    let of_old = matching.of_old.into_iter().enumerate();
    of_old.filter_map(|(i, found)| found.map(|(j, by)| (i, j, by))).collect()
}

struct Matching<'m> {
    old: &'m [Item<'m>],
    new: &'m [Item<'m>],
    of_old: Vec<Option<(usize, MatchedBy)>>,
    taken: Vec<bool>,
}

impl Matching<'_> {
    fn take(&mut self, i: usize, j: usize, by: MatchedBy) {
        self.of_old[i] = Some((j, by));
        self.taken[j] = true;
    }

    /// New features without a counterpart, by a value of theirs.
    fn free<V: Eq + Hash>(&self, value: impl Fn(&Item<'_>) -> Option<V>) -> HashMap<V, VecDeque<usize>> {
        let mut out: HashMap<V, VecDeque<usize>> = HashMap::new();
        for (j, item) in self.new.iter().enumerate().filter(|(j, _)| !self.taken[*j]) {
            if let Some(value) = value(item) {
                out.entry(value).or_default().push_back(j);
            }
        }
        out
    }

    /// Pairs features of equal value; of several, those of equal geometry and properties first, then in order.
    fn in_order<V: Eq + Hash>(&mut self, by: MatchedBy, value: impl Fn(&Item<'_>) -> Option<V>) {
        let mut free = self.free(&value);
        let open: Vec<usize> = (0..self.old.len()).filter(|&i| self.of_old[i].is_none()).collect();
        for exact in [true, false] {
            for &i in &open {
                if self.of_old[i].is_some() {
                    continue;
                }
                let Some(of_value) = value(&self.old[i]).and_then(|value| free.get_mut(&value)) else { continue };
                let equal = |j: &usize| {
                    let (old, new) = (&self.old[i], &self.new[*j]);
                    old.key == new.key && old.properties == new.properties
                };
                let place = match (exact, of_value.len()) {
                    (_, 0) => None,
                    (true, 1) => equal(&of_value[0]).then_some(0),
                    // Many features of one value: the first of them is nearly always the one.
                    (true, _) => of_value.iter().take(CROWD).position(equal),
                    (false, _) => Some(0),
                };
                if let Some(j) = place.and_then(|place| of_value.remove(place)) {
                    self.take(i, j, by);
                }
            }
        }
    }

    fn by_properties(&mut self) {
        let stated = |item: &Item<'_>| {
            let all = || serde_json::to_string(&item.properties).unwrap_or_default();
            (item.meta.numbered && !item.properties.is_empty()).then(|| (item.geometry.word(), all()))
        };
        let mut once: HashMap<(&str, String), Vec<usize>> = HashMap::new();
        for i in (0..self.old.len()).filter(|&i| self.of_old[i].is_none()) {
            if let Some(value) = stated(&self.old[i]) {
                once.entry(value).or_default().push(i);
            }
        }
        for (value, found) in self.free(stated) {
            if let (Some([i]), 1) = (once.get(&value).map(Vec::as_slice), found.len()) {
                self.take(*i, found[0], MatchedBy::Properties);
            }
        }
    }

    /// Pairs lines, and areas, that have more than half of the positions of one of them in common: the most first.
    fn by_positions(&mut self) {
        let mut at: HashMap<[u64; 2], Vec<usize>> = HashMap::new();
        let mut counts = vec![0; self.new.len()];
        for (j, item) in self.new.iter().enumerate().filter(|(j, _)| !self.taken[*j]) {
            positions(item.geometry, |position| {
                counts[j] += 1;
                let holders = at.entry(position).or_default();
                if holders.last() != Some(&j) {
                    holders.push(j);
                }
            });
        }
        let mut found = Vec::new();
        for i in (0..self.old.len()).filter(|&i| self.of_old[i].is_none()) {
            let (mut common, mut count): (HashMap<usize, usize>, usize) = (HashMap::new(), 0);
            positions(self.old[i].geometry, |position| {
                count += 1;
                for j in at.get(&position).into_iter().flatten().take(CROWD) {
                    *common.entry(*j).or_default() += 1;
                }
            });
            for (j, shared) in common {
                let other = &self.new[j];
                if other.geometry.word() == self.old[i].geometry.word() && 2 * shared > count.min(counts[j]) {
                    found.push((std::cmp::Reverse(shared), i, j));
                }
            }
        }
        found.sort_unstable();
        for (_, i, j) in found {
            if self.of_old[i].is_none() && !self.taken[j] {
                self.take(i, j, MatchedBy::Positions);
            }
        }
    }

    fn alone(&mut self) {
        let of_one_shape = |a: &Item<'_>, b: &Item<'_>| a.geometry.word() == b.geometry.word();
        if let ([old], [new]) = (self.old, self.new)
            && self.of_old[0].is_none()
            && of_one_shape(old, new)
        {
            self.take(0, 0, MatchedBy::Alone);
        }
    }
}

/// Visits the distinct consecutive positions of lines and outlines, without the closing ones.
fn positions(geometry: Geometry<'_>, mut visit: impl FnMut([u64; 2])) {
    if matches!(geometry, Geometry::Point(_)) {
        return;
    }
    for course in geometry.courses() {
        let closed = course.len() > 1 && course.first() == course.last();
        course[..course.len() - usize::from(closed)].iter().for_each(|at| visit(bits(*at)));
    }
}
