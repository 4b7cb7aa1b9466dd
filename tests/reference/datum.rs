//! Operations and systems, asked of PROJ: committed numbers (datum.py), and with GDAL at the time of the test.

use geo::Coord;
use merestone::earth::{Crs, OPERATIONS, Operation, distance_m};

/// The tolerance of the whole file: 1 mm.
const MILLIMETRE: f64 = 0.001;

#[test]
fn operations_and_systems_agree_with_proj_to_a_millimetre() {
    let (mut operations, mut systems) = (0, 0);
    for line in include_str!("datum.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let numbers: Vec<f64> = cells[2..].iter().map(|cell| cell.parse().expect("a number")).collect();
        let coord = |i: usize| Coord { x: numbers[i], y: numbers[i + 1] };
        let code: u32 = cells[1].parse().expect("a code");
        if cells[0] == "operation" {
            let operation = Operation::epsg(code).expect("in the table");
            let there = distance_m(operation.to_wgs84(coord(0)), coord(2));
            let back = distance_m(operation.from_wgs84(coord(0)), coord(4));
            assert!(there < MILLIMETRE && back < MILLIMETRE, "EPSG:{code} {line}: {there} m, {back} m");
            operations += 1;
        } else {
            let crs = Crs::epsg(code).expect("in the table");
            let miss = crs.forward(coord(0)) - coord(2);
            assert!(miss.x.hypot(miss.y) < MILLIMETRE, "EPSG:{code} {line}: {miss:?}");
            let back = distance_m(crs.inverse(coord(2)), coord(0));
            assert!(back < MILLIMETRE, "EPSG:{code} {line}: back {back} m");
            systems += 1;
        }
    }
    assert!(operations > 100 * OPERATIONS.len() - 100 && systems > 500, "{operations}, {systems}");
}
