//! Geodesics and polygons of GeographicLib's test suite.

use super::agree;
use geo::Coord;
use merestone::earth::{azimuth_deg, densify, distance_m, line_length_as, line_length_m, ring_area_m2};
use merestone::model::Edges;

/// A row of `geodesics.csv`: its id, both ends, the azimuth at the first and the length in metres.
struct Row {
    id: String,
    from: Coord,
    to: Coord,
    azimuth_deg: f64,
    length_m: f64,
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(include_str!("geodesics.csv").as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.expect("the table is CSV");
        let number = |at: usize| row[at].parse::<f64>().expect("a number");
        Row {
            id: row[0].to_owned(),
            from: Coord { x: number(2), y: number(1) },
            to: Coord { x: number(5), y: number(4) },
            azimuth_deg: number(3).rem_euclid(360.0),
            length_m: number(6),
        }
    });
    rows.collect()
}

#[test]
fn distances_and_azimuths() {
    let rows = rows();
    assert_eq!(rows.len(), 120);
    for row in &rows {
        agree(&row.id, distance_m(row.from, row.to), row.length_m, 1e-6, 0.0);
        // The table has positions to 1e-12 degrees: the shorter or the nearer to antipodal, the less accurate is the
        // azimuth.
        let antipodal = 20_003_931.4 - row.length_m < 200_000.0;
        let turned = (azimuth_deg(row.from, row.to) - row.azimuth_deg + 180.0).rem_euclid(360.0) - 180.0;
        agree(&row.id, turned, 0.0, if antipodal { 1e-4 } else { 1e-7 + 1e-3 / row.length_m.max(1.0) }, 0.0);
    }
}

#[test]
fn chains_along_geodesics() {
    // Across a pole and ±180° too.
    let rows = rows();
    assert!(rows.len() > 50, "{}", rows.len());
    for row in rows {
        let mut chain = densify(&[row.from, row.to], Edges::Geodesic);
        agree(&row.id, line_length_as(&chain, Edges::Geodesic), row.length_m, 1e-6, 0.0);
        // The last position is as in the file: shift it to the turn of the previous one.
        let [.., before, last] = chain.as_mut_slice() else { continue };
        last.x -= 360.0 * ((last.x - before.x) / 360.0).round();
        agree(&row.id, line_length_m(&chain), row.length_m, 1e-3, 2e-8);
    }
}

#[test]
fn polygons_with_geodesic_edges() {
    // Planimeter2, Planimeter15 and Planimeter17 of GeographicLib's unit tests: (lat, lon), signed area in m².
    let cases = [
        ("Planimeter2", vec![(0.0, -1.0), (-1.0, 0.0), (0.0, 1.0), (1.0, 0.0)], 24_619_419_146.0),
        ("Planimeter15", vec![(2.0, 1.0), (1.0, 2.0), (3.0, 3.0)], 18_454_562_325.451_19),
        ("Planimeter17", vec![(3.0, 3.0), (1.0, 2.0), (2.0, 1.0)], -18_454_562_325.451_19),
    ];
    for (id, corners, area_m2) in cases {
        let ring: Vec<Coord> = corners.iter().chain(corners.first()).map(|&(y, x)| Coord { x, y }).collect();
        let chain = densify(&ring, Edges::Geodesic);
        // A millimetre along the ring.
        agree(id, ring_area_m2(&chain), area_m2, 1e-3 * line_length_m(&chain), 0.0);
    }
}
