//! Datum operations and reference systems against PROJ: committed values (datum.py), and GDAL at test time.

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

/// The same through GDAL at test time, on a grid of the region with twice the density.
#[cfg(feature = "gdal")]
mod through_gdal {
    use super::MILLIMETRE;
    use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, CoordTransformOptions, SpatialRef};
    use geo::Coord;
    use merestone::earth::{Chain, Crs, OPERATIONS, Operation, distance_m};

    fn system(code: u32) -> SpatialRef {
        let mut system = SpatialRef::from_epsg(code).expect("PROJ knows it");
        system.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        system
    }

    fn grid() -> impl Iterator<Item = Coord> {
        (0..=28)
            .flat_map(|i| (0..=24).map(move |j| Coord { x: 44.0 + f64::from(i) / 8.0, y: 38.5 + f64::from(j) / 8.0 }))
    }

    fn ask(transform: &CoordTransform, at: Coord) -> Coord {
        let (mut x, mut y) = ([at.x], [at.y]);
        transform.transform_coords(&mut x, &mut y, &mut []).expect("PROJ transforms the region");
        Coord { x: x[0], y: y[0] }
    }

    #[test]
    fn every_operation_agrees_over_the_region() {
        let (pulkovo, wgs84) = (system(4284), system(4326));
        for code in OPERATIONS.iter().filter_map(|operation| operation.code) {
            let ours = Operation::epsg(code).expect("in the table");
            let named = |reverse| {
                let mut options = CoordTransformOptions::new().expect("options");
                let urn = format!("urn:ogc:def:coordinateOperation:EPSG::{code}");
                options.set_coordinate_operation(&urn, reverse).expect("PROJ knows the operation");
                options
            };
            let there = CoordTransform::new_with_options(&pulkovo, &wgs84, &named(false)).expect("a transformation");
            let back = CoordTransform::new_with_options(&wgs84, &pulkovo, &named(true)).expect("a transformation");
            for at in grid() {
                let miss = distance_m(ours.to_wgs84(at), ask(&there, at));
                assert!(miss < MILLIMETRE, "EPSG:{code} at {at:?}: {miss} m");
                let miss = distance_m(ours.from_wgs84(at), ask(&back, at));
                assert!(miss < MILLIMETRE, "EPSG:{code} back at {at:?}: {miss} m");
            }
        }
    }

    #[test]
    fn every_grid_agrees_over_the_region() {
        for code in [28407, 28408, 28409, 28468, 2498, 2499, 2530, 2531, 2532, 2590, 2936, 2937, 32638, 32639, 3857] {
            let crs = Crs::epsg(code).expect("in the table");
            let base = if code > 30000 || code == 3857 { 4326 } else { 4284 };
            let transform = CoordTransform::new(&system(base), &system(code)).expect("a projection");
            for at in grid() {
                let miss = crs.forward(at) - ask(&transform, at);
                assert!(miss.x.hypot(miss.y) < MILLIMETRE, "EPSG:{code} at {at:?}: {miss:?}");
            }
        }
    }

    #[test]
    fn two_steps_out_of_zone_8_agree() {
        let chain = Chain::new(Crs::epsg(28408).expect("in the table"), Crs::wgs84(), &Operation::default());
        let unproject = CoordTransform::new(&system(28408), &system(4284)).expect("a projection");
        let mut options = CoordTransformOptions::new().expect("options");
        options.set_coordinate_operation("urn:ogc:def:coordinateOperation:EPSG::15865", false).expect("known");
        let shift = CoordTransform::new_with_options(&system(4284), &system(4326), &options).expect("an operation");
        for at in grid().map(|at| chain.from().forward(at)) {
            let geographic = ask(&unproject, at);
            let miss = distance_m(chain.apply(at), ask(&shift, geographic));
            assert!(miss < MILLIMETRE, "{at:?}: {miss} m");
        }
    }
}
