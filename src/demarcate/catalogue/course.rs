//! Lines with what is known of their turning points.

use super::{CatalogueOptions, Given, Positions, Zone};
use crate::earth::Operation;
use crate::model::{Content, Meta};
use geo::Coord;
use serde_json::Value;
use thiserror::Error;

/// A line on its way into a catalogue, or out of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Its id.
    pub id: String,
    /// Its turning points, two or more.
    pub points: Vec<TurningPoint>,
}

/// A turning point.
#[derive(Debug, Clone, PartialEq)]
pub struct TurningPoint {
    /// WGS 84 longitude and latitude in degrees.
    pub position: Coord,
    /// Its number, where one is given.
    pub number: Option<String>,
    /// Its name, or the mark that stands there.
    pub name: Option<String>,
    /// Height in metres, as the source writes it.
    pub height_m: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// What was printed of its position before, if anything.
    pub given: Option<Given>,
}

/// The property in which a line that came out of a catalogue keeps what else was in it.
pub(crate) const KEPT: &str = "catalogue";

/// Returns the courses of features, with numbers, names, heights and sources where a line came out of a catalogue.
///
/// Runs of a feature become lines of their own: `id`, `id.2`, `id.3`. Of polygons the outlines are taken.
pub fn courses_of(contents: &[Content]) -> Vec<Course> {
    let mut out = Vec::new();
    for (meta, runs) in contents.iter().flat_map(Content::courses) {
        let whole = runs.len() == 1;
        let kept = meta.properties.get(KEPT).and_then(|kept| kept.get("line")?.as_str()).filter(|_| whole);
        let name = kept.unwrap_or(&meta.id);
        for (i, run) in runs.into_iter().enumerate() {
            let id = if i == 0 { name.to_owned() } else { format!("{name}.{}", i + 1) };
            out.push(Course { id, points: points(meta, run, whole) });
        }
    }
    out
}

fn points(meta: &Meta, run: &[Coord], whole: bool) -> Vec<TurningPoint> {
    let kept = meta.properties.get(KEPT).filter(|_| whole);
    // A source of the whole layer stands in the report already; a point's own stands in its row.
    let own = meta.properties.get("source").and_then(Value::as_str).map(str::to_owned);
    kept.and_then(|kept| of_kept(kept, run)).unwrap_or_else(|| {
        let point = |position: &Coord| TurningPoint {
            position: *position,
            number: None,
            name: None,
            height_m: None,
            source: own.clone(),
            given: None,
        };
        run.iter().map(point).collect()
    })
}

/// The points that a line has kept, as long as it has as many vertices as they make; points that repeat the one before
/// have none of their own.
fn of_kept(kept: &Value, run: &[Coord]) -> Option<Vec<TurningPoint>> {
    let positions = kept.get("positions")?.as_str().and_then(Positions::from_word)?;
    let mut vertices = run.iter();
    let mut before = None;
    let point = |value: &Value| {
        let text = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
        let position = match before {
            Some(before) if value.get("repeats").and_then(Value::as_bool) == Some(true) => before,
            _ => *vertices.next()?,
        };
        before = Some(position);
        let given = || {
            let [x, y] = value.get("at")?.as_array()?.as_slice() else { return None };
            let zone = value.get("zone").and_then(Value::as_str).and_then(Zone::parse);
            Some(Given { positions, coordinates: Coord { x: x.as_f64()?, y: y.as_f64()? }, zone })
        };
        let (number, name) = (text("number"), text("name"));
        Some(TurningPoint {
            position,
            number,
            name,
            height_m: text("height_m"),
            source: text("source"),
            given: given(),
        })
    };
    let points: Option<Vec<TurningPoint>> = kept.get("points")?.as_array()?.iter().map(point).collect();
    points.filter(|_| vertices.next().is_none())
}

impl CatalogueOptions {
    /// How the catalogue was printed that a line came out of, as far as the line has kept it; `None` for other lines.
    ///
    /// # Errors
    /// The line names an operation that is not in the table, and none is given in its place.
    pub fn kept(contents: &[Content], operation: Option<&Operation>) -> Result<Option<Self>, KeptOperation> {
        let metas = contents.iter().flat_map(Content::metas);
        let kept = metas.filter_map(|meta| meta.properties.get(KEPT)).find(|kept| kept.is_object());
        let number = |key: &str| kept?.get(key)?.as_u64().and_then(|n| u8::try_from(n).ok());
        let text = |key: &str| kept?.get(key)?.as_str();
        let (Some(positions), Some(decimals)) =
            (text("positions").and_then(Positions::from_word), number("dms_decimals"))
        else {
            return Ok(None);
        };
        let id = text("operation").unwrap_or_default();
        let of_table = || Operation::epsg(id.strip_prefix("EPSG:")?.parse().ok()?);
        Ok(Some(CatalogueOptions {
            positions,
            dms_decimals: decimals.min(crate::earth::MOST_DECIMALS),
            operation: operation.cloned().or_else(of_table).ok_or_else(|| KeptOperation(id.to_owned()))?,
        }))
    }
}

/// A line came out of a catalogue with a datum operation that is not in the table.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the line came out of a catalogue with the datum operation \"{0}\", which is not in the table")]
pub struct KeptOperation(pub String);
