//! Rhumb lines against quadrature with 40 digits (rhumb.py).

use super::agree;
use geo::Coord;
use merestone::earth::{densify, edge_length_as, line_length_as, rhumb_length_m, rhumb_ring_area_m2};
use merestone::model::Edges;

struct Row {
    name: String,
    from: Coord,
    to: Coord,
    length_m: f64,
    area_m2: f64,
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(include_str!("rhumb.csv").as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.expect("the table is CSV");
        let number = |at: usize| row[at].parse::<f64>().expect("a number");
        let at = |lat: usize| Coord { x: number(lat + 1), y: number(lat) };
        let name = row.iter().take(4).collect::<Vec<_>>().join(" ");
        Row { name, from: at(0), to: at(2), length_m: number(4), area_m2: number(5) }
    });
    rows.collect()
}

#[test]
fn lengths_and_areas_of_rhumb_lines() {
    let rows = rows();
    assert_eq!(rows.len(), 20);
    for row in &rows {
        agree(&row.name, rhumb_length_m(row.from, row.to), row.length_m, 15e-9, 0.0);
        agree(&row.name, rhumb_length_m(row.to, row.from), row.length_m, 15e-9, 0.0);
        // The quadrilateral between the line and the equator.
        let foot = |at: Coord| Coord { x: at.x, y: 0.0 };
        let ring = [row.to, row.from, foot(row.from), foot(row.to), row.to];
        agree(&row.name, rhumb_ring_area_m2(&ring), row.area_m2, 0.1, 0.0);
    }
}

#[test]
fn a_chain_on_a_line_is_as_long_as_the_line() {
    for row in rows().iter().filter(|row| (row.to.x - row.from.x).abs() < 180.0) {
        for edges in [Edges::Rhumb, Edges::Geodesic] {
            let chain = densify(&[row.from, row.to], edges);
            agree(&row.name, line_length_as(&chain, edges), edge_length_as(row.from, row.to, edges), 1e-6, 0.0);
        }
    }
}
