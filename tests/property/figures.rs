//! Generators of territories, routes and polygons.

use geo::{Coord, LineString, Polygon};
use merestone::model::{Meta, Route, Territory};
use proptest::prelude::*;

pub fn meta(id: impl Into<String>) -> Meta {
    Meta { id: id.into(), ..Meta::default() }
}

pub fn territory(id: impl Into<String>, parts: Vec<Polygon>) -> Territory {
    Territory::from_parts_unchecked(meta(id), parts)
}

/// The territory with its polygons changed.
pub fn altered(territory: &Territory, change: impl FnOnce(&mut Vec<Polygon>)) -> Territory {
    let mut parts = territory.parts().to_vec();
    change(&mut parts);
    Territory::from_parts_unchecked(territory.meta.clone(), parts)
}

/// Changes every polygon of some territories.
pub fn change_parts(territories: &mut [Territory], mut change: impl FnMut(&mut Polygon)) {
    for each in territories {
        *each = altered(each, |parts| parts.iter_mut().for_each(&mut change));
    }
}

pub fn route(line: Vec<Coord>) -> Route {
    Route { meta: meta("r"), mode: None, status: None, runs: vec![LineString(line)], published_length_km: None }
}

/// A closed counter-clockwise ring of a box.
pub fn ring(west: f64, south: f64, east: f64, north: f64) -> Vec<Coord> {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    corners.map(|(x, y)| Coord { x, y }).to_vec()
}

pub fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Polygon {
    Polygon::new(LineString(ring(west, south, east, north)), vec![])
}

/// A star-shaped polygon: vertices at increasing angles and random distances.
pub fn star() -> impl Strategy<Value = Polygon> {
    (42.5..50.5_f64, 37.5..42.5_f64, prop::collection::vec(0.05..0.5_f64, 3..14)).prop_map(|(x, y, radii)| {
        let turn = std::f64::consts::TAU / radii.len() as f64;
        let corner =
            |(i, r): (usize, &f64)| Coord { x: x + r * (i as f64 * turn).cos(), y: y + r * (i as f64 * turn).sin() };
        let mut ring: Vec<Coord> = radii.iter().enumerate().map(corner).collect();
        ring.push(ring[0]);
        Polygon::new(LineString(ring), vec![])
    })
}

/// A position in the South Caucasus.
pub fn position() -> impl Strategy<Value = Coord> {
    (42.0..51.0_f64, 37.0..43.0_f64).prop_map(|(x, y)| Coord { x, y })
}

/// A random partition into boxes: rows, each split into its own boxes, so corners of one row meet edges of the next
/// (T-junctions).
pub fn brickwork() -> impl Strategy<Value = Vec<Polygon>> {
    let cuts = || prop::collection::btree_set(1..60_u32, 1..5);
    (cuts(), prop::collection::vec(cuts(), 6)).prop_map(|(rows, columns)| {
        let walls = |cuts: &std::collections::BTreeSet<u32>| -> Vec<f64> {
            std::iter::once(&0).chain(cuts).chain([&60]).map(|&cut| f64::from(cut) / 32.0).collect()
        };
        let rows = walls(&rows);
        let mut boxes = Vec::new();
        for (row, columns) in rows.windows(2).zip(columns.iter().cycle()) {
            boxes.extend(
                walls(columns).windows(2).map(|c| rectangle(45.0 + c[0], 39.0 + row[0], 45.0 + c[1], 39.0 + row[1])),
            );
        }
        boxes
    })
}
