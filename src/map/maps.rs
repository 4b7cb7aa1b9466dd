//! The maps of a sheet: one, or several side by side at equal size and scale.

use super::album::SheetFrame;
use super::canvas::{Canvas, View};
use super::content::Content;
use super::crossings::Numbers;
use super::error::MapError;
use super::framing::{self, Layout};
use super::mapping::{Mapping, Painted};
use super::naming::Naming;
use super::paper::Bounds;
use super::parties::Parties;
use super::relief::Relief;
use super::scene::Scene;
use super::spec::{FrameSpec, PanelSpec, PlateSpec};
use super::world::WorldOutline;
use crate::model::Layer;
use crate::question::{DecideOptions, RouteReport};
use std::rc::Rc;

/// The content of the maps of a sheet, independent of the layout.
pub(crate) struct Shown<'a> {
    /// Everything on the sheet.
    pub whole: Content<'a>,
    /// The content of each panel, if there are panels.
    panels: Vec<Content<'a>>,
}

impl<'a> Shown<'a> {
    pub(crate) fn of(spec: &PlateSpec, layers: &'a [Layer], parties: &Parties) -> Result<Self, MapError> {
        let whole = Content::of(spec, &spec.layers_shown(), layers, parties)?;
        let layers_of = |panel: &PanelSpec| match panel.layers.is_empty() {
            true => Content::of(spec, &spec.layers, layers, parties),
            false => Content::of(spec, &panel.layers, layers, parties),
        };
        let panels = spec.panels.iter().map(layers_of).collect::<Result<_, _>>()?;
        Ok(Shown { whole, panels })
    }

    /// Keeps lines that meet end to end apart, so that their dashes begin anew where they were cut.
    pub(crate) fn keep_cuts(&mut self) {
        self.whole.keeps_cuts = true;
        self.panels.iter_mut().for_each(|panel| panel.keeps_cuts = true);
    }

    /// Draws the bands of accuracy around lines.
    pub(crate) fn with_bands(&mut self, options: &DecideOptions) {
        self.whole.accuracy = Some(options.clone());
        self.panels.iter_mut().for_each(|panel| panel.accuracy = Some(options.clone()));
    }
}

/// The views of the maps in one layout of the sheet, with the numbers of routes and crossings.
pub(crate) struct Maps<'o> {
    pub views: Vec<View>,
    pub numbers: Numbers<'o>,
}

impl<'o> Maps<'o> {
    pub(crate) fn of(
        spec: &PlateSpec,
        shown: &Shown,
        layout: &Layout,
        reports: &'o [RouteReport],
    ) -> Result<Self, MapError> {
        let views = match spec.panels.is_empty() {
            true => vec![framing::view(&spec.frame, &spec.projection, &shown.whole, layout.frame, layout.enlarged)?],
            false => side_by_side(spec, shown, layout)?,
        };
        let numbers = Numbers::of(spec, &shown.whole, &views, reports)?;
        Ok(Maps { views, numbers })
    }

    /// Draws the geography of the maps on separate parts of a canvas. `scenes` are those of earlier layouts, reused if
    /// they contain the current view.
    pub(crate) fn paint<'m, 'a>(
        &'m self,
        (spec, shown): (&'m PlateSpec, &'m Shown<'a>),
        (relief, world, frames): (Option<Relief<'m>>, Option<&'m WorldOutline>, &'m [SheetFrame]),
        naming: &'m Naming,
        layout: &Layout,
        scenes: &mut Vec<Rc<Scene>>,
        canvas: &Canvas,
    ) -> Result<Vec<Painted<'m, 'a>>, MapError> {
        let page = Bounds::mm(0.0, 0.0, layout.width_mm, layout.height_mm);
        canvas.sheet().fill(&[page.ring()], super::palette::PAPER);
        let numbers = &self.numbers;
        let contents: Vec<&Content> =
            if spec.panels.is_empty() { vec![&shown.whole] } else { shown.panels.iter().collect() };
        let scene = |(i, view): (usize, &View)| match scenes.get(i).filter(|known| known.holds(view)) {
            Some(known) if known.is_of(view) => Rc::clone(known),
            Some(known) => Rc::new(known.moved_to(view)),
            None => Rc::new(Scene::of(contents[i], view)),
        };
        *scenes = self.views.iter().enumerate().map(scene).collect();
        if spec.panels.is_empty() {
            let (view, content, frame) = (self.views[0], &shown.whole, &spec.frame);
            let (zoom, page, title) = (1.0, Some(page), None);
            let map = Mapping { spec, frame, content, view, naming, numbers, relief, world, zoom, page, title, frames };
            return Ok(vec![map.paint(&scenes[0], canvas)?]);
        }
        let panels = spec.panels.iter().zip(&shown.panels).zip(self.views.iter().zip(scenes.iter()));
        let paint = |((panel, content), (view, scene)): ((&'m PanelSpec, &'m Content<'a>), (&View, &Rc<Scene>))| {
            let title = Some(&panel.title);
            let (frame, view) = (frame_of(panel, spec), *view);
            let (zoom, page) = (0.85, None);
            Mapping { spec, frame, content, view, naming, numbers, relief, world, zoom, page, title, frames }
                .paint(scene, canvas)
        };
        panels.map(paint).collect()
    }
}

fn frame_of<'s>(panel: &'s PanelSpec, spec: &'s PlateSpec) -> &'s FrameSpec {
    panel.frame.as_ref().unwrap_or(&spec.frame)
}

/// Views of panels: all have the smallest of their scales, so that sizes can be compared.
fn side_by_side(spec: &PlateSpec, shown: &Shown, layout: &Layout) -> Result<Vec<View>, MapError> {
    let frames = layout.cells(spec.panels.len(), spec.columns);
    let panels = spec.panels.iter().zip(&shown.panels).zip(&frames);
    let view = |((panel, content), frame): ((&PanelSpec, &Content), &Bounds)| {
        framing::view(frame_of(panel, spec), &spec.projection, content, *frame, layout.enlarged)
    };
    let mut views = panels.map(view).collect::<Result<Vec<_>, _>>()?;
    let scale = views.iter().map(|v| v.scale).fold(0.0, f64::max);
    for view in &mut views {
        *view = View::new(view.projection, view.centre_lonlat(), scale, view.frame).enlarged(layout.enlarged);
    }
    Ok(views)
}
