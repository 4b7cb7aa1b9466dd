//! Ledger, compare, evidence and severance: real cases with known results, and invariants.

#[path = "lines/certainty.rs"]
mod certainty;
#[path = "lines/compare.rs"]
mod compare;
#[path = "lines/decide.rs"]
mod decide;
#[path = "lines/evidence.rs"]
mod evidence;
#[path = "lines/ledger.rs"]
mod ledger;
#[path = "lines/routes.rs"]
mod route_kinds;
#[path = "lines/severance.rs"]
mod severance;

use geo::{Coord, LineString, Polygon};
use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::model::{Line, Meta, Piece, Place, Route, Territory};

/// Reads a reference of the embedded dataset or of a file.
pub fn select<T: merestone::io::Shape>(reference: &str) -> Vec<T> {
    Dataset::embedded().select(&Reference::parse(reference), &ReadOptions::default()).unwrap().features
}

pub fn states() -> Vec<Territory> {
    select("states")
}

pub fn lines(reference: &str) -> Vec<Line> {
    select(reference)
}

pub fn pieces(reference: &str) -> Vec<Piece> {
    select(reference)
}

pub fn places() -> Vec<Place> {
    select("places")
}

pub fn routes() -> Vec<Route> {
    select("routes")
}

/// The territories of OpenStreetMap extracts of 2026; `None` without them or without GDAL.
pub fn editions_2026() -> Option<Vec<Territory>> {
    if !cfg!(feature = "gdal") {
        eprintln!("skipped: built without GDAL");
        return None;
    }
    let folder = crate::support::shared::shared("osm")?;
    let all = ["364066", "364110"]
        .into_iter()
        .flat_map(|id| select::<Territory>(&folder.join(format!("{id}.osm.gz")).display().to_string()));
    Some(merestone::question::top_level(all.collect()).0)
}

pub fn territory(id: &str, parts: Vec<Polygon>) -> Territory {
    Territory::from_parts_unchecked(Meta { id: id.to_owned(), ..Meta::default() }, parts)
}

pub fn polygon(points: &[(f64, f64)]) -> Polygon {
    Polygon::new(LineString(points.iter().map(|&(x, y)| Coord { x, y }).collect()), Vec::new())
}
