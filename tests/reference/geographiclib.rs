//! GeographicLib's tables in `../shared/data/cases/geod`: distances to 15 nm, geodesic areas to 0.1 m².
//!
//! `distance_m` beyond 10 km and `geodesic_ring_area_m2` are Karney's algorithms. Below 10 km `distance_m` has its own
//! form, within 20 nm.

use super::agree;
use crate::support::shared::shared;
use geo::Coord;
use merestone::earth::{densify, distance_m, geodesic_ring_area_m2, line_length_m, ring_area_m2};
use merestone::model::Edges;

/// Rows of a table as text by heading.
fn table(name: &str) -> Option<(csv::StringRecord, Vec<csv::StringRecord>)> {
    let mut reader = csv::Reader::from_path(shared("cases/geod")?.join(name)).expect("the table is there");
    let headings = reader.headers().expect("it has headings").clone();
    Some((headings, reader.records().map(|row| row.expect("the table is CSV")).collect()))
}

#[test]
fn geodesics_agree_to_15_nm_and_0_1_m2() {
    let (mut compared, mut worst) = (0, (0.0_f64, 0.0_f64, 0.0_f64));
    for name in ["geodtest_100.csv", "unit20.csv"] {
        let Some((headings, rows)) = table(name) else { return };
        for row in rows {
            let number = |name: &str| {
                let at = headings.iter().position(|h| h == name).unwrap_or_else(|| panic!("no column {name}"));
                row[at].parse::<f64>().expect("a number")
            };
            let (from, to) =
                (Coord { x: number("lon1"), y: number("lat1") }, Coord { x: number("lon2"), y: number("lat2") });
            let length_m = number("s12_m");
            let miss_m = (distance_m(from, to) - length_m).abs();
            if length_m > 10_000.0 {
                worst.0 = worst.0.max(miss_m)
            } else {
                worst.1 = worst.1.max(miss_m)
            }
            agree(&row[0], distance_m(from, to), length_m, if length_m > 10_000.0 { 15e-9 } else { 20e-9 }, 0.0);
            // The area between the geodesic and the equator is that of a ring along both meridians.
            let foot = |at: Coord| Coord { y: 0.0, ..at };
            let ring = [from, foot(from), foot(to), to, from];
            // Except for nearly antipodal ends: there the last bit of a position changes the geodesic considerably, and
            // GeographicLib itself gives the ring of g014 35.5 m² less than its table.
            if number("a12_deg") < 179.0 && (to.x - from.x).abs() < 179.0 {
                let area_m2 = geodesic_ring_area_m2(&ring);
                worst.2 = worst.2.max((area_m2 - number("S12_m2")).abs());
                agree(&row[0], area_m2, number("S12_m2"), 0.1, 0.0);
            }
            compared += 1;
        }
    }
    assert!(compared >= 120, "{compared} rows");
    eprintln!("farthest: {:e} m by geodesics, {:e} m on short lines, {:e} m² of area", worst.0, worst.1, worst.2);
}

#[test]
fn polygons_of_the_table() {
    let Some((_, rows)) = table("planimeter.csv") else { return };
    let (mut exact, mut chains) = (0, 0);
    for row in rows.iter().filter(|row| &row[1] == "polygon") {
        let corner = |text: &str| {
            let (lat, lon) = text.split_once(' ').expect("latitude and longitude");
            Coord { x: lon.parse().expect("a number"), y: lat.parse().expect("a number") }
        };
        let mut ring: Vec<Coord> = row[2].split(';').map(corner).collect();
        ring.push(ring[0]);
        let (perimeter, area) = (row[3].parse::<f64>(), row[5].parse::<f64>().expect("an area"));
        if let (Ok(perimeter_m), Ok(tolerance_m)) = (perimeter, row[4].parse::<f64>()) {
            let walked: f64 = ring.windows(2).map(|edge| distance_m(edge[0], edge[1])).sum();
            agree(&row[0], walked, perimeter_m, tolerance_m, 0.0);
        }
        // A ring that encircles a pole more than once has no interior; the table counts its turns.
        let turns: f64 =
            ring.windows(2).map(|e| (e[1].x - e[0].x + 540.0).rem_euclid(360.0) - 180.0).sum::<f64>() / 360.0;
        if turns.abs() > 1.5 {
            continue;
        }
        agree(&row[0], geodesic_ring_area_m2(&ring), area, row[6].parse::<f64>().expect("a tolerance").max(0.1), 0.0);
        exact += 1;
        // Densified chains: rings that encircle no pole and do not cross 180°.
        if turns.abs() < 0.5 && ring.windows(2).all(|e| (e[1].x - e[0].x).abs() < 179.0 && e[0].y.abs() < 89.0) {
            let chain = densify(&ring, Edges::Geodesic);
            agree(&row[0], ring_area_m2(&chain), area, 1e-3 * line_length_m(&chain).max(1e3), 0.0);
            chains += 1;
        }
    }
    assert!(exact >= 12 && chains >= 4, "{exact} exact, {chains} chains");
}
