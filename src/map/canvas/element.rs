//! Geographic lines and rings as a plotters element.

use super::sheet::Sheet;
use geo::Coord;
use plotters::coord::CoordTranslate;
use plotters::drawing::Rect;
use plotters::element::{CoordMapper, Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};
use std::cell::RefCell;
use std::convert::Infallible;

/// Passes positions unchanged. The mapper of plotters clamps vertices outside the drawing area to its edge, which bends
/// lines.
pub(crate) struct Exact;

impl CoordMapper for Exact {
    type Output = BackendCoord;

    fn map<CT: CoordTranslate>(translate: &CT, from: &CT::From, _: &Rect) -> BackendCoord {
        translate.translate(from)
    }
}

/// Lines or rings in longitude and latitude; plotters projects them, `draw` draws them on the sheet.
pub(crate) struct Shapes<'a, F> {
    pub lines: &'a [Vec<Coord>],
    pub draw: RefCell<F>,
}

impl<'p, 'a: 'p, F> PointCollection<'p, Coord, Exact> for &'p Shapes<'a, F> {
    type Point = &'p Coord;
    type IntoIter = std::iter::Flatten<std::slice::Iter<'p, Vec<Coord>>>;

    fn point_iter(self) -> Self::IntoIter {
        self.lines.iter().flatten()
    }
}

impl<F: FnMut(&mut Sheet, &[Vec<Coord>])> Drawable<Sheet, Exact> for Shapes<'_, F> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut pixels: I,
        sheet: &mut Sheet,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let coord = |c: BackendCoord| Coord { x: f64::from(c.0), y: f64::from(c.1) };
        let on_paper: Vec<Vec<Coord>> =
            self.lines.iter().map(|line| pixels.by_ref().take(line.len()).map(coord).collect()).collect();
        (self.draw.borrow_mut())(sheet, &on_paper);
        Ok(())
    }
}
