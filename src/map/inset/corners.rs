//! Title, scale bar and scale of a detail map, where they hide no state line and no symbol.

use crate::map::canvas::{Text, View};
use crate::map::fonts::wrap;
use crate::map::furniture::scale;
use crate::map::labels::{Ground, Quad};
use crate::map::lint::{self, LintFinding};
use crate::map::palette::PAPER;
use crate::map::paper::{Bounds, MM};

/// Greatest lengths of a scale bar in millimetres, the preferred one first.
const BARS_MM: [f64; 3] = [18.0, 12.0, 7.0];
/// Distance in millimetres between the positions that are tried.
const STEP_MM: f64 = 1.0;

/// Title, scale bar and scale of a detail map: in a corner if they hide nothing there, else at an edge, else anywhere.
pub(super) struct Corners {
    pub title: Option<(Bounds, Vec<Text>)>,
    /// The bar with its greatest length in millimetres; none if there is no room beside the lines.
    pub bar: Option<(Bounds, f64)>,
    pub scale: Bounds,
}

impl Corners {
    /// Chooses the positions, and takes them on the ground of the labels.
    pub(super) fn of(view: &View, title: &[Text], language: &str, ground: &mut Ground) -> Self {
        let mut taken: Vec<Bounds> = Vec::new();
        let mut choose = |size_mm: (f64, f64), order: [usize; 4], over_symbols: bool| {
            let all = positions(&view.frame, size_mm, order);
            let apart: Vec<Bounds> = all.into_iter().filter(|cell| taken.iter().all(|t| !t.overlaps(cell))).collect();
            // The ground of the labels ends before the frame: beyond its end only the lines themselves tell.
            let is_off = |cell: &&Bounds| {
                let quad = Quad::of(**cell);
                ground.is_off_lines(&quad) && !ground.told_of(&quad, None).0
            };
            let is_free = |cell: &&Bounds| ground.is_untaken(&Quad::of(**cell));
            let off = || apart.iter().filter(is_off);
            let found = off().find(is_free).or_else(|| off().next().filter(|_| over_symbols)).copied();
            taken.extend(found);
            found
        };
        let size_of = |title: &[Text]| {
            let width_mm = title.iter().map(Text::width_mm).fold(0.0, f64::max);
            (width_mm + 3.0, baselines_mm(title).last().map_or(0.0, |y| y + 1.3))
        };
        // A title with a line for each name, or in shorter lines, fits beside lines where a wide one does not.
        let room_mm = view.frame.width() / MM - 4.0;
        let within = |lines: Vec<Text>, room_mm: f64| -> Vec<Text> {
            lines.into_iter().flat_map(|line| wrapped(line, room_mm)).collect()
        };
        let names: Vec<Text> = title.iter().flat_map(each_name).collect();
        let shorter = [within(title.to_vec(), room_mm), within(names.clone(), room_mm), within(names, room_mm * 0.6)];
        let in_corner = |size_mm: (f64, f64), corner: usize| positions(&view.frame, size_mm, [corner; 4])[0];
        let mut placed = || {
            // A narrower title that hides no symbol comes before a wide one that does.
            let ways = [false, true].into_iter().flat_map(|over| shorter.iter().map(move |lines| (lines, over)));
            let mut ways = ways.map(|(lines, over)| Some((choose(size_of(lines), [0, 1, 2, 3], over)?, lines.clone())));
            let found = ways.find_map(|found| found);
            found.unwrap_or_else(|| (in_corner(size_of(&shorter[0]), 0), shorter[0].clone()))
        };
        let title = (!title.is_empty()).then(&mut placed);
        let bar = BARS_MM.into_iter().find_map(|room_mm| {
            let width_mm = scale::bar_width_mm(view, room_mm, language);
            choose((width_mm + 4.0, 5.4), [2, 3, 1, 0], true).map(|cell| (cell, room_mm))
        });
        let text = scale_text(view);
        let size_mm = (text.width_mm() + 2.4, text.cap_mm() + 2.4);
        let scale = choose(size_mm, [3, 2, 1, 0], true).unwrap_or_else(|| in_corner(size_mm, 3));
        let cells = title.iter().map(|(cell, _)| cell).chain(bar.iter().map(|(cell, _)| cell)).chain([&scale]);
        cells.for_each(|cell| ground.take(Quad::of(cell.grown(0.1))));
        Corners { title, bar, scale }
    }

    /// A finding if the title or the scale had to be placed over a state line.
    pub(super) fn over_lines(&self, ground: &Ground, is_error: bool) -> Option<LintFinding> {
        let covers = |cell: &Bounds| ground.told_of(&Quad::of(*cell), None).0;
        let is_over = covers(&self.scale) || self.title.iter().any(|(cell, _)| covers(cell));
        let subject =
            self.title.iter().flat_map(|(_, lines)| lines).next().map_or("a detail map", |line| line.text.as_str());
        is_over.then(|| lint::covered(subject, is_error))
    }
}

/// Boxes of a size in millimetres in a frame: in its corners in an order (upper left, upper right, lower left, lower
/// right), along its edges, then in rows from the bottom.
fn positions(f: &Bounds, (width_mm, height_mm): (f64, f64), order: [usize; 4]) -> Vec<Bounds> {
    let (w, h) = ((width_mm * MM).min(f.width()), (height_mm * MM).min(f.height()));
    let (right, bottom) = (f.x1 - w, f.y1 - h);
    let at = |x0: f64, y0: f64| Bounds { x0, y0, x1: x0 + w, y1: y0 + h };
    let corner = |i: usize| at(if i.is_multiple_of(2) { f.x0 } else { right }, if i < 2 { f.y0 } else { bottom });
    let steps = |low: f64, high: f64| {
        let count = ((high - low) / (STEP_MM * MM)).floor().max(0.0) as usize;
        (0..=count).map(move |i| high - i as f64 * STEP_MM * MM)
    };
    let mut all: Vec<Bounds> = order.into_iter().map(corner).collect();
    for y in [bottom, f.y0] {
        all.extend(steps(f.x0, right).map(|x| at(x, y)));
    }
    for x in [right, f.x0] {
        all.extend(steps(f.y0, bottom).map(|y| at(x, y)));
    }
    all.extend(steps(f.y0, bottom).flat_map(|y| steps(f.x0, right).map(move |x| (x, y))).map(|(x, y)| at(x, y)));
    all
}

/// The names of a list, each in a line.
fn each_name(line: &Text) -> Vec<Text> {
    let names = line.text.split_inclusive(", ").map(|name| name.trim_end().to_owned());
    names.map(|text| Text { text, ..line.clone() }).collect()
}

/// A line of a title, smaller, or in several lines, if it is too long.
pub(super) fn wrapped(line: Text, room_mm: f64) -> Vec<Text> {
    let smaller = Text { halo: None, ..line }.within(room_mm);
    let lines = wrap(&smaller.text, smaller.face, smaller.size_mm, room_mm);
    lines.into_iter().map(|text| Text { text, ..smaller.clone() }).collect()
}

/// The scale of a detail map in figures.
pub(super) fn scale_text(view: &View) -> Text {
    Text::new(format!("1:{}", scale::grouped(view.scale)), 6.0).halo(PAPER, 0.35)
}

/// The baselines of the lines of a title, in millimetres below its upper edge.
pub(super) fn baselines_mm(title: &[Text]) -> Vec<f64> {
    let mut down_mm = 1.3;
    let baseline = |(i, line): (usize, &Text)| {
        down_mm += if i == 0 { line.cap_mm() } else { line.size_mm * 1.15 };
        down_mm
    };
    title.iter().enumerate().map(baseline).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::projection::{Lambert, Projection};
    use crate::map::paper::mm;

    #[test]
    fn nothing_is_over_a_line_while_there_is_room() {
        let conic = Projection::Lambert(Lambert::wgs84(39.0, 41.0, 40.0, 47.0));
        let frame = Bounds::mm(0.0, 0.0, 46.0, 38.0);
        let view = View::new(conic, geo::Coord { x: 47.0, y: 40.0 }, 250_000.0, frame);
        let title = [Text::new("A first enclave", 6.0), Text::new("Second line", 6.0)];
        // Lines through all four corners.
        let cuts = [(0.0, 9.0, 9.0, 0.0), (37.0, 0.0, 46.0, 9.0), (0.0, 29.0, 9.0, 38.0), (37.0, 38.0, 46.0, 29.0)];
        let lines: Vec<_> = cuts.into_iter().map(|(x0, y0, x1, y1)| vec![mm(x0, y0), mm(x1, y1)]).collect();
        let mut ground = Ground::new(frame);
        ground.keep_off(&lines);
        let corners = Corners::of(&view, &title, "en", &mut ground);
        let over = corners.over_lines(&ground, true);
        let cells = [corners.title.expect("a title").0, corners.bar.expect("a bar").0, corners.scale];
        assert!(cells.iter().all(|cell| !ground.told_of(&Quad::of(*cell), None).0), "{cells:?}");
        assert!((0..3).all(|i| (0..i).all(|j| !cells[i].overlaps(&cells[j]))));
        assert_eq!(over, None);
    }
}
