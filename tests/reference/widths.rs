//! Maximum inscribed circles, against GEOS.

use geo::{Coord, LineString, Point, Polygon};
use merestone::topology::widest_place;

/// Rows of `widths.csv`: the diameter in metres, and the polygon.
fn rows() -> Vec<(f64, Polygon)> {
    let mut reader = csv::Reader::from_reader(include_str!("widths.csv").as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.expect("the table is CSV");
        let rings: Vec<Vec<[f64; 2]>> = serde_json::from_str(&row[1]).expect("rings as JSON");
        let mut rings = rings.into_iter().map(|ring| ring.into_iter().map(Coord::from).collect::<LineString>());
        let shell = rings.next().expect("a shell");
        (row[0].parse().expect("a number"), Polygon::new(shell, rings.collect()))
    });
    rows.collect()
}

#[test]
fn widths_are_those_of_geos() {
    for (number, (diameter_m, polygon)) in rows().into_iter().enumerate() {
        for precision_m in [0.01, 1.0] {
            let (width_m, centre) = widest_place(&polygon, precision_m);
            // The documented tolerance, plus GEOS's millimetre.
            let tolerance_m = f64::max(0.001 * diameter_m, precision_m) + 0.002;
            assert!((width_m - diameter_m).abs() <= tolerance_m, "row {number}: {width_m} and {diameter_m} m");
            assert!(geo::Contains::contains(&polygon, &Point(centre)), "row {number}: {centre:?}");
        }
    }
}
