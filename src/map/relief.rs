//! Relief: hill shading and contours from a grid of heights, below the other content of the plate.

use super::canvas::{Canvas, Sheet, Stroke, View};
use super::isolines::Field;
use super::mesh::Mesh;
use super::paint::Drawn;
use super::paper::{Bounds, MM, area};
use super::spec::{Contours, ReliefSpec};
use super::symbol::Symbol;
use crate::text::{Message, Voice};
use geo::Coord;
use rayon::prelude::*;

/// Heights of the ground on a grid of longitude and latitude, for [`PlateOptions::relief`](super::PlateOptions).
///
/// **Earth and units.** WGS 84 degrees, heights in metres; rows from the north, each from the west; NaN for missing
/// heights.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ReliefGrid {
    /// Longitude and latitude of the first node, in the north-west.
    pub first: [f64; 2],
    /// Degrees between columns and between rows, both positive.
    pub step: [f64; 2],
    /// Nodes in a row.
    pub columns: usize,
    /// Heights of the nodes.
    pub heights_m: Vec<f32>,
    /// Its name on the plate.
    pub id: String,
    /// Source with date, attribution and licence, for the sources of the plate.
    pub credit: String,
    /// Hash of its file (SHA-256).
    pub sha256: String,
    /// Accuracy of the heights in metres, if known.
    pub accuracy_m: Option<f64>,
}

/// The relief of a plate.
#[derive(Clone, Copy)]
pub(crate) struct Relief<'r> {
    pub grid: &'r ReliefGrid,
    pub spec: &'r ReliefSpec,
}

/// Grid spacing of the shade on paper, in micrometres.
const STEP: f64 = 0.9 * MM;
/// Greatest width on paper of a source cell for shading, in millimetres: wider cells would show the grid, not the
/// terrain.
const WIDEST_SHADED_MM: f64 = 0.5;
/// The same for contours.
const WIDEST_CONTOURED_MM: f64 = 1.5;
/// Directions of the light in degrees from north (Mark 1992, *A multidirectional, oblique-weighted, shaded-relief image*),
/// and its height over the horizon.
const SUNS: [f64; 4] = [225.0, 270.0, 315.0, 360.0];
const ALTITUDE_DEG: f64 = 45.0;
/// Loss of light, relative to flat ground, from which each further layer of shade starts; each layer is equally dark: a
/// fifth in total.
const STEPS: [f64; 5] = [0.04, 0.10, 0.17, 0.26, 0.38];
const SHADE: f64 = 0.043;
/// For each scale limit: the contour interval in metres, and the number of contours from one index contour to the next.
const INTERVALS: [(f64, f64, i64); 7] = [
    (30_000.0, 10.0, 5),
    (75_000.0, 20.0, 5),
    (150_000.0, 50.0, 4),
    (300_000.0, 100.0, 5),
    (600_000.0, 200.0, 5),
    (3_000_000.0, 500.0, 2),
    (f64::MAX, 1000.0, 2),
];
const CONTOUR: Stroke = Stroke::new(0x9a7b4f, 0.09).opacity(0.7);
const INDEX: Stroke = Stroke::new(0x9a7b4f, 0.18).opacity(0.8);
/// Smaller areas are omitted, in square millimetres; smaller deviations are invisible, in micrometres.
const SMALLEST_MM2: f64 = 1.0;
const TOLERANCE: f64 = 60.0;

impl ReliefGrid {
    /// A grid from the height of each node, by its column from the west and its row from the north.
    pub fn of_nodes(
        first: [f64; 2],
        step: [f64; 2],
        (columns, rows): (usize, usize),
        height_m: impl Fn(usize, usize) -> Option<f64>,
    ) -> Self {
        let node = |i: usize| height_m(i % columns, i / columns).map_or(f32::NAN, |height| height as f32);
        let heights_m = (0..columns * rows).map(node).collect();
        ReliefGrid { first, step, columns, heights_m, ..ReliefGrid::default() }
    }

    /// The height at a position, bilinear between nodes; none outside the grid, and beside a node without a height.
    fn height_m(&self, at: Coord) -> Option<f64> {
        let rows = self.heights_m.len().checked_div(self.columns)?;
        let (last_column, last_row) = (self.columns.checked_sub(2)?, rows.checked_sub(2)?);
        let (x, y) = ((at.x - self.first[0]) / self.step[0], (self.first[1] - at.y) / self.step[1]);
        if !(x >= 0.0 && y >= 0.0) || x > (self.columns - 1) as f64 || y > (rows - 1) as f64 {
            return None;
        }
        let (column, row) = ((x as usize).min(last_column), (y as usize).min(last_row));
        let node = |dx: usize, dy: usize| f64::from(self.heights_m[(row + dy) * self.columns + column + dx]);
        let (u, v) = (x - column as f64, y - row as f64);
        // A node without a height matters only if its weight is not zero.
        let between = |from: f64, to: f64, share: f64| match share {
            0.0 => from,
            1.0 => to,
            _ => from * (1.0 - share) + to * share,
        };
        let along = |dy: usize| between(node(0, dy), node(1, dy), u);
        Some(between(along(0), along(1), v)).filter(|height| height.is_finite())
    }

    /// The longer side of a cell in metres, at a latitude.
    fn cell_m(&self, lat: f64) -> f64 {
        const DEGREE_M: f64 = 111_132.0;
        (self.step[0] * lat.to_radians().cos()).max(self.step[1]) * DEGREE_M
    }
}

impl Relief<'_> {
    fn cell_mm(&self, view: &View) -> f64 {
        self.grid.cell_m(view.centre_lonlat().y) * 1000.0 / view.scale
    }

    /// Whether a view is shaded: only if the source is fine enough for its scale.
    fn shades(&self, view: &View) -> bool {
        self.cell_mm(view) <= WIDEST_SHADED_MM
    }

    /// Contour interval of a view in metres, and the number of contours from one index contour to the next; none if it
    /// has no contours. An automatic interval is at least twice the accuracy of the heights.
    fn contours(&self, view: &View) -> Option<(f64, i64)> {
        if self.cell_mm(view) > WIDEST_CONTOURED_MM {
            return None;
        }
        let finest_m = 2.0 * self.grid.accuracy_m.unwrap_or(0.0);
        let by_scale = || INTERVALS.iter().find(|(most, metres, _)| view.scale <= *most && *metres >= finest_m);
        match self.spec.contours {
            Contours::Wanted(false) => None,
            Contours::Every(metres) => Some((metres, 5)),
            _ => by_scale().map(|(_, metres, index)| (*metres, *index)),
        }
    }

    /// Draws shade and contours into the window of a view.
    pub(crate) fn draw(&self, canvas: &Canvas, view: &View, drawn: &mut Drawn) {
        let (shades, contours) = (self.shades(view), self.contours(view));
        if !shades && contours.is_none() {
            return;
        }
        let heights = self.on_paper(view);
        if shades {
            let shade = shade(&heights, view, self.spec.sun).smooth();
            let layers: Vec<Vec<Vec<Coord>>> = STEPS.par_iter().map(|level| seen(shade.rings(*level))).collect();
            let mut drew = false;
            canvas.sheet().open_symbol(&Symbol::Relief.class());
            for rings in &layers {
                drew |= canvas.sheet().fill_translucent(rings, 0x000000, SHADE);
            }
            canvas.sheet().close();
            if drew {
                drawn.insert(Symbol::Relief);
            }
        }
        let Some((interval_m, index)) = contours else { return };
        let finite = || heights.values.iter().copied().filter(|height| height.is_finite());
        let (low, high) = (finite().fold(f64::MAX, f64::min), finite().fold(f64::MIN, f64::max));
        if low > high {
            return;
        }
        let heights = heights.smooth();
        // Level 0 is the coastline, which is drawn separately.
        let levels = (low / interval_m).ceil() as i64..=(high / interval_m).floor() as i64;
        let levels: Vec<i64> = levels.filter(|i| *i != 0).take(MOST_CONTOURS).collect();
        let rings: Vec<Vec<Vec<Coord>>> =
            levels.par_iter().map(|i| inner(seen(heights.rings(*i as f64 * interval_m)), &heights)).collect();
        let symbol = Symbol::Contour(interval_m.round() as u32);
        let mut drew = false;
        canvas.sheet().open_symbol(&symbol.class());
        for (i, lines) in levels.iter().zip(&rings) {
            drew |= !lines.is_empty() && canvas.sheet().stroke(lines, if i % index == 0 { &INDEX } else { &CONTOUR });
        }
        canvas.sheet().close();
        if drew {
            drawn.insert(symbol);
        }
    }

    /// Heights at the nodes of a grid on the paper that extends beyond the frame on all sides.
    fn on_paper(&self, view: &View) -> Field {
        let window = view.frame.grown(5.0);
        let count = |length: f64| (length / STEP).ceil() as usize + 1;
        let (columns, rows) = (count(window.width()), count(window.height()));
        let first = Coord { x: window.x0, y: window.y0 };
        let value = |i: usize| {
            let at = first + Coord { x: (i % columns) as f64, y: (i / columns) as f64 } * STEP;
            let height = if view.holds(at) { self.grid.height_m(view.lonlat(at)) } else { None };
            height.unwrap_or(f64::NEG_INFINITY)
        };
        let values = (0..columns * rows).into_par_iter().map(value).collect();
        Field { columns, rows, values, first, step: STEP }
    }

    /// Sentences of the plate on the relief: source and accuracy of its shade and contours, and why it has no shade.
    pub(crate) fn sentences(&self, view: &View, voice: Voice) -> Vec<String> {
        let cell = format!("{:.0}", self.grid.cell_m(view.centre_lonlat().y));
        let mut said = Vec::new();
        if self.shades(view) {
            said.push(voice.say(Message("relief-shade"), &[("cell", &cell)]));
        } else {
            said.push(voice.say(Message("relief-no-shade"), &[("cell", &cell)]));
        }
        if let Some((metres, index)) = self.contours(view) {
            let (every, index) = (format!("{metres}"), format!("{}", metres * index as f64));
            said.push(voice.say(Message("relief-contours"), &[("every", &every), ("index", &index)]));
        }
        if let Some(accuracy_m) = self.grid.accuracy_m {
            said.push(voice.say(Message("relief-accuracy"), &[("accuracy", &format!("{accuracy_m:.0}"))]));
        }
        said.push(voice.say(Message("relief-no-line"), &[]));
        said.into_iter().flatten().collect()
    }
}

/// More contours than this indicate an error in the heights or in the interval.
const MOST_CONTOURS: usize = 400;

/// Rings large enough to be visible on paper, simplified.
fn seen(rings: Vec<Vec<Coord>>) -> Vec<Vec<Coord>> {
    let mut mesh = Mesh::default();
    for ring in rings.iter().filter(|ring| area(&ring[1..]).abs() >= SMALLEST_MM2 * MM * MM) {
        mesh.add(ring, ring);
    }
    mesh.simplified(TOLERANCE).into_iter().filter(|ring| ring.len() > 3).collect()
}

/// The rings without their stretches along the rim of the grid and along missing heights.
fn inner(rings: Vec<Vec<Coord>>, field: &Field) -> Vec<Vec<Coord>> {
    let known = |p: Coord| {
        let at = (p - field.first) / field.step;
        let near = |v: f64, count: usize| [v.floor() as usize, v.ceil() as usize].map(|v| v.min(count - 1));
        let nodes = near(at.y, field.rows).into_iter().flat_map(|y| near(at.x, field.columns).map(|x| (x, y)));
        let is_known = |(x, y): (usize, usize)| field.values[y * field.columns + x].is_finite();
        nodes.into_iter().all(is_known)
    };
    let mut lines = Vec::new();
    for ring in rings {
        let mut line: Vec<Coord> = Vec::new();
        for p in ring {
            if known(p) {
                line.push(p);
            } else {
                lines.push(std::mem::take(&mut line));
            }
        }
        lines.push(line);
    }
    lines.retain(|line| line.len() > 1);
    lines
}

/// Loss of light relative to flat ground, as a share: the mean over the directions of the light, which are the same for
/// the whole plate.
fn shade(heights: &Field, view: &View, sun: Option<f64>) -> Field {
    let (columns, rows) = (heights.columns, heights.rows);
    let metres = |nodes: usize| nodes as f64 * STEP * 1e-6 * view.composed_scale();
    // Slopes averaged over wide cells are gentle: on small scales the terrain is exaggerated.
    let steeper = (view.scale / 250_000.0).powf(0.55).clamp(1.0, 6.0);
    let at = |x: usize, y: usize| heights.values[y * columns + x];
    let all: Vec<f64> = sun.map_or(SUNS.to_vec(), |sun| vec![sun]);
    let value = |i: usize| {
        let (x, y) = (i % columns, i / columns);
        let (west, east) = (x.saturating_sub(1), (x + 1).min(columns - 1));
        let (north, south) = (y.saturating_sub(1), (y + 1).min(rows - 1));
        let eastward = (at(east, y) - at(west, y)) / metres(east - west) * steeper;
        let northward = (at(x, north) - at(x, south)) / metres(south - north) * steeper;
        // Where heights are missing, the ground counts as flat.
        if eastward.is_finite() && northward.is_finite() { darkness(eastward, northward, &all) } else { 0.0 }
    };
    let values = (0..columns * rows).into_par_iter().map(value).collect();
    Field { columns, rows, values, ..*heights }
}

/// Loss of light of a slope relative to flat ground, as a share (Lambertian shading; Horn 1981, *Hill shading and the
/// reflectance map*), for its gradients to the east and to the north.
fn darkness(east: f64, north: f64, suns_deg: &[f64]) -> f64 {
    let flat = ALTITUDE_DEG.to_radians().sin();
    let light = |azimuth_deg: &f64| {
        let (sin, cos) = azimuth_deg.to_radians().sin_cos();
        let toward = (-east * sin - north * cos) * ALTITUDE_DEG.to_radians().cos();
        (flat + toward).max(0.0) / (1.0 + east * east + north * north).sqrt()
    };
    let mean = suns_deg.iter().map(light).sum::<f64>() / suns_deg.len().max(1) as f64;
    (1.0 - mean / flat).clamp(0.0, 1.0)
}

/// Legend sample of shade: slopes of increasing steepness.
pub(crate) fn shade_sample(sheet: &mut Sheet, cell: Bounds) {
    let width = cell.width() / (STEPS.len() + 1) as f64;
    for i in 1..=STEPS.len() {
        sheet.fill_translucent(&[Bounds { x0: cell.x0 + width * i as f64, ..cell }.ring()], 0x000000, SHADE);
    }
    sheet.stroke(&[cell.ring()], &Stroke::new(0x8a8a8a, 0.1));
}

/// Legend sample of contours: two contours and an index contour.
pub(crate) fn contour_sample(sheet: &mut Sheet, cell: Bounds) {
    for (i, stroke) in [CONTOUR, INDEX, CONTOUR].iter().enumerate() {
        let y = cell.y0 + cell.height() * (i as f64 + 1.0) / 4.0;
        sheet.stroke(&[vec![Coord { x: cell.x0, y }, Coord { x: cell.x1, y }]], stroke);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_on_a_slope_is_the_cosine_of_its_incidence() {
        // A plane that rises 45° to the north, lit from the south at 45°: perpendicular; from the north: grazing.
        let flat = std::f64::consts::FRAC_1_SQRT_2;
        assert_eq!(darkness(0.0, 1.0, &[180.0]), 0.0);
        assert!((darkness(0.0, 1.0, &[0.0]) - 1.0).abs() < 1e-12);
        // 30° to the east, lit from the east: 75° between its normal and the light.
        let rise = 30f64.to_radians().tan();
        let expected = 75f64.to_radians().cos() / flat;
        assert!((darkness(rise, 0.0, &[90.0]) - (1.0 - expected)).abs() < 1e-12, "turned away by 75°");
        assert!(darkness(0.0, 0.0, &SUNS).abs() < 1e-12, "the flat is white");
        assert!(1.0 - (1.0 - SHADE).powi(STEPS.len() as i32) <= 0.2, "a fifth of grey at the most");
    }

    #[test]
    fn heights_lie_between_nodes() {
        let grid = ReliefGrid {
            first: [10.0, 50.0],
            step: [1.0, 0.5],
            columns: 2,
            heights_m: vec![0.0, 100.0, 200.0, 300.0, f32::NAN, 0.0],
            ..ReliefGrid::default()
        };
        let height = |x: f64, y: f64| grid.height_m(Coord { x, y });
        assert_eq!(height(10.5, 49.75), Some(150.0));
        assert_eq!((height(10.0, 50.0), height(11.0, 49.5)), (Some(0.0), Some(300.0)));
        assert_eq!((height(9.9, 50.0), height(10.5, 49.2), height(f64::NAN, 50.0)), (None, None, None));
    }
}
