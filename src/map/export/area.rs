//! Cover of pixels by areas.
//!
//! tiny-skia searches the spans of a row from the left again for each span within one pixel. Paths that cross a row very
//! often are therefore filled in narrow columns, each with the segments near it.

use resvg::tiny_skia::{FillRule, Mask, Path, PathBuilder, PathSegment, Point, Transform};

/// Width of a column in pixels.
const COLUMN: u32 = 32;
/// A path is filled in columns if it crosses a row more often than this, on average.
const DENSE: f32 = 500.0;

/// An area of a page, in pixels.
pub(super) struct Area {
    pub path: Path,
    pub rule: FillRule,
    /// Whether it is filled in columns.
    pub is_dense: bool,
}

/// Appends a segment to a path.
pub(super) fn append(out: &mut PathBuilder, segment: PathSegment) {
    match segment {
        PathSegment::MoveTo(p) => out.move_to(p.x, p.y),
        PathSegment::LineTo(p) => out.line_to(p.x, p.y),
        PathSegment::QuadTo(a, p) => out.quad_to(a.x, a.y, p.x, p.y),
        PathSegment::CubicTo(a, b, p) => out.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
        PathSegment::Close => out.close(),
    }
}

/// Multiplies the cover of a mask by that of another.
pub(super) fn multiply(mask: &mut Mask, by: &Mask) {
    for (own, by) in mask.data_mut().iter_mut().zip(by.data()) {
        *own = ((u16::from(*own) * u16::from(*by) + 127) / 255) as u8;
    }
}

impl Area {
    pub fn new(path: Path, rule: FillRule) -> Self {
        let (mut last, mut upright) = (Point::zero(), 0.0);
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(p) => last = p,
                PathSegment::LineTo(p) | PathSegment::QuadTo(_, p) | PathSegment::CubicTo(_, _, p) => {
                    upright += (p.y - last.y).abs();
                    last = p;
                }
                PathSegment::Close => {}
            }
        }
        let is_dense = upright > DENSE * path.bounds().height().max(1.0);
        Area { path, rule, is_dense }
    }

    /// Adds the area, moved, to a mask.
    pub fn cover(&self, mask: &mut Mask, anti_alias: bool, shift: Transform) {
        if !self.is_dense {
            return mask.fill_path(&self.path, self.rule, anti_alias, shift);
        }
        let (width, height) = (mask.width(), mask.height());
        for left in (0..width).step_by(COLUMN as usize) {
            let own = COLUMN.min(width - left);
            let (low, high) = (left as f32 - 1.0, (left + own) as f32 + 1.0);
            let Some(path) = beside_column(&self.path, low, high) else { continue };
            let Some(mut column) = Mask::new(own, height) else { continue };
            column.fill_path(&path, self.rule, anti_alias, shift.post_translate(-(left as f32), 0.0));
            let rows = column.data().chunks(own as usize).zip(mask.data_mut().chunks_mut(width as usize));
            for (column, row) in rows {
                for (own, all) in column.iter().zip(&mut row[left as usize..]) {
                    *all = *own + ((u16::from(*all) * u16::from(255 - *own) + 127) / 255) as u8;
                }
            }
        }
    }
}

/// A path for filling the column from `low` to `high`: of its stretches wholly on one side of the column only the ends
/// are left, between which they have as many windings. `None` if all is on one side.
fn beside_column(path: &Path, low: f32, high: f32) -> Option<Path> {
    if path.bounds().right() < low || path.bounds().left() > high {
        return None;
    }
    let side = |p: Point| i8::from(p.x > high) - i8::from(p.x < low);
    let mut out = PathBuilder::new();
    let (mut last, mut waiting) = (Point::zero(), None::<Point>);
    for segment in path.segments() {
        let is_aside = |points: &[Point]| side(last) != 0 && points.iter().all(|p| side(*p) == side(last));
        let (end, is_aside) = match segment {
            PathSegment::LineTo(p) => (p, is_aside(&[p])),
            PathSegment::QuadTo(a, p) => (p, is_aside(&[a, p])),
            PathSegment::CubicTo(a, b, p) => (p, is_aside(&[a, b, p])),
            PathSegment::MoveTo(p) => (p, false),
            PathSegment::Close => (last, false),
        };
        last = end;
        if is_aside {
            waiting = Some(end);
            continue;
        }
        if let Some(p) = waiting.take() {
            out.line_to(p.x, p.y);
        }
        append(&mut out, segment);
    }
    if let Some(p) = waiting {
        out.line_to(p.x, p.y);
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Teeth narrower than a pixel, slanted, with a curve among them; in columns and by tiny-skia alone.
    #[test]
    fn dense_paths_in_columns_cover_as_much() {
        let mut path = PathBuilder::new();
        path.move_to(5.0, 300.0);
        for i in 0..1500 {
            let x = 5.0 + i as f32 * 0.25;
            path.line_to(x + 10.0, 20.0);
            path.line_to(x + 0.1, 250.0 + (i % 7) as f32);
        }
        path.quad_to(390.0, 400.0, 200.0, 350.0);
        path.close();
        let area = Area::new(path.finish().expect("a path"), FillRule::EvenOdd);
        assert!(area.is_dense);
        let shift = Transform::from_translate(0.0, -10.0);
        let mut alone = Mask::new(400, 400).expect("there is memory");
        let mut columns = alone.clone();
        alone.fill_path(&area.path, area.rule, true, shift);
        area.cover(&mut columns, true, shift);
        assert!(columns.data().iter().any(|cover| *cover > 100));
        // Teeth are narrower than the samples of a pixel: rounding decides on single ones.
        let sum = |mask: &Mask| mask.data().iter().map(|cover| u64::from(*cover)).sum::<u64>();
        let off = |(a, b): (&u8, &u8)| u64::from(a.abs_diff(*b));
        let off: Vec<u64> = alone.data().iter().zip(columns.data()).map(off).collect();
        let (whole, most, all) = (sum(&alone), off.iter().max().copied().unwrap_or(0), off.iter().sum::<u64>());
        assert!(whole.abs_diff(sum(&columns)) * 1000 < whole, "{whole} and {}", sum(&columns));
        assert!(most <= 64 && all * 50 < whole, "up to {most} of 255, in all {all} of {whole}");
    }
}
