//! Borders whose two sides do not coincide: where do two outlines run within a tolerance of each other?

use super::chain;
use super::company;
use super::fabric::Fabric;
use super::intern::Interner;
use crate::earth::{LocalPlane, line_length_m, point_along};
use geo::Coord;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One side of a border whose sides do not coincide.
#[derive(Debug, Clone, PartialEq)]
pub struct NearRun {
    /// Lines along the outline of the part, its interior on the left.
    pub lines: Vec<Vec<Coord>>,
    /// Their ellipsoidal length in metres.
    pub length_m: f64,
}

/// Shares of an edge without a partner between which it runs near one of another part.
struct Span {
    edge: u32,
    other: u32,
    from: f64,
    to: f64,
}

/// Returns, for each ordered pair of parts of different territories, the stretches of the first one's outline that
/// find no coinciding partner and run within `tolerance_m` of such a stretch of the second one's.
///
/// # Method
/// Distances are taken in a plane that touches the ellipsoid at each edge (1e-4). Edges that run the same way, their
/// interiors on the same side, are two claims to the same land and no border: they are left out.
pub fn near_runs(fabric: &Fabric, tolerance_m: f64) -> BTreeMap<(u32, u32), NearRun> {
    let open: Vec<(u32, [Coord; 2])> = fabric
        .open_edges()
        .into_iter()
        .map(|(part, from, to)| (part, [fabric.position(from), fabric.position(to)]))
        .collect();
    let owned = |i: usize| (fabric.parts[open[i].0 as usize].territory as u32, open[i].1);
    let mut spans: Vec<Span> = company::pairs(open.len(), owned, tolerance_m)
        .into_par_iter()
        .flat_map_iter(|(a, b)| [(a, b), (b, a)])
        .filter_map(|(edge, other)| {
            let ([from, to], (other, beside)) = (open[edge as usize].1, open[other as usize]);
            let plane = LocalPlane::at(point_along(from, to, 0.5));
            span_within(&plane, [from, to], beside, tolerance_m).map(|(from, to)| Span { edge, other, from, to })
        })
        .collect();
    spans.par_sort_unstable_by(|a, b| {
        (a.edge, a.other).cmp(&(b.edge, b.other)).then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to))
    });
    let pieces: Vec<((u32, u32), [Coord; 2])> = spans
        .chunk_by(|a, b| (a.edge, a.other) == (b.edge, b.other))
        .flat_map(|spans| {
            let (part, edge) = open[spans[0].edge as usize];
            merged(spans).into_iter().map(move |(from, to)| ((part, spans[0].other), [at(edge, from), at(edge, to)]))
        })
        .collect();
    let mut by_pair: BTreeMap<(u32, u32), Vec<[Coord; 2]>> = BTreeMap::new();
    for (pair, piece) in pieces {
        by_pair.entry(pair).or_default().push(piece);
    }
    by_pair.into_iter().map(|(pair, pieces)| (pair, join(&pieces))).collect()
}

fn join(pieces: &[[Coord; 2]]) -> NearRun {
    let mut interner = Interner::default();
    let edges: Vec<(u32, u32)> =
        pieces.iter().map(|[a, b]| (interner.number(*a), interner.number(*b))).filter(|(a, b)| a != b).collect();
    let lines = chain(&edges, &interner.positions);
    let length_m = lines.iter().map(|line| line_length_m(line)).sum();
    NearRun { lines, length_m }
}

/// Spans of one edge as far as they do not touch each other.
fn merged(spans: &[Span]) -> Vec<(f64, f64)> {
    let mut merged: Vec<(f64, f64)> = Vec::new();
    for &Span { from, to, .. } in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

fn at(edge: [Coord; 2], share: f64) -> Coord {
    match share {
        0.0 => edge[0],
        1.0 => edge[1],
        _ => point_along(edge[0], edge[1], share),
    }
}

/// Shares of `edge` between which it is within the tolerance of `other`, if it is anywhere.
///
/// What is within the tolerance of an edge is a rectangle with a disc at either end, which is convex: so they are one
/// span, from the least to the greatest share in any of the three.
fn span_within(plane: &LocalPlane, edge: [Coord; 2], other: [Coord; 2], tolerance_m: f64) -> Option<(f64, f64)> {
    let (start, u) = (plane.to_m(edge[0]), plane.to_m(edge[1]) - plane.to_m(edge[0]));
    let ends = other.map(|c| plane.to_m(c));
    let v = ends[1] - ends[0];
    let dot = |a: Coord, b: Coord| a.x * b.x + a.y * b.y;
    let lengths = (dot(u, u) * dot(v, v)).sqrt();
    if lengths == 0.0 || dot(u, v) > 0.5 * lengths {
        return None;
    }
    let in_disc = |centre: Coord| {
        let off = start - centre;
        let (a, half_b, c) = (dot(u, u), dot(u, off), dot(off, off) - tolerance_m * tolerance_m);
        let root = (half_b * half_b - a * c).sqrt();
        (!root.is_nan()).then(|| ((-half_b - root) / a, (-half_b + root) / a))
    };
    // Shares at which `value + share * change` is between two bounds.
    let between = |value: f64, change: f64, low: f64, high: f64| {
        let (a, b) = ((low - value) / change, (high - value) / change);
        match change {
            0.0 if (low..=high).contains(&value) => (f64::NEG_INFINITY, f64::INFINITY),
            0.0 => (f64::INFINITY, f64::NEG_INFINITY),
            _ => (a.min(b), a.max(b)),
        }
    };
    let along = v / dot(v, v).sqrt();
    let across = Coord { x: -along.y, y: along.x };
    let off = start - ends[0];
    let beside = between(dot(off, along), dot(u, along), 0.0, dot(v, v).sqrt());
    let near = between(dot(off, across), dot(u, across), -tolerance_m, tolerance_m);
    let in_rectangle = Some((beside.0.max(near.0), beside.1.min(near.1))).filter(|(from, to)| from <= to);
    let spans = [in_disc(ends[0]), in_disc(ends[1]), in_rectangle].into_iter().flatten();
    let (from, to) = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    let (from, to) = (from.max(0.0), to.min(1.0));
    (from < to).then_some((from, to))
}
