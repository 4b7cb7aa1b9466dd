//! Output formats that this program writes itself, feature by feature.

use super::super::geojson::{BETWEEN, COLLECTION_END, collection_head};
use super::csv::Layout;
use super::format::Format;
use super::json;
use super::survey::Survey;
use super::table::Row;
use rayon::prelude::*;
use serde_json::{Map, Value};
use std::io::{Result, Write};

/// Receives batches of features.
pub(super) type Take<'t> = &'t mut dyn FnMut(&[Row]) -> Result<()>;

/// Writes a layer; `rows` passes its features in order.
pub(super) fn write(
    out: &mut dyn Write,
    (format, members): (Format, &Map<String, Value>),
    (survey, geographic): (&Survey, bool),
    rows: impl FnOnce(Take<'_>) -> Result<()>,
) -> Result<()> {
    match format {
        Format::Csv => {
            let layout = Layout::of(survey, geographic);
            out.write_all(&layout.heading())?;
            rows(&mut |rows| each(rows, |row| layout.line(row), |line| out.write_all(line)))
        }
        Format::GeoJsonSeq => rows(&mut |rows| {
            each(rows, json::write, |feature| out.write_all(feature).and_then(|()| out.write_all(b"\n")))
        }),
        _ => {
            out.write_all(collection_head(members).as_bytes())?;
            let mut before = "";
            rows(&mut |rows| {
                each(rows, json::write, |feature| {
                    out.write_all(before.as_bytes())?;
                    before = BETWEEN;
                    out.write_all(feature)
                })
            })?;
            out.write_all(COLLECTION_END.as_bytes())
        }
    }
}

/// Formats features in parallel, and passes them on in order.
fn each(
    rows: &[Row],
    text: impl Fn(&Row) -> Vec<u8> + Sync + Send,
    mut put: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let texts: Vec<Vec<u8>> = rows.par_iter().map(text).collect();
    texts.iter().try_for_each(|text| put(text))
}
