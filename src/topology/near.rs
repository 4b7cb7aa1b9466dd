//! Borders whose two sides do not coincide: where do two outlines run within a tolerance of each other?

use super::fabric::Fabric;
use super::intern::Interner;
use super::{SegmentIndex, chain};
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

/// An edge without a partner, with its part.
type Open = (u32, [Coord; 2]);

/// Returns, for each ordered pair of parts of different territories, the stretches of the first one's outline that
/// find no coinciding partner and run within `tolerance_m` of such a stretch of the second one's.
///
/// # Method
/// Distances are taken in a plane that touches the ellipsoid at each edge (1e-4). Edges that run the same way, their
/// interiors on the same side, are two claims to the same land and no border: they are left out.
pub fn near_runs(fabric: &Fabric, tolerance_m: f64) -> BTreeMap<(u32, u32), NearRun> {
    let open: Vec<Open> =
        fabric.open_edges().map(|(part, from, to)| (part, [fabric.position(from), fabric.position(to)])).collect();
    let index = SegmentIndex::new(open.iter().enumerate().map(|(i, (_, edge))| (*edge, i as u32)));
    let pieces: Vec<((u32, u32), [Coord; 2])> =
        open.par_iter().flat_map_iter(|edge| near_pieces(edge, &open, &index, fabric, tolerance_m)).collect();
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

fn near_pieces(
    &(part, edge): &Open,
    open: &[Open],
    index: &SegmentIndex,
    fabric: &Fabric,
    tolerance_m: f64,
) -> Vec<((u32, u32), [Coord; 2])> {
    let plane = LocalPlane::at(point_along(edge[0], edge[1], 0.5));
    let wide = plane.degrees(tolerance_m);
    let low = Coord { x: edge[0].x.min(edge[1].x) - wide.x, y: edge[0].y.min(edge[1].y) - wide.y };
    let high = Coord { x: edge[0].x.max(edge[1].x) + wide.x, y: edge[0].y.max(edge[1].y) + wide.y };
    let mut spans: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
    for (_, other) in index.touching(low, high) {
        let (other_part, other_edge) = open[other as usize];
        if fabric.parts[other_part as usize].territory == fabric.parts[part as usize].territory {
            continue;
        }
        if let Some(span) = span_within(&plane, edge, other_edge, tolerance_m) {
            spans.entry(other_part).or_default().push(span);
        }
    }
    let mut out = Vec::new();
    for (other_part, mut spans) in spans {
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut merged: Vec<(f64, f64)> = Vec::new();
        for (from, to) in spans {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        let at = |share: f64| match share {
            0.0 => edge[0],
            1.0 => edge[1],
            _ => point_along(edge[0], edge[1], share),
        };
        out.extend(merged.into_iter().map(|(from, to)| ((part, other_part), [at(from), at(to)])));
    }
    out
}

/// Shares of `edge` between which it is within the tolerance of `other`, if it is anywhere.
///
/// The distance of a point moving along one edge from another edge is convex, so these are one span: its least value
/// is found by halving on its slope, its ends by halving on the tolerance.
fn span_within(plane: &LocalPlane, edge: [Coord; 2], other: [Coord; 2], tolerance_m: f64) -> Option<(f64, f64)> {
    let (u, v) = (plane.to_m(edge[1]) - plane.to_m(edge[0]), plane.to_m(other[1]) - plane.to_m(other[0]));
    let along = u.x * v.x + u.y * v.y;
    let lengths = ((u.x * u.x + u.y * u.y) * (v.x * v.x + v.y * v.y)).sqrt();
    if lengths == 0.0 || along > 0.5 * lengths {
        return None;
    }
    let distance = |share: f64| plane.nearest_on_edge(point_along(edge[0], edge[1], share), other[0], other[1]).1;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if distance(a) <= distance(b) { high = b } else { low = a }
    }
    let nearest = [0.0, 1.0, (low + high) / 2.0].into_iter().min_by(|a, b| distance(*a).total_cmp(&distance(*b)))?;
    if distance(nearest) > tolerance_m {
        return None;
    }
    let reach = |end: f64| {
        if distance(end) <= tolerance_m {
            return end;
        }
        let (mut inside, mut outside) = (nearest, end);
        for _ in 0..50 {
            let middle = (inside + outside) / 2.0;
            if distance(middle) <= tolerance_m { inside = middle } else { outside = middle }
        }
        inside
    };
    let (from, to) = (reach(0.0), reach(1.0));
    (from < to).then_some((from, to))
}
