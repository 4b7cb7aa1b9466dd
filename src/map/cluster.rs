//! The land to which an extent is fitted: whole territories, without parts far from all others.

use super::content::{Content, Level};
use super::paper::{Bounds, area};
use geo::Coord;

/// A part is an outlier if its distance from the rest is greater than this share of its size.
const APART: f64 = 0.1;
/// Outliers are omitted only if the extent without them is smaller than this share of the whole.
const WORTH: f64 = 0.6;

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
    is_main: bool,
}

impl Cluster {
    /// Finds the cluster around the largest parts of all territories; none if there are no outliers.
    ///
    /// # Method
    /// Single linkage of boxes: parts are added, the nearest first, while one is nearer to the box of those already added
    /// than a tenth of its longer side.
    pub(crate) fn of(content: &Content) -> Option<Self> {
        let (inside, mut outside): (Vec<Part>, Vec<Part>) = parts(content).into_iter().partition(|part| part.is_main);
        let mut bounds = inside.iter().map(|part| part.bounds).reduce(|a, b| a.union(&b))?;
        let whole = outside.iter().fold(bounds, |all, part| all.union(&part.bounds));
        outside.sort_by(|a, b| gap(&bounds, &a.bounds).total_cmp(&gap(&bounds, &b.bounds)));
        // A part near enough to the box stays so when the box grows: the order decides nothing but the number of passes.
        loop {
            let before = outside.len();
            outside.retain(|part| {
                let is_far = gap(&bounds, &part.bounds) > APART * side(&bounds);
                if !is_far {
                    bounds = bounds.union(&part.bounds);
                }
                is_far
            });
            if outside.len() == before {
                break;
            }
        }
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
        outliers.sort_by(|a, b| b.size.total_cmp(&a.size));
        Some(Cluster { bounds, outliers })
    }
}

fn parts(content: &Content) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (region, own) in content.regions.iter().enumerate().filter(|(_, r)| r.level == Level::Base && !r.meta.clipped) {
        let first = parts.len();
        for part in &own.parts {
            let Some(bounds) = Bounds::of(&part[0]) else { continue };
            let size = area(&part[0]).abs() * bounds.centre().y.to_radians().cos();
            parts.push(Part { region, bounds, size, is_main: false });
        }
        if let Some(main) = parts[first..].iter_mut().max_by(|a, b| a.size.total_cmp(&b.size)) {
            main.is_main = true;
        }
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
