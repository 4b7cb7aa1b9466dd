use super::Ellipsoid;
use super::authalic::{geodetic, q, q_slope};
use geo::Coord;

/// Lambert azimuthal equal-area projection (EPSG method 9820) on WGS 84, oblique or equatorial: for a continent, of which a cone or
/// a cylinder would distort the edges. Scale is true at its centre.
///
/// **References**: Snyder, *Map Projections: A Working Manual* (1987), eq. 24-17 to 24-26; IOGP Guidance Note 7-2, *Lambert Azimuthal
/// Equal Area*.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LambertAzimuthal {
    centre: Coord,
    /// Authalic radius: that of the sphere with the area of the ellipsoid.
    radius: f64,
    /// The value of [`q`] at the pole.
    q_pole: f64,
    /// Sine and cosine of the authalic latitude of the centre.
    sin_centre: f64,
    cos_centre: f64,
    /// Stretch that makes the scale at the centre the same in all directions.
    stretch: f64,
}

impl LambertAzimuthal {
    /// Returns the projection about a centre (lon, lat in degrees; its latitude is taken to be within 89.9° of the equator); no
    /// false easting or northing.
    ///
    /// # Examples
    /// ```
    /// use merestone::earth::projection::{LambertAzimuthal, Projection};
    /// let europe = LambertAzimuthal::wgs84(geo::Coord { x: 10.0, y: 52.0 });
    /// let at = Projection::Azimuthal(europe).forward(geo::Coord { x: 44.5136, y: 40.1772 });
    /// // PROJ, +proj=laea +lon_0=10 +lat_0=52
    /// assert!((at.x - 2_839_508.769).abs() < 0.001 && (at.y + 647_131.933).abs() < 0.001);
    /// ```
    pub fn wgs84(centre: Coord) -> Self {
        let Ellipsoid { a, .. } = Ellipsoid::WGS84;
        let centre = Coord { x: centre.x, y: centre.y.clamp(-89.9, 89.9) };
        let q_pole = q(1.0);
        let radius = a * (q_pole / 2.0).sqrt();
        let (sin, cos) = centre.y.to_radians().sin_cos();
        let sin_centre = q(sin) / q_pole;
        let cos_centre = (1.0 - sin_centre * sin_centre).sqrt();
        let across = cos / (1.0 - Ellipsoid::WGS84.e2() * sin * sin).sqrt();
        LambertAzimuthal { centre, radius, q_pole, sin_centre, cos_centre, stretch: a * across / (radius * cos_centre) }
    }

    /// The centre (lon, lat in degrees).
    pub fn centre_deg(&self) -> Coord {
        self.centre
    }

    /// Whether projected coordinates (metres) are those of a position.
    pub(super) fn holds(&self, xy: Coord) -> bool {
        (xy.x / self.stretch).hypot(xy.y * self.stretch) <= 2.0 * self.radius
    }

    /// The point opposite the centre is at infinity in no direction: it becomes a circle, of which one point is given.
    pub(super) fn forward(&self, lonlat: Coord) -> Coord {
        let (sin, cos) = self.authalic(lonlat.y);
        let (sin_east, cos_east) = (lonlat.x - self.centre.x).to_radians().sin_cos();
        let reach = self.reach(sin, cos, cos_east);
        Coord {
            x: self.stretch * reach * cos * sin_east,
            y: reach / self.stretch * (self.cos_centre * sin - self.sin_centre * cos * cos_east),
        }
    }

    /// Coordinates beyond the antipode of the centre give the antipode.
    pub(super) fn inverse(&self, xy: Coord) -> Coord {
        let (x, y) = (xy.x / self.stretch, xy.y * self.stretch);
        let far = x.hypot(y);
        if far < 1e-9 {
            return self.centre;
        }
        let angle = 2.0 * (far / (2.0 * self.radius)).min(1.0).asin();
        let (sin, cos) = angle.sin_cos();
        let sin_authalic = cos * self.sin_centre + y * sin * self.cos_centre / far;
        let east = (x * sin).atan2(far * self.cos_centre * cos - y * self.sin_centre * sin);
        Coord { x: self.centre.x + east.to_degrees(), y: geodetic(sin_authalic, self.q_pole).to_degrees() }
    }

    /// Scale factor along the parallel; [`LambertAzimuthal::scale_range`] gives the extremes.
    pub(super) fn scale_factor(&self, lonlat: Coord) -> f64 {
        let (east, _) = self.derivatives(lonlat);
        east.x.hypot(east.y)
    }

    /// The semi-axes of Tissot's indicatrix, the smaller first; their product is 1.
    pub(super) fn scale_range(&self, lonlat: Coord) -> (f64, f64) {
        let (east, north) = self.derivatives(lonlat);
        let squares = east.x * east.x + east.y * east.y + north.x * north.x + north.y * north.y;
        let longer = ((squares + 2.0).sqrt() + (squares - 2.0).max(0.0).sqrt()) / 2.0;
        (1.0 / longer, longer)
    }

    pub(super) fn convergence_deg(&self, lonlat: Coord) -> f64 {
        let (_, north) = self.derivatives(lonlat);
        (-north.x).atan2(north.y).to_degrees()
    }

    /// The projected vectors of a metre to the east and of a metre to the north.
    fn derivatives(&self, lonlat: Coord) -> (Coord, Coord) {
        // A parallel has length 0 at the pole, but not 0.1 m from it.
        let lat = lonlat.y.clamp(-90.0 + 1e-6, 90.0 - 1e-6);
        let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
        let Ellipsoid { a, .. } = Ellipsoid::WGS84;
        let e2 = Ellipsoid::WGS84.e2();
        let w2 = 1.0 - e2 * sin_lat * sin_lat;
        let across_m = a / w2.sqrt() * cos_lat;
        let along_m = a * (1.0 - e2) / w2.powf(1.5);
        let (sin, cos) = self.authalic(lat);
        let (sin_east, cos_east) = (lonlat.x - self.centre.x).to_radians().sin_cos();
        let reach = self.reach(sin, cos, cos_east);
        let slope = -reach.powi(3) / (4.0 * self.radius * self.radius);
        // Per radian of longitude, and per radian of authalic latitude.
        let by_lon = slope * -self.cos_centre * cos * sin_east;
        let by_lat = slope * (self.sin_centre * cos - self.cos_centre * sin * cos_east);
        let up = self.cos_centre * sin - self.sin_centre * cos * cos_east;
        let east = Coord {
            x: self.stretch * (by_lon * cos * sin_east + reach * cos * cos_east),
            y: (by_lon * up + reach * self.sin_centre * cos * sin_east) / self.stretch,
        };
        let north = Coord {
            x: self.stretch * (by_lat * cos * sin_east - reach * sin * sin_east),
            y: (by_lat * up + reach * (self.cos_centre * cos + self.sin_centre * sin * cos_east)) / self.stretch,
        };
        let per_lat = q_slope(sin_lat) * cos_lat / (self.q_pole * cos);
        (east / across_m, north * (per_lat / along_m))
    }

    /// Sine and cosine of the authalic latitude of a latitude in degrees.
    fn authalic(&self, lat_deg: f64) -> (f64, f64) {
        let sin = (q(lat_deg.to_radians().sin()) / self.q_pole).clamp(-1.0, 1.0);
        (sin, (1.0 - sin * sin).sqrt())
    }

    /// Snyder's B (eq. 24-18).
    fn reach(&self, sin: f64, cos: f64, cos_east: f64) -> f64 {
        let near = 1.0 + self.sin_centre * sin + self.cos_centre * cos * cos_east;
        self.radius * (2.0 / near.max(1e-12)).sqrt()
    }
}
