//! Stretches of a line within a distance of other lines.

use super::span::{nearness_error, spans};
use crate::earth::{LocalPlane, edge_length_as, point_along};
use crate::model::{EdgeTree, Edges};
use geo::Coord;

/// Greatest spacing in metres of positions along a measured line: over this, distances vary smoothly and few edges are
/// candidates.
const STEP_M: f64 = 1000.0;
/// Search radius for the nearest edge, in metres and as a share of the distance to the pole: within it a plane is
/// accurate to a tenth.
const FAR_M: f64 = 50_000.0;
const FAR_SHARE: f64 = 0.1;
/// Approximate length of a degree of latitude in metres.
const DEGREE_M: f64 = 111_000.0;
/// Stretches closer to each other than this, in metres, are merged.
const SAME_M: f64 = 1e-6;

/// A line as positions with chainages: its vertices, and intermediate positions on long edges, computed on demand.
pub struct Measured {
    /// Vertices, run after run.
    at: Vec<Coord>,
    chainage_m: Vec<f64>,
    /// Number of pieces into which the edge after each vertex is divided.
    pieces: Vec<u32>,
    edges: Edges,
}

/// A position along the line: the vertex at or before it, and the number of the piece that starts there.
#[derive(Clone, Copy, PartialEq)]
struct LinePosition {
    vertex: usize,
    piece: u32,
}

impl Measured {
    /// Measures consecutive runs from a start chainage in metres, with edges of the given kind. Gaps between runs have
    /// no length.
    pub fn new<'a>(runs: impl IntoIterator<Item = &'a [Coord]>, edges: Edges, from_m: f64) -> Self {
        let mut measured = Measured { at: Vec::new(), chainage_m: Vec::new(), pieces: Vec::new(), edges };
        let mut done_m = from_m;
        for run in runs {
            let Some(&first) = run.first() else { continue };
            measured.push(first, done_m);
            for edge in run.windows(2) {
                let length_m = edge_length_as(edge[0], edge[1], edges);
                if let Some(pieces) = measured.pieces.last_mut() {
                    *pieces = ((length_m / STEP_M).ceil() as u32).max(1);
                }
                done_m += length_m;
                measured.push(edge[1], done_m);
            }
        }
        measured
    }

    fn push(&mut self, at: Coord, chainage_m: f64) {
        self.at.push(at);
        self.chainage_m.push(chainage_m);
        self.pieces.push(1);
    }

    /// Position and chainage in metres of a place.
    fn position(&self, LinePosition { vertex, piece }: LinePosition) -> (Coord, f64) {
        let (from, from_m) = (self.at[vertex], self.chainage_m[vertex]);
        if piece == 0 {
            return (from, from_m);
        }
        let at = point_along(from, self.at[vertex + 1], f64::from(piece) / f64::from(self.pieces[vertex]));
        (at, from_m + edge_length_as(from, at, self.edges))
    }

    /// The next place; `None` after the last.
    fn next(&self, LinePosition { vertex, piece }: LinePosition) -> Option<LinePosition> {
        if vertex + 1 >= self.at.len() {
            None
        } else if piece + 1 < self.pieces[vertex] {
            Some(LinePosition { vertex, piece: piece + 1 })
        } else {
            Some(LinePosition { vertex: vertex + 1, piece: 0 })
        }
    }

    /// The last place up to a chainage.
    fn last_until(&self, until_m: f64) -> LinePosition {
        let vertex = self.chainage_m.partition_point(|m| *m <= until_m) - 1;
        let Some(to_m) = self.chainage_m.get(vertex + 1) else { return LinePosition { vertex, piece: 0 } };
        let (pieces, from_m) = (self.pieces[vertex], self.chainage_m[vertex]);
        let is_until = |piece: u32| self.position(LinePosition { vertex, piece }).1 <= until_m;
        let mut piece = (((until_m - from_m) / (to_m - from_m) * f64::from(pieces)) as u32).min(pieces - 1);
        while piece > 0 && !is_until(piece) {
            piece -= 1;
        }
        while piece + 1 < pieces && is_until(piece + 1) {
            piece += 1;
        }
        LinePosition { vertex, piece }
    }

    /// South-west and north-east corners of its bounding box (lon, lat in degrees); `None` without positions.
    pub fn bounds(&self) -> Option<(Coord, Coord)> {
        self.at.iter().map(|&p| (p, p)).reduce(|(low, high), (p, _)| {
            (Coord { x: low.x.min(p.x), y: low.y.min(p.y) }, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
        })
    }

    /// Stretches (from, to in metres of chainage) on which the line is within `within_m` metres of any edge, in order.
    ///
    /// # Method
    /// The distance along the line changes at most by the length travelled, so that a known distance decides a stretch
    /// as long as its difference from the limit. Where that is shorter than a step, the ends are found along the edge
    /// by geodesic distances ([`edge_distance_m`](crate::earth::edge_distance_m)), with a relative error of 1e-9, to 1
    /// µm of chainage.
    pub fn within(&self, others: &EdgeTree, within_m: f64) -> Vec<(f64, f64)> {
        let mut found: Vec<(f64, f64)> = Vec::new();
        self.each_within(others, within_m, |(from, to)| {
            match found.last_mut() {
                Some(last) if from <= last.1 + SAME_M => last.1 = last.1.max(to),
                _ => found.push((from, to)),
            }
            true
        });
        found
    }

    /// Whether the line is anywhere within `within_m` metres of any edge, as for [`within`](Self::within).
    pub fn comes_within(&self, others: &EdgeTree, within_m: f64) -> bool {
        let mut comes = false;
        self.each_within(others, within_m, |_| {
            comes = true;
            false
        });
        comes
    }

    /// Visits stretches within the distance until the visitor returns false.
    fn each_within(&self, others: &EdgeTree, within_m: f64, mut visit: impl FnMut((f64, f64)) -> bool) {
        let mut place = LinePosition { vertex: 0, piece: 0 };
        while let Some(next) = self.next(place) {
            let ((here, from_m), (there, to_m)) = (self.position(place), self.position(next));
            let reach_m = to_m - from_m;
            let far_m = FAR_M.min(FAR_SHARE * DEGREE_M * (90.0 - here.y.abs())).max(2.0 * (within_m + reach_m));
            let distance_m = nearest_m(others, here, far_m).unwrap_or(0.9 * far_m);
            let most_m = distance_m.max(within_m);
            let sure_m = (distance_m - within_m).abs() - nearness_error(here.y, most_m) * most_m;
            if sure_m >= reach_m || reach_m == 0.0 {
                let until = self.last_until(from_m + sure_m.max(0.0));
                if distance_m < within_m && !visit((from_m, self.position(until).1)) {
                    return;
                }
                let is_on = (until.vertex, until.piece) > (next.vertex, next.piece);
                place = if is_on { until } else { next };
            } else {
                let chainage_m = |share: f64| match share {
                    0.0 => from_m,
                    1.0 => to_m,
                    _ => {
                        let at = point_along(here, there, share);
                        self.chainage_m[place.vertex] + edge_length_as(self.at[place.vertex], at, self.edges)
                    }
                };
                for (from, to) in spans([here, there], &near(here, within_m + reach_m, others), within_m) {
                    if !visit((chainage_m(from), chainage_m(to))) {
                        return;
                    }
                }
                place = next;
            }
        }
    }
}

/// Edges within a distance of a position, and perhaps some beyond, in longitudes continuous with the position's.
fn near(at: Coord, within_m: f64, others: &EdgeTree) -> Vec<[Coord; 2]> {
    let within_m = within_m * (1.0 + nearness_error(at.y, within_m));
    let mut found = Vec::new();
    for turn in turns(at, within_m) {
        let moved = |p: Coord, by: f64| Coord { x: p.x + by, ..p };
        others.near(moved(at, turn), within_m, &mut |other| found.push(other.map(|p| moved(p, -turn))));
    }
    found
}

/// Distance in metres to the nearest edge, if it is less than a limit.
fn nearest_m(others: &EdgeTree, from: Coord, limit_m: f64) -> Option<f64> {
    let moved = |turn| Coord { x: from.x + turn, ..from };
    turns(from, limit_m).filter_map(|turn| others.nearest_m(moved(turn), limit_m)).reduce(f64::min)
}

/// Shifts of longitude (0°, ±360°) that bring everything within a distance of a position next to it across ±180°.
fn turns(at: Coord, within_m: f64) -> impl Iterator<Item = f64> {
    let wide = LocalPlane::at(at).degrees(within_m).x;
    let beyond =
        move |turn: f64| turn == 0.0 || (at.x + wide > 180.0 && turn < 0.0) || (at.x - wide < -180.0 && turn > 0.0);
    [0.0, -360.0, 360.0].into_iter().filter(move |turn| beyond(*turn))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    fn within(a: &[(f64, f64)], b: &[(f64, f64)], within_m: f64) -> Vec<(f64, f64)> {
        let (a, b) = (line(a), line(b));
        Measured::new([a.as_slice()], Edges::Lonlat, 0.0).within(&EdgeTree::new([b.as_slice()]), within_m)
    }

    /// A meridian crosses a parallel: the stretch extends by the distance on either side; from 39.5° N to 40° N are
    /// 55 514.9 m (PROJ).
    #[test]
    fn across_a_line_it_is_as_long_as_the_distance_on_either_side() {
        for (west, east) in [(44.0, 46.0), (10.0, 80.0)] {
            for within_m in [10.0, 700.0, 5000.0] {
                let found = within(&[(45.0, 39.5), (45.0, 40.5)], &[(west, 40.0), (east, 40.0)], within_m);
                assert_eq!(found.len(), 1, "{found:?}");
                let (from, to) = found[0];
                assert!((to - from - 2.0 * within_m).abs() < 1e-3 * within_m, "{found:?} {within_m}");
                assert!(((from + to) / 2.0 - 55_514.917).abs() < 1.0 + 1e-3 * within_m, "{found:?}");
            }
        }
    }

    /// Parallels 0.001° of latitude (111.03 m) apart: all of the line or nothing, whatever its vertices.
    #[test]
    fn beside_a_line_it_is_all_or_nothing() {
        let a = [(44.0, 40.001), (44.3, 40.001), (46.0, 40.001)];
        let b = [(43.0, 40.0), (45.2, 40.0), (47.0, 40.0)];
        let all = within(&a, &b, 111.2);
        assert!(all.len() == 1 && all[0].0 == 0.0 && (all[0].1 - 170_784.0).abs() < 30.0, "{all:?}");
        assert_eq!(within(&a, &b, 110.9), []);
    }

    #[test]
    fn across_the_antimeridian_it_is_as_near() {
        let here = within(&[(44.999, 60.0), (44.999, 60.1)], &[(45.0, 60.0), (45.0, 60.05)], 60.0);
        let there = within(&[(-179.999, 60.0), (-179.999, 60.1)], &[(180.0, 60.0), (180.0, 60.05)], 60.0);
        assert_eq!(here.len(), 1);
        assert!((here[0].0 - there[0].0).abs() < 1e-6 && (here[0].1 - there[0].1).abs() < 1e-3, "{here:?} {there:?}");
    }

    #[test]
    fn a_vertex_more_changes_nothing() {
        let b = line(&[(44.0, 40.0), (44.7, 40.2), (45.0, 39.9), (46.0, 40.1)]);
        let tree = EdgeTree::new([b.as_slice()]);
        let a = line(&[(44.1, 39.8), (45.9, 40.3)]);
        let more: Vec<Coord> = (0..=977).map(|i| point_along(a[0], a[1], f64::from(i) / 977.0)).collect();
        for within_m in [50.0, 2000.0, 9000.0] {
            let [few, many] =
                [&a, &more].map(|run| Measured::new([run.as_slice()], Edges::Lonlat, 0.0).within(&tree, within_m));
            assert_eq!(few.len(), many.len());
            let off = few.iter().zip(&many).map(|(x, y)| (x.0 - y.0).abs().max((x.1 - y.1).abs())).fold(0.0, f64::max);
            assert!(off < 0.1 + 2e-4 * within_m, "{off} {few:?} {many:?}");
        }
    }
}
