//! One map on a sheet: geography, detail maps, labels, neatline. A plate has one of them, or several as panels.

use super::canvas::{Align, Canvas, Text, View};
use super::content::Content;
use super::crossings::Numbers;
use super::error::MapError;
use super::furniture::frame;
use super::furniture::grid::Grid;
use super::inset;
use super::labels::{Ground, Quad, place};
use super::naming::{Naming, check_text};
use super::paint::{Detail, Drawn, paint};
use super::paper::{Bounds, MM, mm};
use super::requests::{self, Asker};
use super::scene::Scene;
use super::spec::{FrameSpec, PlateSpec};
use super::symbol::Symbol;
use std::collections::BTreeSet;

/// A map to be drawn.
pub(crate) struct Mapping<'m, 'a> {
    pub spec: &'m PlateSpec,
    pub frame: &'m FrameSpec,
    pub content: &'m Content<'a>,
    pub view: View,
    pub naming: &'m Naming,
    pub numbers: &'m Numbers<'m>,
    /// Size of type as a share of that of a map that fills its sheet.
    pub zoom: f64,
    /// The whole sheet, when this is the only map on it.
    pub page: Option<Bounds>,
    pub title: Option<&'m String>,
}

impl Mapping<'_, '_> {
    /// Draws the map; returns the names that found no place.
    pub(crate) fn draw(&self, canvas: &Canvas, drawn: &mut Drawn) -> Result<Vec<String>, MapError> {
        let (view, content, spec) = (&self.view, self.content, self.spec);
        let scene = Scene::of(content, view);
        let steps = frame::steps(view, self.frame.graticule_minutes);
        match self.page {
            Some(_) => canvas.sheet().open("map"),
            None => canvas.sheet().open_window(&view.frame),
        }
        let grid = Grid::of(spec, self.frame.grid, view);
        let band_mm = (view.frame.width() / MM / 130.0).clamp(1.2, 2.2);
        let detail = Detail {
            band_mm,
            background: spec.background,
            ways: true,
            places: true,
            every_place: false,
            graticule_minutes: Some(steps.0),
            grid,
        };
        let mut here = Drawn::new();
        paint(canvas, view, content, &scene, detail, &mut here);
        self.numbers.paint(canvas, view, &mut here);
        if !here.iter().any(|s| *s != Symbol::Water) {
            return Err(nothing_inside(view));
        }
        let wanted = inset::wanted(spec, content, view);
        let elsewhere: Vec<String> = wanted.iter().flat_map(|w| w.ids.clone()).collect();
        let insets = inset::arrange(spec, content, &scene, view, &wanted);
        inset::leaders(canvas, view, &insets, &mut here);
        let mut ground = Ground::new(view.frame.grown(-0.6));
        if let Some(grid) = &grid {
            grid.reserve(view, &mut ground);
        }
        for i in &insets {
            ground.take(Quad::of(i.view.frame.grown(0.6)));
            ground.take(Quad::of(i.shown));
            let (a, b) = inset::nearest_corners(&i.shown, &i.view.frame);
            ground.avoid(&[vec![a, b]], 8);
        }
        let title = self.title.map(|t| Text::new(t, 8.0).bold());
        if let Some(title) = &title {
            check_text(title, "the title of a panel")?;
        }
        let asker = Asker {
            view,
            content,
            scene: &scene,
            naming: self.naming,
            zoom: self.zoom,
            states: true,
            places: true,
            every_place: false,
            ways: true,
            elsewhere: &elsewhere,
        };
        let (labels, mut unplaced) = place(asker.requests(&spec.notes, self.numbers, &mut ground)?, &mut ground);
        if let Some(grid) = &grid {
            grid.label(&mut canvas.sheet(), view);
        }
        requests::draw(canvas, &labels);
        let mut labelled: BTreeSet<String> = labels.into_iter().map(|l| l.name).collect();
        canvas.sheet().close();
        frame::neatline(&mut canvas.sheet(), view, self.page.as_ref(), steps);
        for i in &insets {
            let (placed, without) = inset::detail(canvas, i, content, spec, self.naming, self.numbers, &mut here)?;
            labelled.extend(placed.into_iter().map(|p| p.name));
            unplaced.extend(without);
        }
        if let Some(title) = title {
            let at = mm(view.frame.x0 / MM, view.frame.y0 / MM - 6.6);
            canvas.sheet().text(at, &title, Align::Start, 0.0);
        }
        // What a detail map names need not be named on the main map.
        unplaced.retain(|name| !labelled.contains(name));
        drawn.extend(here);
        Ok(unplaced)
    }
}

fn nothing_inside(view: &View) -> MapError {
    let corner = |x, y| view.lonlat(geo::Coord { x, y });
    let (a, b) = (corner(view.frame.x0, view.frame.y1), corner(view.frame.x1, view.frame.y0));
    MapError::NothingInside { frame: format!("{:.2}° to {:.2}° E, {:.2}° to {:.2}° N", a.x, b.x, a.y, b.y) }
}
