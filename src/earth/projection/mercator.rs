use super::Ellipsoid;
use geo::Coord;
use std::f64::consts::FRAC_PI_4;

/// The poles are at infinity; latitudes within 0.5° of a pole are clamped to this one.
const POLEWARD_DEG: f64 = 89.5;

/// Web Mercator (EPSG:3857): the spherical formulas applied to ellipsoidal latitudes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WebMercator;

impl WebMercator {
    pub(super) fn forward(&self, lonlat: Coord) -> Coord {
        let a = Ellipsoid::WGS84.a;
        let lat = lonlat.y.clamp(-POLEWARD_DEG, POLEWARD_DEG);
        Coord { x: a * lonlat.x.to_radians(), y: a * (FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln() }
    }

    pub(super) fn inverse(&self, xy: Coord) -> Coord {
        let a = Ellipsoid::WGS84.a;
        Coord { x: (xy.x / a).to_degrees(), y: (2.0 * ((xy.y / a).exp().atan() - FRAC_PI_4)).to_degrees() }
    }

    /// The geometric mean of [`WebMercator::scale_range`].
    pub(super) fn scale_factor(&self, lonlat: Coord) -> f64 {
        let (least, greatest) = self.scale_range(lonlat);
        (least * greatest).sqrt()
    }

    /// The scale factors along the parallel (a / N cos φ) and the meridian (a / M cos φ), the smaller first.
    pub(super) fn scale_range(&self, lonlat: Coord) -> (f64, f64) {
        let e2 = Ellipsoid::WGS84.e2();
        let lat = lonlat.y.clamp(-POLEWARD_DEG, POLEWARD_DEG).to_radians();
        let w2 = 1.0 - e2 * lat.sin().powi(2);
        let parallel = w2.sqrt() / lat.cos();
        let meridian = w2.powf(1.5) / (1.0 - e2) / lat.cos();
        (parallel.min(meridian), parallel.max(meridian))
    }
}
