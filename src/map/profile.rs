//! The profile strip of a route: its territories and crossings by chainage.

use super::canvas::{Align, Canvas, Rgb, Stroke, Text};
use super::error::MapError;
use super::foot::{Write, foot as notes_at_foot, short};
use super::naming::{HALO, check_text};
use super::palette::{GREY_INK, Hue, INK, PAPER, hues};
use super::paper::{Bounds, MM, mm};
use super::parties::Parties;
use super::plate::{Plate, PlateOptions};
use super::spec::PlateSpec;
use super::words;
use crate::model::{Content, Layer, Name};
use crate::question::RouteReport;
use crate::text::Voice;
use geo::Coord;
use std::collections::{BTreeMap, BTreeSet};

const WIDTH_MM: f64 = 297.0;
const LEFT_MM: f64 = 14.0;
const ROW_MM: f64 = 4.0;
/// Hue of bands outside all territories.
pub(super) const OUTSIDE: Rgb = 0xe8e8e8;

/// Draws a route as a strip: its territories as bands by chainage, its crossings numbered and listed in a table.
///
/// `layers` are those on which the report is based: they provide names, sources and hashes.
///
/// # Errors
/// A glyph missing in the fonts.
pub fn profile(report: &RouteReport, layers: &[Layer], options: &PlateOptions) -> Result<Plate, MapError> {
    let names = names(layers);
    let language = options.languages.first().cloned().unwrap_or_else(|| "en".to_owned());
    let name = |id: &str| names.get(id).and_then(|n| n.best(std::slice::from_ref(&language))).unwrap_or(id).to_owned();
    let height_mm = 92.0 + ROW_MM * report.crossings.len() as f64;
    let title = name(&report.route);
    let canvas = Canvas::new(WIDTH_MM, height_mm, &title, super::PROGRAM);
    canvas.sheet().fill(&[Bounds::mm(0.0, 0.0, WIDTH_MM, height_mm).ring()], PAPER);
    let write = |x: f64, y: f64, text: Text, align: Align| -> Result<(), MapError> {
        check_text(&text, &report.route)?;
        canvas.sheet().text(mm(x, y), &text, align, 0.0);
        Ok(())
    };
    write(LEFT_MM, 15.0, Text::new(&title, 15.0).bold(), Align::Start)?;
    let day = options.as_of.as_ref().map(|day| words::AS_OF.with(&language, &[("day", day)]));
    let said = [length_text(report, &language)].into_iter().chain(day).collect::<Vec<_>>().join(" · ");
    write(LEFT_MM, 21.0, Text::new(said, 7.4).color(GREY_INK).within(WIDTH_MM - 2.0 * LEFT_MM), Align::Start)?;

    let parties = Parties::of(&PlateSpec::default(), options)?;
    let languages = if options.languages.is_empty() { vec![language.clone()] } else { options.languages.clone() };
    let strip = Strip { report, names: &names, languages: &languages, route: None, hues: parties.hues() };
    strip.draw(&canvas, Bounds::mm(LEFT_MM, 27.0, WIDTH_MM - LEFT_MM, 56.0))?;
    table(report, &name, &language, &write, 66.0)?;
    foot(report, layers, &language, &write, height_mm)?;
    Ok(Plate::strip(canvas.finish(), title, WIDTH_MM, height_mm))
}

/// The bands of a route on a strip of paper.
pub(super) struct Strip<'s> {
    pub report: &'s RouteReport,
    pub names: &'s BTreeMap<String, Name>,
    /// Languages of the names, that of the furniture first.
    pub languages: &'s [String],
    /// Number of the route on a map, which precedes that of each crossing.
    pub route: Option<usize>,
    /// Hues of territories that already have one.
    pub hues: BTreeMap<String, Hue>,
}

impl Strip<'_> {
    /// Draws the numbers of the crossings, the bands and the chainage axis into a rectangle.
    pub(super) fn draw(&self, canvas: &Canvas, place: Bounds) -> Result<(), MapError> {
        let (report, colors) = (self.report, self.colors());
        let band = |p: &crate::question::RoutePiece| {
            let color = p.territory.as_ref().and_then(|id| colors.get(id)).map_or(OUTSIDE, |hue| hue.band());
            (p.stretch.from_m / 1000.0, p.stretch.to_m / 1000.0, color)
        };
        let bands: Vec<(f64, f64, u32)> = report.pieces.iter().map(band).collect();
        let strip = canvas.strip(Bounds { y0: place.y0 + 7.0 * MM, ..place }, report.length_m / 1000.0, &bands);
        let language = self.languages[0].as_str();
        let unit = Text::new(words::KILOMETRE.get(language), 6.0);
        let at = Coord { x: place.x1 + 1.0 * MM, y: strip.y1 + 0.4 * MM };
        canvas.sheet().text(at, &unit, Align::Start, 0.0);
        let x_of = |metres: f64| strip.x0 + strip.width() * (metres / report.length_m);
        for piece in &report.pieces {
            let width = x_of(piece.stretch.to_m) - x_of(piece.stretch.from_m);
            let km = (piece.stretch.to_m - piece.stretch.from_m) / 1000.0;
            let names = self.named(piece.territory.as_deref()).into_iter().map(|name| Text::new(name, 6.6).bold());
            let texts: Vec<Text> = names.chain([Text::new(words::km(km, 1, language), 6.0)]).collect();
            if texts.iter().all(|t| t.width_mm() * MM + 1200.0 < width) {
                let middle = x_of(piece.stretch.from_m) + width / 2.0;
                let (cap, steps) = (texts[0].cap_mm() * MM, (texts.len() - 1) as f64);
                let step = ((strip.height() * 0.84 - cap) / steps).min(3.2 * MM);
                let top = strip.centre().y + (cap - step * steps) / 2.0;
                for (text, line) in texts.into_iter().zip(0..) {
                    check_text(&text, &report.route)?;
                    let at = Coord { x: middle, y: top + step * f64::from(line) };
                    canvas.sheet().text(at, &text.halo(HALO, 0.3), Align::Middle, 0.0);
                }
            }
        }
        self.crossings(canvas, &strip, &x_of);
        Ok(())
    }

    /// Hues of the territories: all different, unless the given ones are equal.
    fn colors(&self) -> BTreeMap<String, Hue> {
        let ids: BTreeSet<String> = self.report.pieces.iter().filter_map(|p| p.territory.clone()).collect();
        let ids: Vec<String> = ids.into_iter().collect();
        let pairs =
            ids.iter().flat_map(|a| ids.iter().map(move |b| (a.clone(), b.clone()))).filter(|(a, b)| a < b).collect();
        hues(&ids, &pairs, &self.hues)
    }

    /// The names of a territory, each once; what stands for ground outside all territories.
    fn named(&self, id: Option<&str>) -> Vec<String> {
        let all = self.languages.iter().filter_map(|language| match id {
            Some(id) => self.names.get(id).and_then(|name| name.get(language)).map(str::to_owned),
            None => Voice::each(self.languages).find(|voice| voice.language() == language)?.say(words::OUTSIDE, &[]),
        });
        let mut names: Vec<String> = Vec::new();
        for name in all {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if let (true, Some(id)) = (names.is_empty(), id) {
            names.push(self.names.get(id).and_then(|name| name.best(self.languages)).unwrap_or(id).to_owned());
        }
        names
    }

    /// Numbers above the strip, moved apart if they overlap.
    fn crossings(&self, canvas: &Canvas, strip: &Bounds, x_of: &impl Fn(f64) -> f64) {
        let mut sheet = canvas.sheet();
        let number = |i: usize| self.route.map_or_else(|| (i + 1).to_string(), |route| format!("{route}.{}", i + 1));
        let apart = if self.route.is_some() { 5.4 } else { 4.2 } * MM;
        let count = self.report.crossings.len();
        let mut free = strip.x0;
        for (i, crossing) in self.report.crossings.iter().enumerate() {
            let x = x_of(crossing.chainage_m);
            // Leaves room for the remaining numbers.
            let last = strip.x1 - apart * (count - 1 - i) as f64;
            let badge = x.min(last).max(free);
            free = badge + apart;
            let at = Coord { x: badge, y: strip.y0 - 4.5 * MM };
            let line = vec![Coord { x: badge, y: at.y }, Coord { x, y: strip.y0 - 1.0 * MM }, Coord { x, y: strip.y1 }];
            let stroke = Stroke::new(INK, 0.25);
            sheet.stroke(&[line], &if crossing.is_uncertain() { stroke.dashed(&[0.9, 0.6]) } else { stroke });
            let text = Text::new(number(i), 5.2).bold();
            let cap = text.cap_mm() * MM;
            let half = text.width_mm() * MM / 2.0 + 0.5 * MM;
            let cell = Bounds { x0: at.x - half, x1: at.x + half, y0: at.y - 1.5 * MM, y1: at.y + 1.5 * MM };
            sheet.fill(&[cell.ring()], PAPER);
            sheet.stroke(&[cell.ring()], &Stroke::new(INK, 0.18));
            sheet.text(at + Coord { x: 0.0, y: cap / 2.0 }, &text, Align::Middle, 0.0);
        }
    }
}

/// Names of territories and routes by id.
pub(super) fn names<'l>(layers: impl IntoIterator<Item = &'l Layer>) -> BTreeMap<String, Name> {
    let mut names = BTreeMap::new();
    for layer in layers {
        match &layer.content {
            Content::Territories(all) => names.extend(all.iter().map(|t| (t.meta.id.clone(), t.meta.name.clone()))),
            Content::Routes(all) => names.extend(all.iter().map(|r| (r.meta.id.clone(), r.meta.name.clone()))),
            _ => {}
        }
    }
    names
}

/// Length of the route, whether it is indicative, and its published length.
pub(super) fn length_text(report: &RouteReport, language: &str) -> String {
    let all = [language.to_owned()];
    let voice = Voice::each(&all).next().expect("there is one");
    let joined = report.indicative.then(|| voice.say(words::JOINED, &[])).flatten();
    let joined = joined.map_or_else(String::new, |text| format!(" {text}"));
    format!("{}{joined}{}", length(report, voice).unwrap_or_default(), published(report, voice))
}

/// As [`length_text`], without the information of the notes.
pub(super) fn length_in_short(report: &RouteReport, voice: Voice) -> Option<String> {
    Some(format!("{}{}", length(report, voice)?, published(report, voice)))
}

fn length(report: &RouteReport, voice: Voice) -> Option<String> {
    voice.say(words::LENGTH, &[("km", &format!("{:.1}", report.length_m / 1000.0))])
}

fn published(report: &RouteReport, voice: Voice) -> String {
    let text = |p: &crate::model::Published| {
        let (low, high) = (p.low.to_string(), p.high.to_string());
        match p.low == p.high {
            true => voice.say(words::PUBLISHED, &[("km", &low)]),
            false => voice.say(words::PUBLISHED_BETWEEN, &[("low", &low), ("high", &high)]),
        }
    };
    let text = report.published_length_km.as_ref().and_then(text);
    text.map_or_else(String::new, |text| format!("; {text}"))
}

/// The crossings with their chainages and positions.
fn table(
    report: &RouteReport,
    name: &dyn Fn(&str) -> String,
    language: &str,
    write: &Write,
    top_mm: f64,
) -> Result<(), MapError> {
    let columns = [LEFT_MM, LEFT_MM + 10.0, LEFT_MM + 40.0, LEFT_MM + 150.0, LEFT_MM + 210.0];
    for (x, head) in columns.into_iter().zip(words::CROSSING_COLUMNS) {
        write(x, top_mm, Text::new(head.get(language), 6.4).bold(), Align::Start)?;
    }
    for (i, crossing) in report.crossings.iter().enumerate() {
        let y = top_mm + ROW_MM * (i + 1) as f64;
        let side = |id: &Option<String>| id.as_deref().map_or_else(|| words::OUTSIDE.get(language), name);
        let [lon, lat] = crossing.position;
        let cells = [
            (i + 1).to_string(),
            words::km(crossing.chainage_m / 1000.0, 3, language),
            words::PASSES.with(language, &[("from", &side(&crossing.from)), ("to", &side(&crossing.to))]),
            format!("{lon:.5}°, {lat:.5}°"),
            if crossing.is_uncertain() { words::UNCERTAIN.get(language) } else { String::new() },
        ];
        for (x, cell) in columns.into_iter().zip(cells) {
            write(x, y, Text::new(cell, 6.2), Align::Start)?;
        }
    }
    Ok(())
}

fn foot(report: &RouteReport, layers: &[Layer], language: &str, write: &Write, height_mm: f64) -> Result<(), MapError> {
    let sources: BTreeSet<String> = layers.iter().map(|layer| layer.info.credit()).collect();
    let hashes: Vec<String> = layers.iter().map(|l| format!("{} {}", l.info.id, short(&l.input.sha256))).collect();
    let uncertain = report.crossings.iter().any(|c| c.is_uncertain()).then(|| words::DASHED_MARKS.get(language));
    let disclaimer = words::DISCLAIMER.get(language);
    let mut notes = vec![uncertain.map_or_else(|| disclaimer.clone(), |text| format!("{text} {disclaimer}"))];
    notes.extend(sources);
    let of_route = words::MARGIN_PROFILE.with(language, &[("route", &report.route)]);
    let data = words::MARGIN_DATA.with(language, &[("list", &hashes.join(", "))]);
    notes.push([super::PROGRAM, &of_route, &data].join("  ·  "));
    notes_at_foot(write, &notes, (WIDTH_MM, height_mm), LEFT_MM)
}
