//! Computed positions of GeoJSON with the decimals of rows: 1 cm.

use super::flat::degrees;
use crate::io::{line_geometry, point_geometry, polygon_geometry};
use crate::model::{encloses_nothing, self_intersection};
use geo::{Coord, LineString, Polygon};
use serde_json::Value;

fn at(position: Coord) -> Coord {
    Coord { x: degrees(position.x), y: degrees(position.y) }
}

/// A computed position.
pub(super) fn point([lon, lat]: [f64; 2]) -> Value {
    point_geometry(at(Coord { x: lon, y: lat }))
}

/// Stretches of a line; their ends are computed, what lies between is of the input and stays.
pub(super) fn line(runs: &[Vec<Coord>]) -> Value {
    line_geometry(&runs.iter().map(|run| stretch(run)).collect::<Vec<_>>())
}

/// Stretches of a line that has computed positions everywhere.
pub(super) fn courses(runs: &[Vec<Coord>]) -> Value {
    line_geometry(&runs.iter().map(|run| run.iter().map(|position| at(*position)).collect()).collect::<Vec<_>>())
}

/// One stretch of a line; a stretch that would vanish stays as it is.
pub(super) fn stretch(run: &[Coord]) -> Vec<Coord> {
    let mut out = run.to_vec();
    if let [first, .., last] = out.as_mut_slice() {
        (*first, *last) = (at(*first), at(*last));
    }
    let vanishes = out.iter().all(|position| *position == out[0]);
    if vanishes { run.to_vec() } else { out }
}

/// Land that is the result of an overlay. A piece so narrow that rounding would make its outline cross itself, or
/// enclose nothing, stays as it is.
pub(super) fn land(pieces: &[Polygon]) -> Value {
    let ring = |ring: &LineString| {
        let mut out: Vec<Coord> = ring.0.iter().map(|position| at(*position)).collect();
        out.dedup();
        out
    };
    let rounded = |piece: &Polygon| {
        let outer = ring(piece.exterior());
        let inner: Vec<Vec<Coord>> = piece.interiors().iter().map(ring).collect();
        let moved = outer != piece.exterior().0 || inner.iter().zip(piece.interiors()).any(|(new, old)| *new != old.0);
        let holds = |ring: &Vec<Coord>| {
            ring.len() > 3 && !encloses_nothing(ring) && self_intersection(ring).is_none() && passes_each_once(ring)
        };
        // Rings are tested each for itself: rounding may bring two of them together.
        if !moved || !inner.is_empty() || !holds(&outer) {
            return piece.clone();
        }
        Polygon::new(LineString(outer), Vec::new())
    };
    polygon_geometry(&pieces.iter().map(rounded).collect::<Vec<_>>())
}

/// Whether a closed ring has no vertex twice.
fn passes_each_once(ring: &[Coord]) -> bool {
    let mut all: Vec<[u64; 2]> = ring[1..].iter().map(|p| [p.x.to_bits(), p.y.to_bits()]).collect();
    all.sort_unstable();
    all.windows(2).all(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn computed_positions_have_seven_decimals_and_those_of_the_input_their_own() {
        assert_eq!(point([45.123456789, -0.0])["coordinates"], json!([45.1234568, 0.0]));
        let run = [(45.123456789, 40.0), (45.223456789, 40.0), (45.323456789, 40.0)].map(Coord::from).to_vec();
        assert_eq!(line(&[run])["coordinates"], json!([[45.1234568, 40.0], [45.223456789, 40.0], [45.3234568, 40.0]]));
        let short = vec![Coord { x: 45.0, y: 40.0 }, Coord { x: 45.000_000_01, y: 40.0 }];
        assert_eq!(stretch(&short), short);
    }

    #[test]
    fn land_narrower_than_the_last_decimal_stays_as_it_is() {
        let ring = |corners: &[(f64, f64)]| Polygon::new(LineString::from(corners.to_vec()), Vec::new());
        let wide = ring(&[(45.0, 40.0), (45.123456789, 40.0), (45.0, 40.123456789), (45.0, 40.0)]);
        assert_eq!(land(&[wide])["coordinates"][0][1], json!([45.1234568, 40.0]));
        let thin = ring(&[(45.0, 40.0), (46.0, 40.0), (46.0, 40.000_000_01), (45.0, 40.000_000_01), (45.0, 40.0)]);
        let thin = [thin];
        assert_eq!(land(&thin), polygon_geometry(&thin));
    }
}
