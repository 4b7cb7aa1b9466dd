//! Detects a common shift of all coordinates by up to a few hundred metres.

use super::CheckReference;
use crate::earth::LocalPlane;
use crate::io::Scan;
use crate::model::{Finding, FindingCode as Code, Measure};
use crate::topology::SegmentIndex;
use geo::Coord;

/// Greatest distance in metres at which a position is matched to the reference's lines.
const REACH_M: f64 = 250.0;
/// Least shift in metres that is reported.
const LEAST_M: f64 = 50.0;
/// Least number of positions near the lines for a decision.
const FEWEST: usize = 30;

/// Returns a finding if one shift moves the file onto the reference's lines.
///
/// # Method
/// The shift that minimises the distances of the positions from the nearest lines (point-to-line least squares,
/// iterated with the nearest lines of the shifted positions: ICP). It is reported if it is at least 50 m and reduces
/// the distances to a third or less. Coordinates of the Soviet system SK-42 (Pulkovo 1942) read as WGS 84 are displaced
/// by about 100 m to the east and 12 m to the north here.
pub(super) fn check(scan: &Scan, reference: &CheckReference, positions: &[Coord]) -> Option<Finding> {
    let (low, high) = positions.iter().fold(
        (Coord { x: f64::INFINITY, y: f64::INFINITY }, Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY }),
        |(low, high), p| {
            (Coord { x: low.x.min(p.x), y: low.y.min(p.y) }, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
        },
    );
    const MARGIN_DEG: f64 = 0.01;
    let near = |e: &[Coord]| {
        e[0].x.max(e[1].x) >= low.x - MARGIN_DEG
            && e[0].x.min(e[1].x) <= high.x + MARGIN_DEG
            && e[0].y.max(e[1].y) >= low.y - MARGIN_DEG
            && e[0].y.min(e[1].y) <= high.y + MARGIN_DEG
    };
    let rings = reference.territories.iter().flat_map(|t| t.parts());
    let rings = rings.flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let edges = rings.flat_map(|r| r.0.windows(2)).filter(|e| near(e) && e[0] != e[1]);
    let index = SegmentIndex::new(edges.enumerate().map(|(i, e)| ([e[0], e[1]], i as u32)));
    if index.is_empty() {
        return None;
    }
    let before = Misfit::of(positions, &index, Coord::zero())?;
    let mut shift = Coord::zero();
    let mut misfit = before.clone();
    for _ in 0..20 {
        let step = misfit.step()?;
        shift = shift + step;
        if shift.x.hypot(shift.y) > 2.0 * REACH_M {
            return None;
        }
        misfit = Misfit::of(positions, &index, shift)?;
        if step.x.hypot(step.y) < 0.1 {
            break;
        }
    }
    let distance_m = shift.x.hypot(shift.y);
    let better = misfit.median_m <= before.median_m / 3.0 && misfit.count * 10 >= before.count * 8;
    if distance_m < LEAST_M || !better {
        return None;
    }
    let like = |east: f64, north: f64| (-130.0..=-80.0).contains(&east) && (-40.0..=10.0).contains(&north);
    let words = if like(shift.x, shift.y) {
        "; they look like SK-42 (Pulkovo 1942) labelled WGS 84"
    } else if like(-shift.x, -shift.y) {
        "; it looks as if the way from SK-42 to WGS 84 had been gone twice"
    } else {
        ""
    };
    let side = |metres: f64, more: &str, less: &str| {
        format!("{:.0} m {}", metres.abs(), if metres > 0.0 { more } else { less })
    };
    let message = format!(
        "{} positions near the lines of {} all lie {} and {} of them, to {:.0} m{words}",
        before.count,
        reference.label,
        side(-shift.x, "east", "west"),
        side(-shift.y, "north", "south"),
        misfit.median_m.max(1.0),
    );
    let measure = Measure {
        count: Some(before.count),
        distance_m: Some(distance_m),
        east_m: Some(-shift.x),
        north_m: Some(-shift.y),
        ..Measure::default()
    };
    Some(Finding::warning(&scan.input.path, Code::DatumShift, message).on(before.first).measured(measure))
}

/// Distances of shifted positions from the nearest lines, as normal equations of the least squares.
#[derive(Clone)]
struct Misfit {
    count: usize,
    median_m: f64,
    /// A position near a line.
    first: Coord,
    normal: [f64; 3],
    right: [f64; 2],
}

impl Misfit {
    fn of(positions: &[Coord], index: &SegmentIndex, shift: Coord) -> Option<Misfit> {
        let mut distances = Vec::new();
        let (mut normal, mut right, mut first) = ([0.0; 3], [0.0; 2], None);
        for &position in positions {
            let moved = LocalPlane::at(position).degrees(1.0);
            let at = Coord { x: position.x + shift.x * moved.x, y: position.y + shift.y * moved.y };
            let plane = LocalPlane::at(at);
            let wide = plane.degrees(REACH_M);
            let nearest = index
                .touching(at - wide, at + wide)
                .map(|(edge, _)| (plane.nearest_on_edge(at, edge[0], edge[1]), edge))
                .min_by(|a, b| a.0.1.total_cmp(&b.0.1));
            let Some(((share, distance_m), [from, to])) = nearest.filter(|((_, d), _)| *d <= REACH_M) else { continue };
            let (a, b) = (plane.to_m(from), plane.to_m(to));
            let d = b - a;
            let length = d.x.hypot(d.y);
            let n = Coord { x: -d.y / length, y: d.x / length };
            let foot = a + d * share;
            // Signed distance from the line along its normal.
            let off = -(n.x * foot.x + n.y * foot.y);
            normal[0] += n.x * n.x;
            normal[1] += n.x * n.y;
            normal[2] += n.y * n.y;
            right[0] -= n.x * off;
            right[1] -= n.y * off;
            distances.push(distance_m);
            first.get_or_insert(position);
        }
        if distances.len() < FEWEST {
            return None;
        }
        let middle = distances.len() / 2;
        let median_m = *distances.select_nth_unstable_by(middle, f64::total_cmp).1;
        Some(Misfit { count: distances.len(), median_m, first: first?, normal, right })
    }

    /// The shift in metres that minimises the distances; `None` if all lines have about the same direction.
    fn step(&self) -> Option<Coord> {
        let [a, b, c] = self.normal;
        let det = a * c - b * b;
        let trace = a + c;
        (det > 0.02 * trace * trace).then(|| Coord {
            x: (c * self.right[0] - b * self.right[1]) / det,
            y: (a * self.right[1] - b * self.right[0]) / det,
        })
    }
}
