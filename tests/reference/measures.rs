//! Edges and rings of every size and location, against PROJ.

use super::{agree, coord, expected, number, text};
use geo::Coord;
use merestone::earth::{
    azimuth_deg, densify, distance_m, edge_length_as, edge_length_m, line_length_as, ring_area_as, ring_area_m2,
};
use merestone::model::Edges;

#[test]
fn edges_are_as_long_as_proj_says() {
    for row in expected("edges") {
        let (name, from, to) = (text(&row, "name"), coord(&row["from"]), coord(&row["to"]));
        agree(name, edge_length_m(from, to), number(&row, "lonlat_m"), 1e-3, 1e-9);
        agree(name, distance_m(from, to), number(&row, "geodesic_m"), 1e-5, 1e-12);
        agree(name, azimuth_deg(from, to), number(&row, "azimuth_deg"), 1e-8, 0.0);
        // Independent of the density of a chain on the edge.
        let chain = |edges| line_length_as(&densify(&[from, to], edges), edges);
        agree(name, chain(Edges::Geodesic), number(&row, "geodesic_m"), 1e-5, 0.0);
        agree(name, edge_length_as(from, to, Edges::Rhumb), number(&row, "rhumb_m"), 1e-3, 1e-9);
        agree(name, chain(Edges::Rhumb), edge_length_as(from, to, Edges::Rhumb), 1e-5, 0.0);
    }
}

#[test]
fn rings_enclose_what_proj_says() {
    for row in expected("rings") {
        let name = text(&row, "name");
        let ring: Vec<Coord> = row["ring"].as_array().expect("a ring").iter().map(coord).collect();
        agree(name, ring_area_m2(&ring).abs(), number(&row, "lonlat_m2"), 0.01, 1e-9);
        for chain in [densify(&ring, Edges::Geodesic), ring] {
            let area_m2 = ring_area_as(&chain, Edges::Geodesic).abs();
            agree(name, area_m2, number(&row, "geodesic_m2"), 0.1, 1e-12);
        }
    }
}
