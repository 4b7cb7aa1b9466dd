//! Lines and rings for a map of the world: cut at its limits, and densified for its curved meridians.

use super::content::LonLat;
use super::paper::{Bounds, clip_line, clip_ring};
use geo::Coord;

/// Greatest step in degrees between positions: the error of a straight line on paper is then below 0.05 mm.
const STEP_DEG: f64 = 2.0;

/// The pieces of a line or a closed ring within 180° of a meridian, with longitudes in that range.
///
/// An edge of more than 180° of longitude is read as the short way, across the antimeridian, except along a pole.
pub(crate) fn cut(line: &[Coord], meridian: f64, is_ring: bool) -> Vec<LonLat> {
    let line = unrolled(line, is_ring);
    let Some(b) = Bounds::of(&line) else { return Vec::new() };
    let (west, east) = (meridian - 180.0, meridian + 180.0);
    let world = Bounds { x0: west, y0: -90.0, x1: east, y1: 90.0 };
    let turns = ((west - b.x1) / 360.0).floor() as i32..=((east - b.x0) / 360.0).ceil() as i32;
    let mut pieces = Vec::new();
    for turn in turns.map(|turn| f64::from(turn) * 360.0) {
        // Pieces that only touch a limit are omitted.
        if b.x0 + turn > east - 1e-9 || b.x1 + turn < west + 1e-9 {
            continue;
        }
        let turned: LonLat = line.iter().map(|p| Coord { x: p.x + turn, ..*p }).collect();
        if !is_ring {
            pieces.extend(clip_line(&turned, &world));
            continue;
        }
        let mut ring = clip_ring(&turned, &world);
        if let Some(first) = ring.first().copied().filter(|_| ring.len() > 2) {
            ring.push(first);
            pieces.push(ring);
        }
    }
    pieces.iter().map(|piece| dense(piece)).collect()
}

/// Closes a ring that surrounds a pole without touching it along the antimeridian and the pole, so that it contains the
/// pole. Other rings are unchanged.
pub(crate) fn to_the_pole(ring: LonLat) -> LonLat {
    let is_wide = |e: &[Coord]| (e[1].x - e[0].x).abs() > 180.0 && e[0].y.abs() < 90.0 && e[1].y.abs() < 90.0;
    let mut wide = ring.windows(2).enumerate().filter(|(_, e)| is_wide(e)).map(|(i, _)| i);
    let (Some(at), None) = (wide.next(), wide.next()) else { return ring };
    let mut open: LonLat = ring[..ring.len() - 1].to_vec();
    let count = open.len();
    open.rotate_left((at + 1) % count);
    let (first, last) = (open[0], open[count - 1]);
    let pole = 90.0f64.copysign(open.iter().map(|p| p.y).sum::<f64>());
    // The edge from the last position to the first crosses ±180° between them.
    let end = 180.0f64.copysign(last.x);
    let (before, after) = (end - last.x, first.x + end);
    let share = if before + after == 0.0 { 0.0 } else { before / (before + after) };
    let y = last.y + (first.y - last.y) * share;
    open.extend([(end, y), (end, pole), (-end, pole), (-end, y)].map(|(x, y)| Coord { x, y }));
    open.push(first);
    open.dedup();
    open
}

/// Cuts a polygon (shell first) that crosses the antimeridian in one piece at the antimeridian. Others are unchanged.
pub(crate) fn parted(part: Vec<LonLat>) -> Vec<Vec<LonLat>> {
    let is_wide = |e: &[Coord]| (e[1].x - e[0].x).abs() > 180.0 && e[0].y.abs() < 90.0 && e[1].y.abs() < 90.0;
    let crosses = |ring: &LonLat| ring.windows(2).filter(|e| is_wide(e)).count() > 1;
    if !part.iter().any(crosses) {
        return vec![part];
    }
    let mut rings = part.iter();
    let shells = rings.next().map(|shell| cut(shell, 0.0, true)).unwrap_or_default();
    let mut parts: Vec<Vec<LonLat>> = shells.into_iter().map(|shell| vec![shell]).collect();
    for hole in rings.flat_map(|hole| cut(hole, 0.0, true)) {
        let Some(b) = Bounds::of(&hole) else { continue };
        let holds = |part: &&mut Vec<LonLat>| Bounds::of(&part[0]).is_some_and(|own| own.contains(b.centre()));
        if let Some(part) = parts.iter_mut().find(holds) {
            part.push(hole);
        }
    }
    parts
}

/// Longitudes continued beyond ±180° where the line crosses it. A ring around a pole is unchanged.
fn unrolled(line: &[Coord], is_ring: bool) -> LonLat {
    let mut turn = 0.0;
    let mut last: Option<Coord> = None;
    let run_on = |p: &Coord| {
        if let Some(last) = last.filter(|last| (p.x - last.x).abs() > 180.0 && !(p.y == last.y && p.y.abs() >= 90.0)) {
            turn -= 360.0 * (p.x - last.x).signum();
        }
        last = Some(*p);
        Coord { x: p.x + turn, ..*p }
    };
    let run: LonLat = line.iter().map(run_on).collect();
    if is_ring && turn != 0.0 { line.to_vec() } else { run }
}

/// The line densified to steps of at most [`STEP_DEG`], equal in both directions.
fn dense(line: &[Coord]) -> LonLat {
    let mut all: LonLat = line.first().copied().into_iter().collect();
    for edge in line.windows(2) {
        let (a, b) = (edge[0], edge[1]);
        let forward = (a.x, a.y) < (b.x, b.y);
        let (from, to) = if forward { (a, b) } else { (b, a) };
        let steps = ((to.x - from.x).abs().max((to.y - from.y).abs()) / STEP_DEG).ceil().max(1.0) as usize;
        let between = |i: usize| from + (to - from) * (i as f64 / steps as f64);
        if forward {
            all.extend((1..steps).map(between));
        } else {
            all.extend((1..steps).rev().map(between));
        }
        all.push(b);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    fn width(ring: &[Coord]) -> (f64, f64) {
        let b = Bounds::of(ring).expect("it has positions");
        (b.x0, b.x1)
    }

    #[test]
    fn what_crosses_the_end_of_the_world_is_two_pieces() {
        // Both as RFC 7946 requires, and in a form that it discourages: with an edge from one limit to the other.
        let whole = [c(150.0, 10.0), c(179.0, 10.0), c(179.0, 20.0), c(150.0, 20.0), c(150.0, 10.0)];
        let across = [c(170.0, 10.0), c(-170.0, 10.0), c(-170.0, 20.0), c(170.0, 20.0), c(170.0, 10.0)];
        assert_eq!(cut(&whole, 0.0, true).len(), 1);
        let pieces = cut(&across, 0.0, true);
        assert_eq!(pieces.iter().map(|p| width(p)).collect::<Vec<_>>(), [(-180.0, -170.0), (170.0, 180.0)]);
        let pieces = cut(&whole, -20.0, true);
        assert_eq!(pieces.iter().map(|p| width(p)).collect::<Vec<_>>(), [(-200.0, -181.0), (150.0, 160.0)]);
        assert_eq!(cut(&across, 180.0, true).len(), 1, "about the antimeridian it is whole");
    }

    #[test]
    fn a_line_across_leaves_no_streak() {
        let pieces = cut(&[c(170.0, 0.0), c(-170.0, 0.0)], 0.0, false);
        assert_eq!(pieces.iter().map(|p| width(p)).collect::<Vec<_>>(), [(-180.0, -170.0), (170.0, 180.0)]);
    }

    #[test]
    fn land_around_a_pole_keeps_its_edge_along_it() {
        let ice =
            [c(-180.0, -70.0), c(-180.0, -90.0), c(180.0, -90.0), c(180.0, -70.0), c(0.0, -65.0), c(-180.0, -70.0)];
        let pieces = cut(&ice, 0.0, true);
        assert_eq!(pieces.len(), 1);
        assert!(
            pieces[0]
                .windows(2)
                .all(|e| (e[0].x - e[1].x).abs() <= 2.0 + 1e-9 && (e[0].y - e[1].y).abs() <= 2.0 + 1e-9)
        );
    }

    #[test]
    fn a_polygon_across_the_antimeridian_is_two_parts() {
        let across = vec![c(170.0, 10.0), c(-170.0, 10.0), c(-170.0, 20.0), c(170.0, 20.0), c(170.0, 10.0)];
        let hole = vec![c(172.0, 12.0), c(172.0, 14.0), c(174.0, 14.0), c(174.0, 12.0), c(172.0, 12.0)];
        let parts = parted(vec![across, hole.clone()]);
        let mut widths: Vec<(f64, f64)> = parts.iter().map(|part| width(&part[0])).collect();
        widths.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert_eq!(widths, [(-180.0, -170.0), (170.0, 180.0)]);
        assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), 3, "the hole lies in one of them");
        assert_eq!(parted(vec![hole.clone()]), vec![vec![hole]]);
    }

    #[test]
    fn a_ring_round_a_pole_holds_it() {
        // Like a coast from 180° west to almost 180° east, closed by an edge across the antimeridian.
        let coast =
            [c(-180.0, -84.0), c(-90.0, -75.0), c(0.0, -70.0), c(90.0, -66.0), c(179.0, -83.0), c(-180.0, -84.0)];
        let ring = to_the_pole(coast.to_vec());
        assert!(ring.contains(&c(180.0, -90.0)) && ring.contains(&c(-180.0, -90.0)), "{ring:?}");
        assert_eq!(ring.first(), ring.last());
        let area = |ring: &[Coord]| super::super::paper::area(&ring[1..]).abs();
        // Between the coast and the pole: by trapezia, 90° × (11 + 17.5) … in square degrees.
        let heights = [(90.0, 6.0, 15.0), (90.0, 15.0, 20.0), (90.0, 20.0, 24.0), (89.0, 24.0, 7.0), (1.0, 7.0, 6.0)];
        let expected: f64 = heights.iter().map(|(width, a, b)| width * (a + b) / 2.0).sum();
        assert!((area(&ring) - expected).abs() < 1e-6, "{} in place of {expected}", area(&ring));
        let box_of = vec![c(170.0, 10.0), c(-170.0, 10.0), c(-170.0, 20.0), c(170.0, 20.0), c(170.0, 10.0)];
        assert_eq!(to_the_pole(box_of.clone()), box_of, "a ring across the antimeridian goes round no pole");
    }

    #[test]
    fn both_sides_of_an_edge_get_the_same_positions() {
        let (a, b) = (c(-120.0, 33.3), c(-110.1, 48.7));
        let mut back = dense(&[b, a]);
        back.reverse();
        assert_eq!(dense(&[a, b]), back);
    }
}
