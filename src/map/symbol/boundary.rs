//! Boundaries: the line language by status.

use super::Over;
use crate::map::canvas::{Dash, Rgb, Sheet, Stroke};
use crate::map::palette::{ALERT, GREY_INK, INK, PAPER, PROPOSAL};
use crate::map::paper::{MM, length, walk};
use crate::map::spec::MarkKind;
use crate::model::Status;
use geo::Coord;

/// The weight of a boundary. Weight shows the kind of line, the pattern its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Weight {
    /// Between states.
    State,
    /// Between territories of which nothing says whether they are states; drawn as a line between states.
    Territory,
    /// Between members of a union or federation within a state.
    Member,
    /// Between units within a state.
    Unit,
    /// The frame of a map sheet, which is not a boundary.
    Sheet,
}

const HISTORICAL: Rgb = 0x5c5c5c;
/// A long dash with one, two or three dots: squares and circles are reserved for boundary marks.
const ONE_DOT: &[f64] = &[5.0, 0.9, 0.6, 0.9];
const ONE_DOT_LIGHT: &[f64] = &[3.4, 0.7, 0.45, 0.7];
const TWO_DOTS: &[f64] = &[4.2, 0.8, 0.6, 0.7, 0.6, 0.8];
const TWO_DOTS_LIGHT: &[f64] = &[2.8, 0.6, 0.45, 0.55, 0.45, 0.6];
const PAIRS: &[f64] = &[2.6, 0.7, 2.6, 1.3, 0.6, 1.3];
const PAIRS_LIGHT: &[f64] = &[1.8, 0.5, 1.8, 0.9, 0.45, 0.9];

/// How a boundary is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Look {
    pub stroke: Stroke,
    /// A lighter line inside, which makes the line double.
    pub core: Option<Stroke>,
    pub mark: MarkKind,
    /// Distance between marks and from the start to the first, in millimetres.
    every_mm: (f64, f64),
    /// Size of the marks as a share of the usual size.
    size: f64,
}

/// From this scale denominator on, boundaries are drawn finer.
const FINER_FROM: f64 = 5e6;
/// Least share of the usual widths, dashes and marks: in print a dash must remain recognisable.
const FINEST: f64 = 0.5;

/// Size of boundary symbols on a map, as a share of the usual size: at small scales boundaries are short, and a dash as
/// long as a border is meaningless. About the cube root of the scale; half at 1:50 000 000 and beyond.
pub(crate) fn fineness(scale: f64) -> f64 {
    (FINER_FROM / scale).powf(0.3).clamp(FINEST, 1.0)
}

impl Look {
    /// The same look, finer.
    pub(crate) fn finer(self, share: f64) -> Self {
        let every_mm = (self.every_mm.0 * share, self.every_mm.1 * share);
        let core = self.core.map(|core| core.finer(share));
        Look { stroke: self.stroke.finer(share), core, every_mm, size: self.size * share, ..self }
    }

    /// Whether two looks are equal in black and white.
    pub(crate) fn is_like(&self, other: &Look) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= 0.3 * a.max(b) + 0.05;
        let dashes = |a: &Dash, b: &Dash| a.len() == b.len() && a.iter().zip(b.iter()).all(|(x, y)| near(*x, *y));
        self.mark == other.mark
            && self.core.is_some() == other.core.is_some()
            && self.stroke.round == other.stroke.round
            && dashes(&self.stroke.dash_mm, &other.stroke.dash_mm)
    }
}

/// The look of a status in the line language, modified by a style.
pub(crate) fn look(status: Status, weight: Weight, over: Option<&Over>) -> Look {
    let state = weight <= Weight::Territory;
    let w = match weight {
        Weight::State | Weight::Territory => 1.0,
        Weight::Member => 0.8,
        _ => 0.62,
    };
    let long = |heavy, light| if state { heavy } else { light };
    let plain = |stroke| (stroke, MarkKind::None, (0.0, 0.0));
    let (stroke, mark, every_mm) = match status {
        _ if weight == Weight::Sheet => plain(Stroke::new(GREY_INK, 0.22)),
        Status::Demarcated => plain(Stroke::new(INK, 0.5 * w).dashed(long(ONE_DOT, ONE_DOT_LIGHT))),
        Status::Agreed => plain(Stroke::new(INK, 0.5 * w).dashed(long(TWO_DOTS, TWO_DOTS_LIGHT))),
        Status::Delimited => plain(Stroke::new(INK, 0.3 * w).dashed(long(PAIRS, PAIRS_LIGHT))),
        // As fine as possible for an approximate line: its symbol is no wider on the ground than its accuracy.
        Status::Undefined => plain(Stroke::new(INK, if state { 0.35 } else { 0.28 }).dotted(&[0.0, 0.8])),
        Status::Disputed => (Stroke::new(ALERT, 0.55 * w).dashed(&[2.4, 1.8]), MarkKind::Cross, (4.2, 3.3)),
        Status::ControlLine => (Stroke::new(INK, 0.45 * w).dashed(&[1.1, 0.7]), MarkKind::Tick, (5.4, 0.55)),
        Status::Historical if state => plain(Stroke::new(HISTORICAL, 0.5).dashed(&[3.0, 0.6])),
        Status::Historical if weight == Weight::Member => {
            plain(Stroke::new(HISTORICAL, 0.4).dashed(&[3.6, 0.8, 0.5, 0.8]))
        }
        Status::Historical => plain(Stroke::new(HISTORICAL, 0.3).dashed(&[1.8, 0.5, 0.3, 0.5])),
        Status::Proposed => plain(Stroke::new(PROPOSAL, 0.95 * w).dashed(&[2.6, 1.0])),
        Status::Unspecified if state => plain(Stroke::new(INK, 0.3).dashed(&[1.8, 1.0])),
        Status::Unspecified => plain(Stroke::new(INK, 0.24).dashed(&[2.0, 0.5, 0.3, 0.5, 0.3, 0.5])),
    };
    let stroke = over.map_or(stroke, |o| o.on(stroke));
    let core = Stroke { color: PAPER, width_mm: stroke.width_mm * 0.44, ..stroke };
    let own_mark = over.and_then(|o| o.mark).filter(|own| *own != mark);
    let every_mm = match own_mark {
        Some(_) => (5.0, 2.5),
        None => every_mm,
    };
    Look {
        stroke,
        core: (status == Status::Proposed).then_some(core),
        mark: own_mark.unwrap_or(mark),
        every_mm,
        size: 1.0,
    }
}

/// Draws a boundary along lines on paper. Returns whether any of it was in the window.
pub(crate) fn draw(sheet: &mut Sheet, lines: &[Vec<Coord>], look: &Look) -> bool {
    // A line shorter than its pattern has a finer one, to remain recognisable.
    let pattern = look.stroke.dash_mm.iter().sum::<f64>() * MM;
    let (short, long): (Vec<_>, Vec<_>) = lines.iter().cloned().partition(|line| length(line) < pattern);
    let mut seen = false;
    for (lines, share) in [(&long, 1.0), (&short, FINEST)] {
        seen |= !lines.is_empty() && sheet.stroke(lines, &look.stroke.finer(share));
        if let Some(core) = look.core.filter(|_| !lines.is_empty()) {
            sheet.stroke(lines, &core.finer(share));
        }
    }
    let (step, first) = look.every_mm;
    let (ink, size) = (look.stroke.color, look.size);
    match look.mark {
        MarkKind::None => {}
        MarkKind::Cross => {
            marks(lines, step, first, |at, along| cross(sheet, at, along, 0.45 * size, &Stroke::new(ink, 0.25 * size)))
        }
        MarkKind::Tick => marks(lines, step, first, |at, along| {
            tick(sheet, at, along, 0.8 * size, &Stroke::new(ink, 0.3 * size).flat())
        }),
    }
    seen
}

/// Strokes of outlines from other sources, in the order of the plate's layers; unlike those of boundaries and routes.
pub(crate) fn opinion(place: usize) -> Stroke {
    const LOOKS: [(Rgb, &[f64]); 4] = [
        (0x16407a, &[0.9, 0.45]),
        (0x7a1f5c, &[2.2, 0.4, 0.4, 0.4, 0.4, 0.4]),
        (0x2f5d1e, &[0.35, 0.35]),
        (0x6b4a00, &[3.6, 0.45, 0.9, 0.45]),
    ];
    let (color, dash) = LOOKS[place % LOOKS.len()];
    Stroke::new(color, 0.26).dashed(dash)
}

/// Calls `mark` every `step` millimetres along lines, first at `first`.
pub(super) fn marks(lines: &[Vec<Coord>], step: f64, first: f64, mut mark: impl FnMut(Coord, Coord)) {
    for line in lines.iter().filter(|l| length(l) > 2.0 * MM) {
        walk(line, first * MM, step * MM).into_iter().for_each(|(at, along)| mark(at, along));
    }
}

/// A tick across a line.
pub(super) fn tick(sheet: &mut Sheet, at: Coord, along: Coord, half_mm: f64, stroke: &Stroke) {
    let across = Coord { x: -along.y, y: along.x } * (half_mm * MM);
    sheet.stroke(&[vec![at - across, at + across]], stroke);
}

/// A small × on a line.
pub(super) fn cross(sheet: &mut Sheet, at: Coord, along: Coord, half_mm: f64, stroke: &Stroke) {
    for side in [1.0, -1.0] {
        let arm = Coord { x: along.x - side * along.y, y: along.y + side * along.x } * (half_mm * MM);
        sheet.stroke(&[vec![at - arm, at + arm]], stroke);
    }
}
