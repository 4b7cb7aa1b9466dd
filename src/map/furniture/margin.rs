//! Names in the margin, for territories whose part on the map has no room for a name.

use super::frame::{Axis, edges};
use crate::map::canvas::{Align, Sheet, Text, View};
use crate::map::labels::{Anchor, Mask, Otherwise, Request};
use crate::map::palette::GREY_INK;
use crate::map::paper::{Bounds, MM, walk};
use geo::Coord;

/// Size of the names in points.
const SIZE_PT: f64 = 6.0;
/// Distance from the frame to the names, equal to that of the degree labels; and gap between names and degree labels,
/// in millimetres.
const OFF_MM: f64 = 2.9;
const GAP_MM: f64 = 2.0;
/// Sampling of the land beside the frame: step along it, and distance inside it.
const STEP_MM: f64 = 0.5;
const INWARD_MM: f64 = 1.4;

/// A name for the margin.
pub(crate) struct Margin {
    pub name: String,
    text: Text,
    /// Where the territory meets the frame: index of the edge, and the stretch along it.
    edge: usize,
    from: f64,
    to: f64,
}

/// Margin names of territories that have no label on the map, where they meet the frame.
pub(crate) fn requests<'r>(without: impl Iterator<Item = &'r Request>, frame: &Bounds) -> Vec<Margin> {
    let of = |request: &Request| {
        let Anchor::Area { rings, otherwise: Otherwise::Over } = &request.anchor else { return None };
        let (edge, from, to) = meeting(rings, frame)?;
        let words: Vec<&str> = request.block.lines.iter().map(|line| line.text.as_str()).collect();
        let text = Text::new(words.join(" · "), SIZE_PT).color(GREY_INK).spacing(0.25);
        Some(Margin { name: request.name.clone(), text, edge, from, to })
    };
    without.filter_map(of).collect()
}

/// The longest stretch of the frame adjacent to areas.
fn meeting(rings: &[Vec<Coord>], frame: &Bounds) -> Option<(usize, f64, f64)> {
    let areas = Mask::of(rings)?;
    let mut longest: Option<(usize, f64, f64)> = None;
    for (number, (a, b, axis, out)) in edges(frame).into_iter().enumerate() {
        let mut run: Option<(f64, f64)> = None;
        for (p, _) in walk(&[a, b], 0.0, STEP_MM * MM) {
            let along = if axis == Axis::Lon { p.x } else { p.y };
            if areas.clearance(p - out * (INWARD_MM * MM)) == 0.0 {
                run = None;
                continue;
            }
            let (from, to) = run.map_or((along, along), |(from, to)| (from.min(along), to.max(along)));
            run = Some((from, to));
            if longest.is_none_or(|(_, f, t)| to - from > t - f) {
                longest = Some((number, from, to));
            }
        }
    }
    longest
}

/// Writes the names along the frame, clear of the degree labels and of each other; returns those written.
pub(crate) fn draw(sheet: &mut Sheet, view: &View, wanted: Vec<Margin>, mut taken: Vec<Bounds>) -> Vec<String> {
    let mut named = Vec::new();
    for margin in wanted {
        let (a, b, axis, out) = edges(&view.frame)[margin.edge];
        let cap = margin.text.cap_mm() * MM;
        let half = margin.text.width_mm() * MM / 2.0;
        let ends = if axis == Axis::Lon { (a.x.min(b.x), a.x.max(b.x)) } else { (a.y.min(b.y), a.y.max(b.y)) };
        let middle = ((margin.from + margin.to) / 2.0).clamp(ends.0 + half, (ends.1 - half).max(ends.0 + half));
        // Beside the land if possible, else shifted, but always adjacent to part of it.
        let reach = half + (margin.to - margin.from) / 2.0;
        let steps = (0..).map(|i| f64::from(i) * MM).take_while(|d| *d < reach);
        let candidates = steps.flat_map(|d| [middle - d, middle + d]);
        let place = candidates.filter(|at| at - half >= ends.0 && at + half <= ends.1).find_map(|at| {
            let (baseline, angle_deg) = match (axis, out.x < 0.0, out.y < 0.0) {
                (Axis::Lon, _, true) => (Coord { x: at, y: a.y - OFF_MM * MM }, 0.0),
                (Axis::Lon, _, false) => (Coord { x: at, y: a.y + OFF_MM * MM + cap }, 0.0),
                (Axis::Lat, true, _) => (Coord { x: a.x - OFF_MM * MM, y: at }, -90.0),
                (Axis::Lat, false, _) => (Coord { x: a.x + OFF_MM * MM + cap, y: at }, -90.0),
            };
            let (x, y) = if axis == Axis::Lon { (half, cap) } else { (cap, half) };
            let p = baseline;
            let cell = Bounds { x0: p.x - x, x1: p.x + x, y0: p.y - y, y1: p.y + y };
            let is_free = taken.iter().all(|t| !t.grown(GAP_MM / 2.0).overlaps(&cell.grown(GAP_MM / 2.0)));
            is_free.then_some((baseline, angle_deg, cell))
        });
        if let Some((baseline, angle_deg, cell)) = place {
            sheet.text(baseline, &margin.text, Align::Middle, angle_deg);
            taken.push(cell);
            named.push(margin.name);
        }
    }
    named
}
