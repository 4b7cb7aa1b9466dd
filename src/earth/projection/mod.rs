//! Map projections of the ellipsoid: Lambert conformal conic, Lambert azimuthal equal-area, transverse Mercator, Equal
//! Earth, web Mercator.
//!
//! Positions are (lon, lat) in degrees; projected coordinates are easting (`x`) and northing (`y`) in metres. A
//! projection does not change the datum.

mod authalic;
mod azimuthal;
mod ellipsoid;
mod equal_earth;
mod lambert;
mod mercator;
mod transverse;

pub use azimuthal::LambertAzimuthal;
pub use ellipsoid::Ellipsoid;
pub use equal_earth::EqualEarth;
pub use lambert::Lambert;
pub use mercator::WebMercator;
pub use transverse::TransverseMercator;

use geo::Coord;

/// A map projection of the ellipsoid: forward, inverse, scale and convergence.
///
/// **Guarantees**: `inverse(forward(p))` equals `p` within 1e-9° in the area where plates use the projection.
///
/// **Example**: Yerevan is 177 662 m west of the meridian 46.6° E in this conic (PROJ).
/// ```
/// use merestone::earth::projection::{Lambert, Projection};
/// let conic = Projection::Lambert(Lambert::wgs84(39.0, 41.0, 40.0, 46.6));
/// let yerevan = conic.forward(geo::Coord { x: 44.5136, y: 40.1772 });
/// assert!((yerevan.x + 177_661.990).abs() < 0.001);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Projection {
    /// Lambert conformal conic with two standard parallels.
    Lambert(Lambert),
    /// Lambert azimuthal equal-area, for a continent.
    Azimuthal(LambertAzimuthal),
    /// Transverse Mercator: UTM, Gauss–Krüger or a user-defined central meridian.
    Transverse(TransverseMercator),
    /// Equal Earth, for maps of the world or a hemisphere.
    EqualEarth(EqualEarth),
    /// Web Mercator (EPSG:3857), only for comparison with web maps: it is not conformal on the ellipsoid.
    Web(WebMercator),
}

impl Projection {
    /// Projects a position (lon, lat in degrees) to easting and northing in metres.
    pub fn forward(&self, lonlat: Coord) -> Coord {
        match self {
            Projection::Lambert(p) => p.forward(lonlat),
            Projection::Azimuthal(p) => p.forward(lonlat),
            Projection::Transverse(p) => p.forward(lonlat),
            Projection::EqualEarth(p) => p.forward(lonlat),
            Projection::Web(p) => p.forward(lonlat),
        }
    }

    /// Returns the position (lon, lat in degrees) of an easting and northing in metres.
    pub fn inverse(&self, xy: Coord) -> Coord {
        match self {
            Projection::Lambert(p) => p.inverse(xy),
            Projection::Azimuthal(p) => p.inverse(xy),
            Projection::Transverse(p) => p.inverse(xy),
            Projection::EqualEarth(p) => p.inverse(xy),
            Projection::Web(p) => p.inverse(xy),
        }
    }

    /// Scale factor at a position: length on the projection over length on the ellipsoid. The equal-area projections give the
    /// scale along the parallel, Web Mercator the geometric mean of the scales along meridian and parallel.
    pub fn scale_factor(&self, lonlat: Coord) -> f64 {
        match self {
            Projection::Lambert(p) => p.scale_factor(lonlat),
            Projection::Azimuthal(p) => p.scale_factor(lonlat),
            Projection::Transverse(p) => p.scale_factor(lonlat),
            Projection::EqualEarth(p) => p.scale_factor(lonlat),
            Projection::Web(p) => p.scale_factor(lonlat),
        }
    }

    /// Least and greatest scale factor over all directions at a position.
    pub fn scale_range(&self, lonlat: Coord) -> (f64, f64) {
        match self {
            Projection::Azimuthal(p) => p.scale_range(lonlat),
            Projection::EqualEarth(p) => p.scale_range(lonlat),
            Projection::Web(p) => p.scale_range(lonlat),
            conformal => {
                let scale = conformal.scale_factor(lonlat);
                (scale, scale)
            }
        }
    }

    /// Whether an easting and northing in metres is the image of a position; false outside the outline of a world map.
    pub fn holds(&self, xy: Coord) -> bool {
        match self {
            Projection::Azimuthal(p) => p.holds(xy),
            Projection::EqualEarth(p) => p.holds(xy),
            _ => true,
        }
    }

    /// Grid convergence in degrees: the angle from true north to grid north, clockwise positive.
    pub fn convergence_deg(&self, lonlat: Coord) -> f64 {
        match self {
            Projection::Lambert(p) => p.convergence_deg(lonlat),
            Projection::Azimuthal(p) => p.convergence_deg(lonlat),
            Projection::Transverse(p) => p.convergence_deg(lonlat),
            Projection::EqualEarth(p) => p.convergence_deg(lonlat),
            Projection::Web(_) => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // longitude, latitude, easting, northing, scale factor, convergence (pyproj 3.7, PROJ 9, `Proj.get_factors`)
    type Row = (f64, f64, f64, f64, f64, f64);
    const LCC_39_41: [Row; 7] = [
        (44.5136, 40.1772, -177661.989724, 21752.137132, 0.999852926046, -1.3411812411),
        (46.2444, 38.9025, -30847.451127, -121776.385554, 1.000030862968, -0.2285870635),
        (49.8671, 40.4093, 277220.210869, 50522.850962, 0.999873447275, 2.1001597166),
        (51.0, 37.0, 391961.122440, -323441.317460, 1.001197513829, 2.8284113597),
        (42.0, 43.0, -375384.533434, 342982.162521, 1.001233767740, -2.9569755124),
        (46.6, 40.0, 0.0, 0.0, 0.999848292406, 0.0),
        (45.0, -33.5, -330840.816696, -10818141.746291, 2.225365424656, -1.0285132217),
    ];
    const LCC_40: [Row; 2] = [
        (44.5136, 40.1772, -177688.971880, 21755.331931, 1.000004767835, -1.3411120689),
        (51.0, 37.0, 392019.745159, -323490.543027, 1.001347213560, 2.8282654826),
    ];
    const UTM_38: [Row; 6] = [
        (44.5136, 40.1772, 458588.478514, 4447538.391888, 0.999621110205, -0.3138072103),
        (46.2444, 38.9025, 607904.318460, 4306692.933061, 0.999743372004, 0.7815548210),
        (49.8671, 40.4093, 913042.964447, 4484574.394929, 1.001700684435, 3.1595223461),
        (51.0, 37.0, 1034126.935920, 4111738.602862, 1.003116393629, 3.6194349700),
        (42.0, 43.0, 255466.980553, 4765182.932801, 1.000335680838, -2.0470063369),
        (45.0, -33.5, 500000.0, -3706719.220504, 0.9996, 0.0),
    ];
    const GK_8_KRASSOWSKY: [Row; 4] = [
        (44.5136, 40.1772, 8458571.214068, 4449396.798870, 1.000021118640, -0.3138072103),
        (46.2444, 38.9025, 8607949.304860, 4308492.539462, 1.000143429291, 0.7815548209),
        (51.0, 37.0, 9034349.626750, 4113456.802391, 1.003517798585, 3.6194349543),
        (42.0, 43.0, 8255365.040633, 4767173.931578, 1.000735974848, -2.0470063353),
    ];
    const WEB: [(f64, f64, f64, f64); 3] = [
        (44.5136, 40.1772, 4955231.285375, 4891726.011926),
        (51.0, 37.0, 5677294.030457, 4439106.787251),
        (45.0, -33.5, 5009377.085697, -3961860.217446),
    ];

    const POLAR: [(f64, f64, f64, f64); 4] = [
        (44.5, 78.25, 922983.462, -939234.794),
        (-150.0, 66.0, -1359483.718, 2354694.871),
        (179.0, 85.0, 9752.584, 558725.143),
        (0.0, 89.0, 0.000, -111696.700),
    ];

    fn check(projection: Projection, rows: &[Row]) {
        for &(lon, lat, x, y, scale, convergence) in rows {
            let lonlat = Coord { x: lon, y: lat };
            let xy = projection.forward(lonlat);
            assert!((xy.x - x).abs() < 1e-4 && (xy.y - y).abs() < 1e-4, "{projection:?} {lonlat:?}: {xy:?}");
            let back = projection.inverse(Coord { x, y });
            assert!((back.x - lon).abs() < 1e-9 && (back.y - lat).abs() < 1e-9, "{projection:?}: {back:?}");
            let k = projection.scale_factor(lonlat);
            assert!((k - scale).abs() < 1e-9, "{projection:?} {lonlat:?}: scale {k}");
            let gamma = projection.convergence_deg(lonlat);
            assert!((gamma - convergence).abs() < 1e-6, "{projection:?} {lonlat:?}: convergence {gamma}");
        }
    }

    #[test]
    fn lambert_agrees_with_proj() {
        check(Projection::Lambert(Lambert::wgs84(39.0, 41.0, 40.0, 46.6)), &LCC_39_41);
        check(Projection::Lambert(Lambert::wgs84(40.0, 40.0, 40.0, 46.6)), &LCC_40);
    }

    /// A conic whose standard parallel approaches the pole converges to the polar stereographic projection.
    #[test]
    fn near_polar_conic_agrees_with_projs_polar_stereographic() {
        let cone = Projection::Lambert(Lambert::wgs84(89.9999, 89.9999, 90.0, 0.0));
        // longitude, latitude, easting, northing (pyproj 3.7, +proj=stere +lat_0=90 +lat_ts=90)
        for (lon, lat, x, y) in POLAR {
            let xy = cone.forward(Coord { x: lon, y: lat });
            assert!((xy.x - x).abs() < 2.0 && (xy.y - y).abs() < 2.0, "{lon} {lat}: {xy:?}");
        }
        assert!((cone.scale_factor(Coord { x: 0.0, y: 90.0 }) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn transverse_mercator_agrees_with_proj() {
        check(Projection::Transverse(TransverseMercator::utm(38, false)), &UTM_38);
        check(Projection::Transverse(TransverseMercator::gauss_kruger(8, Ellipsoid::KRASSOWSKY)), &GK_8_KRASSOWSKY);
    }

    #[test]
    fn web_mercator_agrees_with_proj() {
        for (lon, lat, x, y) in WEB {
            let xy = WebMercator.forward(Coord { x: lon, y: lat });
            assert!((xy.x - x).abs() < 1e-3 && (xy.y - y).abs() < 1e-3);
            let back = WebMercator.inverse(Coord { x, y });
            assert!((back.x - lon).abs() < 1e-9 && (back.y - lat).abs() < 1e-9);
        }
    }
}
