//! The symbols of a plate. Every symbol drawn is recorded as a [`Symbol`]; the legend lists exactly these.

pub(crate) mod boundary;
mod over;
mod place;
mod route;

pub(crate) use boundary::Weight;
pub(crate) use over::{Over, hue};
pub(crate) use place::Point;
pub(crate) use route::{Mode, State};

use super::canvas::{Rgb, Sheet, Stroke};
use super::palette::{Hue, INK, PAPER, PROPOSAL, SHORE, WATER};
use super::paper::{Bounds, MM};
use super::relief;
use crate::model::Status;
use geo::Coord;

/// A symbol of the legend, ordered as in the legend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Symbol {
    Region {
        id: String,
        hue: Hue,
    },
    /// Territories too numerous to be listed individually.
    Territories,
    Neighbour,
    /// Land of the outline of the world, without data.
    Outside,
    /// Where there are no data.
    NoData,
    /// A member of a union or federation that is not a subject of the plate.
    OtherMember,
    Water,
    River,
    Boundary(Weight, Status, Option<Over>),
    /// The outline of another source: its number, and its layer.
    Opinion(usize, String),
    Shore,
    /// A road or railway that is context.
    Context(Mode),
    /// Mode, state, whether its course is indicative, and its style.
    Route(Mode, State, bool, Option<Over>),
    Point(Point),
    /// A numbered crossing of a route; whether it is uncertain.
    Crossing(bool),
    /// Land that passes from one territory to another.
    Passes,
    /// Land that stays.
    Stays,
    /// Shade of slopes.
    Relief,
    /// Contours, with their interval in metres.
    Contour(u32),
    /// Where the accuracy of lines does not tell: half its width in millimetres, and how it was obtained.
    Band(u64, String, usize),
    /// A box around the extent of an inset.
    InsetBox,
    /// The frame of a sheet of an album.
    SheetFrame,
    /// Where two sheets of an album meet.
    MatchLine,
}

/// The kind of map sheet frames, which are drawn as lines and labelled, and are not territories.
pub(crate) const MAP_SHEET: &str = "map sheet";

impl Weight {
    /// The weight of a kind of line: a unit if the kind is one, else that of states.
    pub(crate) fn of(kind: Option<&str>) -> Self {
        let kind = kind.unwrap_or("").to_lowercase();
        if kind == MAP_SHEET {
            return Weight::Sheet;
        }
        if ["union-republic", "union republic", "federal-member", "federal member"].contains(&kind.as_str()) {
            return Weight::Member;
        }
        let units = [
            "province",
            "raion",
            "district",
            "region",
            "oblast",
            "marz",
            "second-order",
            "municipal",
            "unit",
            "canton",
            "county",
            "commune",
            "prefecture",
            "governorate",
            "department",
            "autonomous",
        ];
        if units.iter().any(|word| kind.contains(word)) { Weight::Unit } else { Weight::State }
    }
}

impl Symbol {
    /// The name of the symbol in the SVG.
    pub(crate) fn class(&self) -> String {
        match self {
            Symbol::Region { id, .. } => format!("region-{id}"),
            Symbol::Boundary(weight, status, over) => {
                format!("boundary-{weight:?}-{}{}", status.word(), ending(over)).to_lowercase()
            }
            Symbol::Opinion(place, _) => format!("opinion-{}", place + 1),
            Symbol::Route(mode, state, indicative, over) => {
                let course = if *indicative { "-indicative" } else { "" };
                format!("route-{mode:?}-{state:?}{course}{}", ending(over)).to_lowercase()
            }
            Symbol::Crossing(uncertain) => format!("crossing{}", if *uncertain { "-uncertain" } else { "" }),
            Symbol::Contour(_) => "contour".to_owned(),
            Symbol::Context(mode) => format!("context-{mode:?}").to_lowercase(),
            Symbol::Band(half_mm, ..) => format!("accuracy-band-{half_mm}-mm"),
            Symbol::Point(point) => format!("point-{point:?}").to_lowercase(),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    /// Draws a sample for the legend; `fineness` applies to boundaries.
    pub(crate) fn sample(&self, sheet: &mut Sheet, cell: Bounds, fineness: f64) {
        let middle = cell.centre();
        let line = [vec![Coord { x: cell.x0, y: middle.y }, Coord { x: cell.x1, y: middle.y }]];
        match self {
            Symbol::Region { hue, .. } => swatch(sheet, cell, hue.fill(), hue.band()),
            Symbol::Territories => {
                let third = cell.width() / 3.0;
                for (i, hue) in [Hue::Apricot, Hue::Jade, Hue::Mauve].into_iter().enumerate() {
                    let x0 = cell.x0 + third * i as f64;
                    swatch(sheet, Bounds { x0, x1: x0 + third, ..cell }, hue.fill(), hue.band());
                }
            }
            Symbol::Neighbour | Symbol::OtherMember => swatch(sheet, cell, Hue::Neutral.fill(), Hue::Neutral.band()),
            Symbol::Outside => swatch(sheet, cell, OUTSIDE, SHORE),
            Symbol::NoData => {
                hatch(sheet, &[cell.ring()], NO_DATA);
                sheet.stroke(&[cell.ring()], &Stroke::new(NO_DATA, 0.2));
            }
            Symbol::Water => swatch(sheet, cell, WATER, SHORE),
            Symbol::River => {
                sheet.stroke(&line, &RIVER);
            }
            Symbol::Boundary(weight, status, over) => {
                let look = boundary::look(*status, *weight, over.as_ref()).finer(fineness);
                boundary::draw(sheet, &line, &look);
            }
            Symbol::Opinion(place, _) => {
                sheet.stroke(&line, &boundary::opinion(*place));
            }
            Symbol::Shore => {
                sheet.stroke(&line, &SHORELINE);
            }
            Symbol::Context(mode) => _ = draw_context(sheet, &line, *mode),
            Symbol::Route(mode, state, indicative, over) => {
                draw_route(sheet, &line, *mode, *state, *indicative, over.as_ref());
            }
            Symbol::Point(point) => point.draw(sheet, middle),
            Symbol::Crossing(uncertain) => crossing(sheet, middle, *uncertain),
            Symbol::Passes => {
                sheet.stroke(&[cell.ring()], &PIECE_LINE);
                hatch(sheet, &[cell.ring()], PROPOSAL);
            }
            Symbol::Stays => {
                sheet.stroke(&[cell.ring()], &PIECE_LINE);
            }
            Symbol::Relief => relief::shade_sample(sheet, cell),
            Symbol::Contour(_) => relief::contour_sample(sheet, cell),
            Symbol::Band(_, _, rank) => {
                sheet.stroke(&line, &accuracy_band(cell.height() / MM, *rank).flat());
            }
            Symbol::InsetBox => {
                sheet.stroke(&[cell.grown(-0.4).ring()], &INSET_LINE);
            }
            Symbol::SheetFrame => {
                sheet.stroke(&[cell.grown(-0.4).ring()], &SHEET_FRAME);
            }
            Symbol::MatchLine => {
                sheet.stroke(&line, &MATCH_LINE);
            }
        }
    }
}

/// Colours of bands of different widths: of equal lightness, none of them that of a party.
const BANDS: [Rgb; 4] = [0x6b3fa0, 0x00707f, 0x9a4f1a, 0x8a2f63];

/// The stroke of a band of accuracy, under the lines; bands of different widths on one plate have different ranks.
pub(crate) fn accuracy_band(width_mm: f64, rank: usize) -> Stroke {
    Stroke { opacity: 0.28, ..Stroke::new(BANDS[rank % BANDS.len()], width_mm) }
}

fn ending(over: &Option<Over>) -> String {
    over.as_ref().map(|o| format!("-{}", o.id)).unwrap_or_default()
}

/// Distance from the centre of a crossing's mark to its corners, in millimetres.
pub(crate) const CROSSING_MM: f64 = 0.75;

/// A diamond at a crossing of a route: filled if it is certain.
pub(crate) fn crossing(sheet: &mut Sheet, at: Coord, uncertain: bool) {
    let r = CROSSING_MM * 1000.0;
    let corner = |x: f64, y: f64| at + Coord { x: x * r, y: y * r };
    let ring = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0), corner(0.0, -1.0)];
    sheet.fill(std::slice::from_ref(&ring), if uncertain { PAPER } else { INK });
    sheet.stroke(&[ring], &Stroke::new(INK, 0.22));
}

/// Hatching where there are no data, and land around the data.
pub(crate) const NO_DATA: Rgb = 0xd0d0d0;
pub(crate) const OUTSIDE: Rgb = 0xefede6;

/// The line of a coast or lake.
pub(crate) const SHORELINE: Stroke = Stroke::new(SHORE, 0.14);
/// Draws a road or railway that is context: thin and grey, in no colour of a boundary.
pub(crate) fn draw_context(sheet: &mut Sheet, lines: &[Vec<Coord>], mode: Mode) -> bool {
    if mode == Mode::Rail {
        sheet.stroke(lines, &Stroke::new(0x8c8880, 0.42).flat());
        return sheet.stroke(lines, &Stroke::new(PAPER, 0.2).dashed(&[1.4, 1.4]));
    }
    sheet.stroke(lines, &Stroke::new(0xa8a29a, 0.26))
}

/// The line of a river.
pub(crate) const RIVER: Stroke = Stroke::new(SHORE, 0.22);
/// The line around land of a proposal: two short dashes in turn, never solid.
pub(crate) const PIECE_LINE: Stroke = Stroke::new(PROPOSAL, 0.34).dashed(&[1.5, 0.45, 0.7, 0.45]);
/// The line around the extent of an inset.
pub(crate) const INSET_LINE: Stroke = Stroke::new(0x333333, 0.18);

/// The frames of sheets over the index of an album, and the lines where sheets meet.
pub(crate) const SHEET_FRAME: Stroke = Stroke::new(0x1f4e9e, 0.3);
pub(crate) const MATCH_LINE: Stroke = Stroke::new(0x1f4e9e, 0.2).dashed(&[4.0, 1.2, 0.8, 1.2]);

pub(crate) use route::draw as draw_route;

fn swatch(sheet: &mut Sheet, cell: Bounds, fill: Rgb, edge: Rgb) {
    sheet.fill(&[cell.ring()], fill);
    sheet.stroke(&[cell.grown(-0.25).ring()], &Stroke::new(edge, 0.5).flat());
}

/// Diagonal hatching of a whole frame, as lines that end at its edges.
pub(crate) fn hatch_frame(sheet: &mut Sheet, frame: &Bounds) {
    let step = 2.0 * MM;
    let first = ((frame.x0 - frame.height()) / step).floor() as i64;
    let last = (frame.x1 / step).ceil() as i64;
    let lines: Vec<Vec<Coord>> = (first..=last)
        .map(|i| i as f64 * step)
        .map(|x| vec![Coord { x, y: frame.y1 }, Coord { x: x + frame.height(), y: frame.y0 }])
        .flat_map(|line| super::paper::clip_line(&line, frame))
        .collect();
    sheet.stroke(&lines, &Stroke::new(NO_DATA, 0.16).flat());
}

/// Hatching of ground without data within rings, as [`hatch_frame`].
pub(crate) fn hatch_no_data(sheet: &mut Sheet, rings: &[Vec<Coord>]) {
    hatched(sheet, rings, 2.0 * MM, &Stroke::new(NO_DATA, 0.16).flat());
}

/// Diagonal hatching within rings.
pub(crate) fn hatch(sheet: &mut Sheet, rings: &[Vec<Coord>], color: Rgb) {
    hatched(sheet, rings, 1100.0, &Stroke::new(color, 0.22).flat());
}

fn hatched(sheet: &mut Sheet, rings: &[Vec<Coord>], step: f64, stroke: &Stroke) {
    let Some(b) = Bounds::of(rings.iter().flatten()) else { return };
    if !sheet.open_inside(rings) {
        return;
    }
    let first = ((b.x0 - b.height()) / step).floor() as i64;
    let last = (b.x1 / step).ceil() as i64;
    let lines: Vec<Vec<Coord>> = (first..=last)
        .map(|i| i as f64 * step)
        .map(|x| vec![Coord { x, y: b.y1 }, Coord { x: x + b.height(), y: b.y0 }])
        .collect();
    sheet.stroke(&lines, stroke);
    sheet.close();
}
