//! The symbols of a plate. What is drawn is recorded as a [`Symbol`]; the legend is the list of those and nothing else.

pub(crate) mod boundary;
mod place;
mod route;

pub(crate) use boundary::Weight;
pub(crate) use place::Point;
pub(crate) use route::{Mode, State};

use super::canvas::{Rgb, Sheet, Stroke};
use super::palette::{Hue, PROPOSAL, SHORE, WATER};
use super::paper::Bounds;
use crate::model::Status;
use geo::Coord;

/// A symbol of the legend, in the order in which the legend lists them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Symbol {
    Region {
        id: String,
        hue: Hue,
    },
    Neighbour,
    Water,
    Boundary(Weight, Status),
    Shore,
    Route(Mode, State, bool),
    Point(Point),
    /// Land that passes from one territory to another.
    Passes,
    /// Land that stays.
    Stays,
    /// A box around what an inset shows.
    InsetBox,
}

/// The kind of the frame of a map sheet: it is drawn as a line and named, and is no territory.
pub(crate) const MAP_SHEET: &str = "map sheet";

impl Weight {
    /// The weight of a kind of line: what is named as a unit is one, everything else is a state's.
    pub(crate) fn of(kind: Option<&str>) -> Self {
        let kind = kind.unwrap_or("").to_lowercase();
        if kind == MAP_SHEET {
            return Weight::Sheet;
        }
        let units = ["province", "raion", "district", "region", "oblast", "marz", "second-order", "municipal", "unit"];
        if units.iter().any(|word| kind.contains(word)) { Weight::Unit } else { Weight::State }
    }
}

impl Symbol {
    /// The name of the symbol in the SVG.
    pub(crate) fn class(&self) -> String {
        match self {
            Symbol::Region { id, .. } => format!("region-{id}"),
            Symbol::Boundary(weight, status) => format!("boundary-{weight:?}-{}", status.word()).to_lowercase(),
            Symbol::Route(mode, state, indicative) => {
                let course = if *indicative { "-indicative" } else { "" };
                format!("route-{mode:?}-{state:?}{course}").to_lowercase()
            }
            Symbol::Point(point) => format!("point-{point:?}").to_lowercase(),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    /// Draws a sample for the legend.
    pub(crate) fn sample(&self, sheet: &mut Sheet, cell: Bounds) {
        let middle = cell.centre();
        let line = [vec![Coord { x: cell.x0, y: middle.y }, Coord { x: cell.x1, y: middle.y }]];
        match self {
            Symbol::Region { hue, .. } => swatch(sheet, cell, hue.fill(), hue.band()),
            Symbol::Neighbour => swatch(sheet, cell, Hue::Neutral.fill(), Hue::Neutral.band()),
            Symbol::Water => swatch(sheet, cell, WATER, SHORE),
            Symbol::Boundary(weight, status) => {
                boundary::draw(sheet, &line, *status, *weight);
            }
            Symbol::Shore => {
                sheet.stroke(&line, &SHORELINE);
            }
            Symbol::Route(mode, state, indicative) => {
                draw_route(sheet, &line, *mode, *state, *indicative);
            }
            Symbol::Point(point) => point.draw(sheet, middle),
            Symbol::Passes => {
                swatch(sheet, cell, 0xffffff, PROPOSAL);
                hatch(sheet, &[cell.ring()], PROPOSAL);
            }
            Symbol::Stays => {
                sheet.stroke(&[cell.ring()], &Stroke::new(PROPOSAL, 0.3));
            }
            Symbol::InsetBox => {
                sheet.stroke(&[cell.grown(-0.4).ring()], &INSET_LINE);
            }
        }
    }
}

/// The line of a coast or lake.
pub(crate) const SHORELINE: Stroke = Stroke::new(SHORE, 0.14);
/// The line around what an inset shows.
pub(crate) const INSET_LINE: Stroke = Stroke::new(0x333333, 0.18);

pub(crate) use route::draw as draw_route;

fn swatch(sheet: &mut Sheet, cell: Bounds, fill: Rgb, edge: Rgb) {
    sheet.fill(&[cell.ring()], fill);
    sheet.stroke(&[cell.grown(-0.25).ring()], &Stroke::new(edge, 0.5).flat());
}

/// Diagonal lines within rings.
pub(crate) fn hatch(sheet: &mut Sheet, rings: &[Vec<Coord>], color: Rgb) {
    let Some(b) = Bounds::of(rings.iter().flatten()) else { return };
    if !sheet.open_inside(rings) {
        return;
    }
    let step = 1100.0;
    let first = ((b.x0 - b.height()) / step).floor() as i64;
    let last = (b.x1 / step).ceil() as i64;
    let lines: Vec<Vec<Coord>> = (first..=last)
        .map(|i| i as f64 * step)
        .map(|x| vec![Coord { x, y: b.y1 }, Coord { x: x + b.height(), y: b.y0 }])
        .collect();
    sheet.stroke(&lines, &Stroke::new(color, 0.22).flat());
    sheet.close();
}
