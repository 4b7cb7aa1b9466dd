//! Lines with the attributes of their turning points.

use super::{CatalogueOptions, CoordinateColumns, Given, Zone};
use crate::earth::Operation;
use crate::model::{Content, Meta, Territory};
use crate::topology::{joined_at_antimeridian, unwrap_land, unwrap_longitudes, without_cuts, wrapped};
use geo::{Coord, Polygon};
use serde_json::Value;
use std::borrow::Cow;
use thiserror::Error;

/// A line with its turning points, for export to or import from a catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Its id.
    pub id: String,
    /// Its turning points, at least two.
    pub points: Vec<TurningPoint>,
}

/// A turning point.
#[derive(Debug, Clone, PartialEq)]
pub struct TurningPoint {
    /// WGS 84 longitude and latitude in degrees.
    pub position: Coord,
    /// Its number, if known.
    pub number: Option<String>,
    /// Its name, or that of its mark.
    pub name: Option<String>,
    /// Height in metres, as in the source.
    pub height_m: Option<String>,
    /// Its source.
    pub source: Option<String>,
    /// The position as printed before, if it was.
    pub given: Option<Given>,
}

/// The feature property in which an imported line keeps the other columns of its catalogue.
pub(crate) const KEPT: &str = "catalogue";

/// Returns the lines of features as courses; imported lines keep their numbers, names, heights and sources.
///
/// Each run of a feature becomes a line: `id`, `id.2`, `id.3`. Polygons give their rings. Runs that a cut at ±180° has
/// divided are one, without the vertices that the cut has introduced.
///
/// # Examples
/// ```
/// use merestone::geo::line_string;
/// use merestone::model::{Content, Line};
/// let run = || line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 46.0)];
/// let courses = merestone::document::courses_of(&[Content::Lines(vec![Line::new("line", [run(), run()])?])]);
/// let ids: Vec<&str> = courses.iter().map(|course| course.id.as_str()).collect();
/// assert_eq!(ids, ["line", "line.2"]);
/// # Ok::<(), merestone::model::InvalidGeometry>(())
/// ```
pub fn courses_of(contents: &[Content]) -> Vec<Course> {
    let mut out = Vec::new();
    for content in contents {
        let content = continued(content);
        for (meta, runs) in content.courses() {
            let runs = joined_at_antimeridian(&runs);
            let whole = runs.len() == 1;
            let kept = kept(meta).filter(|_| whole);
            let name = kept.as_ref().and_then(|kept| kept.get("line")?.as_str()).unwrap_or(&meta.id);
            for (i, run) in runs.into_iter().enumerate() {
                let id = if i == 0 { name.to_owned() } else { format!("{name}.{}", i + 1) };
                out.push(Course { id, points: points(meta, run, kept.as_deref()) });
            }
        }
    }
    out
}

/// The content with land across ±180° joined, in continuous longitudes.
pub(crate) fn continued(content: &Content) -> Cow<'_, Content> {
    let reaches = |parts: &[Polygon]| parts.iter().flat_map(|part| &part.exterior().0).any(|at| at.x.abs() == 180.0);
    match content {
        Content::Territories(all) if all.iter().any(|one| reaches(one.parts())) => {
            let mut all: Vec<Cow<'_, Territory>> = all.iter().map(Cow::Borrowed).collect();
            unwrap_longitudes(&mut all, 0.0);
            Cow::Owned(Content::Territories(all.into_iter().map(Cow::into_owned).collect()))
        }
        Content::Pieces(all) if all.iter().any(|one| reaches(&one.parts)) => {
            let mut all = all.clone();
            all.iter_mut().for_each(|piece| unwrap_land(&mut piece.parts, 0.0));
            Cow::Owned(Content::Pieces(all))
        }
        other => Cow::Borrowed(other),
    }
}

/// The catalogue values kept by an imported feature: an object, or its JSON text in formats that hold only
/// scalars.
fn kept(meta: &Meta) -> Option<Cow<'_, Value>> {
    match meta.properties.get(KEPT)? {
        object @ Value::Object(_) => Some(Cow::Borrowed(object)),
        Value::String(text) => serde_json::from_str(text).ok().filter(Value::is_object).map(Cow::Owned),
        _ => None,
    }
}

/// The turning points of a run with continuous longitudes.
fn points(meta: &Meta, run: Vec<Coord>, kept: Option<&Value>) -> Vec<TurningPoint> {
    // The report states the source of the layer; a row states only the point's own.
    let own = meta.properties.get("source").and_then(Value::as_str).map(str::to_owned);
    // A turning point may itself lie on ±180°: the kept points tell.
    let kept_of = |run: &[Coord]| kept.and_then(|kept| of_kept(kept, run));
    kept_of(&run).unwrap_or_else(|| {
        let run = without_cuts(run);
        let point = |position: &Coord| TurningPoint {
            position: wrapped(*position),
            number: None,
            name: None,
            height_m: None,
            source: own.clone(),
            given: None,
        };
        kept_of(&run).unwrap_or_else(|| run.iter().map(point).collect())
    })
}

/// Restores the kept points of a line if their number matches its vertices; repeated points have no vertex of their
/// own.
fn of_kept(kept: &Value, run: &[Coord]) -> Option<Vec<TurningPoint>> {
    let positions = kept.get("positions")?.as_str().and_then(CoordinateColumns::from_word)?;
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
            position: wrapped(position),
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
    /// Returns the options of the catalogue from which a line was imported, if it kept them; `None` for other lines.
    ///
    /// # Errors
    /// [`KeptOperation`] if the line names an operation that is not in the table and `operation` is `None`.
    pub fn kept(contents: &[Content], operation: Option<&Operation>) -> Result<Option<Self>, KeptOperation> {
        let metas = contents.iter().flat_map(Content::metas);
        let kept = metas.filter_map(kept).next();
        let number = |key: &str| kept.as_ref()?.get(key)?.as_u64().and_then(|n| u8::try_from(n).ok());
        let text = |key: &str| kept.as_ref()?.get(key)?.as_str();
        let (Some(positions), Some(decimals)) =
            (text("positions").and_then(CoordinateColumns::from_word), number("dms_decimals"))
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

/// An imported line names a datum operation that is not in the table.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the line came out of a catalogue with the datum operation \"{0}\", which is not in the table")]
#[non_exhaustive]
pub struct KeptOperation(pub String);
