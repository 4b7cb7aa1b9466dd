//! Borders whose two sides do not coincide: where do two outlines run within a tolerance of each other?

use super::chain;
use super::company;
use super::fabric::Fabric;
use super::intern::Interner;
use super::within::span_within;
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
            if same_way(&plane, [from, to], beside) {
                return None;
            }
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

/// Whether an edge runs the way of another, to 60°; of an edge without length nobody can say.
fn same_way(plane: &LocalPlane, edge: [Coord; 2], other: [Coord; 2]) -> bool {
    let [u, v] = [edge, other].map(|[from, to]| plane.to_m(to) - plane.to_m(from));
    let lengths = u.x.hypot(u.y) * v.x.hypot(v.y);
    lengths == 0.0 || u.x * v.x + u.y * v.y > 0.5 * lengths
}
