//! Coordinate reference systems: a datum, a projection and an axis order.

mod misfit;
mod table;

pub use misfit::Misfit;

use super::Datum;
use super::projection::{Projection, TransverseMercator, WebMercator};
use geo::Coord;
use thiserror::Error;

/// The axis order that the authority defines. Inside the crate coordinates are always (east, north).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    /// Longitude before latitude, easting before northing.
    EastNorth,
    /// Latitude before longitude; in Gauss–Krüger, X (north) before Y (east).
    NorthEast,
}

/// The map projection of a system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum SystemProjection {
    Transverse(TransverseMercator),
    Web(WebMercator),
}

/// A coordinate reference system that every build transforms without PROJ: WGS 84, UTM and Web Mercator on it; Pulkovo
/// 1942, its six-degree and three-degree Gauss–Krüger zones with and without the zone number in the easting, and SK-63.
///
/// **Units**: degrees or metres. **Axes**: [`forward`](Self::forward) and [`inverse`](Self::inverse) take and return
/// east as `x` and north as `y`, whatever the order of the authority; [`axes`](Self::axes) returns that order.
///
/// **Example**: Meghri in zone 8 (PROJ: 8 607 949.305 m, 4 308 492.539 m); EPSG calls the northing X and the easting Y.
/// ```
/// use merestone::earth::{Axes, Crs};
/// let zone_8 = Crs::parse("EPSG:28408")?;
/// let meghri = zone_8.forward(geo::Coord { x: 46.2444, y: 38.9025 });
/// assert!((meghri.x - 8_607_949.305).abs() < 0.001 && (meghri.y - 4_308_492.539).abs() < 0.001);
/// assert_eq!(zone_8.axes(), Axes::NorthEast);
/// # Ok::<(), merestone::earth::UnknownCrs>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Crs {
    id: String,
    name: String,
    datum: Datum,
    axes: Axes,
    grid: Option<SystemProjection>,
}

/// The name of a coordinate reference system that is not built in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is no coordinate reference system that this program computes itself")]
#[non_exhaustive]
pub struct UnknownCrs(pub String);

impl Crs {
    pub(super) fn new(id: &str, name: &str, datum: Datum, axes: Axes, grid: Option<SystemProjection>) -> Self {
        Crs { id: id.to_owned(), name: name.to_owned(), datum, axes, grid }
    }

    /// WGS 84 with longitude first: OGC:CRS84, the system of RFC 7946.
    pub fn wgs84() -> Self {
        Crs::new("OGC:CRS84", "WGS 84 (CRS84)", Datum::Wgs84, Axes::EastNorth, None)
    }

    /// Returns the system with this EPSG code, if it is built in.
    pub fn epsg(code: u32) -> Option<Self> {
        table::epsg(code)
    }

    /// Parses `EPSG:28408`, `28408`, `CRS84`, and the forms with `urn:ogc:def:crs:` or
    /// `http://www.opengis.net/def/crs/`.
    ///
    /// # Errors
    /// [`UnknownCrs`] if the system is not built in.
    pub fn parse(text: &str) -> Result<Self, UnknownCrs> {
        let upper = text.trim().to_uppercase();
        let last = upper.rsplit([':', '/']).next().unwrap_or_default();
        if matches!(last, "CRS84" | "WGS84" | "WGS 84") {
            return Ok(Crs::wgs84());
        }
        let epsg = upper == last || upper.contains("EPSG");
        let code = last.parse().ok().filter(|_| epsg);
        code.and_then(Crs::epsg).ok_or_else(|| UnknownCrs(text.trim().to_owned()))
    }

    /// The identifier: `EPSG:28408`, or `OGC:CRS84`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The EPSG code; `None` for CRS84.
    pub fn code(&self) -> Option<u32> {
        self.id.strip_prefix("EPSG:").and_then(|code| code.parse().ok())
    }

    /// The name in the EPSG dataset.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The datum.
    pub fn datum(&self) -> Datum {
        self.datum
    }

    /// The axis order of the authority.
    pub fn axes(&self) -> Axes {
        self.axes
    }

    /// Whether coordinates are degrees.
    pub fn is_geographic(&self) -> bool {
        self.grid.is_none()
    }

    /// The map projection; `None` where coordinates are degrees.
    pub fn projection(&self) -> Option<Projection> {
        self.grid.map(|grid| match grid {
            SystemProjection::Transverse(p) => Projection::Transverse(p),
            SystemProjection::Web(p) => Projection::Web(p),
        })
    }

    /// Projects a position (lon, lat in degrees) on the system's datum to coordinates (east, north).
    pub fn forward(&self, lonlat: Coord) -> Coord {
        self.projection().map_or(lonlat, |projection| projection.forward(lonlat))
    }

    /// Returns the position (lon, lat in degrees) on the system's datum of coordinates (east, north).
    pub fn inverse(&self, xy: Coord) -> Coord {
        self.projection().map_or(xy, |projection| projection.inverse(xy))
    }
}

impl std::fmt::Display for Crs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.id, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_form() {
        for text in
            ["EPSG:28408", "epsg:28408", " 28408 ", "urn:ogc:def:crs:EPSG::28408", "urn:ogc:def:crs:EPSG:9.8:28408"]
        {
            assert_eq!(Crs::parse(text).map(|crs| crs.id), Ok("EPSG:28408".to_owned()), "{text}");
        }
        assert_eq!(Crs::parse("http://www.opengis.net/def/crs/EPSG/0/4284").map(|crs| crs.id), Ok("EPSG:4284".into()));
        for text in ["CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "WGS84"] {
            assert_eq!(Crs::parse(text), Ok(Crs::wgs84()), "{text}");
        }
        for text in ["EPSG:2550", "EPSG:2577", "EPSG:28433", "ESRI:28408", "SK-42", "", "EPSG:-1"] {
            assert_eq!(Crs::parse(text), Err(UnknownCrs(text.to_owned())), "{text}");
        }
    }
}
