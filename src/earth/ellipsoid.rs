//! The WGS 84 ellipsoid and its radii of curvature.

/// Semi-major axis in metres (NIMA TR8350.2, table 3.1).
pub const SEMI_MAJOR_M: f64 = 6_378_137.0;
/// Flattening (NIMA TR8350.2, table 3.1).
pub const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// First eccentricity squared.
pub(crate) const E2: f64 = FLATTENING * (2.0 - FLATTENING);

/// Meridian radius of curvature M in metres, at the latitude with this sine.
pub(crate) fn meridian_radius_m(sin_lat: f64) -> f64 {
    let w2 = 1.0 - E2 * sin_lat * sin_lat;
    SEMI_MAJOR_M * (1.0 - E2) / (w2 * w2.sqrt())
}

/// Prime-vertical radius of curvature N in metres, at the latitude with this sine.
pub(crate) fn normal_radius_m(sin_lat: f64) -> f64 {
    SEMI_MAJOR_M / (1.0 - E2 * sin_lat * sin_lat).sqrt()
}

/// Isometric latitude in radians (Snyder 1987, eq. 3-7) of a latitude in radians, poles excluded.
pub(crate) fn isometric_latitude(lat: f64) -> f64 {
    let e = E2.sqrt();
    let s = lat.sin();
    s.atanh() - e * (e * s).atanh()
}

/// Nodes in (0, 1) and weights of three-point Gauss–Legendre quadrature.
pub(crate) const GAUSS: [(f64, f64); 3] = [
    (0.112_701_665_379_258_3, 0.277_777_777_777_777_8),
    (0.5, 0.444_444_444_444_444_4),
    (0.887_298_334_620_741_7, 0.277_777_777_777_777_8),
];

/// Nodes and weights of two-point Gauss–Legendre quadrature.
pub(crate) const GAUSS_SHORT: [(f64, f64); 2] = [(0.211_324_865_405_187_13, 0.5), (0.788_675_134_594_812_9, 0.5)];

/// Greatest extent in degrees of a short edge. Short forms omit terms of fourth order in the latitude extent h: for
/// lengths h⁴/4320 of the fourth derivative, below 2e-13 of the length within 80° of the equator.
pub(crate) const SHORT_DEG: f64 = 1.0 / 32.0;

/// Number of equal pieces in which quadrature integrates an edge, from its extent in degrees.
///
/// Pieces of half a degree leave a relative error below 1e-15. Near a pole, where the integrand varies on the scale of
/// the distance to the pole, pieces are an eighth of that.
pub(crate) fn pieces(d_lon: f64, d_lat: f64, lat: f64) -> usize {
    let step = if lat.abs() > 80.0 { 0.0625 } else { 0.5 };
    (d_lon.abs().max(d_lat.abs()) / step).ceil().max(1.0) as usize
}

/// Sine and cosine of `middle + offset` by the addition theorem, for an offset below 0.01 rad.
pub(crate) fn turned((sin, cos): (f64, f64), offset: f64) -> (f64, f64) {
    let d2 = offset * offset;
    let s = offset * (1.0 - d2 / 6.0 * (1.0 - d2 / 20.0 * (1.0 - d2 / 42.0)));
    let c = 1.0 - d2 / 2.0 * (1.0 - d2 / 12.0 * (1.0 - d2 / 30.0));
    (sin * c + cos * s, cos * c - sin * s)
}
