//! The plate: everything put on one sheet.

use super::canvas::{Align, Canvas, Stroke, Text, View};
use super::content::Content;
use super::crossings::{self, Numbers};
use super::error::MapError;
use super::export;
use super::framing::{self, Layout};
use super::furniture::ledger::Ledger;
use super::furniture::panel::{self, Panel, Way};
use super::furniture::{legend, scale};
use super::inset;
use super::lint::{self, Finding, LintCode};
use super::mapping::Mapping;
use super::naming::{Naming, check_text};
use super::paint::Drawn;
use super::palette::ALERT;
use super::paper::{Bounds, MM, mm};
use super::profile;
use super::spec::PlateSpec;
use super::symbol::Symbol;
use super::words;
use crate::model::Layer;
use crate::question::RouteReport;
use geo::Coord;
use std::cell::Cell;

/// Which party stands first on a plate that is one of two originals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alternat {
    /// Armenia.
    Arm,
    /// Azerbaijan.
    Aze,
}

impl Alternat {
    /// The party of that code, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.to_ascii_uppercase().as_str() {
            "ARM" => Some(Alternat::Arm),
            "AZE" => Some(Alternat::Aze),
            _ => None,
        }
    }

    /// Whether an id is that of the party's state or republic.
    pub(super) fn is_of(self, id: &str) -> bool {
        let id = id.to_ascii_lowercase();
        match self {
            Alternat::Arm => id == "arm" || id.starts_with("armenia"),
            Alternat::Aze => id == "aze" || id.starts_with("azerbaijan"),
        }
    }

    fn language(self) -> &'static str {
        match self {
            Alternat::Arm => "hy",
            Alternat::Aze => "az",
        }
    }
}

/// What the caller asks beyond the specification.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlateOptions {
    /// Languages of the names; in alphabetical order of their codes unless `alternat` says otherwise.
    pub languages: Vec<String>,
    /// Which party stands first.
    pub alternat: Option<Alternat>,
    /// Findings that may pass; the plate says so.
    pub allow: Vec<LintCode>,
    /// Where the routes of [`PlateSpec::routes_needed`] run and cross.
    pub routes: Vec<RouteReport>,
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// The class of the symbol in the SVG.
    pub symbol: String,
    /// What the legend says of it.
    pub text: String,
}

/// The scale bar, for whoever lays a ruler on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleBar {
    /// The length it states, in km.
    pub km: f64,
    /// Its length on the sheet, in mm.
    pub mm: f64,
    /// Longitudes and latitudes, in degrees, of two positions on the map this many millimetres apart, about its centre.
    pub ends: [[f64; 2]; 2],
}

/// A finished sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Plate {
    svg: String,
    parsed: export::Parsed,
    /// Title, in the language of the furniture.
    pub title: String,
    /// Width of the paper in millimetres.
    pub width_mm: f64,
    /// Height of the paper in millimetres.
    pub height_mm: f64,
    /// Denominator of the scale.
    pub scale: f64,
    /// The scale bar.
    pub scale_bar: ScaleBar,
    /// Features whose label found no place.
    pub unplaced: Vec<String>,
    /// What the paper has no room for, beside those labels.
    pub left_out: Vec<&'static str>,
    /// The legend: the symbols drawn.
    pub legend: Vec<LegendEntry>,
}

impl Plate {
    /// A sheet without a map.
    pub(super) fn strip(svg: String, title: String, width_mm: f64, height_mm: f64) -> Self {
        let scale_bar = ScaleBar { km: 0.0, mm: 0.0, ends: [[0.0; 2]; 2] };
        let parsed = export::Parsed::default();
        Plate {
            svg,
            parsed,
            title,
            width_mm,
            height_mm,
            scale: 0.0,
            scale_bar,
            unplaced: Vec::new(),
            left_out: Vec::new(),
            legend: Vec::new(),
        }
    }

    /// The sheet as SVG with live text. It names the fonts; [`Plate::outline_svg`] needs none.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The sheet as SVG with its text as outlines.
    ///
    /// # Errors
    /// The SVG could not be read back.
    pub fn outline_svg(&self) -> Result<String, MapError> {
        Ok(export::outlined(&*self.parsed.tree(&self.svg)?))
    }

    /// The sheet as PNG at a resolution in dots per inch, which is written in the file.
    ///
    /// # Errors
    /// A resolution that gives no picture, or too large a one.
    pub fn png(&self, dpi: f64) -> Result<Vec<u8>, MapError> {
        export::png(&*self.parsed.tree(&self.svg)?, dpi)
    }

    /// The sheet as PDF at true paper size with text that can be selected.
    ///
    /// # Errors
    /// The SVG could not be read back.
    pub fn pdf(&self) -> Result<Vec<u8>, MapError> {
        export::pdf(&*self.parsed.tree(&self.svg)?, &self.title, self.width_mm, self.height_mm)
    }
}

/// Draws the plate that a specification describes, from the layers that it names.
///
/// # Method
/// The layers' features are put on the projection at the scale asked for (or a round one that fits), simplified by shared
/// arcs to what the paper shows (0.05 mm), cut to the frame and drawn from the ground up. Labels are placed last, the
/// important ones first. The legend lists what was drawn.
///
/// # Errors
/// A layer that is not there, an extent without data, a projection that fails on it, a glyph that the fonts lack.
///
/// # Guarantees
/// The same specification and layers give the same bytes on every machine.
pub fn draw(spec: &PlateSpec, layers: &[Layer], options: &PlateOptions) -> Result<Plate, MapError> {
    let content = Content::of(spec, &spec.layers_shown(), layers)?;
    let naming = Naming { languages: languages(spec, options), transcribed: Cell::new(false) };
    let mut findings = lint::findings(spec, &content, &naming);
    findings.retain(|f| f.is_error);
    let (allowed, stopping): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|f| options.allow.contains(&f.code));
    if !stopping.is_empty() {
        return Err(MapError::Lint { findings: stopping });
    }
    let language = spec.language.clone().unwrap_or_else(|| "en".to_owned());
    let (width_mm, height_mm) = spec.paper.size_mm();
    let title = spec.title_of(&spec.title, naming.languages.first()).unwrap_or(&spec.id).clone();
    let ledger = Ledger::of(&content);
    let ways = Way::all(width_mm, height_mm);
    let mut layout = Layout::of((width_mm, height_mm), spec.profile.is_some(), ways[0].panel_mm(), 0.0)?
        .ok_or(MapError::PaperTooSmall { width_mm, height_mm })?;
    let mut ways = &ways[..];
    // What the panel must hold is known when the map is drawn: where that is too much, the map is drawn again beside a
    // panel that holds it.
    let (canvas, maps, left_out) = loop {
        let canvas = Canvas::new(width_mm, height_mm, &title, super::PROGRAM);
        let maps = Maps::draw(spec, layers, options, &content, &naming, &layout, &canvas)?;
        let panel = Panel {
            spec,
            view: &maps.views[0],
            content: &content,
            drawn: &maps.drawn,
            numbers: &maps.numbers,
            naming: &naming,
            layout: &layout,
            ledger: &ledger,
            allowed: &allowed,
            first: options.alternat,
        };
        let (next, better) = panel.best(ways)?;
        ways = &ways[next..];
        if better != layout {
            layout = better;
            continue;
        }
        let room = panel.draw(&canvas, &ways[0])?;
        if let Some(room) = room {
            inset::locator(&canvas, room, &maps.views, &content, spec.background, &naming)?;
        }
        let locator = (spec.insets.locator && room.is_none()).then_some("the locator");
        let left_out: Vec<&str> = panel.left_out(&ways[0]).into_iter().chain(locator).collect();
        break (canvas, maps, left_out);
    };
    let layout = &layout;
    let Maps { views, numbers, drawn, mut unplaced } = maps;
    let view = views[0];
    if let (Some(route), Some(place)) = (&spec.profile, layout.strip) {
        under_the_map(&canvas, route, place, &content, &numbers, &language, &options.routes)?;
    }
    panel::margin(&canvas, spec, &content, layout)?;
    let proposed = |s: &Symbol| matches!(s, Symbol::Boundary(_, crate::model::Status::Proposed, _));
    if !content.pieces.is_empty() || drawn.iter().any(proposed) {
        stamp(&canvas, layout, &language);
    }
    unplaced.sort();
    unplaced.dedup();
    let entry = |s: &Symbol| LegendEntry { symbol: s.class(), text: legend::words_of(s, &content, &language) };
    Ok(Plate {
        title,
        width_mm,
        height_mm,
        scale: view.scale,
        scale_bar: scale_bar(&view, layout.panel.width() / MM - 21.0),
        unplaced,
        left_out,
        legend: legend::ordered(&drawn, options.alternat).into_iter().map(entry).collect(),
        svg: canvas.finish(),
        parsed: export::Parsed::default(),
    })
}

/// The profile of a route under the map, with its length.
fn under_the_map(
    canvas: &Canvas,
    route: &str,
    place: Bounds,
    content: &Content,
    numbers: &Numbers,
    language: &str,
    reports: &[RouteReport],
) -> Result<(), MapError> {
    let report = crossings::report_of(route, reports)?;
    let names = profile::names(content.layers.iter().copied());
    let name = names.get(route).and_then(|n| n.best(&[language.to_owned()])).unwrap_or(route);
    let heading = Text::new(format!("{}: {name}", words::PROFILE.get(language)), 7.2).bold();
    check_text(&heading, route)?;
    let length = Text::new(profile::length_text(report), 5.4).color(super::palette::GREY_INK);
    let at = Coord { x: place.x0, y: place.y0 + 2.4 * MM };
    let is_long = (heading.width_mm() + 2.5 + length.width_mm()) * MM > place.width();
    let beside =
        if is_long { Coord { x: 0.0, y: 2.4 * MM } } else { Coord { x: (heading.width_mm() + 2.5) * MM, y: 0.0 } };
    let (beside, under) = (at + beside, if is_long { 5.4 * MM } else { 3.0 * MM });
    canvas.sheet().open("profile");
    canvas.sheet().text(at, &heading, Align::Start, 0.0);
    canvas.sheet().text(beside, &length, Align::Start, 0.0);
    let strip = profile::Strip { report, names: &names, language, route: numbers.routes.get(route).copied() };
    strip.draw(canvas, Bounds { y0: place.y0 + under, x1: place.x1 - 4.0 * MM, ..place })?;
    canvas.sheet().close();
    Ok(())
}

/// What the plate lacks: sources, licences, disclaimer, proposers, names, glyphs. Errors stop [`draw`] unless allowed.
///
/// # Errors
/// A layer that is not there.
pub fn lint(spec: &PlateSpec, layers: &[Layer], options: &PlateOptions) -> Result<Vec<Finding>, MapError> {
    let content = Content::of(spec, &spec.layers_shown(), layers)?;
    let naming = Naming { languages: languages(spec, options), transcribed: Cell::new(false) };
    Ok(lint::findings(spec, &content, &naming))
}

/// The maps of a sheet, drawn.
struct Maps<'o> {
    views: Vec<View>,
    numbers: Numbers<'o>,
    drawn: Drawn,
    unplaced: Vec<String>,
}

impl<'o> Maps<'o> {
    fn draw(
        spec: &PlateSpec,
        layers: &[Layer],
        options: &'o PlateOptions,
        content: &Content,
        naming: &Naming,
        layout: &Layout,
        canvas: &Canvas,
    ) -> Result<Self, MapError> {
        let page = Bounds::mm(0.0, 0.0, layout.width_mm, layout.height_mm);
        canvas.sheet().fill(&[page.ring()], super::palette::PAPER);
        if !spec.panels.is_empty() {
            return Self::side_by_side(spec, layers, options, content, naming, layout, canvas);
        }
        let view = framing::view(&spec.frame, &spec.projection, content, layout.frame)?;
        let numbers = Numbers::of(spec, content, &[view], &options.routes)?;
        let (frame, page) = (&spec.frame, Some(page));
        let map = Mapping { spec, frame, content, view, naming, numbers: &numbers, zoom: 1.0, page, title: None };
        let mut drawn = Drawn::new();
        let unplaced = map.draw(canvas, &mut drawn)?;
        Ok(Maps { views: vec![view], numbers, drawn, unplaced })
    }

    /// Maps of equal size and scale side by side.
    fn side_by_side(
        spec: &PlateSpec,
        layers: &[Layer],
        options: &'o PlateOptions,
        whole: &Content,
        naming: &Naming,
        layout: &Layout,
        canvas: &Canvas,
    ) -> Result<Self, MapError> {
        let frames = layout.cells(spec.panels.len(), spec.columns);
        let mut views = Vec::new();
        let mut contents = Vec::new();
        for (panel, frame) in spec.panels.iter().zip(&frames) {
            let shown = if panel.layers.is_empty() { &spec.layers } else { &panel.layers };
            let content = Content::of(spec, shown, layers)?;
            let frame_spec = panel.frame.clone().unwrap_or_else(|| spec.frame.clone());
            views.push((framing::view(&frame_spec, &spec.projection, &content, *frame)?, frame_spec));
            contents.push(content);
        }
        // The panels share the smallest of their scales, so that sizes can be compared.
        let scale = views.iter().map(|(v, _)| v.scale).fold(0.0, f64::max);
        for (view, _) in &mut views {
            *view = View::new(view.projection, view.centre_lonlat(), scale, view.frame);
        }
        let all: Vec<View> = views.iter().map(|(view, _)| *view).collect();
        let numbers = Numbers::of(spec, whole, &all, &options.routes)?;
        let (mut drawn, mut unplaced) = (Drawn::new(), Vec::new());
        for ((panel, content), (view, frame)) in spec.panels.iter().zip(&contents).zip(&views) {
            let title = spec.title_of(&panel.title, naming.languages.first());
            let map =
                Mapping { spec, frame, content, view: *view, naming, numbers: &numbers, zoom: 0.85, page: None, title };
            unplaced.extend(map.draw(canvas, &mut drawn)?);
        }
        Ok(Maps { views: all, numbers, drawn, unplaced })
    }
}

/// Languages in the order in which names stand.
fn languages(spec: &PlateSpec, options: &PlateOptions) -> Vec<String> {
    let mut languages = match (options.languages.is_empty(), spec.languages.is_empty()) {
        (false, _) => {
            let mut asked = options.languages.clone();
            asked.sort();
            asked
        }
        (true, false) => spec.languages.clone(),
        (true, true) => vec!["az".to_owned(), "hy".to_owned()],
    };
    languages.dedup();
    if let Some(party) = options.alternat {
        languages.sort_by_key(|l| l != party.language());
    }
    languages
}

fn scale_bar(view: &View, room_mm: f64) -> ScaleBar {
    let km = scale::bar_km(view, room_mm);
    let length = km * 1e6 / view.scale;
    let middle = view.frame.centre();
    let end = |side: f64| {
        let p = view.lonlat(Coord { x: middle.x + side * length * MM / 2.0, y: middle.y });
        [p.x, p.y]
    };
    ScaleBar { km, mm: length, ends: [end(-1.0), end(1.0)] }
}

/// "PROPOSAL – not agreed" above the title.
fn stamp(canvas: &Canvas, layout: &Layout, language: &str) {
    let text = Text::new(words::STAMP.get(language), 10.0).bold().color(ALERT);
    let (x, y) = (layout.panel.x0 / MM, 4.2);
    let cell = Bounds::mm(x, y, layout.panel.x1 / MM, y + 7.4);
    let mut sheet = canvas.sheet();
    sheet.open("stamp");
    sheet.stroke(&[cell.ring()], &Stroke::new(ALERT, 0.5));
    let middle = mm(cell.centre().x / MM, y + 3.7 + text.cap_mm() / 2.0);
    sheet.text(middle, &text, Align::Middle, 0.0);
    sheet.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_party_asked_for_stands_first() {
        let spec = PlateSpec::default();
        assert_eq!(languages(&spec, &PlateOptions::default()), ["az", "hy"]);
        let options = PlateOptions {
            languages: vec!["ru".into(), "hy".into(), "az".into()],
            alternat: None,
            ..PlateOptions::default()
        };
        assert_eq!(languages(&spec, &options), ["az", "hy", "ru"]);
        let options = PlateOptions { alternat: Alternat::from_code("arm"), ..options };
        assert_eq!(languages(&spec, &options), ["hy", "az", "ru"]);
    }
}
