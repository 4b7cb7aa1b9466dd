//! Routes by mode and state: rails have ties, roads are double lines; no boundary has either.

use super::boundary::{cross, marks, tick};
use crate::map::canvas::{Rgb, Sheet, Stroke};
use geo::Coord;

/// What runs on a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Mode {
    Rail,
    Road,
    Other,
}

/// Whether a route is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum State {
    InUse,
    Planned,
    Dismantled,
}

impl Mode {
    /// The mode that a source's word means.
    pub(crate) fn of(word: Option<&str>) -> Self {
        match word.unwrap_or("").to_lowercase().as_str() {
            w if w.contains("rail") => Mode::Rail,
            w if w.contains("road") || w.contains("highway") || w.contains("street") => Mode::Road,
            _ => Mode::Other,
        }
    }
}

impl State {
    /// The state that a source's word means; what is not said is taken as in use.
    pub(crate) fn of(word: Option<&str>) -> Self {
        let word = word.unwrap_or("").to_lowercase();
        let any = |words: &[&str]| words.iter().any(|w| word.contains(w));
        if any(&["dismantled", "abandoned", "disused", "removed"]) {
            State::Dismantled
        } else if any(&["plan", "propos", "construction"]) {
            State::Planned
        } else {
            State::InUse
        }
    }
}

const RAIL: Rgb = 0x303036;
const ROAD: Rgb = 0xa3401a;
const ROAD_CORE: Rgb = 0xffe9a8;
const OTHER: Rgb = 0x5a3d8a;

/// Draws a route along lines on paper; `indicative` ones (chains of waypoints) have gaps.
pub(crate) fn draw(sheet: &mut Sheet, lines: &[Vec<Coord>], mode: Mode, state: State, indicative: bool) -> bool {
    match mode {
        Mode::Rail => rail(sheet, lines, state, indicative),
        Mode::Road => road(sheet, lines, state, indicative),
        Mode::Other => {
            let dash: &[f64] = if indicative { &[3.0, 0.9, 0.4, 0.9] } else { &[3.0, 0.6] };
            sheet.stroke(lines, &Stroke::new(OTHER, 0.4).dashed(dash))
        }
    }
}

/// The dashes of a state, with a wider gap now and then where the course is only indicated.
fn dashes(state: State, indicative: bool) -> &'static [f64] {
    match (state, indicative) {
        (State::InUse, false) => &[],
        (State::InUse, true) => &[6.6, 1.4],
        (State::Planned, false) => &[1.8, 0.9],
        (State::Planned, true) => &[1.8, 0.7, 1.8, 0.7, 1.8, 2.2],
        (State::Dismantled, false) => &[0.7, 0.7],
        (State::Dismantled, true) => &[0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 2.1],
    }
}

fn rail(sheet: &mut Sheet, lines: &[Vec<Coord>], state: State, indicative: bool) -> bool {
    let width = if state == State::Dismantled { 0.25 } else { 0.38 };
    let stroke = Stroke::new(RAIL, width);
    let dash = dashes(state, indicative);
    let seen = sheet.stroke(lines, &if dash.is_empty() { stroke } else { stroke.dashed(dash) });
    match state {
        State::InUse => {
            marks(lines, 2.0, 0.65, |at, along| tick(sheet, at, along, 0.62, &Stroke::new(RAIL, 0.22).flat()))
        }
        State::Planned => {
            let (step, first) = if indicative { (9.0, 0.9) } else { (2.7, 0.9) };
            marks(lines, step, first, |at, along| tick(sheet, at, along, 0.62, &Stroke::new(RAIL, 0.22).flat()));
            if indicative {
                marks(lines, step, 3.4, |at, along| tick(sheet, at, along, 0.62, &Stroke::new(RAIL, 0.22).flat()));
                marks(lines, step, 5.9, |at, along| tick(sheet, at, along, 0.62, &Stroke::new(RAIL, 0.22).flat()));
            }
        }
        State::Dismantled => {
            marks(lines, 5.6, 2.45, |at, along| cross(sheet, at, along, 0.4, &Stroke::new(RAIL, 0.22)))
        }
    }
    seen
}

fn road(sheet: &mut Sheet, lines: &[Vec<Coord>], state: State, indicative: bool) -> bool {
    let dash = dashes(state, indicative);
    let styled = |color, width| {
        let stroke = Stroke::new(color, width);
        if dash.is_empty() { stroke } else { stroke.dashed(dash) }
    };
    let (outer, core) = if state == State::Dismantled { (0.5, 0.2) } else { (0.82, 0.42) };
    let seen = sheet.stroke(lines, &styled(ROAD, outer));
    sheet.stroke(lines, &styled(if state == State::InUse { ROAD_CORE } else { 0xffffff }, core));
    seen
}
