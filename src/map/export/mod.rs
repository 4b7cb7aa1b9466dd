//! A plate's SVG as PNG, PDF or SVG without live text. One parsed tree serves all three.

mod pdf;
mod png;

use super::MapError;
use super::fonts;
use resvg::usvg;
use std::sync::Arc;

/// The SVG parsed with the embedded fonts only.
pub(super) fn tree(svg: &str) -> Result<usvg::Tree, MapError> {
    let mut fonts = usvg::fontdb::Database::new();
    for face in fonts::bytes() {
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(face)));
    }
    let options =
        usvg::Options { fontdb: Arc::new(fonts), font_family: "DejaVu Sans".to_owned(), ..Default::default() };
    usvg::Tree::from_str(svg, &options).map_err(|error| MapError::Export { format: "SVG", reason: error.to_string() })
}

/// The SVG with every letter as an outline, for readers without fonts.
pub(super) fn outlined(svg: &str) -> Result<String, MapError> {
    let options = usvg::WriteOptions { preserve_text: false, coordinates_precision: 4, ..Default::default() };
    Ok(tree(svg)?.to_string(&options))
}

pub(super) use self::pdf::pdf;
pub(super) use self::png::png;
