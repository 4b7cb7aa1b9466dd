/// An ellipsoid of revolution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipsoid {
    /// Equatorial radius in metres.
    pub a: f64,
    /// Flattening.
    pub f: f64,
}

impl Ellipsoid {
    /// WGS 84.
    pub const WGS84: Ellipsoid = Ellipsoid { a: 6_378_137.0, f: 1.0 / 298.257_223_563 };
    /// Krassowsky 1940, the ellipsoid of SK-42.
    pub const KRASSOWSKY: Ellipsoid = Ellipsoid { a: 6_378_245.0, f: 1.0 / 298.3 };

    /// First eccentricity squared.
    pub fn e2(&self) -> f64 {
        self.f * (2.0 - self.f)
    }

    /// First eccentricity.
    pub(super) fn e(&self) -> f64 {
        self.e2().sqrt()
    }

    /// Third flattening.
    pub(super) fn n(&self) -> f64 {
        self.f / (2.0 - self.f)
    }
}
