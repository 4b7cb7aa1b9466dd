//! One map on a sheet: geography, detail maps, labels, neatline. A plate has one, or several as panels.

use super::album::SheetFrame;
use super::canvas::{Align, Canvas, Text, View};
use super::content::Content;
use super::crossings::Numbers;
use super::error::MapError;
use super::fonts::LEAST_PT;
use super::furniture::grid::Grid;
use super::furniture::{frame, margin, world};
use super::inset::{self, Detail};
use super::labels::{Ground, Quad, Request, place};
use super::lint::{self, LintFinding};
use super::naming::{Naming, check_text};
use super::paint::{self, Drawn, paint};
use super::palette::GREY_INK;
use super::paper::{Bounds, MM, mm};
use super::relief::Relief;
use super::requests::{self, Asker};
use super::scene::Scene;
use super::sentences;
use super::spec::{FrameSpec, PlateSpec, Texts};
use super::symbol::Symbol;
use super::world::WorldOutline;
use std::collections::BTreeSet;

/// A map to be drawn.
pub(crate) struct Mapping<'m, 'a> {
    pub spec: &'m PlateSpec,
    pub frame: &'m FrameSpec,
    pub content: &'m Content<'a>,
    pub view: View,
    pub naming: &'m Naming,
    pub numbers: &'m Numbers<'m>,
    pub relief: Option<Relief<'m>>,
    pub world: Option<&'m WorldOutline>,
    /// Type size as a share of that of a map that fills its sheet.
    pub zoom: f64,
    /// The whole sheet, if this is the only map on it.
    pub page: Option<Bounds>,
    /// Its heading by language.
    pub title: Option<&'m Texts>,
    /// Frames of sheets that are drawn over it.
    pub frames: &'m [SheetFrame],
}

/// A map with its geography drawn, and its labels known but not placed: the entries of the legend are known.
pub(crate) struct Painted<'m, 'a> {
    map: Mapping<'m, 'a>,
    canvas: Canvas,
    details: Vec<Detail>,
    requests: Vec<Request>,
    ground: Ground,
    grid: Option<Grid>,
    /// Steps of the graticule and of the bars.
    steps: frame::Steps,
    /// Lines above the map.
    title: Vec<Text>,
    pub drawn: Drawn,
}

impl<'m, 'a> Mapping<'m, 'a> {
    /// Draws the geography of the map and its detail maps on a separate part of the canvas.
    pub(crate) fn paint(self, scene: &Scene, canvas: &Canvas) -> Result<Painted<'m, 'a>, MapError> {
        let (view, content, spec, canvas) = (&self.view, self.content, self.spec, canvas.part());
        let steps = frame::steps(view, self.frame.graticule_minutes);
        match self.page {
            Some(_) => canvas.sheet().open("map"),
            None => canvas.sheet().open_window(&view.frame),
        }
        let grid = Grid::of(spec, self.frame.grid, view);
        let band_mm = if view.is_world() { 0.5 } else { (view.frame.width() / MM / 400.0).clamp(0.6, 0.8) };
        // Ground without data looks the same in the detail maps.
        let as_land = self.world.is_some_and(|world| world.suits(view));
        let detail = paint::Detail {
            band_mm,
            background: spec.background,
            as_land,
            ways: true,
            places: true,
            every_place: false,
            graticule: Some(steps),
            grid,
        };
        let mut drawn = Drawn::new();
        paint(&canvas, view, (content, scene), detail, (self.relief, self.world), &mut drawn);
        self.numbers.paint(&canvas, view, &mut drawn);
        if !drawn.iter().any(|s| !matches!(s, Symbol::Water | Symbol::NoData | Symbol::Outside)) {
            return Err(nothing_inside(view));
        }
        let wanted = inset::wanted(spec, content, view, self.naming)?;
        let insets = inset::arrange(spec, content, scene, view, wanted);
        let elsewhere: Vec<String> = insets.iter().flat_map(|i| i.ids.clone()).collect();
        let titles: Vec<usize> = insets.iter().flat_map(|i| i.notes.clone()).collect();
        inset::leaders(&canvas, view, &insets, &mut drawn);
        let mut ground = Ground::new(view.frame.grown(-0.6));
        if let Some(grid) = &grid {
            grid.reserve(view, &mut ground);
        }
        world::reserve(view, steps.meridians.0 / 60.0, &mut ground);
        frame::reserve(view, steps, &mut ground);
        self.frames.iter().flat_map(|frame| frame.quads(view)).for_each(|quad| ground.take(quad));
        for i in &insets {
            ground.take(Quad::of(i.view.frame.grown(0.6)));
            if !i.is_beyond {
                ground.take(Quad::of(i.shown));
                ground.take(Quad::along(i.leader, 0.8 * MM));
            }
        }
        let title = self.heading();
        title.iter().try_for_each(|text| check_text(text, "the title of a panel"))?;
        let asker = Asker {
            view,
            content,
            scene,
            naming: self.naming,
            zoom: self.zoom,
            states: true,
            places: true,
            every_place: false,
            ways: true,
            elsewhere: &elsewhere,
            titled: &[],
            listed: &[],
        };
        let notes = spec.notes.iter().enumerate().filter(|(i, _)| !titles.contains(i)).map(|(_, note)| note);
        let mut requests = asker.requests(&notes.collect::<Vec<_>>(), self.numbers, &mut ground)?;
        requests.extend(asker.line_names()?);
        let paint =
            |i| Detail::paint(&canvas, i, (content, self.world, as_land), spec, self.naming, self.numbers, &mut drawn);
        let details = insets.into_iter().map(paint).collect::<Result<_, _>>()?;
        Ok(Painted { map: self, canvas, details, requests, ground, grid, steps, title, drawn })
    }

    /// The title in the language of the furniture, and in the others if there is room.
    fn heading(&self) -> Vec<Text> {
        let Some(texts) = self.title else { return Vec::new() };
        let heading = self.spec.title_of(texts, self.naming.languages.first());
        let others = self.naming.others_of(texts, heading);
        let heading = heading.map(|text| Text::new(text, 8.0).bold());
        let others = (!others.is_empty()).then(|| Text::new(others, 6.0).color(GREY_INK));
        let width_mm = |texts: &[&Text]| texts.iter().map(|t| t.width_mm() + 2.5).sum::<f64>();
        let room_mm = self.view.frame.width() / MM;
        let others = others.filter(|o| width_mm(&heading.iter().chain([o]).collect::<Vec<_>>()) <= room_mm);
        heading.into_iter().chain(others).collect()
    }
}

impl Painted<'_, '_> {
    /// Places the labels, draws the elements above the geography and adds everything to the sheet; returns the names
    /// that could not be placed, and the findings on placed labels.
    pub(crate) fn finish(mut self, onto: &Canvas) -> (Vec<String>, Vec<LintFinding>) {
        let (view, canvas) = (&self.map.view, self.canvas);
        let (labels, mut unplaced) = place(&self.requests, &mut self.ground);
        let is_alone = self.map.page.is_some();
        let without = self.requests.iter().filter(|request| is_alone && unplaced.contains(&request.name));
        let in_margin = margin::requests(without, &view.frame);
        if let Some(grid) = &self.grid {
            grid.label(&mut canvas.sheet(), view, &self.ground);
        }
        let is_error = !self.map.naming.sides.is_empty();
        let mut findings = lint::placed(&labels, &self.ground, is_error);
        requests::draw(&canvas, &labels);
        let mut labelled: BTreeSet<String> = labels.into_iter().map(|l| l.name).collect();
        canvas.sheet().close();
        let degrees = frame::neatline(&mut canvas.sheet(), view, self.map.page.as_ref(), self.steps);
        let named = margin::draw(&mut canvas.sheet(), view, in_margin, degrees);
        unplaced.retain(|name| !named.contains(name));
        for detail in self.details {
            let (placed, without, found) = detail.finish(&canvas, is_error);
            findings.extend(found);
            labelled.extend(placed.into_iter().map(|p| p.name));
            unplaced.extend(without);
        }
        let mut x_mm = view.frame.x0 / MM;
        for text in self.title {
            canvas.sheet().text(mm(x_mm, view.frame.y0 / MM - 6.6), &text, Align::Start, 0.0);
            x_mm += text.width_mm() + 2.5;
        }
        if !is_alone && !view.is_world() {
            let said = sentences::convergence(view, self.grid.as_ref(), self.map.naming.voice());
            let said = Text::new(said, LEAST_PT).color(GREY_INK);
            // After the title, else above it: the notes say that it is above the map.
            let is_beside = x_mm + said.width_mm() <= view.frame.x1 / MM;
            let y_mm = view.frame.y0 / MM - if is_beside { 6.6 } else { 9.8 };
            canvas.sheet().text(mm(view.frame.x1 / MM, y_mm), &said, Align::End, 0.0);
        }
        onto.put(canvas);
        // Names on a detail map need not be repeated on the main map.
        unplaced.retain(|name| !labelled.contains(name));
        (unplaced, findings)
    }
}

fn nothing_inside(view: &View) -> MapError {
    let corner = |x, y| view.lonlat(geo::Coord { x, y });
    let (a, b) = (corner(view.frame.x0, view.frame.y1), corner(view.frame.x1, view.frame.y0));
    MapError::NothingInside { frame: format!("{:.2}° to {:.2}° E, {:.2}° to {:.2}° N", a.x, b.x, a.y, b.y) }
}
