//! The land to which an extent is fitted: whole territories, without parts far from all others.

use super::content::{Content, Level};
use super::paper::{Bounds, area};
use crate::model::DisjointSets;
use crate::topology::BoxIndex;
use geo::Coord;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// A part is an outlier if its distance from the rest is greater than this share of the size of the rest; a part of a
/// minor territory, of less than [`MINOR`] of all land, if it is greater than the second share.
const APART: f64 = 0.1;
const APART_MINOR: f64 = 0.01;
const MINOR: f64 = 0.005;
/// Territories that span more than this, in degrees of longitude, are the world: all of them are shown.
const WORLD_DEG: f64 = 180.0;
/// Territories apart from the others are outliers if they are together less than this share of all land.
const LESSER: f64 = 0.25;
/// Outliers are omitted only if the extent without them is smaller than this share of the whole.
const WORTH: f64 = 0.85;
/// Parts nearer to each other than this, in degrees of latitude, are in one group.
const NEAR_DEG: f64 = 1.0;
/// Side of a cell in degrees, all of whose positions are nearer to each other than [`NEAR_DEG`].
const CELL_DEG: f64 = 0.5;

/// The boxes of outliers in degrees, and the box of the other parts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cluster {
    pub bounds: Bounds,
    pub outliers: Vec<Outlier>,
}

/// Parts of one territory near each other, and far from all others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outlier {
    /// Index of the territory among the regions.
    pub region: usize,
    pub bounds: Bounds,
    /// Approximate size, in square degrees at the equator.
    pub size: f64,
}

/// A part with its box, in longitudes centred on those of the largest part, and its size.
struct Part {
    region: usize,
    bounds: Bounds,
    size: f64,
    /// Whether it is the largest part of a territory that is not minor.
    is_main: bool,
    is_minor: bool,
}

impl Cluster {
    /// Finds the cluster around the largest parts of all territories; none if there are no outliers.
    ///
    /// # Method
    /// Single linkage of boxes: parts are added, the nearest first, while one is nearer to the box of those already added
    /// than a tenth of its longer side (a part of a minor territory: a hundredth).
    pub(crate) fn of(content: &Content) -> Option<Self> {
        let (inside, mut outside): (Vec<Part>, Vec<Part>) = parts(content).into_iter().partition(|part| part.is_main);
        let (mut bounds, apart) = around_the_heaviest(inside)?;
        outside.extend(apart);
        let whole = outside.iter().fold(bounds, |all, part| all.union(&part.bounds));
        outside.sort_by(|a, b| gap(&bounds, &a.bounds).total_cmp(&gap(&bounds, &b.bounds)));
        // A part near enough to the box stays so when the box grows: the order decides nothing but the number of passes.
        loop {
            let before = outside.len();
            outside.retain(|part| {
                let is_far = part.is_minor || gap(&bounds, &part.bounds) > APART * side(&bounds);
                if !is_far {
                    bounds = bounds.union(&part.bounds);
                }
                is_far
            });
            if outside.len() == before {
                break;
            }
        }
        // Islets do not lead from one to the next: a minor territory is near the land of the others, or it is far.
        let near = bounds;
        outside.retain(|part| {
            let is_far = !part.is_minor || gap(&near, &part.bounds) > APART_MINOR * side(&near);
            if !is_far {
                bounds = bounds.union(&part.bounds);
            }
            is_far
        });
        let extent = |b: &Bounds| b.width() * b.height();
        if outside.is_empty() || extent(&bounds) > WORTH * extent(&whole) {
            return None;
        }
        let mut outliers = grouped(outside);
        outliers.sort_by(|a, b| b.size.total_cmp(&a.size));
        Some(Cluster { bounds, outliers })
    }
}

/// The box of the heaviest group of territories that are near each other, and the largest parts of the others, if they
/// are of less weight; else the box of all.
fn around_the_heaviest(mains: Vec<Part>) -> Option<(Bounds, Vec<Part>)> {
    let all = mains.iter().map(|part| part.bounds).reduce(|a, b| a.union(&b))?;
    let whole: f64 = mains.iter().map(|part| part.size).sum();
    if all.width() > WORLD_DEG {
        return Some((all, Vec::new()));
    }
    let mut groups: Vec<(Bounds, Vec<Part>)> = mains.into_iter().map(|part| (part.bounds, vec![part])).collect();
    let near = |a: &Bounds, b: &Bounds| gap(a, b) <= APART * side(a).max(side(b));
    let mut at = 0;
    while at < groups.len() {
        let found = (0..groups.len()).find(|i| *i != at && near(&groups[at].0, &groups[*i].0));
        let Some(other) = found else {
            at += 1;
            continue;
        };
        let (bounds, parts) = groups.swap_remove(other);
        let own = if at == groups.len() { other } else { at };
        groups[own].0 = groups[own].0.union(&bounds);
        groups[own].1.extend(parts);
        at = 0;
    }
    let weight = |group: &(Bounds, Vec<Part>)| group.1.iter().map(|part| part.size).sum::<f64>();
    groups.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let mut groups = groups.into_iter();
    let (bounds, heaviest) = groups.next()?;
    let is_heavy = whole - weight(&(bounds, heaviest)) < LESSER * whole;
    Some(if is_heavy { (bounds, groups.flat_map(|group| group.1).collect()) } else { (all, Vec::new()) })
}

/// The parts of each territory in groups: parts nearer to each other than half the longer side of their group, or than
/// [`NEAR_DEG`], are one.
///
/// # Method
/// Parts that begin in one cell of a grid are near each other. Groups are then joined in rounds, with an R-tree of their
/// boxes for each territory, until none grows.
fn grouped(parts: Vec<Part>) -> Vec<Outlier> {
    let mut cells: BTreeMap<(usize, i64, i64), Outlier> = BTreeMap::new();
    for Part { region, bounds, size, .. } in parts {
        let cell = |v: f64| (v / CELL_DEG).floor() as i64;
        match cells.entry((region, cell(bounds.x0), cell(bounds.y0))) {
            Entry::Occupied(mut known) => known.get_mut().add(&bounds, size),
            Entry::Vacant(new) => _ = new.insert(Outlier { region, bounds, size }),
        }
    }
    let all: Vec<Outlier> = cells.into_values().collect();
    all.chunk_by(|a, b| a.region == b.region).flat_map(|own| joined(own.to_vec())).collect()
}

/// Groups of one territory, joined while any are near each other.
fn joined(mut groups: Vec<Outlier>) -> Vec<Outlier> {
    loop {
        let corners = |b: &Bounds| (Coord { x: b.x0, y: b.y0 }, Coord { x: b.x1, y: b.y1 });
        let index = BoxIndex::new(groups.iter().zip(0..).map(|(group, number)| (corners(&group.bounds), number)));
        let mut sets = DisjointSets::new(groups.len());
        for (group, number) in groups.iter().zip(0..) {
            let reach = (side(&group.bounds) * 0.5).max(NEAR_DEG);
            let (low, high) = corners(&group.bounds);
            // At the latitude nearest to a pole a degree of longitude is shortest.
            let parallel = (low.y.abs().max(high.y.abs()) + reach).min(89.0).to_radians().cos();
            let wide = Coord { x: reach / parallel, y: reach };
            for other in index.touching_lazily(low - wide, high + wide) {
                if gap(&group.bounds, &groups[other as usize].bounds) < reach {
                    sets.unite(number, other);
                }
            }
        }
        let mut together: BTreeMap<u32, Outlier> = BTreeMap::new();
        let before = groups.len();
        for (root, group) in sets.roots().into_iter().zip(groups) {
            match together.entry(root) {
                Entry::Occupied(mut known) => known.get_mut().add(&group.bounds, group.size),
                Entry::Vacant(new) => _ = new.insert(group),
            }
        }
        groups = together.into_values().collect();
        if groups.len() == before {
            return groups;
        }
    }
}

impl Outlier {
    fn add(&mut self, bounds: &Bounds, size: f64) {
        self.bounds = self.bounds.union(bounds);
        self.size += size;
    }
}

fn parts(content: &Content) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (region, own) in content.regions.iter().enumerate().filter(|(_, r)| r.level == Level::Base && !r.meta.clipped) {
        let first = parts.len();
        for part in &own.parts {
            let Some(bounds) = Bounds::of(&part[0]) else { continue };
            let size = area(&part[0]).abs() * bounds.centre().y.to_radians().cos();
            parts.push(Part { region, bounds, size, is_main: false, is_minor: false });
        }
        if let Some(main) = parts[first..].iter_mut().max_by(|a, b| a.size.total_cmp(&b.size)) {
            main.is_main = true;
        }
    }
    let all: f64 = parts.iter().map(|part| part.size).sum();
    let mut own: BTreeMap<usize, f64> = BTreeMap::new();
    parts.iter().for_each(|part| *own.entry(part.region).or_default() += part.size);
    for part in &mut parts {
        part.is_minor = own[&part.region] < all * MINOR;
        part.is_main &= !part.is_minor;
    }
    let largest = parts.iter().max_by(|a, b| a.size.total_cmp(&b.size)).map_or(Coord::zero(), |p| p.bounds.centre());
    for part in &mut parts {
        let turn = 360.0 * ((part.bounds.centre().x - largest.x) / 360.0).round();
        part.bounds = Bounds { x0: part.bounds.x0 - turn, x1: part.bounds.x1 - turn, ..part.bounds };
    }
    parts
}

/// The longer side of a box in degrees of latitude.
fn side(b: &Bounds) -> f64 {
    (b.width() * b.centre().y.to_radians().cos()).max(b.height())
}

/// Distance between boxes in degrees of latitude.
fn gap(a: &Bounds, b: &Bounds) -> f64 {
    let apart = |(a0, a1): (f64, f64), (b0, b1): (f64, f64)| (b0 - a1).max(a0 - b1).max(0.0);
    let middle = ((a.centre().y + b.centre().y) / 2.0).to_radians().cos();
    (apart((a.x0, a.x1), (b.x0, b.x1)) * middle).hypot(apart((a.y0, a.y1), (b.y0, b.y1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_far_from_each_other_and_hold_every_part() {
        let share = |i: usize, by: f64| (i as f64 * by).fract();
        let part = |i: usize| {
            let (x, y) = (300.0 * share(i, 0.618_034).powi(3), 100.0 * share(i, 0.414_214).powi(3) - 50.0);
            let bounds = Bounds { x0: x, y0: y, x1: x + 3.0 * share(i, 0.754_877), y1: y + 0.01 };
            Part { region: i % 3, bounds, size: 1.0, is_main: false, is_minor: false }
        };
        let groups = grouped((0..90).map(part).collect());
        assert!((groups.iter().map(|group| group.size).sum::<f64>() - 90.0).abs() < 1e-9);
        assert!(groups.len() > 3 && groups.len() < 90, "{}", groups.len());
        let reach = |group: &Outlier| (side(&group.bounds) * 0.5).max(NEAR_DEG);
        for (i, a) in groups.iter().enumerate() {
            let far = |b: &Outlier| b.region != a.region || gap(&a.bounds, &b.bounds) >= reach(a).max(reach(b));
            assert!(groups[i + 1..].iter().all(far), "{a:?}");
        }
    }
}
