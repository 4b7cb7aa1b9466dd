//! The chart of statuses over time: a bar for each meeting, divided by status.

use super::canvas::{Align, Canvas, Rgb, Stroke, Text};
use super::error::MapError;
use super::foot::{Write, foot, short};
use super::offsets::ChartNotes;
use super::palette::{GREY_INK, INK};
use super::paper::Bounds;
use super::plate::Plate;
use super::text_sheet::TextSheet;
use super::words;
use crate::model::{LayerInfo, Status};
use crate::question::{StatusReport, StatusRow};
use crate::text::Message;
use std::collections::BTreeSet;

const WIDTH_MM: f64 = 297.0;
const LEFT_MM: f64 = 14.0;
/// Start of the bars, right of the dates.
const BAR_MM: f64 = 62.0;
const TOP_MM: f64 = 32.0;
/// Height of a meeting: its bar and the figures under it.
const ROW_MM: f64 = 13.0;
const THICK_MM: f64 = 5.0;
const FOOT_MM: f64 = 24.0;
/// A sheet longer than this is no sheet: older meetings are left out, and the chart says so.
const MOST_ROWS: usize = 60;

/// The word for a status and its colour on the chart, from the most settled on: lighter is less settled. Every part of a
/// bar has its word and figure under it.
const fn look(status: Status) -> (Message, Rgb) {
    match status {
        Status::Demarcated => (Message("dossier-demarcated"), 0x2b3a55),
        Status::Delimited => (Message("dossier-delimited"), 0x4b6a94),
        Status::Agreed => (Message("dossier-agreed"), 0x7f9dbf),
        Status::Undefined => (Message("dossier-undefined"), 0xe3e3dd),
        Status::Disputed => (Message("dossier-disputed"), 0xd9b38c),
        Status::ControlLine => (Message("dossier-control-line"), 0xb58a9b),
        Status::Historical => (Message("dossier-historical"), 0xb9b29a),
        Status::Proposed => (Message("dossier-proposed"), 0xb3cdb1),
        Status::Unspecified => (Message("dossier-unspecified"), 0xf4f4f0),
    }
}

/// Draws the length of lines by status, a bar for the state before the log and one for each date and meeting, all at one
/// scale, with measured and published lengths under each.
///
/// # Errors
/// A glyph missing in the fonts.
pub fn status_chart(report: &StatusReport, notes: &ChartNotes) -> Result<Plate, MapError> {
    let language = notes.language;
    let title = &Message("statuses-title").get(language);
    let same = |a: &StatusRow, b: &StatusRow| a.date == b.date && a.meeting == b.meeting;
    let mut meetings: Vec<&[StatusRow]> = report.history.chunk_by(same).collect();
    let left_out = meetings.len().saturating_sub(MOST_ROWS);
    meetings.drain(..left_out);
    let height_mm = TOP_MM + ROW_MM * meetings.len() as f64 + FOOT_MM;
    let sheet = TextSheet::new((WIDTH_MM, height_mm), title, "the chart");
    let canvas = &sheet.canvas;
    let write = |x: f64, y: f64, text: Text, align: Align| sheet.write(x, y, &text, align);
    let room_mm = WIDTH_MM - 2.0 * LEFT_MM;
    write(LEFT_MM, 15.0, Text::new(title, 15.0).bold(), Align::Start)?;
    let summary = summary(report, left_out, language);
    write(LEFT_MM, 21.0, Text::new(summary, 7.4).color(GREY_INK).within(room_mm), Align::Start)?;
    for (number, rows) in meetings.into_iter().enumerate() {
        bar(canvas, report, rows, TOP_MM + ROW_MM * number as f64, language, &write)?;
    }
    foot(&write, &small_print(notes), (WIDTH_MM, height_mm), LEFT_MM)?;
    Ok(sheet.finish())
}

fn km(metres: f64) -> String {
    format!("{:.1}", metres / 1000.0)
}

fn summary(report: &StatusReport, left_out: usize, language: &str) -> String {
    let whole = Message("statuses-whole").with(language, &[("km", &km(report.length_m))]);
    let published = report.published_length_km.as_ref().map(|published| published.to_string());
    let published = published.map(|km| Message("statuses-published").with(language, &[("km", &km)]));
    let missing =
        (left_out > 0).then(|| Message("statuses-left-out").with(language, &[("count", &left_out.to_string())]));
    [Some(whole), published, missing].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn bar(
    canvas: &Canvas,
    report: &StatusReport,
    rows: &[StatusRow],
    top_mm: f64,
    language: &str,
    write: &Write,
) -> Result<(), MapError> {
    let date = rows[0].date.clone().unwrap_or_else(|| Message("statuses-before").get(language));
    let label_mm = BAR_MM - LEFT_MM - 2.0;
    write(LEFT_MM, top_mm + 3.4, Text::new(date, 7.4).bold().within(label_mm), Align::Start)?;
    if let Some(meeting) = &rows[0].meeting {
        write(LEFT_MM, top_mm + 7.4, Text::new(meeting, 6.2).color(GREY_INK).within(label_mm), Align::Start)?;
    }
    let width_mm = WIDTH_MM - LEFT_MM - BAR_MM;
    let mut x_mm = BAR_MM;
    let mut figures = Vec::new();
    for row in rows.iter().filter(|row| row.length_m > 0.0) {
        let (word, color) = look(row.status);
        let next_mm = x_mm + width_mm * row.length_m / report.length_m;
        let cell = Bounds::mm(x_mm, top_mm, next_mm, top_mm + THICK_MM);
        canvas.sheet().fill(&[cell.ring()], color);
        canvas.sheet().stroke(&[cell.ring()], &Stroke::new(INK, 0.15));
        x_mm = next_mm;
        let share = format!("{:.1}", 100.0 * row.share);
        let word = word.get(language);
        let values = [("status", word.as_str()), ("km", &km(row.length_m)), ("share", &share)];
        figures.push(match row.published_km {
            None => Message("statuses-figure").with(language, &values),
            Some(published) => {
                let published = published.to_string();
                let values = [values[0], values[1], values[2], ("published", published.as_str())];
                Message("statuses-figure-published").with(language, &values)
            }
        });
    }
    let figures = Text::new(figures.join("  ·  "), 6.2).color(INK).within(width_mm);
    write(BAR_MM, top_mm + THICK_MM + 3.2, figures, Align::Start)
}

fn small_print(notes: &ChartNotes) -> Vec<String> {
    let language = notes.language;
    let mut out = vec![notes.method(Message("strips-method")), words::DISCLAIMER.get(language)];
    out.extend(notes.sources.iter().map(LayerInfo::credit).collect::<BTreeSet<String>>());
    let hashes: Vec<String> = notes.inputs.iter().map(|i| format!("{} {}", i.path, short(&i.sha256))).collect();
    let data = words::MARGIN_DATA.with(language, &[("list", &hashes.join(", "))]);
    out.push([super::PROGRAM, title_in_margin(language).as_str(), &data].join("  ·  "));
    out
}

fn title_in_margin(language: &str) -> String {
    Message("margin-statuses").get(language)
}
