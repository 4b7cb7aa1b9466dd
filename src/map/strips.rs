//! Alternative routes as strips at one scale: territories, crossings and heights.

use super::canvas::{Align, Canvas, Rgb, Stroke, Text};
use super::error::MapError;
use super::foot::{Write, foot, short};
use super::offsets::ChartNotes;
use super::palette::{GREY_INK, GRID, Hue, INK, hues};
use super::paper::{Bounds, MM};
use super::plate::Plate;
use super::profile::{OUTSIDE, Strip, length_text};
use super::text_sheet::TextSheet;
use super::words;
use crate::model::{LayerInfo, Name};
use crate::question::{Alternative, CorridorReport};
use crate::text::Message;
use geo::Coord;
use std::collections::{BTreeMap, BTreeSet};

const WIDTH_MM: f64 = 297.0;
const LEFT_MM: f64 = 14.0;
/// Room to the left of the strips, for height labels.
const AXIS_MM: f64 = 8.0;
/// Height of a row of the legend, and of its swatches.
const LEGEND_MM: f64 = 4.2;
const SWATCH_MM: f64 = 2.6;
/// Room to the right of the longest strip, for the unit of its axis.
const UNIT_MM: f64 = 10.0;
const TOP_MM: f64 = 34.0;
/// Height of a heading with its strip, of the heights above it, and of the foot.
const STRIP_MM: f64 = 36.0;
const HEIGHTS_MM: f64 = 18.0;
const FOOT_MM: f64 = 24.0;

/// Draws alternative routes below each other, in order of rank: the heights along each, its territories, and its
/// crossings. All share one length scale, one height scale and one legend.
///
/// `names` are those of territories and routes by id.
///
/// # Errors
/// A glyph missing in the fonts.
pub fn corridor_chart(
    report: &CorridorReport,
    names: &BTreeMap<String, Name>,
    notes: &ChartNotes,
) -> Result<Plate, MapError> {
    let language = notes.language;
    let title = &Message("strips-title").get(language);
    let heights = range(report);
    let each_mm = STRIP_MM + if heights.is_some() { HEIGHTS_MM } else { 0.0 };
    let colors = colors(report);
    let (entries, rows) = legend(report, &colors, names, language);
    let top_mm = TOP_MM + LEGEND_MM * rows as f64;
    let height_mm = top_mm + each_mm * report.alternatives.len() as f64 + FOOT_MM;
    let sheet = TextSheet::new((WIDTH_MM, height_mm), title, "the chart");
    let canvas = &sheet.canvas;
    let write = |x: f64, y: f64, text: Text, align: Align| sheet.write(x, y, &text, align);
    let room_mm = WIDTH_MM - 2.0 * LEFT_MM;
    write(LEFT_MM, 15.0, Text::new(title, 15.0).bold(), Align::Start)?;
    write(
        LEFT_MM,
        21.0,
        Text::new(scales(report, heights, language), 7.0).color(GREY_INK).within(room_mm),
        Align::Start,
    )?;
    for (x_mm, row, color, name) in entries {
        let base_mm = 27.5 + LEGEND_MM * row as f64;
        let cell = Bounds::mm(x_mm, base_mm - SWATCH_MM + 0.3, x_mm + 1.6 * SWATCH_MM, base_mm + 0.3);
        canvas.sheet().fill(&[cell.ring()], color);
        canvas.sheet().stroke(&[cell.ring()], &Stroke::new(GREY_INK, 0.1));
        write(x_mm + 2.0 * SWATCH_MM, base_mm, name, Align::Start)?;
    }
    let left_mm = LEFT_MM + if heights.is_some() { AXIS_MM } else { 0.0 };
    let longest_m = report.alternatives.iter().map(|row| row.length_m).fold(0.0, f64::max);
    for (number, row) in report.alternatives.iter().enumerate() {
        let top_mm = top_mm + each_mm * number as f64;
        let width_mm = (WIDTH_MM - LEFT_MM - left_mm - UNIT_MM) * row.length_m / longest_m;
        let own = [language.to_owned()];
        let name = names.get(&row.route).and_then(|name| name.best(&own)).unwrap_or(&row.route);
        write(LEFT_MM, top_mm, Text::new(name, 8.6).bold().within(room_mm), Align::Start)?;
        let length = Text::new(length_text(&row.territories, language), 6.4).color(GREY_INK).within(room_mm);
        write(LEFT_MM, top_mm + 3.6, length, Align::Start)?;
        if let Some(range) = heights {
            let place = Bounds::mm(left_mm, top_mm + 8.5, left_mm + width_mm, top_mm + 5.0 + HEIGHTS_MM);
            ground(canvas, row, range, place, &write)?;
        }
        let strip = Strip { report: &row.territories, names, languages: &own, route: None, hues: colors.clone() };
        let base_mm = top_mm + each_mm - STRIP_MM;
        strip.draw(canvas, Bounds::mm(left_mm, base_mm + 4.0, left_mm + width_mm, base_mm + STRIP_MM - 5.0))?;
    }
    foot(&write, &small_print(notes), (WIDTH_MM, height_mm), LEFT_MM)?;
    Ok(sheet.finish())
}

/// The least and the greatest height of all alternatives.
fn range(report: &CorridorReport) -> Option<(f64, f64)> {
    let all = || report.alternatives.iter().flat_map(|row| &row.heights).map(|[_, height_m]| *height_m);
    Some((all().reduce(f64::min)?, all().reduce(f64::max)?))
}

/// Hues of all territories, the same on every strip.
fn colors(report: &CorridorReport) -> BTreeMap<String, Hue> {
    let pieces = report.alternatives.iter().flat_map(|row| &row.territories.pieces);
    let ids: BTreeSet<String> = pieces.filter_map(|piece| piece.territory.clone()).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let pairs =
        ids.iter().flat_map(|a| ids.iter().map(move |b| (a.clone(), b.clone()))).filter(|(a, b)| a < b).collect();
    hues(&ids, &pairs, &BTreeMap::new())
}

/// An entry of the legend: its start in mm, its row, its colour and its name.
type Entry = (f64, usize, Rgb, Text);

/// The territories of all strips, in the order of their ids, with the number of rows needed.
fn legend(
    report: &CorridorReport,
    colors: &BTreeMap<String, Hue>,
    names: &BTreeMap<String, Name>,
    language: &str,
) -> (Vec<Entry>, usize) {
    let own = [language.to_owned()];
    let pieces = || report.alternatives.iter().flat_map(|row| &row.territories.pieces);
    let used: BTreeSet<&String> = pieces().filter_map(|piece| piece.territory.as_ref()).collect();
    let name = |id: &str| names.get(id).and_then(|name| name.best(&own)).unwrap_or(id).to_owned();
    let mut all: Vec<(Rgb, String)> = used.iter().filter_map(|id| Some((colors.get(*id)?.band(), name(id)))).collect();
    if pieces().any(|piece| piece.territory.is_none()) {
        all.push((OUTSIDE, words::OUTSIDE.get(language)));
    }
    let (mut x_mm, mut row, mut entries) = (LEFT_MM, 0, Vec::new());
    for (color, name) in all {
        let text = Text::new(name, 6.6);
        let width_mm = text.width_mm() + 2.0 * SWATCH_MM + 5.0;
        if x_mm > LEFT_MM && x_mm + width_mm > WIDTH_MM - LEFT_MM {
            (x_mm, row) = (LEFT_MM, row + 1);
        }
        entries.push((x_mm, row, color, text));
        x_mm += width_mm;
    }
    let rows = if entries.is_empty() { 0 } else { row + 1 };
    (entries, rows)
}

/// Two to five round heights for grid lines.
fn round_heights((low_m, high_m): (f64, f64)) -> Vec<f64> {
    let rough_m = ((high_m - low_m) / 3.0).max(1.0);
    let power_m = 10f64.powf(rough_m.log10().floor());
    let step_m = power_m * [1.0, 2.0, 5.0].into_iter().rfind(|times| power_m * times <= rough_m).unwrap_or(1.0);
    let range = (low_m / step_m).ceil() as i64..=(high_m / step_m).floor() as i64;
    range.map(|times| times as f64 * step_m).collect()
}

/// The text on the scales.
fn scales(report: &CorridorReport, heights: Option<(f64, f64)>, language: &str) -> String {
    match (heights, report.height_step_m) {
        (Some((low_m, high_m)), Some(step_m)) => {
            let [low, high, step] = [low_m, high_m, step_m].map(|metres| format!("{metres:.0}"));
            Message("strips-heights").with(language, &[("low", &low), ("high", &high), ("step", &step)])
        }
        _ => Message("strips-scale").get(language),
    }
}

/// The ground profile, at the common scale, with the heights of its ends.
fn ground(
    canvas: &Canvas,
    row: &Alternative,
    (low_m, high_m): (f64, f64),
    place: Bounds,
    write: &Write,
) -> Result<(), MapError> {
    let up = |height_m: f64| (height_m - low_m) / (high_m - low_m).max(1.0);
    let at = |[chainage_m, height_m]: [f64; 2]| Coord {
        x: place.x0 + place.width() * (chainage_m / row.length_m),
        y: place.y1 - (place.y1 - place.y0) * up(height_m),
    };
    for height_m in round_heights((low_m, high_m)) {
        let y = at([0.0, height_m]).y;
        canvas.sheet().stroke(&[vec![Coord { x: place.x0, y }, Coord { x: place.x1, y }]], &Stroke::new(GRID, 0.08));
        let text = Text::new(format!("{height_m:.0}"), 5.2).color(GREY_INK);
        let cap = text.cap_mm();
        write(place.x0 / MM - 1.0, y / MM + cap / 2.0, text, Align::End)?;
    }
    let line: Vec<Coord> = row.heights.iter().map(|height| at(*height)).collect();
    let base = vec![Coord { x: place.x0, y: place.y1 }, Coord { x: place.x1, y: place.y1 }];
    canvas.sheet().stroke(&[base], &Stroke::new(GREY_INK, 0.12));
    if line.len() > 1 {
        canvas.sheet().stroke(&[line], &Stroke::new(INK, 0.3));
    }
    if let Some(highest) = row.heights.iter().max_by(|a, b| a[1].total_cmp(&b[1])) {
        let top = at(*highest);
        let text = Text::new(format!("{:.0} m", highest[1]), 5.6).color(GREY_INK);
        let align = if top.x > place.centre().x { Align::End } else { Align::Start };
        write(top.x / MM, top.y / MM - 0.8, text, align)?;
    }
    Ok(())
}

fn small_print(notes: &ChartNotes) -> Vec<String> {
    let language = notes.language;
    let method = notes.method(Message("strips-method"));
    let mut out = vec![format!("{} {}", words::DASHED_MARKS.get(language), words::DISCLAIMER.get(language)), method];
    out.extend(notes.sources.iter().map(LayerInfo::credit).collect::<BTreeSet<String>>());
    let hashes: Vec<String> = notes.inputs.iter().map(|i| format!("{} {}", i.path, short(&i.sha256))).collect();
    let data = words::MARGIN_DATA.with(language, &[("list", &hashes.join(", "))]);
    out.push([super::PROGRAM, &Message("margin-corridor").get(language), &data].join("  ·  "));
    out
}
