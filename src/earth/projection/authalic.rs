//! The authalic latitude of the ellipsoid, on which equal-area projections rest (Snyder 1987, eq. 3-11 to 3-18).

use super::Ellipsoid;

/// Snyder's q (eq. 3-12) of a sine of latitude: twice the area from the equator, per radian of longitude, over the
/// square of the semi-major axis.
pub(super) fn q(sin: f64) -> f64 {
    let (e, e2) = (Ellipsoid::WGS84.e(), Ellipsoid::WGS84.e2());
    (1.0 - e2) * (sin / (1.0 - e2 * sin * sin) + (e * sin).atanh() / e)
}

/// Derivative of [`q`] with respect to the sine.
pub(super) fn q_slope(sin: f64) -> f64 {
    let e2 = Ellipsoid::WGS84.e2();
    2.0 * (1.0 - e2) / (1.0 - e2 * sin * sin).powi(2)
}

/// Latitude in radians from the sine of the authalic latitude: the series, then Newton's method where it converges.
pub(super) fn geodetic(sin_authalic: f64, q_pole: f64) -> f64 {
    let authalic = sin_authalic.clamp(-1.0, 1.0).asin();
    let e2 = Ellipsoid::WGS84.e2();
    let (e4, e6) = (e2 * e2, e2 * e2 * e2);
    let mut lat = authalic
        + (e2 / 3.0 + 31.0 * e4 / 180.0 + 517.0 * e6 / 5040.0) * (2.0 * authalic).sin()
        + (23.0 * e4 / 360.0 + 251.0 * e6 / 3780.0) * (4.0 * authalic).sin()
        + 761.0 * e6 / 45360.0 * (6.0 * authalic).sin();
    for _ in 0..2 {
        let (sin, cos) = lat.sin_cos();
        if cos > 1e-5 {
            lat += (sin_authalic * q_pole - q(sin)) / (q_slope(sin) * cos);
        }
    }
    lat
}
