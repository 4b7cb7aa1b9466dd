//! Geodetic datums, and coordinate operations between Pulkovo 1942 and WGS 84.

mod helmert;
mod operations;

pub use helmert::{Helmert, HelmertMethod};
pub use operations::{DEFAULT_OPERATION, OPERATIONS};

use super::projection::Ellipsoid;
use geo::Coord;
use std::borrow::Cow;

/// A geodetic datum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Datum {
    /// World Geodetic System 1984 (EPSG:6326), the datum of RFC 7946.
    Wgs84,
    /// Pulkovo 1942 (EPSG:6284), SK-42: the datum of Soviet maps, on the Krassowsky ellipsoid.
    Pulkovo1942,
}

impl Datum {
    /// The EPSG name.
    pub const fn name(self) -> &'static str {
        match self {
            Datum::Wgs84 => "WGS 84",
            Datum::Pulkovo1942 => "Pulkovo 1942",
        }
    }

    /// The ellipsoid of its latitudes and longitudes.
    pub const fn ellipsoid(self) -> Ellipsoid {
        match self {
            Datum::Wgs84 => Ellipsoid::WGS84,
            Datum::Pulkovo1942 => Ellipsoid::KRASSOWSKY,
        }
    }
}

/// A coordinate operation from Pulkovo 1942 to WGS 84, and its inverse.
///
/// In the South Caucasus, omitting it displaces positions by about 103 m; a rotation with the wrong sign, by 30 m.
///
/// **Earth and units**: positions (lon, lat) in degrees, at height 0 on the datum's ellipsoid.
///
/// **Method**: geographic to geocentric coordinates, seven-parameter Helmert transformation with small rotation angles
/// (EPSG methods 9603, 9606 and 9607 in the geographic 2D domain), and back; heights are neither used nor changed. The
/// inverse takes the transposed rotation matrix, as PROJ does: with the large rotations of EPSG:1808 and 1809 the round
/// trip is off by 6 mm.
///
/// **References**: IOGP Guidance Note 373-7-2, 4.3.3 (*Geocentric translations*, *Helmert 7-parameter*); parameters:
/// EPSG dataset.
///
/// **Example** (PROJ): 40° N 45° E on Pulkovo 1942 is 12 m further south and 105 m further west on WGS 84.
/// ```
/// use merestone::earth::Operation;
/// let to_wgs84 = Operation::epsg(15865).ok_or("in the table")?;
/// let there = to_wgs84.to_wgs84(geo::Coord { x: 45.0, y: 40.0 });
/// assert!((there.x - 44.99877258).abs() < 1e-8 && (there.y - 39.99988840).abs() < 1e-8);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// EPSG code; `None` for user-defined parameters.
    pub code: Option<u32>,
    /// Its name.
    pub name: Cow<'static, str>,
    /// The rotation convention.
    pub method: HelmertMethod,
    /// The seven parameters.
    pub parameters: Helmert,
    /// Accuracy of transformed positions in metres, where one is stated.
    pub accuracy_m: Option<f64>,
    /// Area of use, as text.
    pub area_of_use: Cow<'static, str>,
    /// Area of use: west, south, east, north in degrees; west is greater than east across ±180°.
    pub bounds: Option<[f64; 4]>,
}

impl Default for Operation {
    /// EPSG:15865, whose area of use is all of the former USSR onshore.
    fn default() -> Self {
        DEFAULT_OPERATION
    }
}

impl Operation {
    /// Returns the operation with this EPSG code, if it is in the table.
    pub fn epsg(code: u32) -> Option<Operation> {
        OPERATIONS.iter().find(|operation| operation.code == Some(code)).cloned()
    }

    /// Transforms a Pulkovo 1942 position (lon, lat in degrees) to WGS 84.
    pub fn to_wgs84(&self, lonlat: Coord) -> Coord {
        let there = self.parameters.forward(self.method, Datum::Pulkovo1942.ellipsoid().to_geocentric_m(lonlat));
        Datum::Wgs84.ellipsoid().to_lonlat(there)
    }

    /// Transforms a WGS 84 position (lon, lat in degrees) to Pulkovo 1942.
    pub fn from_wgs84(&self, lonlat: Coord) -> Coord {
        let there = self.parameters.inverse(self.method, Datum::Wgs84.ellipsoid().to_geocentric_m(lonlat));
        Datum::Pulkovo1942.ellipsoid().to_lonlat(there)
    }

    /// Returns the exact inverse of [`to_wgs84`](Self::to_wgs84), to the nanometre: the Pulkovo 1942 position (lon, lat
    /// in degrees) of a WGS 84 position. Use it where Pulkovo 1942 input must round-trip.
    ///
    /// **Method**: fixed-point iteration in geocentric coordinates, three steps from [`from_wgs84`](Self::from_wgs84),
    /// which alone may miss by millimetres; ±180° and the poles need no special case.
    pub fn inverse_exact(&self, wgs84: Coord) -> Coord {
        let (pulkovo, goal) = (Datum::Pulkovo1942.ellipsoid(), Datum::Wgs84.ellipsoid().to_geocentric_m(wgs84));
        let mut there = self.from_wgs84(wgs84);
        for _ in 0..3 {
            let is = Datum::Wgs84.ellipsoid().to_geocentric_m(self.to_wgs84(there));
            let at = pulkovo.to_geocentric_m(there);
            there = pulkovo.to_lonlat(std::array::from_fn(|axis| at[axis] + goal[axis] - is[axis]));
        }
        there
    }

    /// The identifier: `EPSG:15865`, or "own parameters".
    pub fn id(&self) -> String {
        self.code.map_or_else(|| "own parameters".to_owned(), |code| format!("EPSG:{code}"))
    }

    /// Whether a position (lon, lat in degrees) is in the area of use; true without bounds.
    pub fn covers(&self, lonlat: Coord) -> bool {
        self.bounds.is_none_or(|[west, south, east, north]| {
            let between =
                if west <= east { (west..=east).contains(&lonlat.x) } else { lonlat.x >= west || lonlat.x <= east };
            between && (south..=north).contains(&lonlat.y)
        })
    }

    /// Method and parameters on one line.
    pub fn parameters_text(&self) -> String {
        let triple = |[x, y, z]: [f64; 3]| format!("{x}, {y}, {z}");
        let Helmert { translation_m, rotation_arcsec, scale_ppm } = self.parameters;
        let translation = format!("{}: t {} m", self.method.name(), triple(translation_m));
        match self.method {
            HelmertMethod::Translation => translation,
            _ => format!("{translation}; r {}″; ds {scale_ppm} ppm", triple(rotation_arcsec)),
        }
    }

    /// Accuracy as text.
    pub fn accuracy_text(&self) -> String {
        self.accuracy_m.map_or_else(|| "accuracy unknown".to_owned(), |metres| format!("accuracy {metres} m"))
    }
}

impl std::fmt::Display for Operation {
    /// Identifier, name, parameters, accuracy and area of use, on one line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (id, name, parameters, accuracy) = (self.id(), &self.name, self.parameters_text(), self.accuracy_text());
        write!(f, "{id} {name} ({parameters}), {accuracy}, area of use: {}", self.area_of_use)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotation_with_the_wrong_sign_is_off_by_thirty_metres() {
        let right = Operation::default();
        let wrong = Operation { method: HelmertMethod::PositionVector, ..right.clone() };
        let place = Coord { x: 45.0, y: 40.0 };
        let error = crate::earth::distance_m(right.to_wgs84(place), wrong.to_wgs84(place));
        assert!((25.0..40.0).contains(&error), "{error} m");
    }

    #[test]
    fn round_trip_is_exact_with_every_operation() {
        for operation in OPERATIONS {
            for (x, y) in
                [(46.2444, 38.9025), (180.0, 66.0), (-180.0, 66.0), (-179.999, -33.0), (12.0, 89.9995), (0.0, 90.0)]
            {
                let place = Coord { x, y };
                let off_m = crate::earth::distance_m(operation.to_wgs84(operation.inverse_exact(place)), place);
                assert!(off_m < 2e-8, "{} {x} {y}: {off_m} m", operation.id());
            }
        }
    }

    #[test]
    fn areas_of_use_may_cross_the_antimeridian() {
        let union = Operation::default();
        assert!(union.covers(Coord { x: 45.0, y: 40.0 }) && union.covers(Coord { x: -170.0, y: 66.0 }));
        assert!(!union.covers(Coord { x: 10.0, y: 50.0 }));
        let russia = Operation::epsg(5044).expect("in the table");
        assert!(!russia.covers(Coord { x: 45.0, y: 40.0 }));
    }

    #[test]
    fn display_states_parameters_accuracy_and_area_of_use() {
        let line = Operation::epsg(1808).expect("in the table").to_string();
        for part in ["EPSG:1808", "position vector", "9606", "686.1, -123.5, -574.4", "-2.926 ppm", "5 m", "Azerbaijan"]
        {
            assert!(line.contains(part), "{part} in {line}");
        }
    }
}
