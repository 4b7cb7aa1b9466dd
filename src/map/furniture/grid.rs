//! The projected grid of plates at large scales: its lines, and their values along the frame.

use super::frame::{crossings, edges};
use crate::earth::projection::{Ellipsoid, Projection, TransverseMercator};
use crate::map::canvas::{Align, Canvas, Rgb, Sheet, Stroke, Text, View};
use crate::map::labels::{Ground, Quad};
use crate::map::paper::{Bounds, MM};
use crate::map::spec::{GridKind, PlateSpec, ProjectionKind};
use geo::Coord;

const INK: Rgb = 0x2f6f8f;
/// Plates at this scale or a larger one have a grid.
const LARGE_SCALE: f64 = 250_000.0;
/// Least distance between lines on paper in millimetres.
const LEAST_MM: f64 = 30.0;

/// A grid of eastings and northings on WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Grid {
    projection: Projection,
    zone: u8,
    south: bool,
    utm: bool,
    step_m: f64,
}

impl Grid {
    /// The grid requested by the plate or required by its scale, in the zone of its centre.
    pub(crate) fn of(spec: &PlateSpec, asked: Option<GridKind>, view: &View) -> Option<Self> {
        let of_projection = match spec.projection.kind {
            ProjectionKind::GaussKruger => GridKind::GaussKruger,
            _ => GridKind::Utm,
        };
        let by_scale = if view.scale <= LARGE_SCALE { of_projection } else { GridKind::None };
        let centre = view.centre_lonlat();
        let (utm, zone) = match asked.unwrap_or(by_scale) {
            GridKind::None => return None,
            GridKind::Utm => (true, ((centre.x + 180.0) / 6.0).floor().rem_euclid(60.0) as u8 + 1),
            GridKind::GaussKruger => (false, (centre.x / 6.0).floor().rem_euclid(60.0) as u8 + 1),
        };
        Grid::new(utm, zone, view)
    }

    /// The UTM grid of a zone, with lines as far apart on paper as they have to be.
    pub(crate) fn utm(zone: u8, view: &View) -> Option<Self> {
        Grid::new(true, zone, view)
    }

    fn new(utm: bool, zone: u8, view: &View) -> Option<Self> {
        let south = view.centre_lonlat().y < 0.0;
        let projection = Projection::Transverse(if utm {
            TransverseMercator::utm(zone, south)
        } else {
            TransverseMercator::gauss_kruger(zone, Ellipsoid::WGS84)
        });
        let least_m = LEAST_MM * view.scale / 1000.0;
        let power = 10f64.powf(least_m.log10().floor());
        let step_m = [1.0, 2.0, 5.0, 10.0].into_iter().map(|s| s * power).find(|s| *s >= least_m)?;
        Some(Grid { projection, zone, south, utm, step_m })
    }

    /// Easting and northing of a position on the paper.
    fn metres(&self, view: &View, paper: Coord) -> Coord {
        self.projection.forward(view.lonlat(paper))
    }

    /// Draws the lines.
    pub(crate) fn draw(&self, canvas: &Canvas, view: &View) {
        let rim = edges(&view.frame)
            .into_iter()
            .flat_map(|(a, b, ..)| (0..=20).map(move |i| a + (b - a) * (f64::from(i) / 20.0)).collect::<Vec<_>>());
        let rim: Vec<Coord> = rim.map(|p| self.metres(view, p)).collect();
        let Some(b) = Bounds::of(&rim) else { return };
        let multiples = |low: f64, high: f64| {
            ((low / self.step_m).ceil() as i64..=(high / self.step_m).floor() as i64).map(|i| i as f64 * self.step_m)
        };
        let share = |low: f64, high: f64| (0..=24).map(move |i| low + (high - low) * f64::from(i) / 24.0);
        let ground = |x: f64, y: f64| self.projection.inverse(Coord { x, y });
        let mut lines: Vec<Vec<Coord>> =
            multiples(b.x0, b.x1).map(|x| share(b.y0, b.y1).map(|y| ground(x, y)).collect()).collect();
        lines.extend(multiples(b.y0, b.y1).map(|y| share(b.x0, b.x1).map(|x| ground(x, y)).collect::<Vec<_>>()));
        canvas.geography(view, &lines, |sheet, paper| {
            sheet.stroke(paper, &Stroke::new(INK, 0.09).opacity(0.55));
        });
    }

    /// The values of the lines, inside the frame, upright, each with the middle of its baseline.
    fn values(&self, view: &View) -> Vec<(Text, Coord)> {
        let text = |multiple: i64, half: char| {
            let value = multiple as f64 * self.step_m / 1000.0;
            Text::new(format!("{value} km {half}"), 5.0).color(INK).halo(crate::map::naming::HALO, 0.35)
        };
        let mut values = Vec::new();
        for (a, b, _, out) in edges(&view.frame) {
            let level = out.x == 0.0;
            let value = |p: Coord| {
                let m = self.metres(view, p);
                (if level { m.x } else { m.y }) / self.step_m
            };
            for (multiple, p) in crossings(a, b, f64::INFINITY, &value) {
                let text = text(multiple, if level { 'E' } else { 'N' });
                let (cap, half) = (text.cap_mm() * MM, text.width_mm() * MM / 2.0);
                let at = match (level, out.x + out.y < 0.0) {
                    (true, true) => p + Coord { x: 0.0, y: cap + 0.7 * MM },
                    (true, false) => p - Coord { x: 0.0, y: 0.7 * MM },
                    (false, true) => p + Coord { x: half + 0.7 * MM, y: -0.3 * MM },
                    (false, false) => p - Coord { x: half + 0.7 * MM, y: 0.3 * MM },
                };
                let frame = view.frame.grown(-0.4);
                if at.x - half > frame.x0 && at.x + half < frame.x1 && at.y - cap > frame.y0 && at.y < frame.y1 {
                    values.push((text, at));
                }
            }
        }
        values
    }

    /// Keeps other labels off the values.
    pub(crate) fn reserve(&self, view: &View, ground: &mut Ground) {
        for (text, at) in self.values(view) {
            ground.take(quad(&text, at));
        }
    }

    /// Writes the values.
    pub(crate) fn label(&self, sheet: &mut Sheet, view: &View, ground: &Ground) {
        sheet.open("grid");
        for (text, at) in self.values(view).into_iter().filter(|(text, at)| ground.is_off_lines(&quad(text, *at))) {
            sheet.text(at, &text, Align::Middle, 0.0);
        }
        sheet.close();
    }

    /// The meridian convergence in degrees at a position: the angle of grid north east of true north.
    pub(crate) fn convergence_deg(&self, lonlat: Coord) -> f64 {
        self.projection.convergence_deg(lonlat)
    }

    /// Whether it is a UTM grid; otherwise Gauss–Krüger.
    pub(crate) fn is_utm(&self) -> bool {
        self.utm
    }

    /// The formatted zone.
    pub(crate) fn zone_text(&self) -> String {
        let half = match (self.utm, self.south) {
            (true, false) => "N",
            (true, true) => "S",
            (false, _) => "",
        };
        format!("{}{half}", self.zone)
    }

    /// Distance between lines in km.
    pub(crate) fn step_km(&self) -> f64 {
        self.step_m / 1000.0
    }
}

/// The box of a value, given the middle of its baseline.
fn quad(text: &Text, at: Coord) -> Quad {
    let cap = text.cap_mm() * MM;
    Quad::new(at - Coord { x: 0.0, y: cap / 2.0 }, text.width_mm() * MM, cap, 0.0)
}
