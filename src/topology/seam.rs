//! Matches land across the antimeridian, where one side has longitude +180° and the other −180°.

use super::node::{Cut, cut};
use super::uses::Use;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// A stretch of the antimeridian with a polygon on either side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seam {
    /// Number of its southern end, a position on +180°.
    pub south: u32,
    /// Number of its northern end, a position on +180°.
    pub north: u32,
    /// The polygon west of it, whose outline runs along +180°.
    pub west: u32,
    /// The polygon east of it, whose outline runs along −180°.
    pub east: u32,
}

/// Numbers of the positions at ±180°, in ascending order.
pub(super) fn at_180(positions: &[Coord]) -> Vec<u32> {
    positions.par_iter().zip(0..positions.len() as u32).filter(|(at, _)| at.x.abs() == 180.0).map(|(_, i)| i).collect()
}

/// Uses of edges along the antimeridian, with their indices; the uses are sorted. `at_180` are the numbers of the positions there.
pub(super) fn along(positions: &[Coord], uses: &[Use], at_180: &[u32]) -> Vec<(u32, Use)> {
    let lon = |end: u32| positions[end as usize].x;
    let of = |&low: &u32| {
        let first = uses.partition_point(|u| u.low < low);
        let here = uses[first..].iter().take_while(move |u| u.low == low).enumerate();
        here.filter(move |(_, u)| lon(u.high) == lon(low)).map(move |(place, u)| ((first + place) as u32, *u))
    };
    at_180.par_iter().flat_map_iter(of).collect()
}

/// Cuts edges along +180° and −180° at the latitudes of vertices on the other side; the uses stay sorted. The numbers of new
/// positions are added to `at_180`.
pub(super) fn at_junctions(positions: &mut Vec<Coord>, uses: &mut Vec<Use>, at_180: &mut Vec<u32>) {
    let along = along(positions, uses, at_180);
    if along.is_empty() {
        return;
    }
    let mut numbers: FxHashMap<(u64, u64), u32> = FxHashMap::default();
    let mut vertices = [Vec::new(), Vec::new()];
    for (number, at) in at_180.iter().map(|number| (*number, positions[*number as usize])) {
        numbers.insert((at.x.to_bits(), at.y.to_bits()), number);
        vertices[usize::from(at.x < 0.0)].push(at.y);
    }
    vertices.iter_mut().for_each(|latitudes| latitudes.sort_by(f64::total_cmp));
    let mut cuts = Vec::new();
    for (of, u) in along {
        let [from, to] = [u.low, u.high].map(|end| positions[end as usize]);
        let others = &vertices[usize::from(from.x > 0.0)];
        let (south, north) = (from.y.min(to.y), from.y.max(to.y));
        let first = others.partition_point(|lat| *lat <= south);
        for &lat in others[first..].iter().take_while(|lat| **lat < north) {
            let at = *numbers.entry((from.x.to_bits(), lat.to_bits())).or_insert_with(|| {
                positions.push(Coord { x: from.x, y: lat });
                let number = (positions.len() - 1) as u32;
                at_180.push(number);
                number
            });
            cuts.push(Cut { of, share: (lat - from.y) / (to.y - from.y), at });
        }
    }
    cut(uses, cuts);
}

/// Finds stretches where outlines along +180° and −180° cover the same latitudes; edges must have been cut at the
/// vertices of either side.
pub(super) fn seams(positions: &[Coord], uses: &[Use], at_180: &[u32]) -> Vec<Seam> {
    let at = |end: u32| positions[end as usize];
    let mut along: Vec<([u64; 2], Use)> = along(positions, uses, at_180)
        .into_iter()
        .map(|(_, u)| {
            let (south, north) = (at(u.low).y.min(at(u.high).y), at(u.low).y.max(at(u.high).y));
            ([south.to_bits(), north.to_bits()], u)
        })
        .collect();
    along.sort_unstable();
    let mut found = Vec::new();
    for stretch in along.chunk_by(|a, b| a.0 == b.0) {
        let side = |meridian: f64| stretch.iter().map(|(_, u)| u).filter(move |u| at(u.low).x == meridian);
        for west in side(180.0) {
            let (south, north) =
                if at(west.low).y < at(west.high).y { (west.low, west.high) } else { (west.high, west.low) };
            found.extend(side(-180.0).map(|east| Seam { south, north, west: west.owner(), east: east.owner() }));
        }
    }
    found
}
