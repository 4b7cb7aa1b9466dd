//! Land that meets across the antimeridian, where either side writes the same meridian with another sign.

use super::uses::Use;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// A stretch of the antimeridian with a polygon on either side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seam {
    /// Number of the position on +180° where it begins in the south.
    pub south: u32,
    /// Number of the position on +180° where it ends in the north.
    pub north: u32,
    /// The polygon west of it, whose outline runs along +180°.
    pub west: u32,
    /// The polygon east of it, whose outline runs along −180°.
    pub east: u32,
}

/// An edge along the antimeridian: its latitudes from south to north, and the polygon whose outline it is.
type Side = (f64, f64, u32);

/// Finds where outlines along +180° and −180° run over the same latitudes; ends of such stretches that are no vertex on
/// +180° are added to the positions.
pub(super) fn seams(positions: &mut Vec<Coord>, uses: &[Use]) -> Vec<Seam> {
    if !positions.par_iter().any(|at| at.x.abs() == 180.0) {
        return Vec::new();
    }
    let at = |end: u32| positions[end as usize];
    let on_it = |u: &&Use| at(u.low).x.abs() == 180.0 && at(u.low).x == at(u.high).x;
    let along: Vec<Use> = uses.par_iter().filter(on_it).copied().collect();
    let side = |meridian: f64| -> Vec<Side> {
        let latitudes = |u: &Use| (at(u.low).y.min(at(u.high).y), at(u.low).y.max(at(u.high).y), u.polygon());
        let mut side: Vec<Side> = along.iter().filter(|u| at(u.low).x == meridian).map(latitudes).collect();
        side.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        side
    };
    let (west, east) = (side(180.0), side(-180.0));
    if west.is_empty() || east.is_empty() {
        return Vec::new();
    }
    let on_it = positions.iter().enumerate().filter(|(_, at)| at.x == 180.0);
    let mut numbers: FxHashMap<u64, u32> = on_it.map(|(number, at)| (at.y.to_bits(), number as u32)).collect();
    let mut number = |lat: f64| {
        *numbers.entry(lat.to_bits()).or_insert_with(|| {
            positions.push(Coord { x: 180.0, y: lat });
            (positions.len() - 1) as u32
        })
    };
    let (mut found, mut first) = (Vec::new(), 0);
    for &(south, north, polygon) in &west {
        while east.get(first).is_some_and(|other| other.1 <= south) {
            first += 1;
        }
        for other in east[first..].iter().take_while(|other| other.0 < north).filter(|other| other.1 > south) {
            let (from, to) = (south.max(other.0), north.min(other.1));
            found.push(Seam { south: number(from), north: number(to), west: polygon, east: other.2 });
        }
    }
    found
}
