//! The view: a projection, a scale and a place on the paper, as a plotters coordinate system.

use crate::earth::projection::Projection;
use crate::map::paper::Bounds;
use geo::Coord;
use plotters::coord::CoordTranslate;
use plotters_backend::BackendCoord;

/// Puts longitude and latitude on the paper, and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct View {
    pub projection: Projection,
    pub frame: Bounds,
    /// Denominator of the scale, true at the centre of the frame.
    pub scale: f64,
    centre: Coord,
    um_per_m: f64,
}

impl View {
    /// A view whose frame is centred on `centre_lonlat`; the scale is true there.
    pub(crate) fn new(projection: Projection, centre_lonlat: Coord, scale: f64, frame: Bounds) -> Self {
        let um_per_m = 1e6 / scale / projection.scale_factor(centre_lonlat);
        View { projection, frame, scale, centre: projection.forward(centre_lonlat), um_per_m }
    }

    /// Micrometres from the top left of the paper, of a longitude and latitude in degrees.
    pub(crate) fn paper(&self, lonlat: Coord) -> Coord {
        let xy = self.projection.forward(lonlat) - self.centre;
        let middle = self.frame.centre();
        Coord { x: middle.x + xy.x * self.um_per_m, y: middle.y - xy.y * self.um_per_m }
    }

    /// Longitude and latitude in degrees, of a position on the paper.
    pub(crate) fn lonlat(&self, paper: Coord) -> Coord {
        let d = paper - self.frame.centre();
        self.projection.inverse(self.centre + Coord { x: d.x, y: -d.y } / self.um_per_m)
    }

    /// Longitude and latitude of the middle of the frame.
    pub(crate) fn centre_lonlat(&self) -> Coord {
        self.projection.inverse(self.centre)
    }

    /// Least and greatest scale error within the frame, as a share of the scale at its centre.
    pub(crate) fn scale_error(&self) -> (f64, f64) {
        let centre = self.projection.scale_factor(self.centre_lonlat());
        let steps = 12;
        let (mut low, mut high) = (0.0f64, 0.0f64);
        for i in 0..=steps {
            for j in 0..=steps {
                let share = |k: i32| f64::from(k) / f64::from(steps);
                let x = self.frame.x0 + self.frame.width() * share(i);
                let y = self.frame.y0 + self.frame.height() * share(j);
                let error = self.projection.scale_factor(self.lonlat(Coord { x, y })) / centre - 1.0;
                (low, high) = (low.min(error), high.max(error));
            }
        }
        (low, high)
    }
}

impl CoordTranslate for View {
    type From = Coord;

    fn translate(&self, lonlat: &Coord) -> BackendCoord {
        let p = self.paper(*lonlat);
        // A position far outside the sheet must not wrap: the frame cuts it anyway.
        let pixel = |v: f64| v.round().clamp(-1e9, 1e9) as i32;
        (pixel(p.x), pixel(p.y))
    }
}
