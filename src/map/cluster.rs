//! The land to which an extent is fitted: whole territories, without parts far from all others.

use super::content::{Content, Level};
use super::paper::{Bounds, area};
use geo::Coord;
use std::collections::BTreeMap;

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
        let mut outliers: Vec<Outlier> = Vec::new();
        outside.sort_by(|a, b| b.size.total_cmp(&a.size));
        for part in outside {
            let near = |o: &&mut Outlier| {
                o.region == part.region && gap(&o.bounds, &part.bounds) < (side(&o.bounds) * 0.5).max(1.0)
            };
            match outliers.iter_mut().find(near) {
                Some(known) => {
                    known.bounds = known.bounds.union(&part.bounds);
                    known.size += part.size;
                }
                None => outliers.push(Outlier { region: part.region, bounds: part.bounds, size: part.size }),
            }
        }
        // Groups that have grown near each other are one.
        let mut at = 0;
        while at < outliers.len() {
            let own = &outliers[at];
            let is_near =
                |o: &Outlier| o.region == own.region && gap(&o.bounds, &own.bounds) < (side(&o.bounds) * 0.5).max(1.0);
            let Some(other) = (at + 1..outliers.len()).find(|i| is_near(&outliers[*i])) else {
                at += 1;
                continue;
            };
            let other = outliers.remove(other);
            outliers[at].bounds = outliers[at].bounds.union(&other.bounds);
            outliers[at].size += other.size;
            at = 0;
        }
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
