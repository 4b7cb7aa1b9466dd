//! Routes by mode and state: rails have ties, roads are double lines; boundaries have neither.

use super::Over;
use super::boundary::{cross, marks, tick};
use crate::map::canvas::{Rgb, Sheet, Stroke};
use geo::Coord;

/// Mode of transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Mode {
    Rail,
    Road,
    Other,
}

/// State of a route.
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

    /// The mode from a source's word.
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

    /// The state with this name, if there is one.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [State::InUse, State::Planned, State::Dismantled].into_iter().find(|state| state.word() == word)
    }

    /// The state from a source's word; in use if not stated.
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
    let pen = Pen { lines, state, indicative, over };
    match mode {
        Mode::Rail => pen.rail(sheet),
        Mode::Road => pen.road(sheet),
        Mode::Other => pen.other(sheet),
    }
}

/// The dashes of a state, with periodic wider gaps if the course is indicative.
fn dashes(state: State, indicative: bool) -> &'static [f64] {
    match (state, indicative) {
        (State::InUse, false) => &[],
        (State::InUse, true) => &[4.6, 1.9],
        (State::Planned, false) => &[1.8, 0.9],
        (State::Planned, true) => &[1.8, 0.7, 1.8, 0.7, 1.8, 2.2],
        (State::Dismantled, false) => &[0.7, 0.7],
        (State::Dismantled, true) => &[0.7, 0.7, 0.7, 2.6],
    }
}

/// The drawing of a route, common to all modes.
struct Pen<'r> {
    lines: &'r [Vec<Coord>],
    state: State,
    indicative: bool,
    over: Option<&'r Over>,
}

impl Pen<'_> {
    /// A stroke with the dashes of the state, modified by the style.
    fn styled(&self, stroke: Stroke) -> Stroke {
        let dash = dashes(self.state, self.indicative);
        let stroke = if dash.is_empty() { stroke } else { stroke.dashed(dash) };
        self.over.map_or(stroke, |o| o.on(stroke))
    }

    /// A line with ties; with crosses if it is dismantled.
    fn rail(&self, sheet: &mut Sheet) -> bool {
        let stroke = self.styled(Stroke::new(RAIL, if self.state == State::Dismantled { 0.25 } else { 0.38 }));
        let seen = sheet.stroke(self.lines, &stroke);
        let tie = Stroke::new(stroke.color, 0.22).flat();
        match self.state {
            // Ties are on the dashes, not in the gaps.
            State::InUse | State::Planned => {
                let (firsts, step): (&[f64], f64) = match (self.state, self.indicative) {
                    (State::InUse, false) => (&[0.65], 2.0),
                    (State::InUse, true) => (&[0.7, 2.3, 3.9], 6.5),
                    (_, false) => (&[0.9], 2.7),
                    (_, true) => (&[0.9, 3.4, 5.9], 9.0),
                };
                for first in firsts {
                    marks(self.lines, step, *first, |at, along| tick(sheet, at, along, 0.62, &tie));
                }
            }
            State::Dismantled => {
                let stroke = Stroke::new(stroke.color, 0.22);
                let (step, first) = if self.indicative { (9.4, 3.4) } else { (5.6, 2.45) };
                marks(self.lines, step, first, |at, along| cross(sheet, at, along, 0.4, &stroke))
            }
        }
        seen
    }

    /// A double line.
    fn road(&self, sheet: &mut Sheet) -> bool {
        let (width, share) = if self.state == State::Dismantled { (0.5, 0.4) } else { (0.82, 0.51) };
        let outer = self.styled(Stroke::new(ROAD, width));
        let seen = sheet.stroke(self.lines, &outer);
        let color = if self.state == State::InUse { ROAD_CORE } else { 0xffffff };
        sheet.stroke(self.lines, &Stroke { color, width_mm: outer.width_mm * share, ..outer });
        seen
    }

    /// A line with slanting strokes, unlike rails and boundaries.
    fn other(&self, sheet: &mut Sheet) -> bool {
        let stroke = self.styled(Stroke::new(OTHER, 0.4));
        let seen = sheet.stroke(self.lines, &stroke);
        let slant = Stroke::new(stroke.color, 0.26).flat();
        marks(self.lines, 4.0, 1.4, |at, along| {
            let aslant = Coord { x: along.x + along.y, y: along.y - along.x } * std::f64::consts::FRAC_1_SQRT_2;
            tick(sheet, at, aslant, 0.85, &slant);
        });
        seen
    }
}
