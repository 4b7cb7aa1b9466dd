//! The view: a projection, a scale and a position on the paper, as a plotters coordinate system.

use crate::earth::projection::Projection;
use crate::map::paper::Bounds;
use geo::Coord;
use plotters::coord::CoordTranslate;
use plotters_backend::BackendCoord;

/// Latitude in degrees up to which a map of the world states its scale errors.
pub(crate) const POLEWARD_DEG: f64 = 75.0;

/// Converts longitude and latitude to paper coordinates and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct View {
    pub projection: Projection,
    pub frame: Bounds,
    /// Denominator of the scale, true at the centre of the frame.
    pub scale: f64,
    centre: Coord,
    um_per_m: f64,
    /// Factor by which the composed sheet is enlarged to its paper.
    enlarged: f64,
}

impl View {
    /// A view whose frame is centred on `centre_lonlat`; the scale is true there.
    pub(crate) fn new(projection: Projection, centre_lonlat: Coord, scale: f64, frame: Bounds) -> Self {
        let um_per_m = 1e6 / scale / projection.scale_factor(centre_lonlat);
        View { projection, frame, scale, centre: projection.forward(centre_lonlat), um_per_m, enlarged: 1.0 }
    }

    /// The view on a sheet that is enlarged to its paper: its scale is that on the paper.
    pub(crate) fn enlarged(self, by: f64) -> Self {
        View { um_per_m: self.um_per_m * self.enlarged / by, enlarged: by, ..self }
    }

    /// Factor by which the composed sheet is enlarged to its paper.
    pub(crate) fn enlargement(&self) -> f64 {
        self.enlarged
    }

    /// Denominator of the scale of the composed sheet, before it is enlarged.
    pub(crate) fn composed_scale(&self) -> f64 {
        self.scale * self.enlarged
    }

    /// Whether two views differ only in their frames.
    pub(crate) fn is_alike(&self, other: &View) -> bool {
        View { frame: other.frame, ..*self } == *other
    }

    /// Converts longitude and latitude in degrees to micrometres from the top left of the paper.
    pub(crate) fn paper(&self, lonlat: Coord) -> Coord {
        let xy = self.projection.forward(lonlat) - self.centre;
        let middle = self.frame.centre();
        Coord { x: middle.x + xy.x * self.um_per_m, y: middle.y - xy.y * self.um_per_m }
    }

    /// Converts a position on the paper to longitude and latitude in degrees.
    pub(crate) fn lonlat(&self, paper: Coord) -> Coord {
        let d = paper - self.frame.centre();
        self.projection.inverse(self.centre + Coord { x: d.x, y: -d.y } / self.um_per_m)
    }

    /// Longitude and latitude of the centre of the frame.
    pub(crate) fn centre_lonlat(&self) -> Coord {
        self.projection.inverse(self.centre)
    }

    /// Whether a position on the paper is on the earth.
    pub(crate) fn holds(&self, paper: Coord) -> bool {
        let d = paper - self.frame.centre();
        self.projection.holds(self.centre + Coord { x: d.x, y: -d.y } / self.um_per_m)
    }

    /// The latitude of the pole within the frame, if there is one: all meridians meet there.
    pub(crate) fn pole(&self) -> Option<f64> {
        let is_seen = |lat: &f64| {
            let at = self.paper(Coord { x: 0.0, y: *lat });
            at.x.is_finite() && at.y.is_finite() && self.frame.contains(at)
        };
        [90.0, -90.0].into_iter().find(|lat| !self.is_world() && is_seen(lat))
    }

    /// Whether the projection shows the whole world within an outline.
    pub(crate) fn is_world(&self) -> bool {
        matches!(self.projection, Projection::EqualEarth(_))
    }

    /// The limit of a whole world: its central meridian in degrees, and its outline on the paper, closed.
    pub(crate) fn world(&self) -> Option<(f64, Vec<Coord>)> {
        let Projection::EqualEarth(projection) = &self.projection else { return None };
        let meridian = projection.central_meridian_deg();
        let west = (-90..=90).map(|lat| Coord { x: meridian - 180.0, y: f64::from(lat) });
        let east = (-90..=90).rev().map(|lat| Coord { x: meridian + 180.0, y: f64::from(lat) });
        let mut outline: Vec<Coord> = west.chain(east).map(|p| self.paper(p)).collect();
        outline.push(outline[0]);
        Some((meridian, outline))
    }

    /// Whether the frame contains the whole outline of the world.
    pub(crate) fn holds_the_world(&self) -> bool {
        self.world().is_some_and(|(_, outline)| outline.iter().all(|p| self.frame.contains(*p)))
    }

    /// Least and greatest scale error within the frame, over all directions, as a share of the scale at its centre. For
    /// the world without the polar regions: where the poles are lines, scale is undefined.
    pub(crate) fn scale_error(&self) -> (f64, f64) {
        let centre = self.projection.scale_factor(self.centre_lonlat());
        let steps = 12;
        let (mut low, mut high) = (0.0f64, 0.0f64);
        for i in 0..=steps {
            for j in 0..=steps {
                let share = |k: i32| f64::from(k) / f64::from(steps);
                let x = self.frame.x0 + self.frame.width() * share(i);
                let y = self.frame.y0 + self.frame.height() * share(j);
                let lonlat = self.lonlat(Coord { x, y });
                if self.is_world() && !(lonlat.y.abs() <= POLEWARD_DEG && self.holds(Coord { x, y })) {
                    continue;
                }
                let (least, greatest) = self.projection.scale_range(lonlat);
                (low, high) = (low.min(least / centre - 1.0), high.max(greatest / centre - 1.0));
            }
        }
        (low, high)
    }
}

impl CoordTranslate for View {
    type From = Coord;

    fn translate(&self, lonlat: &Coord) -> BackendCoord {
        Paper.translate(&self.paper(*lonlat))
    }
}

/// The paper itself as a coordinate system: micrometres, rounded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper;

impl CoordTranslate for Paper {
    type From = Coord;

    fn translate(&self, p: &Coord) -> BackendCoord {
        // Prevents overflow of positions far outside the sheet; the frame clips them anyway.
        let pixel = |v: f64| v.round().clamp(-1e9, 1e9) as i32;
        (pixel(p.x), pixel(p.y))
    }
}
