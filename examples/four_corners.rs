//! The quadripoint of Arizona, Colorado, New Mexico and Utah, near 37° north and 109°03′ west, from geometries built in
//! memory: which states share a border, and which touch only in the point.
//!
//! `cargo run --example four_corners`

use merestone::geo::{Rect, coord};
use merestone::model::Territory;
use merestone::question::{BorderOptions, borders};
use std::error::Error;
use std::io::Write;

/// Longitude west of Greenwich; the lines were surveyed in 1868 to 1901 and deviate from it by up to 1 km.
const MERIDIAN_DEG: f64 = -109.05;
const PARALLEL_DEG: f64 = 37.0;

/// Writes a line for each pair of the four states.
pub fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // The land of each state within one degree of the point.
    let quarter = |id: &str, east: f64, north: f64| {
        let corner = coord! { x: MERIDIAN_DEG, y: PARALLEL_DEG };
        let far = coord! { x: MERIDIAN_DEG + east, y: PARALLEL_DEG + north };
        Territory::new(id, [Rect::new(corner, far).to_polygon()])
    };
    let states = vec![
        quarter("Arizona", -1.0, -1.0)?,
        quarter("Colorado", 1.0, 1.0)?,
        quarter("New Mexico", 1.0, -1.0)?,
        quarter("Utah", -1.0, 1.0)?,
    ];
    let report = borders(&states, &BorderOptions::default()).report;
    for row in &report.rows {
        match row.points.first() {
            Some([lon, lat]) => writeln!(out, "{} and {}: touch at {lon}, {lat}", row.a, row.b)?,
            None => writeln!(out, "{} and {}: {:.3} km", row.a, row.b, row.length_m / 1000.0)?,
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut std::io::stdout())
}
