//! The adapter to plotters: a canvas in micrometres of paper for geography, charts and furniture.

mod backend;
mod chart;
mod element;
mod graph;
mod sheet;
mod style;
mod view;

pub(crate) use graph::{Graph, Placed};
pub(crate) use sheet::Sheet;
pub(crate) use style::{Align, Dash, Rgb, Stroke, Text};
pub(crate) use view::{POLEWARD_DEG, View};

use view::Paper;

use element::Shapes;
use geo::Coord;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use std::cell::{RefCell, RefMut};
use std::rc::Rc;

/// A sheet of paper with plotters' drawing area over it.
pub(crate) struct Canvas {
    sheet: Rc<RefCell<Sheet>>,
    root: DrawingArea<Sheet, Shift>,
}

impl Canvas {
    pub(crate) fn new(width_mm: f64, height_mm: f64, title: &str, description: &str) -> Self {
        Self::enlarged((width_mm, height_mm), 1.0, title, description)
    }

    /// A canvas that is composed at `1 / enlarged` of the size of its paper, in millimetres.
    pub(crate) fn enlarged((width_mm, height_mm): (f64, f64), enlarged: f64, title: &str, description: &str) -> Self {
        let sheet = Rc::new(RefCell::new(Sheet::enlarged(width_mm, height_mm, enlarged, title, description)));
        let root = DrawingArea::from(&sheet);
        Canvas { sheet, root }
    }

    /// The sheet itself, for furniture without geographic positions.
    pub(crate) fn sheet(&self) -> RefMut<'_, Sheet> {
        self.sheet.borrow_mut()
    }

    /// Projects lines or rings in longitude and latitude and passes them to `draw`, in micrometres of paper.
    pub(crate) fn geography(&self, view: &View, lines: &[Vec<Coord>], draw: impl FnMut(&mut Sheet, &[Vec<Coord>])) {
        let area = self.root.clone().apply_coord_spec(*view);
        area.draw(&Shapes { lines, draw: RefCell::new(draw) }).expect("drawing on a sheet cannot fail");
    }

    /// Passes lines or rings already in paper coordinates to `draw`, rounded to whole micrometres.
    pub(crate) fn on_paper(&self, lines: &[Vec<Coord>], draw: impl FnMut(&mut Sheet, &[Vec<Coord>])) {
        let area = self.root.clone().apply_coord_spec(Paper);
        area.draw(&Shapes { lines, draw: RefCell::new(draw) }).expect("drawing on a sheet cannot fail");
    }

    /// An empty sheet of the same size, to be drawn separately and added to this one later; ids continue.
    pub(crate) fn part(&self) -> Self {
        let sheet = Rc::new(RefCell::new(self.sheet().part()));
        let root = DrawingArea::from(&sheet);
        Canvas { sheet, root }
    }

    /// Adds a separately drawn part on top.
    pub(crate) fn put(&self, part: Canvas) {
        let svg = std::mem::take(&mut part.sheet.borrow_mut().svg);
        self.sheet().svg.push_str(&svg);
    }

    /// The finished SVG.
    pub(crate) fn finish(self) -> String {
        let mut sheet = self.sheet.borrow_mut();
        sheet.end();
        std::mem::take(&mut sheet.svg)
    }
}
