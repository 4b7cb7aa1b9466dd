//! Routes by mode and state: rails have ties, roads are double lines; no boundary has either.

use super::Over;
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
    /// The word used in specifications.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Mode::Rail => "rail",
            Mode::Road => "road",
            Mode::Other => "other",
        }
    }

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
    /// The word used in specifications.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            State::InUse => "in-use",
            State::Planned => "planned",
            State::Dismantled => "dismantled",
        }
    }

    /// The state of that word, if it is one.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [State::InUse, State::Planned, State::Dismantled].into_iter().find(|state| state.word() == word)
    }

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
pub(crate) fn draw(
    sheet: &mut Sheet,
    lines: &[Vec<Coord>],
    mode: Mode,
    state: State,
    indicative: bool,
    over: Option<&Over>,
) -> bool {
    let styled = |stroke: Stroke| over.map_or(stroke, |o| o.on(stroke));
    match mode {
        Mode::Rail => rail(sheet, lines, state, indicative, &styled),
        Mode::Road => road(sheet, lines, state, indicative, &styled),
        Mode::Other => {
            let dash: &[f64] = if indicative { &[3.0, 0.9, 0.4, 0.9] } else { &[3.0, 0.6] };
            sheet.stroke(lines, &styled(Stroke::new(OTHER, 0.4).dashed(dash)))
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

fn rail(
    sheet: &mut Sheet,
    lines: &[Vec<Coord>],
    state: State,
    indicative: bool,
    styled: &dyn Fn(Stroke) -> Stroke,
) -> bool {
    let width = if state == State::Dismantled { 0.25 } else { 0.38 };
    let stroke = Stroke::new(RAIL, width);
    let dash = dashes(state, indicative);
    let stroke = styled(if dash.is_empty() { stroke } else { stroke.dashed(dash) });
    let seen = sheet.stroke(lines, &stroke);
    let tie = Stroke::new(stroke.color, 0.22).flat();
    match state {
        State::InUse => marks(lines, 2.0, 0.65, |at, along| tick(sheet, at, along, 0.62, &tie)),
        State::Planned => {
            let firsts: &[f64] = if indicative { &[0.9, 3.4, 5.9] } else { &[0.9] };
            let step = if indicative { 9.0 } else { 2.7 };
            for first in firsts {
                marks(lines, step, *first, |at, along| tick(sheet, at, along, 0.62, &tie));
            }
        }
        State::Dismantled => {
            let stroke = Stroke::new(stroke.color, 0.22);
            marks(lines, 5.6, 2.45, |at, along| cross(sheet, at, along, 0.4, &stroke))
        }
    }
    seen
}

fn road(
    sheet: &mut Sheet,
    lines: &[Vec<Coord>],
    state: State,
    indicative: bool,
    styled: &dyn Fn(Stroke) -> Stroke,
) -> bool {
    let dash = dashes(state, indicative);
    let (width, share) = if state == State::Dismantled { (0.5, 0.4) } else { (0.82, 0.51) };
    let outer = Stroke::new(ROAD, width);
    let outer = styled(if dash.is_empty() { outer } else { outer.dashed(dash) });
    let seen = sheet.stroke(lines, &outer);
    let color = if state == State::InUse { ROAD_CORE } else { 0xffffff };
    sheet.stroke(lines, &Stroke { color, width_mm: outer.width_mm * share, ..outer });
    seen
}
