use super::Ellipsoid;
use super::authalic::{geodetic, q, q_slope};
use geo::Coord;
use std::f64::consts::{FRAC_PI_3, PI};

/// Coefficients of the Equal Earth polynomial.
const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
/// √3 / 2, the ratio sin θ / sin β.
const M: f64 = 0.866_025_403_784_438_6;

/// Equal Earth (EPSG method 1078; EPSG:8857 with the central meridian of Greenwich): equal-area projection of the whole
/// world on WGS 84. The map ends 180° from the central meridian; the poles are lines.
///
/// **References**: Šavrič, Patterson, Jenny, *The Equal Earth map projection*, IJGIS 33 (2019), eq. 4 to 12; for the
/// ellipsoid IOGP Guidance Note 7-2, *Equal Earth*; Snyder, *Map Projections: A Working Manual* (1987), eq. 3-11, 3-12,
/// 3-16, 3-18 (authalic latitude).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EqualEarth {
    central_meridian_deg: f64,
    /// Authalic radius: that of the sphere with the area of the ellipsoid.
    radius: f64,
    /// The value of [`q`] at the pole.
    q_pole: f64,
}

impl EqualEarth {
    /// Returns the projection on WGS 84 with a central meridian in degrees; no false easting or northing.
    ///
    /// # Examples
    /// ```
    /// use merestone::earth::projection::{EqualEarth, Projection};
    /// let at = Projection::EqualEarth(EqualEarth::wgs84(0.0)).forward(geo::Coord { x: 44.5136, y: 40.1772 });
    /// assert!((at.x - 3_778_358.084).abs() < 0.001 && (at.y - 4_940_778.021).abs() < 0.001); // PROJ, EPSG:8857
    /// ```
    pub fn wgs84(central_meridian_deg: f64) -> Self {
        let q_pole = q(1.0);
        EqualEarth { central_meridian_deg, radius: Ellipsoid::WGS84.a * (q_pole / 2.0).sqrt(), q_pole }
    }

    /// Longitude of the central meridian in degrees.
    pub fn central_meridian_deg(&self) -> f64 {
        self.central_meridian_deg
    }

    /// Whether projected coordinates (metres) are inside the outline of the map.
    pub(super) fn holds(&self, xy: Coord) -> bool {
        let theta = self.theta_at(xy.y);
        xy.y.abs() <= self.radius * northing(FRAC_PI_3) && xy.x.abs() <= self.radius * PI * width(theta)
    }

    pub(super) fn forward(&self, lonlat: Coord) -> Coord {
        let theta = self.theta(lonlat.y);
        let east = self.east_of_meridian_deg(lonlat.x).to_radians();
        Coord { x: self.radius * east * width(theta), y: self.radius * northing(theta) }
    }

    /// Coordinates outside the outline give longitudes beyond 180° of the central meridian or the latitude of the pole:
    /// see [`EqualEarth::holds`].
    pub(super) fn inverse(&self, xy: Coord) -> Coord {
        let theta = self.theta_at(xy.y);
        let lon = self.central_meridian_deg + (xy.x / (self.radius * width(theta))).to_degrees();
        Coord { x: lon, y: geodetic(theta.sin() / M, self.q_pole).to_degrees() }
    }

    /// Scale factor along the parallel; [`EqualEarth::scale_range`] gives the extremes.
    pub(super) fn scale_factor(&self, lonlat: Coord) -> f64 {
        self.derivatives(lonlat).0
    }

    /// The semi-axes of Tissot's indicatrix, the smaller first; their product is 1.
    pub(super) fn scale_range(&self, lonlat: Coord) -> (f64, f64) {
        let (parallel, north) = self.derivatives(lonlat);
        let squares = parallel * parallel + north.x * north.x + north.y * north.y;
        let longer = ((squares + 2.0).sqrt() + (squares - 2.0).max(0.0).sqrt()) / 2.0;
        (1.0 / longer, longer)
    }

    pub(super) fn convergence_deg(&self, lonlat: Coord) -> f64 {
        let (_, north) = self.derivatives(lonlat);
        (-north.x).atan2(north.y).to_degrees()
    }

    /// Partial derivatives: the projected length of a metre to the east (along x) and the vector of a metre to the
    /// north.
    fn derivatives(&self, lonlat: Coord) -> (f64, Coord) {
        // A parallel has length 0 at the pole, but not 0.1 m from it.
        let lat = lonlat.y.clamp(-90.0 + 1e-6, 90.0 - 1e-6).to_radians();
        let (sin, cos) = lat.sin_cos();
        let theta = self.theta(lat.to_degrees());
        let Ellipsoid { a, .. } = Ellipsoid::WGS84;
        let e2 = Ellipsoid::WGS84.e2();
        let w2 = 1.0 - e2 * sin * sin;
        let across_m = a / w2.sqrt();
        let along_m = a * (1.0 - e2) / w2.powf(1.5);
        let per_radian = M * q_slope(sin) * cos / (self.q_pole * theta.cos());
        let east = self.east_of_meridian_deg(lonlat.x).to_radians();
        let north = Coord { x: east * width_slope(theta), y: northing_slope(theta) };
        (self.radius * width(theta) / (across_m * cos), north * (self.radius * per_radian / along_m))
    }

    /// The parameter θ of a latitude in degrees.
    fn theta(&self, lat_deg: f64) -> f64 {
        (M * q(lat_deg.to_radians().sin()) / self.q_pole).asin()
    }

    /// The parameter θ of a northing, by Newton's method; beyond the pole, that of the pole.
    fn theta_at(&self, y: f64) -> f64 {
        let wanted = (y / self.radius).clamp(northing(-FRAC_PI_3), northing(FRAC_PI_3));
        let mut theta = wanted / A[0];
        for _ in 0..12 {
            let step = (northing(theta) - wanted) / northing_slope(theta);
            theta -= step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        theta.clamp(-FRAC_PI_3, FRAC_PI_3)
    }

    /// Longitude relative to the central meridian, normalised to ±180°; ±180° itself keeps its sign.
    fn east_of_meridian_deg(&self, lon_deg: f64) -> f64 {
        let d = lon_deg - self.central_meridian_deg;
        if d > 180.0 + 1e-9 {
            d - 360.0
        } else if d < -180.0 - 1e-9 {
            d + 360.0
        } else {
            d
        }
    }
}

/// Northing divided by the radius.
fn northing(theta: f64) -> f64 {
    let t2 = theta * theta;
    theta * (A[0] + A[1] * t2 + t2 * t2 * t2 * (A[2] + A[3] * t2))
}

fn northing_slope(theta: f64) -> f64 {
    let t2 = theta * theta;
    A[0] + 3.0 * A[1] * t2 + t2 * t2 * t2 * (7.0 * A[2] + 9.0 * A[3] * t2)
}

/// Easting divided by the radius, per radian of longitude.
fn width(theta: f64) -> f64 {
    theta.cos() / (M * northing_slope(theta))
}

fn width_slope(theta: f64) -> f64 {
    let (sin, cos) = theta.sin_cos();
    let (p, t2) = (northing_slope(theta), theta * theta);
    let p_slope = theta * (6.0 * A[1] + t2 * t2 * (42.0 * A[2] + 72.0 * A[3] * t2));
    -(sin * p + cos * p_slope) / (M * p * p)
}
