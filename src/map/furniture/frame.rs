//! The neatline: graticule, degree bars and their labels.

use super::world;
use crate::earth::projection::Projection;
use crate::map::canvas::{Align, Canvas, Sheet, Stroke, Text, View};
use crate::map::fonts::LEAST_PT;
use crate::map::labels::{Ground, Quad};
use crate::map::palette::{GRID, INK, PAPER};
use crate::map::paper::{Bounds, MM, length};
use geo::Coord;

/// Steps between lines in minutes of arc, each with the step of the bars.
const STEPS: [(f64, f64); 16] = [
    (0.25, 0.05),
    (0.5, 0.1),
    (1.0, 0.25),
    (2.0, 0.5),
    (5.0, 1.0),
    (10.0, 2.0),
    (15.0, 5.0),
    (20.0, 5.0),
    (30.0, 5.0),
    (60.0, 10.0),
    (120.0, 30.0),
    (180.0, 60.0),
    (300.0, 60.0),
    (600.0, 120.0),
    (900.0, 300.0),
    (1800.0, 600.0),
];
/// Least distance between lines on paper in millimetres.
const LEAST_MM: f64 = 34.0;

/// The step of meridians in minutes and that of their bars, and the same of parallels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Steps {
    pub meridians: (f64, f64),
    pub parallels: (f64, f64),
}

impl Steps {
    fn along(&self, axis: Axis) -> (f64, f64) {
        match axis {
            Axis::Lon => self.meridians,
            Axis::Lat => self.parallels,
        }
    }
}

/// The steps of the graticule: those asked for, else the least round ones at which lines are not too close. Far from the equator
/// parallels have a smaller step than meridians.
pub(crate) fn steps(view: &View, asked_minutes: Option<f64>) -> Steps {
    const POLAR: f64 = 600.0;
    let with_bar = |minutes: f64| (minutes, STEPS.iter().find(|s| s.0 == minutes).map_or(minutes / 5.0, |step| step.1));
    let fitting = |ten: Coord| {
        let centre = view.frame.centre();
        let (a, b) = (view.lonlat(centre - ten), view.lonlat(centre + ten));
        let minutes_per_mm = ((b.x - a.x).hypot(b.y - a.y)) * 60.0 / 20.0;
        *STEPS.iter().find(|s| s.0 / minutes_per_mm >= LEAST_MM).unwrap_or(&STEPS[STEPS.len() - 1])
    };
    let meridians = asked_minutes.map_or_else(|| fitting(Coord { x: 10.0 * MM, y: 0.0 }), with_bar);
    let parallels = match (asked_minutes, view.pole()) {
        // Around a pole meridians are close to each other, parallels are not.
        (_, Some(_)) => with_bar(meridians.0.min(POLAR)),
        (None, None) if !view.is_world() => {
            let own = fitting(Coord { x: 0.0, y: 10.0 * MM });
            if own.0 < meridians.0 { own } else { meridians }
        }
        _ => meridians,
    };
    Steps { meridians, parallels }
}

/// The coordinate that is constant along a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Lon,
    Lat,
}

impl Axis {
    /// The period of the coordinate in degrees.
    fn turn(self) -> f64 {
        match self {
            Axis::Lon => 360.0,
            Axis::Lat => f64::INFINITY,
        }
    }

    fn of(self, p: Coord) -> f64 {
        match self {
            Axis::Lon => p.x,
            Axis::Lat => p.y,
        }
    }
}

/// Half the length of the arms of a cross, in millimetres.
const HALF_MM: f64 = 1.5;

/// Meridians and parallels within the frame; only their intersections, as crosses, on a map with a projected grid,
/// whose lines
/// would be mistaken for them.
pub(crate) fn graticule(canvas: &Canvas, view: &View, steps: Steps, as_crosses: bool) {
    let points: Vec<Coord> =
        edges(&view.frame).iter().flat_map(|(a, b, ..)| sampled(*a, *b)).map(|p| view.lonlat(p)).collect();
    let Some(mut b) = Bounds::of(&points) else { return };
    // A frame that contains a pole contains every meridian, and its edges do not reach the pole.
    if let Some(pole) = view.pole() {
        b = Bounds { x0: -180.0, x1: 180.0, y0: b.y0.min(pole), y1: b.y1.max(pole) };
    }
    if let Some((meridian, _)) = view.world() {
        b = Bounds { x0: b.x0.max(meridian - 180.0), x1: b.x1.min(meridian + 180.0), ..b };
    }
    let step = steps.meridians.0 / 60.0;
    let by = |step: f64, low: f64, high: f64| {
        ((low / step).ceil() as i64..=(high / step).floor() as i64).map(move |i| i as f64 * step)
    };
    let multiples = |low: f64, high: f64| by(step, low, high);
    let parallels = |low: f64, high: f64| by(steps.parallels.0 / 60.0, low, high);
    if as_crosses {
        let arm = |at: Coord, toward: Coord| {
            let (from, to) = (view.paper(at), view.paper(at + toward));
            let d = to - from;
            let unit = d / d.x.hypot(d.y).max(1e-9) * (HALF_MM * MM);
            vec![from - unit, from + unit]
        };
        let near = step * 1e-3;
        let places = multiples(b.x0, b.x1).flat_map(|x| parallels(b.y0, b.y1).map(move |y| Coord { x, y }));
        let arms = places.flat_map(|p| [Coord { x: near, y: 0.0 }, Coord { x: 0.0, y: near }].map(|to| arm(p, to)));
        let arms: Vec<Vec<Coord>> = arms.collect();
        canvas.on_paper(&arms, |sheet, paper| {
            sheet.stroke(paper, &Stroke::new(INK, 0.12));
        });
        return;
    }
    let along = |low: f64, high: f64| (0..=40).map(move |i| low + (high - low) * f64::from(i) / 40.0);
    let mut lines: Vec<Vec<Coord>> =
        multiples(b.x0, b.x1).map(|x| along(b.y0, b.y1).map(|y| Coord { x, y }).collect()).collect();
    lines.extend(parallels(b.y0, b.y1).map(|y| along(b.x0, b.x1).map(|x| Coord { x, y }).collect()));
    canvas.geography(view, &lines, |sheet, paper| {
        sheet.stroke(paper, &Stroke::new(GRID, 0.1).opacity(0.6));
    });
}

/// Covers the area outside the frame, then draws the neatline with its bars and labels; returns the boxes of the
/// labels.
pub(crate) fn neatline(sheet: &mut Sheet, view: &View, page: Option<&Bounds>, steps: Steps) -> Vec<Bounds> {
    let mut labelled = Vec::new();
    let frame = &view.frame;
    if let Some(page) = page {
        sheet.fill(&[page.ring(), frame.ring()], PAPER);
    }
    sheet.open("frame");
    let depth = 1.3 * MM;
    for (a, b, side, out) in edges(frame) {
        // Around a pole, meridians meet every edge of the frame.
        let axis = if view.pole().is_some() { Axis::Lon } else { side };
        let (step, bar) = steps.along(axis);
        let Some((a, b)) = on_earth(view, a, b) else { continue };
        let mut stops = crossings(a, b, axis.turn() * 60.0 / bar, &degrees_over(view, axis, bar / 60.0));
        if let (Some(first), Some(last)) = (stops.first().map(|s| s.0), stops.last().map(|s| s.0)) {
            stops.insert(0, (first - (last - first).signum(), a));
            stops.push((last + (last - first).signum(), b));
            for pair in stops.windows(2).filter(|p| p[0].0.min(p[1].0).rem_euclid(2) == 0) {
                let (p, q) = (pair[0].1, pair[1].1);
                sheet.fill(&[vec![p, q, q + out * depth, p + out * depth]], INK);
            }
        }
        for (i, p) in crossings(a, b, axis.turn() * 60.0 / step, &degrees_over(view, axis, step / 60.0)) {
            // A conic projection leaves an empty sector beyond the pole.
            if length(&[view.paper(view.lonlat(p)), p]) > MM {
                continue;
            }
            sheet.stroke(&[vec![p, p + out * (2.2 * MM)]], &Stroke::new(INK, 0.2).flat());
            let text = Text::new(degrees(i as f64 * step, axis, step), 6.4);
            let cap = text.cap_mm() * MM;
            let (shift, angle) = match (side, out.x < 0.0, out.y < 0.0) {
                (Axis::Lon, _, true) => (Coord { x: 0.0, y: -2.9 * MM }, 0.0),
                (Axis::Lon, _, false) => (Coord { x: 0.0, y: 2.9 * MM + cap }, 0.0),
                (Axis::Lat, true, _) => (Coord { x: -2.9 * MM, y: 0.0 }, -90.0),
                (Axis::Lat, false, _) => (Coord { x: 2.9 * MM + cap, y: 0.0 }, -90.0),
            };
            let half = text.width_mm() * MM / 2.0;
            let along = if side == Axis::Lon { p.x } else { p.y };
            let (low, high) = if side == Axis::Lon { (frame.x0, frame.x1) } else { (frame.y0, frame.y1) };
            let (x, y) = if side == Axis::Lon { (half, cap) } else { (cap, half) };
            let at = p + shift;
            let room = Bounds { x0: at.x - x, x1: at.x + x, y0: at.y - y, y1: at.y + y };
            // Meridians converge near a pole.
            let is_free = labelled.last().is_none_or(|last: &Bounds| !last.grown(0.5).overlaps(&room));
            if is_free && along - half >= low - 4.0 * MM && along + half <= high + 4.0 * MM {
                sheet.text(at, &text, Align::Middle, angle);
                labelled.push(room);
            }
        }
    }
    if let Some((meridian, _)) = view.world() {
        for (text, at, align) in world::labels(view, meridian, steps.meridians.0 / 60.0) {
            sheet.text(at, &text, align, 0.0);
        }
    }
    for (text, at) in parallels(view, steps) {
        sheet.text(at, &text, Align::Middle, 0.0);
    }
    sheet.stroke(&[frame.ring()], &Stroke::new(INK, 0.2));
    sheet.stroke(&[frame.grown(depth / MM).ring()], &Stroke::new(INK, 0.3));
    sheet.close();
    labelled
}

/// The degrees of the parallels around a pole, which do not meet the frame: on the central meridian, each with the
/// middle of its baseline.
fn parallels(view: &View, steps: Steps) -> Vec<(Text, Coord)> {
    let Some(pole) = view.pole() else { return Vec::new() };
    let meridian = match &view.projection {
        Projection::Lambert(cone) => cone.central_meridian_deg(),
        Projection::Azimuthal(p) => p.centre_deg().x,
        _ => return Vec::new(),
    };
    let step = steps.parallels.0;
    let count = (90.0 * 60.0 / step).ceil() as i64;
    let inner = view.frame.grown(-4.0);
    let label = |i: i64| {
        let minutes = i as f64 * step * pole.signum();
        let at = view.paper(Coord { x: meridian, y: minutes / 60.0 });
        let text = Text::new(degrees(minutes, Axis::Lat, step), LEAST_PT).halo(PAPER, 0.35);
        let at = Coord { x: at.x, y: at.y + text.cap_mm() * MM / 2.0 };
        inner.contains(at).then_some((text, at))
    };
    (1..count).filter_map(label).collect()
}

/// Keeps the degrees of parallels around a pole clear of names.
pub(crate) fn reserve(view: &View, steps: Steps, ground: &mut Ground) {
    for (text, at) in parallels(view, steps) {
        let (half, cap) = (text.width_mm() * MM / 2.0, text.cap_mm() * MM);
        let room = Bounds { x0: at.x - half, x1: at.x + half, y0: at.y - cap, y1: at.y };
        ground.take(Quad::of(room.grown(0.5)));
    }
}

/// The four edges, each with the coordinate that changes along it and its outward direction.
pub(super) fn edges(f: &Bounds) -> [(Coord, Coord, Axis, Coord); 4] {
    let c = |x, y| Coord { x, y };
    [
        (c(f.x0, f.y0), c(f.x1, f.y0), Axis::Lon, c(0.0, -1.0)),
        (c(f.x0, f.y1), c(f.x1, f.y1), Axis::Lon, c(0.0, 1.0)),
        (c(f.x0, f.y1), c(f.x0, f.y0), Axis::Lat, c(-1.0, 0.0)),
        (c(f.x1, f.y1), c(f.x1, f.y0), Axis::Lat, c(1.0, 0.0)),
    ]
}

/// The part of an edge of the frame that is on the earth; only maps of the world have other parts.
fn on_earth(view: &View, a: Coord, b: Coord) -> Option<(Coord, Coord)> {
    if !view.is_world() {
        return Some((a, b));
    }
    let at = |t: f64| a + (b - a) * t;
    let steps: Vec<f64> = (0..=64).map(|i| f64::from(i) / 64.0).collect();
    let first = *steps.iter().find(|t| view.holds(at(**t)))?;
    let last = *steps.iter().rev().find(|t| view.holds(at(**t)))?;
    let end = |mut inside: f64, mut outside: f64| {
        for _ in 0..30 {
            let middle = (inside + outside) / 2.0;
            if view.holds(at(middle)) { inside = middle } else { outside = middle }
        }
        inside
    };
    let first = if first > 0.0 { end(first, first - 1.0 / 64.0) } else { first };
    let last = if last < 1.0 { end(last, last + 1.0 / 64.0) } else { last };
    Some((at(first), at(last)))
}

fn sampled(a: Coord, b: Coord) -> impl Iterator<Item = Coord> {
    (0..=20).map(move |i| a + (b - a) * (f64::from(i) / 20.0))
}

/// Degrees along an axis, in units of the step.
fn degrees_over(view: &View, axis: Axis, step: f64) -> impl Fn(Coord) -> f64 {
    move |p| axis.of(view.lonlat(p)) / step
}

/// Where an edge crosses whole numbers of a value: the number and the position.
///
/// Values that differ by `period` are equivalent: a longitude that jumps at ±180° is continued.
pub(super) fn crossings(a: Coord, b: Coord, period: f64, value_at: &dyn Fn(Coord) -> f64) -> Vec<(i64, Coord)> {
    let at = |t: f64| a + (b - a) * t;
    let value = |t: f64| value_at(at(t));
    let mut found = Vec::new();
    let samples = 48;
    for k in 0..samples {
        let (t0, t1) = (f64::from(k) / f64::from(samples), f64::from(k + 1) / f64::from(samples));
        let v0 = value(t0);
        let beside = |v: f64| if period.is_finite() { v - period * ((v - v0) / period).round() } else { v };
        let value = |t: f64| beside(value(t));
        let v1 = value(t1);
        let (low, high) = (v0.min(v1), v0.max(v1));
        let mut here: Vec<(i64, Coord)> = (low.ceil() as i64..=high.floor() as i64)
            .filter(|i| (*i as f64) < high || v1 == high)
            .map(|i| (i, at(root(&|t| value(t) - i as f64, (t0, v0 - i as f64), (t1, v1 - i as f64)))))
            .collect();
        if v1 < v0 {
            here.reverse();
        }
        found.extend(here);
    }
    found.dedup_by_key(|f| f.0);
    found
}

/// The zero of a value between two positions with opposite signs (regula falsi, Illinois variant): a handful of
/// evaluations, compared with forty for bisection.
fn root(value: &dyn Fn(f64) -> f64, (mut a, mut va): (f64, f64), (mut b, mut vb): (f64, f64)) -> f64 {
    for _ in 0..40 {
        if va == 0.0 || va == vb {
            return a;
        }
        if vb == 0.0 {
            return b;
        }
        let t = b - vb * (b - a) / (vb - va);
        let v = value(t);
        if v.abs() < 1e-9 {
            return t;
        }
        if (v < 0.0) == (vb < 0.0) {
            va /= 2.0;
        } else {
            (a, va) = (b, vb);
        }
        (b, vb) = (t, v);
    }
    b
}

/// Degrees, minutes and, if the step requires them, seconds.
fn degrees(minutes: f64, axis: Axis, step: f64) -> String {
    // Beyond the antimeridian, longitudes wrap to the other hemisphere.
    let minutes =
        if axis == Axis::Lon && minutes.abs() > 10_800.0 { minutes - 21_600.0 * minutes.signum() } else { minutes };
    let half = match (axis, minutes < 0.0) {
        (Axis::Lon, false) => 'E',
        (Axis::Lon, true) => 'W',
        (Axis::Lat, false) => 'N',
        (Axis::Lat, true) => 'S',
    };
    let seconds = (minutes.abs() * 60.0).round() as i64;
    let (d, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if step % 60.0 == 0.0 {
        // The equator, Greenwich and the antimeridian are in no hemisphere.
        return if d == 0 || axis == Axis::Lon && d == 180 { format!("{d}°") } else { format!("{d}°{half}") };
    }
    if step < 1.0 { format!("{d}°{m:02}′{s:02}″{half}") } else { format!("{d}°{m:02}′{half}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::projection::Lambert;

    fn view() -> View {
        let conic = Projection::Lambert(Lambert::wgs84(39.0, 41.0, 40.0, 47.0));
        View::new(conic, Coord { x: 47.0, y: 40.0 }, 2e6, Bounds::mm(15.0, 15.0, 315.0, 265.0))
    }

    #[test]
    fn every_crossing_lies_on_its_line() {
        let view = view();
        for (a, b, axis, _) in edges(&view.frame) {
            let found = crossings(a, b, axis.turn() / 0.5, &degrees_over(&view, axis, 0.5));
            assert!(found.len() > 6, "{found:?}");
            for (i, p) in found {
                assert!((axis.of(view.lonlat(p)) - i as f64 * 0.5).abs() < 1e-6);
            }
        }
    }

    /// In the north, degrees of longitude are short: with the step of meridians a map would have one parallel.
    #[test]
    fn a_map_in_the_north_has_several_parallels() {
        let cone = Projection::Lambert(Lambert::wgs84(77.0, 80.0, 78.5, 22.0));
        let north = View::new(cone, Coord { x: 22.0, y: 78.5 }, 3e6, Bounds::mm(11.0, 11.0, 220.0, 182.0));
        let Steps { meridians, parallels } = steps(&north, None);
        assert_eq!((meridians.0, parallels.0), (300.0, 60.0));
        assert_eq!(steps(&north, Some(60.0)).parallels, (60.0, 10.0), "what is asked for is drawn");
        assert_eq!(steps(&view(), None).meridians, steps(&view(), None).parallels);
    }

    #[test]
    fn labels_say_degrees_and_minutes() {
        assert_eq!(degrees(46.5 * 60.0, Axis::Lon, 30.0), "46°30′E");
        assert_eq!(degrees(-0.5, Axis::Lat, 0.5), "0°00′30″S");
    }
}
