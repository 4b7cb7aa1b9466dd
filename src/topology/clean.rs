//! Merges parts of one territory that repeat or overlap each other.

use super::edge_box::{around, box_of, runs, touch};
use super::edge_bvh::EdgeBvh;
use super::{BoxIndex, Meeting, meet, union};
use crate::model::{
    Corners, DisjointSets, EdgeTree, Location, Territory, Warning, WarningCode, YBandIndex, corners_of, interior_point,
};
use geo::{Coord, Polygon};
use rayon::prelude::*;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Average number of touching boxes per box of parts up to which their pairs are listed.
const BESIDE: usize = 16;

/// Territories whose parts share no land with other parts of the same territory.
pub struct Cleaned<'a> {
    /// The territories, in the order given; copies only of those whose parts changed.
    pub territories: Vec<Cow<'a, Territory>>,
    /// One warning for each territory with merged parts.
    pub warnings: Vec<Warning>,
}

/// Merges parts of one territory that duplicate, overlap or contain one another, so that no land counts twice.
///
/// Drops polygons without positions. Parts that only touch stay separate here; [`CoverageGraph`](super::CoverageGraph) joins those
/// that share an edge.
///
/// # Examples
/// ```
/// use merestone::geo::{Rect, coord};
/// use merestone::model::Territory;
/// # let square = |low: f64, high: f64| Rect::new(coord! { x: low, y: 45.0 }, coord! { x: high, y: 46.0 }).to_polygon();
/// let territories = [Territory::new("a", [square(10.0, 12.0), square(11.0, 13.0)])?];
/// let cleaned = merestone::topology::clean(&territories);
/// assert_eq!((cleaned.territories[0].parts().len(), cleaned.warnings.len()), (1, 1));
/// # Ok::<(), merestone::model::InvalidGeometry>(())
/// ```
pub fn clean<'a>(
    territories: impl IntoParallelIterator<Item = &'a Territory, Iter: IndexedParallelIterator>,
) -> Cleaned<'a> {
    let done: Vec<(Cow<'a, Territory>, Option<Warning>)> = territories.into_par_iter().map(clean_one).collect();
    let (territories, warnings): (Vec<_>, Vec<_>) = done.into_iter().unzip();
    Cleaned { territories, warnings: warnings.into_iter().flatten().collect() }
}

fn clean_one(territory: &Territory) -> (Cow<'_, Territory>, Option<Warning>) {
    let corners = || Cow::Borrowed(territory.corners());
    match clean_with_corners(&territory.meta.id, territory.parts(), corners) {
        (Cow::Borrowed(_), warning) => (Cow::Borrowed(territory), warning),
        (Cow::Owned(parts), warning) => (Cow::Owned(territory.with_parts(parts)), warning),
    }
}

/// Merges parts of one feature that share land, and returns a warning if it did. Drops polygons without positions.
pub fn clean_parts<'a>(id: &str, parts: &'a [Polygon]) -> (Cow<'a, [Polygon]>, Option<Warning>) {
    clean_with_corners(id, parts, || parts.iter().map(corners_of).collect())
}

/// [`clean_parts`], given the corners of the parts.
fn clean_with_corners<'a>(
    id: &str,
    parts: &'a [Polygon],
    corners: impl FnOnce() -> Cow<'a, [Corners]>,
) -> (Cow<'a, [Polygon]>, Option<Warning>) {
    let has_positions = |part: &&Polygon| !part.exterior().0.is_empty();
    let parts = match parts.iter().all(|part| has_positions(&part)) {
        true => Cow::Borrowed(parts),
        false => Cow::Owned(parts.iter().filter(has_positions).cloned().collect()),
    };
    if parts.len() < 2 {
        return (parts, None);
    }
    let boxes: Cow<'_, [Corners]> = match &parts {
        Cow::Borrowed(_) => corners(),
        Cow::Owned(some) => some.iter().map(corners_of).collect(),
    };
    let mut trees: Vec<Option<EdgeTree>> = parts.iter().map(|_| None).collect();
    let bands: Vec<OnceCell<YBandIndex>> = parts.iter().map(|_| OnceCell::new()).collect();
    let mut sets = DisjointSets::new(parts.len());
    // Parts that lie inside another one: the union is the same without them.
    let mut is_within = vec![false; parts.len()];
    let mut compare = |a: usize, b: usize| {
        if sets.root(a as u32) == sets.root(b as u32) {
            return;
        }
        // The outline with fewer vertices against the index of the larger one.
        let weight = |i: &usize| (parts[*i].exterior().0.len(), *i);
        let (small, large) = if weight(&a) < weight(&b) { (a, b) } else { (b, a) };
        let tree = trees[large].get_or_insert_with(|| EdgeTree::of(&parts[large]));
        match common_land((&parts[small], boxes[small]), (&parts[large], boxes[large]), tree, &bands[large]) {
            CommonLand::None => return,
            CommonLand::All => is_within[small] = true,
            CommonLand::Some => {}
        }
        sets.unite(a as u32, b as u32);
    };
    let diagonals = EdgeBvh::new(parts.len(), |i| <[Coord; 2]>::from(boxes[i]), |_| true);
    match diagonals.pairs_of_few_boxes(BESIDE, |a, b, pairs| pairs.push((a, b))) {
        Some(pairs) => pairs.into_iter().for_each(|(a, b)| compare(a, b)),
        // So many boxes touch that a list of their pairs would outgrow the input.
        None => {
            let index = BoxIndex::new(boxes.iter().copied().zip(0..));
            for (a, outline) in boxes.iter().enumerate() {
                let others = index.touching_lazily(outline.0, outline.1).map(|b| b as usize);
                others.filter(|b| a < *b).for_each(|b| compare(a, b));
            }
        }
    }
    let roots = sets.roots();
    let merged = (0..).zip(&roots).filter(|(number, root)| number != *root).count();
    if merged == 0 {
        return (parts, None);
    }
    let mut groups: BTreeMap<u32, Vec<Polygon>> = BTreeMap::new();
    for (number, root) in roots.into_iter().enumerate().filter(|(number, _)| !is_within[*number]) {
        groups.entry(root).or_default().push(parts[number].clone());
    }
    let mut parts = Vec::new();
    for mut members in groups.into_values() {
        if members[1..].iter().all(|m| m == &members[0]) {
            members.truncate(1);
        }
        parts.extend(if members.len() == 1 { members } else { union(&members) });
    }
    let message = format!("{id}: {merged} of its parts share land with another of its parts; they count as one");
    (Cow::Owned(parts), Some(Warning { code: WarningCode::Overlap, message, feature: Some(id.to_owned()) }))
}

pub(super) fn bands_of(part: &Polygon) -> YBandIndex {
    YBandIndex::new(std::iter::once(part.exterior()).chain(part.interiors()).map(|ring| ring.0.as_slice()))
}

/// Land of one part that another one has, too.
enum CommonLand {
    None,
    Some,
    /// All of the part, which lies inside the other one.
    All,
}

/// The land of the part with fewer vertices that the other one has, too: one outline runs inside the other, or both are
/// equal.
fn common_land(
    (small, outer): (&Polygon, Corners),
    (large, inner): (&Polygon, Corners),
    tree: &EdgeTree,
    bands: &OnceCell<YBandIndex>,
) -> CommonLand {
    let may_hold = outer.0.x <= inner.0.x && outer.0.y <= inner.0.y && inner.1.x <= outer.1.x && inner.1.y <= outer.1.y;
    let holds = || may_hold && bands_of(small).sides(&large.exterior().0).inside.is_some();
    let some = |shares: bool| if shares { CommonLand::Some } else { CommonLand::None };
    // The usual case: outlines that do not meet, for which one position decides.
    if !tree.touch_box(outer.0, outer.1) || !meets(&small.exterior().0, tree) {
        if tree.locate(small.exterior().0[0]) != Location::Inside {
            return some(holds());
        }
        let is_whole = !large.interiors().iter().any(|hole| touch(around(&hole.0), outer));
        return if is_whole { CommonLand::All } else { CommonLand::Some };
    }
    let large_bands = bands.get_or_init(|| bands_of(large));
    let sides = large_bands.sides(&small.exterior().0);
    if sides.inside.is_some() {
        return CommonLand::Some;
    }
    // The whole outline runs along the other's: the same land, or the hole that it fills.
    if sides.outside.is_none() {
        return some(interior_point(small).is_some_and(|(at, _)| large_bands.locate(at) == Location::Inside));
    }
    some(holds())
}

/// Whether a ring meets any of the edges.
fn meets(ring: &[Coord], tree: &EdgeTree) -> bool {
    let meets_edge = |edge: [Coord; 2]| {
        let (low, high) = box_of(edge);
        let mut found = false;
        tree.touching(low, high, &mut |other| found |= meet(edge, other) != Meeting::Apart);
        found
    };
    runs(ring).any(|(run, (low, high))| {
        tree.touch_box(low, high) && run.windows(2).any(|edge| meets_edge([edge[0], edge[1]]))
    })
}
