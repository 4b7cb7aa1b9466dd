//! Edges that are straight in longitude and latitude, drawn as curves on paper.

use super::canvas::View;
use geo::Coord;
use std::borrow::Cow;

/// Greatest distance in micrometres on paper between an edge and its approximating chords.
const WITHIN_UM: f64 = 25.0;
/// Greatest length of a piece, in degrees: a curve with an inflection may meet its chord in the middle.
const LONGEST_DEG: f64 = 10.0;
/// Greatest number of halvings of an edge.
const DEEPEST: u32 = 24;

/// A line in degrees and on paper, densified where its edges are curved on paper.
///
/// Every edge is halved until the midpoint of each piece is within [`WITHIN_UM`] of its chord. The positions do not
/// depend on the direction of the edge, so that neighbours still share it.
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

/// Edges with a smaller extent in longitude and latitude, in degrees, are straight on this map.
///
/// An edge of length s deviates from its chord by at most s² tan φ / 8R, computed at 80°.
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
