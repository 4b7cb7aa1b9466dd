//! The imprint at the foot of a sheet: program, sheet, edition, hashes of the data.

use crate::map::canvas::{Align, Canvas, Text};
use crate::map::content::Content;
use crate::map::fonts::wrap;
use crate::map::framing::Layout;
use crate::map::naming::check_text;
use crate::map::palette::GREY_INK;
use crate::map::paper::mm;
use crate::map::relief::Relief;
use crate::map::spec::PlateSpec;
use crate::map::world::WorldOutline;
use crate::map::{MapError, PROGRAM, words};
use crate::model::LayerInfo;

/// Line spacing in millimetres.
const LINE_MM: f64 = 2.4;

/// Draws the program, sheet, edition, and the hash of every input.
pub(crate) fn draw(
    canvas: &Canvas,
    spec: &PlateSpec,
    (content, relief, world): (&Content, Option<Relief>, Option<&WorldOutline>),
    layout: &Layout,
    language: &str,
) -> Result<(), MapError> {
    let mut parts = vec![PROGRAM.to_owned()];
    parts.extend((!spec.id.is_empty()).then(|| words::MARGIN_PLATE.with(language, &[("id", &spec.id)])));
    parts.extend(spec.sheet.as_ref().map(|s| words::MARGIN_SHEET.with(language, &[("number", s)])));
    parts.extend(spec.edition.as_ref().map(|e| words::MARGIN_EDITION.with(language, &[("number", e)])));
    let files = content.layers.iter().map(|l| (&l.info.id, &l.input.sha256));
    let files = files.chain(relief.map(|relief| (&relief.grid.id, &relief.grid.sha256)));
    let files = files.map(|(id, hash)| (id.as_str(), hash)).chain(world.map(|world| ("world", &world.sha256)));
    let hashes: Vec<String> =
        files.map(|(id, hash)| format!("{id} {}", hash.chars().take(12).collect::<String>())).collect();
    parts.push(words::MARGIN_DATA.with(language, &[("list", &hashes.join(", "))]));
    let text = Text::new(parts.join("  ·  "), 5.0).color(GREY_INK);
    check_text(&text, "the margin of the plate")?;
    let lines = wrap(&text.text, text.face, text.size_mm, layout.width_mm - 22.0);
    let first_mm = layout.height_mm - 3.4 - LINE_MM * (lines.len() as f64 - 1.0);
    for (i, line) in lines.into_iter().enumerate() {
        let at = mm(14.0, first_mm + LINE_MM * i as f64);
        canvas.sheet().text(at, &Text { text: line, ..text.clone() }, Align::Start, 0.0);
    }
    Ok(())
}

/// The source of a layer with its date, attribution and licence, as sentences.
pub(crate) fn credit(info: &LayerInfo) -> String {
    let [source, attribution, licence] =
        [&info.source, &info.attribution, &info.licence].map(|text| text.trim_end_matches('.'));
    format!("{source} ({}). {attribution}. {licence}.", info.date)
}
