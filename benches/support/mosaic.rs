//! Synthetic coverage of territories with wavy shared edges, of any size; deterministic.
#![allow(dead_code)] // Each bench takes what it needs.

use geo::{Coord, LineString, Polygon};
use merestone::io::{feature, feature_collection, polygon_geometry};
use merestone::model::{Meta, Route, Territory};
use serde_json::Map;

/// Positions along each side of a territory.
const SIDE: usize = 250;

/// `across` × `across` territories in the South Caucasus, of a thousand positions each.
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
    Territory::from_parts_unchecked(meta, vec![Polygon::new(LineString(ring), vec![])])
}

/// The shared edge that starts at a corner and runs north or east; the same for both neighbours.
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

/// Routes across the territories, from corner to corner and back, of 31 positions each.
pub fn routes(number: usize, across: usize) -> Vec<Route> {
    let route = |i: usize| {
        let turn = i as f64 * 2.399_963;
        let at = |j: usize| {
            let (share, reach) = (j as f64 / 30.0 - 0.5, across as f64 * 0.45);
            let middle = across as f64 / 2.0;
            Coord { x: 42.0 + middle + share * reach * turn.cos(), y: 37.0 + middle + share * reach * turn.sin() }
        };
        let runs = vec![LineString((0..31).map(at).collect())];
        Route {
            meta: Meta { id: format!("r{i}"), ..Meta::default() },
            mode: None,
            status: None,
            runs,
            published_length_km: None,
        }
    };
    (0..number).map(route).collect()
}

/// The same territories, each displaced so that gaps and overlaps run along all shared edges.
pub fn shifted(across: usize, by_deg: f64) -> Vec<Territory> {
    let displaced = |(number, territory): (usize, Territory)| {
        let by = by_deg * (number * 7 % 5) as f64 / 5.0;
        let meta = territory.meta.clone();
        let mut parts = territory.into_parts();
        for part in &mut parts {
            part.exterior_mut(|ring| ring.0.iter_mut().for_each(|c| (c.x, c.y) = (c.x + by, c.y - by)));
        }
        Territory::from_parts_unchecked(meta, parts)
    };
    territories(across).into_iter().enumerate().map(displaced).collect()
}

/// Territories as a GeoJSON file in memory.
pub fn file(territories: &[Territory]) -> Vec<u8> {
    let one = |t: &Territory| feature(Some(t.meta.id.clone()), polygon_geometry(t.parts()), Map::new());
    feature_collection(&territories.iter().map(one).collect::<Vec<_>>(), &Map::new()).into_bytes()
}
