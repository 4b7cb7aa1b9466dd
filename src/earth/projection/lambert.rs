use super::Ellipsoid;
use geo::Coord;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

/// Lambert conformal conic with two standard parallels, ellipsoidal.
///
/// **References**: Snyder, *Map Projections: A Working Manual* (USGS PP 1395, 1987), eq. 14-15, 15-1 to 15-11.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lambert {
    ellipsoid: Ellipsoid,
    parallels_deg: (f64, f64),
    origin_deg: Coord,
    n: f64,
    af: f64,
    rho0: f64,
}

impl Lambert {
    /// Returns the conic on WGS 84 with standard parallels `south_deg` and `north_deg` (they may be equal), origin
    /// latitude and central meridian in degrees; no false easting or northing. The parallels must not be symmetric
    /// about the equator.
    ///
    /// # Examples
    /// ```
    /// use merestone::earth::projection::{Lambert, Projection};
    /// let conic = Projection::Lambert(Lambert::wgs84(39.0, 41.0, 40.0, 46.6));
    /// let at = conic.forward(geo::Coord { x: 51.0, y: 37.0 });
    /// assert!((at.x - 391_961.122).abs() < 0.001 && (at.y + 323_441.317).abs() < 0.001); // PROJ, +proj=lcc
    /// ```
    pub fn wgs84(south_deg: f64, north_deg: f64, origin_lat_deg: f64, origin_lon_deg: f64) -> Self {
        let ellipsoid = Ellipsoid::WGS84;
        let (south, north) = (south_deg.to_radians(), north_deg.to_radians());
        let m = |lat: f64| lat.cos() / (1.0 - ellipsoid.e2() * lat.sin().powi(2)).sqrt();
        let t = |lat: f64| t(lat, ellipsoid.e());
        let n = if (south_deg - north_deg).abs() < 1e-9 {
            south.sin()
        } else {
            (m(south).ln() - m(north).ln()) / (t(south).ln() - t(north).ln())
        };
        let af = ellipsoid.a * m(south) / (n * t(south).powf(n));
        let rho0 = af * t(origin_lat_deg.to_radians()).powf(n);
        let origin_deg = Coord { x: origin_lon_deg, y: origin_lat_deg };
        Lambert { ellipsoid, parallels_deg: (south_deg, north_deg), origin_deg, n, af, rho0 }
    }

    /// Standard parallels in degrees, south and north.
    pub fn parallels_deg(&self) -> (f64, f64) {
        self.parallels_deg
    }

    /// Longitude of the central meridian in degrees.
    pub fn central_meridian_deg(&self) -> f64 {
        self.origin_deg.x
    }

    pub(super) fn forward(&self, lonlat: Coord) -> Coord {
        let rho = self.rho(lonlat.y);
        let theta = self.n * self.east_of_meridian_deg(lonlat.x).to_radians();
        Coord { x: rho * theta.sin(), y: self.rho0 - rho * theta.cos() }
    }

    pub(super) fn inverse(&self, xy: Coord) -> Coord {
        let sign = self.n.signum();
        let (x, y) = (sign * xy.x, sign * (self.rho0 - xy.y));
        let t = (x.hypot(y) / (sign * self.af)).powf(1.0 / self.n);
        let e = self.ellipsoid.e();
        let mut lat = FRAC_PI_2 - 2.0 * t.atan();
        for _ in 0..12 {
            let es = e * lat.sin();
            let next = FRAC_PI_2 - 2.0 * (t * ((1.0 - es) / (1.0 + es)).powf(e / 2.0)).atan();
            let moved = (next - lat).abs();
            lat = next;
            if moved < 1e-16 {
                break;
            }
        }
        Coord { x: (x.atan2(y) / self.n).to_degrees() + self.origin_deg.x, y: lat.to_degrees() }
    }

    pub(super) fn scale_factor(&self, lonlat: Coord) -> f64 {
        // At the pole both rho and m are 0; their ratio has its limit 0.1 m from it.
        let lonlat = Coord { y: lonlat.y.clamp(-90.0 + 1e-6, 90.0 - 1e-6), ..lonlat };
        let lat = lonlat.y.to_radians();
        let m = lat.cos() / (1.0 - self.ellipsoid.e2() * lat.sin().powi(2)).sqrt();
        self.n * self.rho(lonlat.y) / (self.ellipsoid.a * m)
    }

    pub(super) fn convergence_deg(&self, lonlat: Coord) -> f64 {
        self.n * self.east_of_meridian_deg(lonlat.x)
    }

    /// Longitude relative to the central meridian, normalised to ±180°.
    fn east_of_meridian_deg(&self, lon_deg: f64) -> f64 {
        let d = lon_deg - self.origin_deg.x;
        if d > 180.0 {
            d - 360.0
        } else if d < -180.0 {
            d + 360.0
        } else {
            d
        }
    }

    fn rho(&self, lat_deg: f64) -> f64 {
        self.af * (self.n * ln_t(lat_deg.to_radians(), self.ellipsoid.e())).exp()
    }
}

fn t(lat: f64, e: f64) -> f64 {
    ln_t(lat, e).exp()
}

/// The logarithm of Snyder's t (eq. 15-9), computed without powers: this is the inner loop of drawing.
fn ln_t(lat: f64, e: f64) -> f64 {
    (FRAC_PI_4 - lat / 2.0).tan().ln() + e * atanh_small(e * lat.sin())
}

/// atanh of the eccentricity times a sine (below 0.09): the series to 1e-17.
fn atanh_small(x: f64) -> f64 {
    let x2 = x * x;
    x * (1.0
        + x2 * (1.0 / 3.0 + x2 * (1.0 / 5.0 + x2 * (1.0 / 7.0 + x2 * (1.0 / 9.0 + x2 * (1.0 / 11.0 + x2 / 13.0))))))
}
