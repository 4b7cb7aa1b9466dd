use super::Ellipsoid;
use geo::Coord;

/// Transverse Mercator, by Krüger's series to the sixth order of the third flattening (nanometres within 30° of the
/// central meridian).
///
/// **References**: Karney, *Transverse Mercator with an accuracy of a few nanometers*, J. Geodesy 85 (2011), eq. 7–12,
/// 23–26, 35, 36.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TransverseMercator {
    ellipsoid: Ellipsoid,
    central_meridian_deg: f64,
    scale: f64,
    false_easting: f64,
    false_northing: f64,
    radius: f64,
    alpha: [f64; 6],
    beta: [f64; 6],
}

impl TransverseMercator {
    /// Returns the projection with a central meridian in degrees, its scale factor, and false easting and northing in
    /// metres.
    pub fn new(
        ellipsoid: Ellipsoid,
        central_meridian_deg: f64,
        scale: f64,
        false_easting: f64,
        false_northing: f64,
    ) -> Self {
        let n = ellipsoid.n();
        let powers = [n, n.powi(2), n.powi(3), n.powi(4), n.powi(5), n.powi(6)];
        let series = |rows: &[[f64; 6]; 6]| rows.map(|row| row.iter().zip(powers).map(|(c, p)| c * p).sum());
        let radius = ellipsoid.a / (1.0 + n) * (1.0 + powers[1] / 4.0 + powers[3] / 64.0 + powers[5] / 256.0);
        let (alpha, beta) = (series(&ALPHA), series(&BETA));
        TransverseMercator {
            ellipsoid,
            central_meridian_deg,
            scale,
            false_easting,
            false_northing,
            radius,
            alpha,
            beta,
        }
    }

    /// Returns UTM zone 1 to 60 on WGS 84; `south` adds the false northing of the southern hemisphere.
    ///
    /// # Examples
    /// ```
    /// use merestone::earth::projection::{Projection, TransverseMercator};
    /// let utm_38 = Projection::Transverse(TransverseMercator::utm(38, false));
    /// let at = utm_38.forward(geo::Coord { x: 44.5136, y: 40.1772 });
    /// assert!((at.x - 458_588.479).abs() < 0.001 && (at.y - 4_447_538.392).abs() < 0.001); // PROJ, EPSG:32638
    /// ```
    pub fn utm(zone: u8, south: bool) -> Self {
        let northing = if south { 10_000_000.0 } else { 0.0 };
        Self::new(Ellipsoid::WGS84, f64::from(zone) * 6.0 - 183.0, 0.9996, 500_000.0, northing)
    }

    /// Returns six-degree Gauss–Krüger zone 1 to 60 (zone 8 has the central meridian 45° E), with the zone number in
    /// the easting. SK-42 uses the Krassowsky ellipsoid; the datum operation is not part of the projection.
    pub fn gauss_kruger(zone: u8, ellipsoid: Ellipsoid) -> Self {
        Self::new(ellipsoid, f64::from(zone) * 6.0 - 3.0, 1.0, f64::from(zone) * 1e6 + 500_000.0, 0.0)
    }

    /// Moves the origin of northings from the equator to a latitude in degrees.
    pub fn with_origin_latitude(self, origin_lat_deg: f64) -> Self {
        let origin = self.forward(Coord { x: self.central_meridian_deg, y: origin_lat_deg });
        TransverseMercator { false_northing: 2.0 * self.false_northing - origin.y, ..self }
    }

    /// False easting and northing in metres: the coordinates of the central meridian at the equator.
    pub fn false_origin(&self) -> Coord {
        Coord { x: self.false_easting, y: self.false_northing }
    }

    /// Longitude of the central meridian in degrees.
    pub fn central_meridian_deg(&self) -> f64 {
        self.central_meridian_deg
    }

    /// Scale factor on the central meridian.
    pub fn central_scale(&self) -> f64 {
        self.scale
    }

    pub(super) fn forward(&self, lonlat: Coord) -> Coord {
        let (xi0, eta0, _) = self.sphere(lonlat);
        let (mut xi, mut eta) = (xi0, eta0);
        for (j, a) in (1..).zip(self.alpha) {
            let m = 2.0 * f64::from(j);
            xi += a * (m * xi0).sin() * (m * eta0).cosh();
            eta += a * (m * xi0).cos() * (m * eta0).sinh();
        }
        let k = self.scale * self.radius;
        Coord { x: self.false_easting + k * eta, y: self.false_northing + k * xi }
    }

    pub(super) fn inverse(&self, xy: Coord) -> Coord {
        let k = self.scale * self.radius;
        let (xi, eta) = ((xy.y - self.false_northing) / k, (xy.x - self.false_easting) / k);
        let (mut xi0, mut eta0) = (xi, eta);
        for (j, b) in (1..).zip(self.beta) {
            let m = 2.0 * f64::from(j);
            xi0 -= b * (m * xi).sin() * (m * eta).cosh();
            eta0 -= b * (m * xi).cos() * (m * eta).sinh();
        }
        let conformal_tan = xi0.sin() / eta0.sinh().hypot(xi0.cos());
        let lon = eta0.sinh().atan2(xi0.cos());
        Coord { x: lon.to_degrees() + self.central_meridian_deg, y: self.geographic(conformal_tan).to_degrees() }
    }

    pub(super) fn scale_factor(&self, lonlat: Coord) -> f64 {
        let (xi0, eta0, tau) = self.sphere(lonlat);
        let (p, q) = self.derivative(xi0, eta0);
        let lat = lonlat.y.to_radians();
        let lon = (lonlat.x - self.central_meridian_deg).to_radians();
        let sphere =
            (1.0 - self.ellipsoid.e2() * lat.sin().powi(2)).sqrt() * lat.tan().hypot(1.0) / tau.hypot(lon.cos());
        self.scale * self.radius / self.ellipsoid.a * p.hypot(q) * sphere
    }

    pub(super) fn convergence_deg(&self, lonlat: Coord) -> f64 {
        let (xi0, eta0, tau) = self.sphere(lonlat);
        let (p, q) = self.derivative(xi0, eta0);
        let lon = (lonlat.x - self.central_meridian_deg).to_radians();
        ((tau / tau.hypot(1.0) * lon.tan()).atan() + (q / p).atan()).to_degrees()
    }

    /// ξ′ and η′ on the conformal sphere, and the tangent of the conformal latitude.
    fn sphere(&self, lonlat: Coord) -> (f64, f64, f64) {
        let tau = conformal(lonlat.y.to_radians().tan(), self.ellipsoid.e());
        let lon = (lonlat.x - self.central_meridian_deg).to_radians();
        (tau.atan2(lon.cos()), (lon.sin() / tau.hypot(lon.cos())).asinh(), tau)
    }

    /// p′ and q′ (Karney eq. 23, 24).
    fn derivative(&self, xi0: f64, eta0: f64) -> (f64, f64) {
        let (mut p, mut q) = (1.0, 0.0);
        for (j, a) in (1..).zip(self.alpha) {
            let m = 2.0 * f64::from(j);
            p += m * a * (m * xi0).cos() * (m * eta0).cosh();
            q += m * a * (m * xi0).sin() * (m * eta0).sinh();
        }
        (p, q)
    }

    /// Latitude in radians from the tangent of its conformal latitude, by Newton's method (Karney eq. 19 to 21).
    fn geographic(&self, conformal_tan: f64) -> f64 {
        let (e, e2) = (self.ellipsoid.e(), self.ellipsoid.e2());
        let mut tau = conformal_tan;
        for _ in 0..6 {
            let now = conformal(tau, e);
            let slope = (1.0 + (1.0 - e2) * tau * tau) / ((1.0 - e2) * now.hypot(1.0) * tau.hypot(1.0));
            tau += (conformal_tan - now) * slope;
        }
        tau.atan()
    }
}

/// Tangent of the conformal latitude, from the tangent of the latitude (Karney eq. 7, 8).
fn conformal(tau: f64, e: f64) -> f64 {
    let sigma = (e * (e * tau / tau.hypot(1.0)).atanh()).sinh();
    tau * sigma.hypot(1.0) - sigma * tau.hypot(1.0)
}

#[rustfmt::skip]
const ALPHA: [[f64; 6]; 6] = [
    [1.0 / 2.0, -2.0 / 3.0, 5.0 / 16.0, 41.0 / 180.0, -127.0 / 288.0, 7891.0 / 37800.0],
    [0.0, 13.0 / 48.0, -3.0 / 5.0, 557.0 / 1440.0, 281.0 / 630.0, -1983433.0 / 1935360.0],
    [0.0, 0.0, 61.0 / 240.0, -103.0 / 140.0, 15061.0 / 26880.0, 167603.0 / 181440.0],
    [0.0, 0.0, 0.0, 49561.0 / 161280.0, -179.0 / 168.0, 6601661.0 / 7257600.0],
    [0.0, 0.0, 0.0, 0.0, 34729.0 / 80640.0, -3418889.0 / 1995840.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 212378941.0 / 319334400.0],
];

#[rustfmt::skip]
const BETA: [[f64; 6]; 6] = [
    [1.0 / 2.0, -2.0 / 3.0, 37.0 / 96.0, -1.0 / 360.0, -81.0 / 512.0, 96199.0 / 604800.0],
    [0.0, 1.0 / 48.0, 1.0 / 15.0, -437.0 / 1440.0, 46.0 / 105.0, -1118711.0 / 3870720.0],
    [0.0, 0.0, 17.0 / 480.0, -37.0 / 840.0, -209.0 / 4480.0, 5569.0 / 90720.0],
    [0.0, 0.0, 0.0, 4397.0 / 161280.0, -11.0 / 504.0, -830251.0 / 7257600.0],
    [0.0, 0.0, 0.0, 0.0, 4583.0 / 161280.0, -108847.0 / 3991680.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 20648693.0 / 638668800.0],
];
