//! Boundaries: the line language by status.

use crate::map::canvas::{Rgb, Sheet, Stroke};
use crate::map::palette::{ALERT, GREY_INK, INK, PAPER, PROPOSAL};
use crate::map::paper::{MM, length, walk};
use crate::model::Status;
use geo::Coord;

/// How much a boundary weighs. Weight says what kind of line it is, the pattern its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Weight {
    /// Between states.
    State,
    /// Between units within a state.
    Unit,
    /// The frame of a map sheet: no boundary at all.
    Sheet,
}

const HISTORICAL: Rgb = 0x5c5c5c;
const LONG: &[f64] = &[5.0, 0.9, 0.6, 0.9];
const LONG_LIGHT: &[f64] = &[3.4, 0.7, 0.45, 0.7];

/// Draws a boundary along lines on paper. Returns whether any of it was in the window.
pub(crate) fn draw(sheet: &mut Sheet, lines: &[Vec<Coord>], status: Status, weight: Weight) -> bool {
    if weight == Weight::Sheet {
        return sheet.stroke(lines, &Stroke::new(GREY_INK, 0.22));
    }
    let state = weight == Weight::State;
    let w = if state { 1.0 } else { 0.62 };
    let long = if state { LONG } else { LONG_LIGHT };
    match status {
        Status::Demarcated => {
            let seen = sheet.stroke(lines, &Stroke::new(INK, 0.5 * w).dashed(long));
            marks(lines, 7.4, 2.5, |at, _| square(sheet, at, 0.6));
            seen
        }
        Status::Agreed => sheet.stroke(lines, &Stroke::new(INK, 0.5 * w).dashed(long)),
        Status::Delimited => {
            let seen = sheet.stroke(lines, &Stroke::new(INK, 0.3 * w).dashed(long));
            marks(lines, 7.4, 6.2, |at, _| sheet.circle(at, 0.5, Some(PAPER), Some(&Stroke::new(INK, 0.22))));
            seen
        }
        Status::Undefined => {
            sheet.stroke(lines, &Stroke::new(INK, 0.62 * w).dotted(if state { &[0.0, 1.25] } else { &[0.0, 0.9] }))
        }
        Status::Disputed => {
            let seen = sheet.stroke(lines, &Stroke::new(ALERT, 0.55 * w).dashed(&[2.4, 1.8]));
            marks(lines, 4.2, 3.3, |at, along| cross(sheet, at, along, 0.45, &Stroke::new(ALERT, 0.25)));
            seen
        }
        Status::ControlLine => {
            let seen = sheet.stroke(lines, &Stroke::new(INK, 0.45 * w).dashed(&[1.1, 0.7]));
            marks(lines, 5.4, 0.55, |at, along| tick(sheet, at, along, 0.8, &Stroke::new(INK, 0.3).flat()));
            seen
        }
        Status::Historical => sheet.stroke(
            lines,
            &Stroke::new(HISTORICAL, if state { 0.38 } else { 0.3 }).dashed(if state {
                &[3.0, 0.6]
            } else {
                &[1.8, 0.5, 0.3, 0.5]
            }),
        ),
        Status::Proposed => {
            let seen = sheet.stroke(lines, &Stroke::new(PROPOSAL, 0.95 * w).dashed(&[2.6, 1.0]));
            sheet.stroke(lines, &Stroke::new(PAPER, 0.42 * w).dashed(&[2.6, 1.0]));
            seen
        }
        Status::Unspecified if state => sheet.stroke(lines, &Stroke::new(INK, 0.3).dashed(&[1.8, 1.0])),
        Status::Unspecified => sheet.stroke(lines, &Stroke::new(INK, 0.24).dashed(&[2.0, 0.5, 0.3, 0.5, 0.3, 0.5])),
    }
}

/// Calls `mark` every `step` millimetres along lines, first at `first`.
pub(super) fn marks(lines: &[Vec<Coord>], step: f64, first: f64, mut mark: impl FnMut(Coord, Coord)) {
    for line in lines.iter().filter(|l| length(l) > 2.0 * MM) {
        walk(line, first * MM, step * MM).into_iter().for_each(|(at, along)| mark(at, along));
    }
}

fn square(sheet: &mut Sheet, at: Coord, half_mm: f64) {
    let h = half_mm * MM;
    let corner = |x: f64, y: f64| at + Coord { x: x * h, y: y * h };
    sheet.fill(&[vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)]], INK);
}

/// A stroke across a line.
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
