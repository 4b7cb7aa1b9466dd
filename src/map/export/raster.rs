//! The page as pixels, rendered in strips of rows on all cores; the pixels do not depend on the number of cores.
//!
//! resvg renders a page as a whole: a clipped group gets its own full-page layer, and stroke outlines are computed
//! while drawing. Here the outlines are computed once, in parallel, and a clip is a mask of the strip, so that a large
//! sheet needs a fraction of the memory. Trees with features that no plate has (filters, masks, gradients, patterns,
//! pictures, group opacity) are rendered by resvg.

use super::area::{Area, append, multiply};
use rayon::prelude::*;
use resvg::tiny_skia::{
    Color, FillRule, Mask, Paint, Path, PathBuilder, PathSegment, PathStroker, Pixmap, PixmapMut, Point,
    PremultipliedColorU8, Rect, Stroke, Transform,
};
use resvg::usvg;
use std::ops::Range;

/// Rows of a strip: few enough for low memory and work for several cores; more strips would examine every path more
/// often.
const STRIP: u32 = 320;
/// Rows rendered above and below a strip and discarded: curves are clipped at the edge of drawing, which slightly
/// alters pixels beside it.
const MARGIN: u32 = 8;

/// Renders a page of the given size in pixels and passes its rows to `take` from the top, three bytes per pixel, in
/// batches; the next batch is rendered meanwhile. `Ok(false)` if there is not enough memory.
pub(super) fn rows<E: Send>(
    tree: &usvg::Tree,
    zoom: f32,
    (width, height): (u32, u32),
    mut take: impl FnMut(&[u8]) -> Result<(), E> + Send,
) -> Result<bool, E> {
    let Some(page) = Page::of(tree, Transform::from_scale(zoom, zoom)) else {
        let Some(mut picture) = Pixmap::new(width, height) else { return Ok(false) };
        picture.fill(Color::WHITE);
        resvg::render(tree, Transform::from_scale(zoom, zoom), &mut picture.as_mut());
        return take(&opaque(picture.pixels())).map(|()| true);
    };
    let tops: Vec<u32> = (0..height).step_by(STRIP as usize).collect();
    let mut drawn: Vec<Vec<u8>> = Vec::new();
    for tops in tops.chunks(rayon::current_num_threads().max(2)) {
        let (taken, next) = rayon::join(
            || drawn.iter().try_for_each(|rows| take(rows)),
            || tops.par_iter().map(|top| page.strip(*top, width, height)).collect::<Option<Vec<_>>>(),
        );
        taken?;
        let Some(next) = next else { return Ok(false) };
        drawn = next;
    }
    drawn.iter().try_for_each(|rows| take(rows)).map(|()| true)
}

/// The page is opaque, so alpha is omitted.
fn opaque(pixels: &[PremultipliedColorU8]) -> Vec<u8> {
    let mut rgb = vec![0u8; pixels.len() * 3];
    for (pixel, rgb) in pixels.iter().zip(rgb.chunks_exact_mut(3)) {
        (rgb[0], rgb[1], rgb[2]) = (pixel.red(), pixel.green(), pixel.blue());
    }
    rgb
}

/// Fills, strokes and clips in drawing order; positions are pixels of the page.
struct Page {
    marks: Vec<Mark>,
    clips: Vec<Clip>,
}

struct Mark {
    shape: Shape,
    color: Color,
    anti_alias: bool,
    /// The rows that it may touch.
    rows: Range<f32>,
    /// Index of its clip.
    clip: Option<usize>,
}

enum Shape {
    Area(Area),
    /// A stroke of at most one pixel, which has no outline.
    Hairline(Path, Box<Stroke>, Transform),
}

struct Clip {
    areas: Vec<(Area, bool)>,
    /// The clip of the enclosing group.
    within: Option<usize>,
}

/// A path of the tree with its inherited properties.
struct Job<'t> {
    path: &'t usvg::Path,
    transform: Transform,
    clip: Option<usize>,
}

impl Page {
    /// `None` if the tree contains elements that only resvg renders.
    fn of(tree: &usvg::Tree, transform: Transform) -> Option<Self> {
        let (mut jobs, mut clips) = (Vec::new(), Vec::new());
        gather(tree.root(), transform, None, &mut jobs, &mut clips)?;
        let marks: Vec<Vec<Mark>> = jobs.par_iter().map(marks_of).collect();
        Some(Page { marks: marks.into_iter().flatten().collect(), clips })
    }

    /// Renders a strip of rows from `top`, three bytes per pixel.
    fn strip(&self, top: u32, width: u32, height: u32) -> Option<Vec<u8>> {
        let first = top.saturating_sub(MARGIN);
        let mut strip = Pixmap::new(width, height.min(top + STRIP + MARGIN) - first)?;
        strip.fill(Color::WHITE);
        self.draw(&mut strip.as_mut(), first);
        let start = (top - first) as usize * width as usize;
        let end = start + STRIP.min(height - top) as usize * width as usize;
        Some(opaque(&strip.pixels()[start..end]))
    }

    /// Draws the rows of the strip, which starts at row `top`.
    fn draw(&self, strip: &mut PixmapMut, top: u32) {
        let shift = Transform::from_translate(0.0, -(top as f32));
        let bottom = (top + strip.height()) as f32;
        let mut cut: Option<(usize, Option<Mask>)> = None;
        for mark in self.marks.iter().filter(|m| m.rows.start <= bottom && m.rows.end >= top as f32) {
            if let Some(clip) = mark.clip
                && cut.as_ref().is_none_or(|(known, _)| *known != clip)
            {
                cut = Some((clip, self.mask(clip, strip.width(), strip.height(), shift)));
            }
            let mask = match (mark.clip, &cut) {
                (Some(_), Some((_, Some(mask)))) => Some(mask),
                (Some(_), _) => continue,
                (None, _) => None,
            };
            let mut paint = Paint { anti_alias: mark.anti_alias, ..Paint::default() };
            paint.set_color(mark.color);
            match &mark.shape {
                Shape::Area(area) if area.is_dense => {
                    let Some(mut cover) = Mask::new(strip.width(), strip.height()) else { continue };
                    area.cover(&mut cover, mark.anti_alias, shift);
                    if let Some(mask) = mask {
                        multiply(&mut cover, mask);
                    }
                    let whole = Rect::from_xywh(0.0, 0.0, strip.width() as f32, strip.height() as f32);
                    whole.into_iter().for_each(|all| strip.fill_rect(all, &paint, Transform::identity(), Some(&cover)));
                }
                Shape::Area(area) => strip.fill_path(&area.path, &paint, area.rule, shift, mask),
                Shape::Hairline(path, stroke, transform) => {
                    strip.stroke_path(path, &paint, stroke, transform.post_concat(shift), mask);
                }
            }
        }
    }

    /// The mask of a clip and its enclosing clips on a strip.
    fn mask(&self, clip: usize, width: u32, height: u32, shift: Transform) -> Option<Mask> {
        let clip = &self.clips[clip];
        let mut mask = Mask::new(width, height)?;
        clip.areas.iter().for_each(|(area, anti_alias)| area.cover(&mut mask, *anti_alias, shift));
        if let Some(outer) = clip.within {
            multiply(&mut mask, &self.mask(outer, width, height, shift)?);
        }
        Some(mask)
    }
}

/// Collects the paths of a group and its subgroups.
fn gather<'t>(
    group: &'t usvg::Group,
    transform: Transform,
    clip: Option<usize>,
    jobs: &mut Vec<Job<'t>>,
    clips: &mut Vec<Clip>,
) -> Option<()> {
    let known = group.mask().is_none()
        && group.filters().is_empty()
        && group.opacity() == usvg::Opacity::ONE
        && group.blend_mode() == usvg::BlendMode::Normal;
    if !known {
        return None;
    }
    let transform = transform.pre_concat(group.transform());
    let clip = match group.clip_path() {
        Some(own) => {
            clips.push(Clip { areas: areas(own, transform)?, within: clip });
            Some(clips.len() - 1)
        }
        None => clip,
    };
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => gather(inner, transform, clip, jobs, clips)?,
            usvg::Node::Text(text) => gather(text.flattened(), transform, clip, jobs, clips)?,
            usvg::Node::Path(path) => {
                let plain = |paint: &usvg::Paint| matches!(paint, usvg::Paint::Color(_));
                if !path.fill().is_none_or(|f| plain(f.paint())) || !path.stroke().is_none_or(|s| plain(s.paint())) {
                    return None;
                }
                if path.is_visible() {
                    jobs.push(Job { path, transform, clip });
                }
            }
            usvg::Node::Image(_) => return None,
        }
    }
    Some(())
}

/// The areas inside a clip path.
fn areas(clip: &usvg::ClipPath, transform: Transform) -> Option<Vec<(Area, bool)>> {
    let transform = transform.pre_concat(clip.transform()).pre_concat(clip.root().transform());
    if clip.clip_path().is_some() {
        return None;
    }
    let area = |node: &usvg::Node| match node {
        usvg::Node::Path(path) if path.is_visible() => {
            let anti_alias = path.rendering_mode().use_shape_antialiasing();
            Some((Area::new(path.data().clone().transform(transform)?, rule(path.fill()?)), anti_alias))
        }
        _ => None,
    };
    clip.root().children().iter().map(area).collect()
}

fn rule(fill: &usvg::Fill) -> FillRule {
    match fill.rule() {
        usvg::FillRule::NonZero => FillRule::Winding,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}

/// The fill and the stroke of a path, in painting order.
fn marks_of(job: &Job) -> Vec<Mark> {
    let color = |paint: &usvg::Paint, opacity: usvg::Opacity| match paint {
        usvg::Paint::Color(c) => Color::from_rgba8(c.red, c.green, c.blue, opacity.to_u8()),
        _ => Color::TRANSPARENT,
    };
    let mut marks = Vec::new();
    let mut add = |shape: Option<Shape>, color: Color| {
        let Some(shape) = shape else { return };
        let bounds = match &shape {
            Shape::Area(area) => Some(area.path.bounds()),
            Shape::Hairline(path, _, transform) => path.bounds().transform(*transform),
        };
        let rows = bounds.map_or(f32::MIN..f32::MAX, |b: Rect| b.top() - 2.0..b.bottom() + 2.0);
        let anti_alias = job.path.rendering_mode().use_shape_antialiasing();
        marks.push(Mark { shape, color, anti_alias, rows, clip: job.clip });
    };
    let thin = thinned(job.path.data(), PathStroker::compute_resolution_scale(&job.transform));
    let data = thin.as_ref().unwrap_or(job.path.data());
    let filled = job.path.fill().filter(|_| data.bounds().width() > 0.0 && data.bounds().height() > 0.0);
    let fill = filled.map(|fill| {
        let area = data.clone().transform(job.transform).map(|path| Shape::Area(Area::new(path, rule(fill))));
        (area, color(fill.paint(), fill.opacity()))
    });
    let stroke = job.path.stroke().map(|s| (outline(data, s, job.transform), color(s.paint(), s.opacity())));
    let in_order = match job.path.paint_order() {
        usvg::PaintOrder::FillAndStroke => [fill, stroke],
        usvg::PaintOrder::StrokeAndFill => [stroke, fill],
    };
    in_order.into_iter().flatten().for_each(|(shape, color)| add(shape, color));
    marks
}

/// A path without vertices closer than a quarter of a pixel to the previous one: they are invisible, and each costs the
/// outline of a join. `None` if no vertex is omitted.
fn thinned(path: &Path, scale: f32) -> Option<Path> {
    let least = 0.25 / scale.max(f32::MIN_POSITIVE);
    let near = |a: Point, b: Point| (a.x - b.x).abs() < least && (a.y - b.y).abs() < least;
    let mut out = PathBuilder::new();
    let (mut last, mut skipped, mut is_thinner) = (Point::zero(), None::<Point>, false);
    for segment in path.segments() {
        if let PathSegment::LineTo(p) = segment
            && near(last, p)
        {
            (skipped, is_thinner) = (Some(p), true);
            continue;
        }
        // The end of a line is kept.
        if let Some(p) = skipped.take().filter(|_| !matches!(segment, PathSegment::LineTo(_) | PathSegment::Close)) {
            out.line_to(p.x, p.y);
        }
        append(&mut out, segment);
        if let PathSegment::MoveTo(p)
        | PathSegment::LineTo(p)
        | PathSegment::QuadTo(_, p)
        | PathSegment::CubicTo(_, _, p) = segment
        {
            last = p;
        }
    }
    if let Some(p) = skipped {
        out.line_to(p.x, p.y);
    }
    if is_thinner { out.finish() } else { None }
}

/// A stroke as the area it covers.
fn outline(data: &Path, stroke: &usvg::Stroke, transform: Transform) -> Option<Shape> {
    let mut stroke = stroke.to_tiny_skia();
    let scale = PathStroker::compute_resolution_scale(&transform);
    let dashed = match stroke.dash.take() {
        Some(dash) => data.dash(&dash, scale)?,
        None => data.clone(),
    };
    // A little over one pixel: near it, the renderer itself decides whether the stroke is a hairline.
    if stroke.width * scale <= 1.01 {
        return Some(Shape::Hairline(dashed, Box::new(stroke), transform));
    }
    let area = dashed.stroke(&stroke, scale)?.transform(transform)?;
    Some(Shape::Area(Area::new(area, FillRule::Winding)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    const SHEET: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600" viewBox="0 0 100 150">
        <clipPath id="a"><path d="M10 10h60v120h-60z"/></clipPath>
        <clipPath id="b"><path clip-rule="evenodd" d="M20 20h70v100h-70zM30 30v20h20v-20z"/></clipPath>
        <rect width="100" height="150" fill="#f4efe2"/>
        <g clip-path="url(#a)"><g clip-path="url(#b)">
            <path d="M0 0L100 150L50 5z" fill="#336699"/>
            <path d="M5 140C40 20 60 20 95 140" fill="none" stroke="#aa3311" stroke-width="9" stroke-dasharray="7 3"/>
        </g></g>
        <path d="M0 75h100" fill="none" stroke="#000" stroke-width=".1"/>
        <circle cx="50" cy="75" r="20" fill="#0a0" fill-opacity=".4" stroke="#111" stroke-width=".5"/>
    </svg>"##;

    fn both(svg: &str) -> (Vec<u8>, Vec<u8>) {
        let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).expect("it is an SVG");
        let (width, height) = (400, 600);
        let mut ours = Vec::new();
        let taken = rows(&tree, 1.0, (width, height), |rows| -> Result<(), Infallible> {
            ours.extend_from_slice(rows);
            Ok(())
        });
        assert_eq!(taken, Ok(true), "there is memory");
        let mut picture = Pixmap::new(width, height).expect("there is memory");
        picture.fill(Color::WHITE);
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        (ours, opaque(picture.pixels()))
    }

    /// The owner is resvg, to the last bit but for pixels that the edge of a clip crosses: it rounds once for a group,
    /// strips round for each path in it. At most a channel in a thousand is off, and by less than an eighth.
    #[test]
    fn strips_show_what_resvg_draws() {
        let (ours, theirs) = both(SHEET);
        assert!(ours.iter().any(|c| *c != ours[0]), "something is drawn");
        let off: Vec<u8> = ours.iter().zip(&theirs).map(|(a, b)| a.abs_diff(*b)).filter(|d| *d > 2).collect();
        let most = off.iter().max().copied().unwrap_or(0);
        assert!(off.len() * 1000 < ours.len() && most < 32, "{} channels differ by up to {most}", off.len());
    }

    #[test]
    fn vertices_that_nobody_sees_are_dropped_and_ends_stay() {
        let mut path = PathBuilder::new();
        path.move_to(0.0, 0.0);
        (1..=1000).for_each(|i| path.line_to(i as f32 * 0.01, 0.0));
        path.line_to(10.1, 5.0);
        path.line_to(10.15, 5.1);
        let path = path.finish().expect("a path");
        let thin = thinned(&path, 1.0).expect("it has vertices too near each other");
        let points: Vec<Point> = thin.points().to_vec();
        assert!(points.len() < 50, "{}", points.len());
        assert_eq!((points[0], points[points.len() - 1]), (Point::from_xy(0.0, 0.0), Point::from_xy(10.15, 5.1)));
        assert!(points.len() >= 40, "a point every quarter of a pixel is left: {}", points.len());
        let again = thinned(&thin, 1.0).expect("the last stretch is short");
        assert_eq!(again.points(), thin.points(), "what is left is seen");
        assert!(thinned(&path, 1000.0).is_none(), "at a thousand times the size all are");
    }

    #[test]
    fn what_only_resvg_draws_is_left_to_it() {
        let (ours, theirs) = both(&SHEET.replace("<circle", "<circle opacity=\".5\""));
        assert_eq!(ours, theirs);
    }

    #[test]
    fn one_thread_draws_the_same_as_many() {
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        let many = rayon::ThreadPoolBuilder::new().num_threads(7).build().expect("threads");
        assert_eq!(one.install(|| both(SHEET).0), many.install(|| both(SHEET).0));
    }
}
