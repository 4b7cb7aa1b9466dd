//! The chart of a comparison: the distance of each of two lines from the other, along its chainage.

use super::canvas::{Align, Canvas, Graph, Placed, Stroke, Text};
use super::error::MapError;
use super::foot::{Write, foot, short};
use super::naming::HALO;
use super::palette::{ALERT, GREY_INK, INK};
use super::paper::{Bounds, MM};
use super::plate::Plate;
use super::sentences::datum_basis;
use super::text_sheet::TextSheet;
use super::words;
use crate::model::{Input, LayerInfo, Provenance};
use crate::question::{CompareReport, Side};
use crate::text::Message;
use geo::Coord;
use std::collections::BTreeSet;

const WIDTH_MM: f64 = 297.0;
const HEIGHT_MM: f64 = 210.0;
const LEFT_MM: f64 = 14.0;
/// Upper edges of the two graphs, and their height.
const TOPS_MM: [f64; 2] = [38.0, 116.0];
const GRAPH_MM: f64 = 70.0;
/// Shading of stretches where the distance exceeds the tolerance.
const SHADE: u32 = 0xeadff0;
/// Width of the columns for which a graph keeps the least and the greatest offset.
const COLUMN_MM: f64 = 0.1;
/// If the greatest offset exceeds this many tolerances, the vertical axis is logarithmic, so that the tolerance is
/// visible.
const TOLERANCES: f64 = 20.0;

/// The content of the chart's foot, besides the numbers.
#[derive(Debug, Clone, Copy)]
pub struct ChartNotes<'a> {
    /// Manifest entries of the compared layers, if any.
    pub sources: &'a [LayerInfo],
    /// The compared files.
    pub inputs: &'a [Input],
    /// How the figures were obtained.
    pub provenance: &'a Provenance,
    /// The language of the chart (ISO 639-1); messages missing in it are in English.
    pub language: &'a str,
}

impl ChartNotes<'_> {
    /// A message about earth model, edges and datum.
    pub(super) fn method(&self, message: Message) -> String {
        let datum = datum_basis(&self.provenance.datum, self.language);
        let (earth, edges) = (self.provenance.earth.text(), self.provenance.edges.text());
        message.with(self.language, &[("earth", earth), ("edges", edges), ("datum", &datum)])
    }
}

/// Draws the offsets of two lines by chainage, one graph for each line, with the tolerance, the stretches beyond it and
/// the worst position.
///
/// For each tenth of a millimetre of paper the graph shows the least and the greatest of the sampled offsets. Both
/// vertical axes have the same range; they are logarithmic, and labelled so, if the greatest offset exceeds 20
/// tolerances.
///
/// # Errors
/// A glyph missing in the fonts.
pub fn offset_chart(report: &CompareReport, notes: &ChartNotes) -> Result<Plate, MapError> {
    let language = notes.language;
    let title = &Message("chart-title").get(language);
    let sheet = TextSheet::new((WIDTH_MM, HEIGHT_MM), title, "the chart");
    let canvas = &sheet.canvas;
    let write = |x: f64, y: f64, text: Text, align: Align| sheet.write(x, y, &text, align);
    let room_mm = WIDTH_MM - 2.0 * LEFT_MM;
    write(LEFT_MM, 15.0, Text::new(title, 15.0).bold(), Align::Start)?;
    write(LEFT_MM, 21.0, Text::new(summary(report, language), 7.4).color(GREY_INK).within(room_mm), Align::Start)?;
    write(LEFT_MM, 26.0, Text::new(key(report, language), 6.6).color(GREY_INK).within(room_mm), Align::Start)?;
    for (side, top_mm) in [Side::A, Side::B].into_iter().zip(TOPS_MM) {
        let text = Text::new(heading(report, side, language), 8.4).bold().within(room_mm);
        write(LEFT_MM, top_mm - 3.0, text, Align::Start)?;
        let placed = graph(canvas, report, side, top_mm, language);
        tolerance(canvas, &placed, report);
        if report.worst.line == side {
            worst(canvas, &placed, report, language, &write)?;
        }
    }
    foot(&write, &small_print(notes), (WIDTH_MM, HEIGHT_MM), LEFT_MM)?;
    Ok(sheet.finish())
}

fn summary(report: &CompareReport, language: &str) -> String {
    let metres = |m: f64| format!("{m:.1}");
    let (hausdorff, mean) = (metres(report.hausdorff_m), metres(report.mean_offset_m));
    let (share, tolerance) = (format!("{:.1}", 100.0 * report.agree_share), tolerance_text(report));
    let mut values = vec![
        ("hausdorff", hausdorff.as_str()),
        ("mean", mean.as_str()),
        ("share", share.as_str()),
        ("tolerance", tolerance.as_str()),
    ];
    let Some(frechet) = report.frechet_m.map(metres) else { return Message("chart-summary").with(language, &values) };
    values.push(("frechet", &frechet));
    Message("chart-summary-frechet").with(language, &values)
}

fn key(report: &CompareReport, language: &str) -> String {
    let key = Message("chart-key").with(language, &[("tolerance", &tolerance_text(report))]);
    match axis(report) {
        (low_m, true) => format!("{key} {}", Message("chart-floor").with(language, &[("low", &low_m.to_string())])),
        _ => key,
    }
}

/// The lower end of the vertical axis in metres, and whether it is logarithmic.
fn axis(report: &CompareReport) -> (f64, bool) {
    let logarithmic = report.worst.offset_m > TOLERANCES * report.tolerance_m;
    (if logarithmic { report.tolerance_m / 100.0 } else { 0.0 }, logarithmic)
}

fn tolerance_text(report: &CompareReport) -> String {
    format!("{:.1}", report.tolerance_m).trim_end_matches(".0").to_owned()
}

fn heading(report: &CompareReport, side: Side, language: &str) -> String {
    let (name, length_m, other) = match side {
        Side::A => (&report.a, report.length_a_m, "b"),
        Side::B => (&report.b, report.length_b_m, "a"),
    };
    let km = format!("{:.3}", length_m / 1000.0);
    Message("chart-line").with(language, &[("line", side.word()), ("name", name), ("km", &km), ("other", other)])
}

fn graph(canvas: &Canvas, report: &CompareReport, side: Side, top_mm: f64, language: &str) -> Placed {
    let length_m = if side == Side::A { report.length_a_m } else { report.length_b_m };
    let greatest_m = report.worst.offset_m.max(report.tolerance_m);
    let (low_m, logarithmic) = axis(report);
    let beyond = |run: &&crate::question::CompareRun| run.line == side && run.agree_share == 0.0;
    let shaded: Vec<(f64, f64)> =
        report.runs.iter().filter(beyond).map(|run| (run.from_m / 1000.0, run.to_m / 1000.0)).collect();
    let samples = report.samples.iter().filter(|(of, ..)| *of == side);
    let samples: Vec<(f64, f64)> = samples.map(|(_, at_m, offset_m)| (at_m / 1000.0, offset_m.max(low_m))).collect();
    let columns = (WIDTH_MM - 2.0 * LEFT_MM) / COLUMN_MM;
    let offset = if logarithmic { Message("chart-offset-logarithmic") } else { Message("chart-offset") };
    let chainage = Message("chart-chainage").with(language, &[("line", side.word())]);
    let graph = Graph {
        length_km: length_m / 1000.0,
        range: (low_m, 1.1 * greatest_m),
        logarithmic,
        titles: (&chainage, &offset.get(language)),
        shaded: &shaded,
        shade: SHADE,
        line: &in_columns(&samples, length_m / 1000.0 / columns),
    };
    canvas.graph(Bounds::mm(LEFT_MM, top_mm, WIDTH_MM - LEFT_MM, top_mm + GRAPH_MM), &graph)
}

/// The first, least, greatest and last sample of each column, in their order.
fn in_columns(samples: &[(f64, f64)], width: f64) -> Vec<(f64, f64)> {
    let column = |sample: &(f64, f64)| (sample.0 / width) as u64;
    let mut out = Vec::new();
    for of_column in samples.chunk_by(|p, q| column(p) == column(q)) {
        let by = |i: &usize, j: &usize| of_column[*i].1.total_cmp(&of_column[*j].1);
        let all = || 0..of_column.len();
        let kept: BTreeSet<usize> =
            [Some(0), all().min_by(by), all().max_by(by), Some(of_column.len() - 1)].into_iter().flatten().collect();
        out.extend(kept.into_iter().map(|i| of_column[i]));
    }
    out
}

fn tolerance(canvas: &Canvas, placed: &Placed, report: &CompareReport) {
    let y = placed.at(0.0, report.tolerance_m).y;
    let line = [placed.plot.x0, placed.plot.x1].map(|x| Coord { x, y }).to_vec();
    canvas.sheet().stroke(&[line], &Stroke::new(ALERT, 0.3).dashed(&[2.0, 1.2]));
}

fn worst(
    canvas: &Canvas,
    placed: &Placed,
    report: &CompareReport,
    language: &str,
    write: &Write,
) -> Result<(), MapError> {
    let worst = &report.worst;
    let at = placed.at(worst.chainage_m / 1000.0, worst.offset_m);
    canvas.sheet().circle(at, 1.4, None, Some(&Stroke::new(ALERT, 0.4)));
    let [longitude, latitude] = worst.position.map(|degrees| format!("{degrees:.5}"));
    let (offset, km) = (format!("{:.1}", worst.offset_m), format!("{:.3}", worst.chainage_m / 1000.0));
    let values = [("offset", offset.as_str()), ("km", &km), ("longitude", &longitude), ("latitude", &latitude)];
    let text = Message("chart-worst").with(language, &values);
    let (align, aside) = if at.x > placed.plot.centre().x { (Align::End, -2.2) } else { (Align::Start, 2.2) };
    let text = Text::new(text, 6.6).bold().color(INK).halo(HALO, 0.5);
    let down = text.cap_mm() / 2.0;
    write(at.x / MM + aside, at.y / MM + down, text, align)
}

fn small_print(notes: &ChartNotes) -> Vec<String> {
    let language = notes.language;
    let mut out = vec![notes.method(Message("chart-method")), words::DISCLAIMER.get(language)];
    out.extend(notes.sources.iter().map(LayerInfo::credit).collect::<BTreeSet<String>>());
    let hashes: Vec<String> = notes.inputs.iter().map(|i| format!("{} {}", i.path, short(&i.sha256))).collect();
    let data = words::MARGIN_DATA.with(language, &[("list", &hashes.join(", "))]);
    out.push([super::PROGRAM, &words::MARGIN_COMPARISON.get(language), &data].join("  ·  "));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_keeps_its_ends_and_its_extremes() {
        let samples = [(0.0, 1.0), (0.2, 9.0), (0.4, 0.0), (0.6, 5.0), (0.8, 2.0), (1.5, 3.0)];
        assert_eq!(in_columns(&samples, 1.0), [(0.0, 1.0), (0.2, 9.0), (0.4, 0.0), (0.8, 2.0), (1.5, 3.0)]);
    }
}
