//! The plate: everything put on one sheet.

use super::canvas::{Align, Canvas, Stroke, Text, View};
use super::content::Content;
use super::error::MapError;
use super::export;
use super::framing::{self, Layout};
use super::furniture::{frame, panel, scale};
use super::inset;
use super::labels::{Ground, Quad, place};
use super::naming::Naming;
use super::paint::{Detail, Drawn, paint};
use super::palette::ALERT;
use super::paper::{Bounds, MM, mm};
use super::requests::{self, Asker, Numbers};
use super::scene::Scene;
use super::spec::PlateSpec;
use super::symbol::Symbol;
use super::words;
use crate::model::Layer;
use std::cell::Cell;
use std::collections::BTreeSet;

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
    /// The legend: the symbols drawn.
    pub legend: Vec<LegendEntry>,
}

impl Plate {
    /// The sheet as SVG with live text. It names the fonts; [`Plate::outline_svg`] needs none.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The sheet as SVG with its text as outlines.
    ///
    /// # Errors
    /// The SVG could not be read back.
    pub fn outline_svg(&self) -> Result<String, MapError> {
        export::outlined(&self.svg)
    }

    /// The sheet as PNG at a resolution in dots per inch, which is written in the file.
    ///
    /// # Errors
    /// A resolution that gives no picture, or too large a one.
    pub fn png(&self, dpi: f64) -> Result<Vec<u8>, MapError> {
        export::png(&self.svg, dpi)
    }

    /// The sheet as PDF at true paper size with text that can be selected.
    ///
    /// # Errors
    /// The SVG could not be read back.
    pub fn pdf(&self) -> Result<Vec<u8>, MapError> {
        export::pdf(&self.svg, &self.title, self.width_mm, self.height_mm)
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
    let content = Content::of(spec, layers)?;
    let naming = Naming { languages: languages(spec, options), transcribed: Cell::new(false) };
    let language = spec.language.clone().unwrap_or_else(|| "en".to_owned());
    let (width_mm, height_mm) = spec.paper.size_mm();
    let layout = Layout::of(width_mm, height_mm)?;
    let view = framing::view(spec, &content, layout.frame)?;
    let scene = Scene::of(&content, &view);
    let title = spec.title_of(&spec.title, naming.languages.first()).unwrap_or(&spec.id).clone();
    let canvas = Canvas::new(width_mm, height_mm, &title, super::PROGRAM);
    canvas.sheet().fill(&[Bounds::mm(0.0, 0.0, width_mm, height_mm).ring()], super::palette::PAPER);

    let mut drawn = Drawn::new();
    let steps = frame::steps(&view, spec.frame.graticule_minutes);
    canvas.sheet().open("map");
    let band_mm = (layout.frame.width() / MM / 130.0).clamp(0.9, 2.2);
    let detail = Detail {
        band_mm,
        background: spec.background,
        ways: true,
        places: true,
        every_place: false,
        graticule_minutes: Some(steps.0),
    };
    paint(&canvas, &view, &content, &scene, detail, &mut drawn);
    if !drawn.iter().any(|s| *s != Symbol::Water && *s != Symbol::Neighbour) && !drawn.contains(&Symbol::Neighbour) {
        return Err(nothing_inside(&view));
    }

    let numbers = numbers(&content, &scene, &view);
    let wanted = inset::wanted(spec, &content, &view);
    let elsewhere: Vec<String> = wanted.iter().flat_map(|w| w.ids.clone()).collect();
    let insets = inset::arrange(&content, &scene, &view, &wanted);
    inset::leaders(&canvas, &view, &insets, &mut drawn);
    let mut ground = Ground::new(layout.frame.grown(-0.6));
    for i in &insets {
        ground.take(Quad::of(i.view.frame.grown(0.6)));
        ground.take(Quad::of(i.shown));
        let (a, b) = inset::nearest_corners(&i.shown, &i.view.frame);
        ground.avoid(&[vec![a, b]], 8);
    }
    let asker = Asker {
        view: &view,
        content: &content,
        scene: &scene,
        naming: &naming,
        zoom: 1.0,
        states: true,
        places: true,
        every_place: false,
        ways: true,
        elsewhere: &elsewhere,
    };
    let (labels, mut unplaced) = place(asker.requests(&spec.notes, &numbers, &mut ground)?, &mut ground);
    requests::draw(&canvas, &labels);
    let mut labelled: BTreeSet<String> = labels.into_iter().map(|l| l.name).collect();
    canvas.sheet().close();

    let page = Bounds::mm(0.0, 0.0, width_mm, height_mm);
    frame::neatline(&mut canvas.sheet(), &view, &page, steps);
    for i in &insets {
        let (placed, without) = inset::detail(&canvas, i, &content, spec, &naming, &numbers, &mut drawn)?;
        labelled.extend(placed.into_iter().map(|p| p.name));
        unplaced.extend(without);
    }
    let panel = panel::Panel {
        spec,
        view: &view,
        content: &content,
        drawn: &drawn,
        numbers: &numbers,
        naming: &naming,
        layout: &layout,
    };
    if let Some(room) = panel.draw(&canvas)? {
        inset::locator(&canvas, room, &view, &content, spec.background, &naming)?;
    }
    panel::margin(&canvas, spec, &content, &layout)?;
    if !content.pieces.is_empty()
        || drawn.iter().any(|s| matches!(s, Symbol::Boundary(_, crate::model::Status::Proposed)))
    {
        stamp(&canvas, &layout, &language);
    }
    // What a detail map names need not be named on the main map.
    unplaced.retain(|name| !labelled.contains(name));
    unplaced.sort();
    unplaced.dedup();
    let legend = drawn
        .iter()
        .map(|s| LegendEntry { symbol: s.class(), text: super::furniture::legend::words_of(s, &content, &language) });
    Ok(Plate {
        title,
        width_mm,
        height_mm,
        scale: view.scale,
        scale_bar: scale_bar(&view, layout.panel.width() / MM - 21.0),
        unplaced,
        legend: legend.collect(),
        svg: canvas.finish(),
    })
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

/// Numbers of the routes that the view shows, in the order of the data.
fn numbers(content: &Content, scene: &Scene, view: &View) -> Numbers {
    let seen = |lines: &Vec<Vec<geo::Coord>>| {
        lines.iter().any(|line| line.iter().any(|p| view.frame.contains(view.paper(*p))))
    };
    let visible = content.ways.iter().zip(&scene.ways).filter(|(way, lines)| way.labels && seen(lines));
    visible.enumerate().map(|(i, (way, _))| (way.meta.id.clone(), i + 1)).collect()
}

fn nothing_inside(view: &View) -> MapError {
    let corner = |x, y| view.lonlat(geo::Coord { x, y });
    let (a, b) = (corner(view.frame.x0, view.frame.y1), corner(view.frame.x1, view.frame.y0));
    MapError::NothingInside { frame: format!("{:.2}° to {:.2}° E, {:.2}° to {:.2}° N", a.x, b.x, a.y, b.y) }
}

fn scale_bar(view: &View, room_mm: f64) -> ScaleBar {
    let km = scale::bar_km(view, room_mm);
    let length = km * 1e6 / view.scale;
    let middle = view.frame.centre();
    let end = |side: f64| {
        let p = view.lonlat(geo::Coord { x: middle.x + side * length * MM / 2.0, y: middle.y });
        [p.x, p.y]
    };
    ScaleBar { km, mm: length, ends: [end(-1.0), end(1.0)] }
}

/// "PROPOSAL – not agreed" across the upper corner of the map.
fn stamp(canvas: &Canvas, layout: &Layout, language: &str) {
    let text = Text::new(words::STAMP.get(language), 11.0).bold().color(ALERT);
    let (x, y) = (layout.frame.x0 / MM + 4.0, layout.frame.y0 / MM + 4.0);
    let cell = Bounds::mm(x, y, x + text.width_mm() + 6.0, y + 8.0);
    let mut sheet = canvas.sheet();
    sheet.open("stamp");
    sheet.fill(&[cell.ring()], super::palette::PAPER);
    sheet.stroke(&[cell.ring()], &Stroke::new(ALERT, 0.5));
    sheet.text(mm(x + 3.0, y + 4.0 + text.cap_mm() / 2.0), &text, Align::Start, 0.0);
    sheet.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_party_asked_for_stands_first() {
        let spec = PlateSpec::default();
        assert_eq!(languages(&spec, &PlateOptions::default()), ["az", "hy"]);
        let options = PlateOptions { languages: vec!["ru".into(), "hy".into(), "az".into()], alternat: None };
        assert_eq!(languages(&spec, &options), ["az", "hy", "ru"]);
        let options = PlateOptions { alternat: Alternat::from_code("arm"), ..options };
        assert_eq!(languages(&spec, &options), ["hy", "az", "ru"]);
    }
}
