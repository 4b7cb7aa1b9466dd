//! Edges and rings of every size and place, against PROJ.

use super::{agree, coord, expected, number, text};
use geo::Coord;
use merestone::earth::{as_lonlat, azimuth_deg, distance_m, edge_length_m, line_length_m, ring_area_m2};
use merestone::model::Edges;

#[test]
fn edges_are_as_long_as_proj_says() {
    for row in expected("edges") {
        let (name, from, to) = (text(&row, "name"), coord(&row["from"]), coord(&row["to"]));
        agree(name, edge_length_m(from, to), number(&row, "lonlat_m"), 1e-3, 1e-9);
        agree(name, distance_m(from, to), number(&row, "geodesic_m"), 1e-5, 1e-12);
        agree(name, azimuth_deg(from, to), number(&row, "azimuth_deg"), 1e-8, 0.0);
        // A chain within a millimetre of the edge is longer than it by less than a part in a thousand million; within
        // 1° of a pole as_lonlat promises some centimetres only.
        let relative = if from.y.abs().max(to.y.abs()) >= 89.0 { 1e-7 } else { 1e-9 };
        let chain = |edges| line_length_m(&as_lonlat(&[from, to], edges));
        agree(name, chain(Edges::Geodesic), number(&row, "geodesic_m"), 1e-3, relative);
        agree(name, chain(Edges::Rhumb), number(&row, "rhumb_m"), 1e-3, relative);
    }
}

#[test]
fn rings_enclose_what_proj_says() {
    for row in expected("rings") {
        let name = text(&row, "name");
        let ring: Vec<Coord> = row["ring"].as_array().expect("a ring").iter().map(coord).collect();
        agree(name, ring_area_m2(&ring).abs(), number(&row, "lonlat_m2"), 0.01, 1e-9);
        // A millimetre along the ring: 1 m² for each kilometre of it.
        let tolerance_m2 = 1e-3 * line_length_m(&ring);
        agree(
            name,
            ring_area_m2(&as_lonlat(&ring, Edges::Geodesic)).abs(),
            number(&row, "geodesic_m2"),
            tolerance_m2,
            0.0,
        );
    }
}
