//! The plate: all elements of one sheet.

use super::album::Extra;
use super::canvas::{Align, Canvas, Stroke, Text, View};
use super::content::{Content, Level};
use super::crossings::{self, Numbers};
use super::error::MapError;
use super::export;
use super::fonts::LEAST_PT;
use super::framing::{self, Layout};
use super::furniture::ledger::Ledger;
use super::furniture::panel::Panel;
use super::furniture::way::Way;
use super::furniture::{imprint, legend, scale};
use super::inset;
use super::languages::naming;
use super::lint::{self, LintCode, LintFinding};
use super::locator;
use super::maps::{Maps, Shown};
use super::naming::{Naming, check_text};
use super::paint::Drawn;
use super::palette::{ALERT, Hue};
use super::paper::{Bounds, MM, mm};
use super::parties::Parties;
use super::profile;
use super::relief::{Relief, ReliefGrid};
use super::spec::PlateSpec;
use super::symbol::Symbol;
use super::words;
use super::world::WorldOutline;
use crate::model::{Layer, Party};
use crate::question::{DecideOptions, RouteReport};
use crate::text::{ENGLISH, Message};
use geo::Coord;
use std::sync::Arc;

/// Options of the caller, beyond the specification.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct PlateOptions {
    /// Languages of the names; in alphabetical order of their codes unless an alternat says otherwise.
    pub languages: Vec<String>,
    /// Parties of the dataset of the layers ([`Dataset::parties`](crate::io::Dataset::parties)); those of the
    /// specification replace them.
    pub parties: Vec<Party>,
    /// Code of the party that comes first throughout, on a plate that is one of two originals; by default that of the
    /// specification.
    pub alternat: Option<String>,
    /// Findings to be allowed; the plate states them.
    pub allow: Vec<LintCode>,
    /// Reports on the routes of [`PlateSpec::routes_needed`]: lengths and crossings.
    pub routes: Vec<RouteReport>,
    /// Heights for the relief of the specification.
    pub relief: Option<ReliefGrid>,
    /// The land of the world, for the locator and the surroundings of the data.
    pub world: Option<WorldOutline>,
    /// The day on which the features of the layers are valid, if they were selected by it; the plate states it.
    pub as_of: Option<String>,
    /// The party in whose view the features were selected, or `neutral`; the plate states it.
    pub view: Option<String>,
    /// Draws around lines the band in which their accuracy does not tell; what states no accuracy has that of the options.
    pub accuracy: Option<DecideOptions>,
    /// What a page of an album has besides.
    pub(super) sheet: Option<Arc<Extra>>,
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// The class of the symbol in the SVG.
    pub symbol: String,
    /// Its text in the legend.
    pub text: String,
}

/// The scale bar, so that it can be checked with a ruler.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleBar {
    /// The stated length, in km.
    pub km: f64,
    /// Its length on the sheet, in mm.
    pub mm: f64,
    /// Longitudes and latitudes, in degrees, of two positions on the map at this distance in millimetres, around its
    /// centre.
    pub ends: [[f64; 2]; 2],
}

/// A finished sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Plate {
    svg: String,
    parsed: export::Parsed,
    /// Title, in the language of the furniture.
    pub title: String,
    /// Language of the furniture (BCP 47).
    pub language: String,
    /// Height in millimetres of the notes at the foot of the sheet.
    pub(super) foot_mm: f64,
    /// Width of the paper in millimetres.
    pub width_mm: f64,
    /// Height of the paper in millimetres.
    pub height_mm: f64,
    /// Denominator of the scale.
    pub scale: f64,
    /// The scale bar.
    pub scale_bar: ScaleBar,
    /// Features whose label could not be placed.
    pub unplaced: Vec<String>,
    /// Texts omitted for lack of room, other than those labels.
    pub left_out: Vec<&'static str>,
    /// The legend: the symbols drawn.
    pub legend: Vec<LegendEntry>,
    /// Findings on placed texts ([`LintCode::LineCovered`], [`LintCode::WrongSide`]); errors on a plate with parties.
    pub findings: Vec<LintFinding>,
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
            language: ENGLISH.to_owned(),
            foot_mm: 0.0,
            width_mm,
            height_mm,
            scale: 0.0,
            scale_bar,
            unplaced: Vec::new(),
            left_out: Vec::new(),
            legend: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The sheet as SVG with live text. It names the fonts; [`Plate::live_svg`] embeds them, [`Plate::outline_svg`]
    /// needs none.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The sheet as SVG with text as outlines and its characters in `aria-label`.
    pub fn outline_svg(&self) -> String {
        export::outlined(&self.svg)
    }

    /// The sheet as SVG with live text and its faces embedded as WOFF2.
    pub fn live_svg(&self) -> String {
        export::with_fonts(&self.svg)
    }

    /// The sheet parsed for export, once.
    pub(super) fn parse(&self) -> Result<Arc<export::Tree>, MapError> {
        self.parsed.tree(&self.svg)
    }

    /// The sheet as PNG at a resolution in dots per inch, which is recorded in the file.
    ///
    /// # Errors
    /// A resolution for which the picture would be empty or too large.
    pub fn png(&self, dpi: f64) -> Result<Vec<u8>, MapError> {
        export::png(&*self.parsed.tree(&self.svg)?, dpi)
    }

    /// The sheet as PDF at true paper size with selectable text.
    ///
    /// # Errors
    /// The SVG cannot be parsed.
    pub fn pdf(&self) -> Result<Vec<u8>, MapError> {
        export::pdf(&export::searchable_tree(&self.svg)?, (&self.title, &self.language), self.width_mm, self.height_mm)
    }
}

/// Draws the plate that a specification describes, from the layers that it names.
///
/// # Method
/// The layers' features are projected at the requested scale (or a round one that fits), simplified by shared arcs to
/// the resolution of the paper (0.05 mm), clipped to the frame and drawn from the bottom layer up. Labels are placed
/// last, in order of priority. The legend lists the symbols drawn.
///
/// # Errors
/// A missing layer, an extent without data, a projection undefined on the extent, a glyph missing in the fonts.
///
/// # Guarantees
/// The same specification and layers give the same bytes on every machine.
pub fn draw(spec: &PlateSpec, layers: &[Layer], options: &PlateOptions) -> Result<Plate, MapError> {
    let parties = Parties::of(spec, options)?;
    let mut shown = Shown::of(spec, layers, &parties)?;
    if options.view.is_some() {
        shown.keep_cuts();
    }
    if let Some(options) = &options.accuracy {
        shown.with_bands(options);
    }
    let content = &shown.whole;
    let naming = naming(spec, options, &parties, content);
    let mut findings = lint::findings(spec, content, &naming);
    findings.retain(|f| f.is_error);
    let (allowed, stopping): (Vec<LintFinding>, Vec<LintFinding>) =
        findings.into_iter().partition(|f| options.allow.contains(&f.code));
    if !stopping.is_empty() {
        return Err(MapError::Lint { findings: stopping });
    }
    // Sheets of an album have their own panel.
    let enlarged = if options.sheet.is_some() { 1.0 } else { spec.paper.enlargement() };
    let paper_mm = spec.paper.size_mm();
    framing::check_paper(paper_mm)?;
    // The sheet is composed at the size of A3 (or less), and enlarged to its paper.
    let (width_mm, height_mm) = (paper_mm.0 / enlarged, paper_mm.1 / enlarged);
    let title = spec.title_of(&spec.title, naming.languages.first()).unwrap_or(&spec.id).clone();
    let ledger = Ledger::of(content);
    let relief = spec.relief.as_ref().zip(options.relief.as_ref()).map(|(spec, grid)| Relief { grid, spec });
    let extra = options.sheet.as_deref();
    let divided = |ways: &[Way]| {
        let foot_mm = extra.and_then(|extra| extra.foot_mm).unwrap_or(0.0);
        let layout = Layout::of((width_mm, height_mm), spec.profile.is_some(), ways[0].panel, foot_mm);
        let layout = layout.map(|layout| Layout { enlarged, ..layout });
        layout.ok_or(MapError::PaperTooSmall { width_mm, height_mm })
    };
    let mut ways = match extra {
        Some(extra) => Way::of_a_sheet(extra.panel_mm),
        // A profile is under its map, where an upright sheet has its panel.
        None if height_mm > width_mm && spec.profile.is_none() => Way::upright(height_mm),
        None => Way::all(width_mm, height_mm),
    };
    let mut layout = divided(&ways)?;
    if extra.is_none() && spec.panels.is_empty() && spec.profile.is_none() && spec.frame.scale.is_none() {
        let view = framing::view(&spec.frame, &spec.projection, content, layout.frame, enlarged)?;
        if view.holds_the_world() {
            ways = Way::under_the_world(height_mm);
            layout = divided(&ways)?;
        }
    }
    let mut ways = &ways[..];
    // The content of the panel is known once the geography is drawn: if it does not fit, the geography is drawn again
    // in a layout in which it does. Labels are placed after that.
    let mut scenes = Vec::new();
    let frames = extra.map_or(&[][..], |extra| &extra.frames);
    loop {
        let canvas = Canvas::enlarged(paper_mm, enlarged, &title, super::PROGRAM);
        let maps = Maps::of(spec, &shown, &layout, &options.routes)?;
        let painted = maps.paint(
            (spec, &shown),
            (relief, options.world.as_ref(), frames),
            &naming,
            &layout,
            &mut scenes,
            &canvas,
        )?;
        let mut drawn: Drawn = painted.iter().flat_map(|map| map.drawn.iter().cloned()).collect();
        if let Some(extra) = extra {
            extra.symbols(&mut drawn);
        }
        let panel = Panel {
            spec,
            view: &maps.views[0],
            scale_error: maps.views[0].scale_error(),
            content,
            drawn: &drawn,
            numbers: &maps.numbers,
            naming: &naming,
            layout: &layout,
            ledger: &ledger,
            allowed: &allowed,
            parties: &parties,
            relief,
            world: options.world.as_ref(),
            extra,
            selected: (options.as_of.as_deref(), options.view.as_deref()),
        };
        let (next, better) = panel.best(ways)?;
        ways = &ways[next..];
        if better != layout {
            layout = better;
            continue;
        }
        let (mut unplaced, mut findings) = (Vec::new(), Vec::new());
        for (without, wrong) in painted.into_iter().map(|map| map.finish(&canvas)) {
            unplaced.extend(without);
            findings.extend(wrong);
        }
        if let Some(extra) = extra {
            extra.over_the_map(&canvas, &maps.views[0], &naming)?;
        }
        findings.sort_by(|a: &LintFinding, b| (a.code, &a.subject).cmp(&(b.code, &b.subject)));
        findings.dedup();
        let room = panel.draw(&canvas, &ways[0])?;
        if let Some(room) = room {
            locator::draw(&canvas, room, &maps.views, content, (spec.background, options.world.as_ref()), &naming)?;
        }
        if let (Some(route), Some(place)) = (&spec.profile, layout.strip) {
            under_the_map(&canvas, route, place, content, &maps.numbers, &naming, &options.routes)?;
        }
        imprint::draw(&canvas, spec, (content, relief, panel.outline()), &layout, naming.furniture())?;
        let proposed = |s: &Symbol| matches!(s, Symbol::Boundary(_, crate::model::Status::Proposed, _));
        if !content.pieces.is_empty() || drawn.iter().any(proposed) {
            let words = if spec.illustration { words::STAMP_ILLUSTRATION } else { words::STAMP };
            stamp(&canvas, &layout, &naming, words);
        }
        unplaced.iter_mut().for_each(|id| *id = content.name_of(id, &[naming.furniture().to_owned()]));
        unplaced.sort();
        unplaced.dedup();
        let view = maps.views[0];
        let no_locator = (panel.wants_locator() && room.is_none()).then_some("the locator");
        let too_many = maps.views.iter().any(|view| inset::has_left_out(spec, content, view));
        let no_relief =
            (spec.relief.is_some() && relief.is_none()).then_some("the relief, of which no heights were given");
        let no_details = too_many.then_some("detail maps of small territories");
        let legend = legend::ordered(&drawn, &parties).into_iter();
        let entry = |s: &Symbol| LegendEntry {
            symbol: s.class(),
            text: legend::words_of(s, content, naming.voice()).unwrap_or_default(),
        };
        return Ok(Plate {
            foot_mm: layout.foot.map_or(0.0, |foot| foot.height() / MM),
            width_mm: paper_mm.0,
            height_mm: paper_mm.1,
            scale: view.scale,
            scale_bar: scale_bar(&view, layout.columns()[0].width() / MM - 21.0),
            unplaced,
            findings,
            left_out: panel
                .left_out(&ways[0])
                .into_iter()
                .chain(no_locator)
                .chain(no_details)
                .chain(no_relief)
                .collect(),
            legend: legend.map(entry).collect(),
            svg: canvas.finish(),
            parsed: export::Parsed::default(),
            title,
            language: naming.furniture().to_owned(),
        });
    }
}

/// The profile of a route under the map, with the length of the route.
fn under_the_map(
    canvas: &Canvas,
    route: &str,
    place: Bounds,
    content: &Content,
    numbers: &Numbers,
    naming: &Naming,
    reports: &[RouteReport],
) -> Result<(), MapError> {
    let report = crossings::report_of(route, reports)?;
    let language = naming.furniture();
    let names = profile::names(content.layers.iter().copied());
    let name = names.get(route).and_then(|n| n.best(&[language.to_owned()])).unwrap_or(route);
    let mut words = vec![words::PROFILE.get(language)];
    for word in naming.other_voices().into_iter().filter_map(|voice| voice.say(words::PROFILE, &[])) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let heading = Text::new(format!("{}: {name}", words.join(" · ")), 7.2).bold();
    let length = Text::new(profile::length_text(report, language), 5.4).color(super::palette::GREY_INK);
    let others: Vec<String> =
        naming.other_voices().into_iter().filter_map(|v| profile::length_in_short(report, v)).collect();
    let others = Text::new(others.join(" · "), LEAST_PT).color(super::palette::GREY_INK);
    let is_long = (heading.width_mm() + 2.5 + length.width_mm()) * MM > place.width();
    let mut lines = vec![(0.0, 2.4, &heading)];
    lines.push(if is_long { (0.0, 4.8, &length) } else { (heading.width_mm() + 2.5, 2.4, &length) });
    let mut under_mm = if is_long { 5.4 } else { 3.0 };
    if !others.text.is_empty() {
        under_mm += 2.1;
        lines.push((0.0, under_mm - 0.6, &others));
    }
    canvas.sheet().open("profile");
    for (right_mm, down_mm, text) in lines {
        check_text(text, route)?;
        let at = Coord { x: place.x0 + right_mm * MM, y: place.y0 + down_mm * MM };
        canvas.sheet().text(at, text, Align::Start, 0.0);
    }
    // The same as on the map above.
    let on_the_map = content.regions.iter().filter(|region| region.level == Level::Base && region.hue != Hue::Neutral);
    let hues = on_the_map.map(|region| (region.meta.id.clone(), region.hue)).collect();
    let languages: Vec<String> = std::iter::once(language.to_owned()).chain(naming.others().iter().cloned()).collect();
    let route = numbers.routes.get(route).copied();
    let strip = profile::Strip { report, names: &names, languages: &languages, route, hues };
    strip.draw(canvas, Bounds { y0: place.y0 + under_mm * MM, x1: place.x1 - 4.0 * MM, ..place })?;
    canvas.sheet().close();
    Ok(())
}

/// Findings on a plate: sources, licences, disclaimer, proposers, names, glyphs. Errors stop [`draw`] unless allowed.
///
/// # Errors
/// A missing layer.
pub fn lint(spec: &PlateSpec, layers: &[Layer], options: &PlateOptions) -> Result<Vec<LintFinding>, MapError> {
    let parties = Parties::of(spec, options)?;
    let content = Content::of(spec, &spec.layers_shown(), layers, &parties)?;
    let naming = naming(spec, options, &parties, &content);
    Ok(lint::findings(spec, &content, &naming))
}

fn scale_bar(view: &View, room_mm: f64) -> ScaleBar {
    let km = scale::bar_km(view, room_mm);
    let composed = km * 1e6 / view.composed_scale();
    let middle = view.frame.centre();
    let end = |side: f64| {
        let p = view.lonlat(Coord { x: middle.x + side * composed * MM / 2.0, y: middle.y });
        [p.x, p.y]
    };
    ScaleBar { km, mm: km * 1e6 / view.scale, ends: [end(-1.0), end(1.0)] }
}

/// "PROPOSAL – NOT AGREED" or "ILLUSTRATION" above the title, in every language of the plate.
fn stamp(canvas: &Canvas, layout: &Layout, naming: &Naming, words: Message) {
    let text = Text::new(words.get(naming.furniture()), 10.0).bold().color(ALERT);
    let others: Vec<String> = naming.other_voices().into_iter().filter_map(|v| v.say(words, &[])).collect();
    let cell = Bounds::mm(layout.panel.x0 / MM, 3.2, layout.panel.x1 / MM, 11.2);
    let others = Text::new(others.join(" · "), 5.6).bold().color(ALERT).within(cell.width() / MM - 2.0);
    let mut sheet = canvas.sheet();
    sheet.open("stamp");
    sheet.stroke(&[cell.ring()], &Stroke::new(ALERT, 0.5));
    let gap_mm = if others.text.is_empty() { 0.0 } else { 1.3 + others.cap_mm() };
    let middle_mm = cell.centre().y / MM;
    let baseline_mm = middle_mm + (text.cap_mm() - gap_mm) / 2.0;
    sheet.text(mm(cell.centre().x / MM, baseline_mm), &text, Align::Middle, 0.0);
    sheet.text(mm(cell.centre().x / MM, baseline_mm + gap_mm), &others, Align::Middle, 0.0);
    sheet.close();
}
