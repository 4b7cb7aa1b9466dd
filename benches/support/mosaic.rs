//! Territories side by side with wavy shared edges, as large as wanted: the same ones every time.

use geo::{Coord, LineString, Polygon};
use merestone::model::{Meta, Territory};

/// Positions along each side of a territory.
const SIDE: usize = 250;

/// `across` × `across` territories about the South Caucasus, of a thousand positions each.
pub fn territories(across: usize) -> Vec<Territory> {
    let cells = (0..across).flat_map(|row| (0..across).map(move |column| (row, column)));
    cells.map(|(row, column)| territory(row, column)).collect()
}

fn territory(row: usize, column: usize) -> Territory {
    let (south, north) = (wall(row, column, false), wall(row + 1, column, false));
    let (west, east) = (wall(row, column, true), wall(row, column + 1, true));
    let mut ring: Vec<Coord> = south;
    ring.extend(&east[1..]);
    ring.extend(north.iter().rev().skip(1));
    ring.extend(west.iter().rev().skip(1));
    let meta = Meta { id: format!("T{row:03}{column:03}"), ..Meta::default() };
    Territory { meta, parts: vec![Polygon::new(LineString(ring), vec![])], published_area_km2: None }
}

/// The wall that begins at a corner and runs north or east; it does not depend on who asks.
fn wall(row: usize, column: usize, north: bool) -> Vec<Coord> {
    let at = |i: usize| {
        let share = i as f64 / SIDE as f64;
        let wave = 0.02 * (share * 40.0).sin() * (share * std::f64::consts::PI).sin();
        let (x, y) = if north { (wave, share) } else { (share, wave) };
        let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
        Coord { x: round(42.0 + column as f64 + x), y: round(37.0 + row as f64 + y) }
    };
    (0..=SIDE).map(at).collect()
}
