//! Local Lambert conformal conic, for distances within some hundreds of kilometres.

use super::ellipsoid::SEMI_MAJOR_M;
use super::length::point_along;
use super::projection::{Lambert, Projection};
use geo::Coord;

/// Local Lambert conformal conic projection (metres), tangent along the middle parallel of an area.
///
/// Scale error is at most 0.1 %: at any longitude of the area, within about 2.3° of latitude of that parallel, less
/// near a pole.
#[derive(Debug, Clone, Copy)]
pub struct LocalConic(Projection);

impl LocalConic {
    /// Returns the projection for the area between a south-west and a north-east corner (lon, lat in degrees); `None`
    /// where its latitude range is too large for a scale error of 0.1 %.
    ///
    /// # Examples
    /// ```
    /// use geo::Coord;
    /// use merestone::earth::{LocalConic, distance_m};
    /// let (low, high) = (Coord { x: 45.0, y: 39.0 }, Coord { x: 47.0, y: 41.0 });
    /// let cone = LocalConic::for_area(low, high).ok_or("2° of latitude fit")?;
    /// let chord_m = { let d = cone.to_m(high) - cone.to_m(low); d.x.hypot(d.y) };
    /// assert!((chord_m / distance_m(low, high) - 1.0).abs() < 0.001);
    /// assert!(LocalConic::for_area(low, Coord { x: 47.0, y: 60.0 }).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn for_area(low: Coord, high: Coord) -> Option<Self> {
        const CHANGE: f64 = 0.001;
        // The conic degenerates at the equator; 0.1° from it, the scale error is negligible.
        const LEAST_DEG: f64 = 0.1;
        let middle = (low + high) / 2.0;
        let lat = middle.y.abs().max(LEAST_DEG).copysign(middle.y);
        let conic = Projection::Lambert(Lambert::wgs84(lat, lat, middle.y, middle.x));
        [low, high].iter().all(|end| conic.scale_factor(*end) < 1.0 + CHANGE).then_some(LocalConic(conic))
    }

    /// Projects a position (lon, lat in degrees) to metres east and north of the centre of the area.
    pub fn to_m(&self, position: Coord) -> Coord {
        self.0.forward(position)
    }

    /// Returns the position (lon, lat in degrees) of projected metres; the inverse of [`to_m`](Self::to_m).
    pub fn to_degrees(&self, metres: Coord) -> Coord {
        self.0.inverse(metres)
    }

    /// Number of chords on the cone that approximate an edge straight in lon/lat within `off_m` metres.
    ///
    /// The geodesic curvature of such an edge is tan φ · sin α · (1 + cos² α) / R, where α is its azimuth.
    pub fn chords(&self, from: Coord, to: Coord, off_m: f64) -> usize {
        const NORTHERNMOST_DEG: f64 = 89.9;
        let (a, b) = (from.y.abs().min(to.y.abs()), from.y.abs().max(to.y.abs()));
        let east_m = SEMI_MAJOR_M * (to.x - from.x).abs().to_radians() * a.to_radians().cos();
        let length_m = east_m.hypot(SEMI_MAJOR_M * (to.y - from.y).to_radians());
        let bend = 2.0 * east_m * length_m * b.min(NORTHERNMOST_DEG).to_radians().tan() / SEMI_MAJOR_M;
        (bend / (8.0 * off_m)).sqrt().ceil().max(1.0) as usize
    }

    /// Returns the ends, in metres, of these chords.
    pub fn along(&self, from: Coord, to: Coord, chords: usize) -> impl Iterator<Item = [Coord; 2]> {
        let cone = *self;
        let at = move |i: usize| match i {
            0 => cone.to_m(from),
            i if i == chords => cone.to_m(to),
            i => cone.to_m(point_along(from, to, i as f64 / chords as f64)),
        };
        (0..chords).map(move |i| [at(i), at(i + 1)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::distance_m;

    #[test]
    fn scale_error_is_below_one_per_mille() {
        for (lat, half) in
            [(-87.0, 1.2), (-40.0, 2.3), (-0.03, 2.4), (0.0, 2.4), (5.0, 2.4), (40.0, 2.3), (60.0, 2.2), (88.4, 0.9)]
        {
            let (low, high) = (Coord { x: 10.0, y: lat - half }, Coord { x: 60.0, y: lat + half });
            let cone = LocalConic::for_area(low, high).unwrap();
            for (x, y) in [(10.0, low.y), (35.0, high.y), (59.0, lat), (20.0, lat + 1.0)] {
                for (dx, dy) in [(0.05, 0.0), (0.0, 0.05), (0.03, -0.04)] {
                    let (p, q) = (Coord { x, y }, Coord { x: x + dx, y: (y + dy).min(high.y) });
                    let d = cone.to_m(q) - cone.to_m(p);
                    let (found_m, expected_m) = (d.x.hypot(d.y), distance_m(p, q));
                    assert!((found_m - expected_m).abs() <= 1e-3 * expected_m, "{p:?} {q:?}: {found_m} {expected_m}");
                    let back = cone.to_degrees(cone.to_m(q));
                    assert!((back - q).x.abs() < 1e-8 && (back - q).y.abs() < 1e-9, "{q:?} {back:?}");
                }
            }
        }
        assert!(LocalConic::for_area(Coord { x: 0.0, y: 0.0 }, Coord { x: 1.0, y: 6.0 }).is_none());
    }

    #[test]
    fn chords_are_within_the_tolerance() {
        const OFF_M: f64 = 0.02;
        for (from, to) in
            [((10.0_f64, 60.0_f64), (14.0, 60.0)), ((10.0, 40.0), (10.5, 42.0)), ((10.0, -70.0), (13.0, -71.0))]
        {
            let [from, to] = [from, to].map(|(x, y)| Coord { x, y });
            let low = Coord { x: from.x, y: from.y.min(to.y) };
            let high = Coord { x: to.x, y: from.y.max(to.y) };
            let cone = LocalConic::for_area(low, high).unwrap();
            let chords = cone.chords(from, to, OFF_M);
            let mut greatest = 0.0_f64;
            for (i, [a, b]) in cone.along(from, to, chords).enumerate() {
                let p = cone.to_m(point_along(from, to, (i as f64 + 0.5) / chords as f64)) - a;
                let d = b - a;
                greatest = greatest.max((d.x * p.y - d.y * p.x).abs() / d.x.hypot(d.y));
            }
            assert!(greatest < OFF_M && greatest > OFF_M / 8.0, "{from:?} {to:?}: {greatest} m");
        }
    }
}
