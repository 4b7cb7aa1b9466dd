//! Edges that are straight in longitude and latitude, as the curves that they are on paper.

use super::canvas::View;
use geo::Coord;
use std::borrow::Cow;

/// Greatest distance in micrometres on paper between an edge and the chords that stand for it.
const WITHIN_UM: f64 = 25.0;
/// No piece is longer than this, in degrees: a curve that bends both ways may meet its chord in the middle.
const LONGEST_DEG: f64 = 10.0;
/// An edge is halved so often at the most.
const DEEPEST: u32 = 24;

/// A line in degrees and on paper, with positions put in where its edges bend on paper.
///
/// Every edge is halved until the middle of each piece lies within [`WITHIN_UM`] of its chord: the same positions for either
/// sense of an edge, so that neighbours still share it.
pub(crate) fn on_paper<'l>(line: Cow<'l, [Coord]>, view: &View) -> (Cow<'l, [Coord]>, Vec<Coord>) {
    let paper: Vec<Coord> = line.iter().map(|p| view.paper(*p)).collect();
    let straight_deg = straight_deg(view);
    let is_long = |edge: &[Coord]| (edge[1].x - edge[0].x).abs().max((edge[1].y - edge[0].y).abs()) > straight_deg;
    if !line.windows(2).any(is_long) {
        return (line, paper);
    }
    let (mut degrees, mut bent) = (vec![line[0]], vec![paper[0]]);
    for (edge, ends) in line.windows(2).zip(paper.windows(2)) {
        if is_long(edge) {
            bend(view, [edge[0], edge[1]], [ends[0], ends[1]], DEEPEST, &mut |p, on_paper| {
                degrees.push(p);
                bent.push(on_paper);
            });
        }
        degrees.push(edge[1]);
        bent.push(ends[1]);
    }
    (Cow::Owned(degrees), bent)
}

/// Edges that reach no farther in longitude and latitude, in degrees, are straight on this map.
///
/// An edge of length s leaves its chord by at most s² tan φ / 8R, which is taken at 80°.
fn straight_deg(view: &View) -> f64 {
    const TAN_80: f64 = 5.67;
    const RADIUS_M: f64 = 6_371_000.0;
    const DEG_M: f64 = 111_000.0;
    let within_m = WITHIN_UM * 1e-6 * view.scale;
    (8.0 * RADIUS_M * within_m / TAN_80).sqrt() / DEG_M
}

fn bend(view: &View, [a, b]: [Coord; 2], [p, q]: [Coord; 2], deep: u32, put: &mut impl FnMut(Coord, Coord)) {
    let middle = (a + b) / 2.0;
    let on_paper = view.paper(middle);
    let off = super::paper::distance_to_edge(on_paper, p, q);
    let is_long = (b.x - a.x).abs().max((b.y - a.y).abs()) > LONGEST_DEG;
    if deep == 0 || !(off > WITHIN_UM || is_long) || !off.is_finite() {
        return;
    }
    bend(view, [a, middle], [p, on_paper], deep - 1, put);
    put(middle, on_paper);
    bend(view, [middle, b], [on_paper, q], deep - 1, put);
}
