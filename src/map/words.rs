//! The messages of the furniture.

use super::symbol::{Mode, Point, State, Symbol, Weight};
use crate::model::Status;
use crate::text::Message;

pub(crate) const LEGEND: Message = Message("legend");
pub(crate) const SCALE: Message = Message("scale");
pub(crate) const SOURCES: Message = Message("sources");
pub(crate) const ALLOWED: Message = Message("allowed");
pub(crate) const LOCATION: Message = Message("location");
pub(crate) const ROUTES: Message = Message("routes");
pub(crate) const SHEET: Message = Message("sheet");
pub(crate) const EDITION: Message = Message("edition");
pub(crate) const DATA_OF: Message = Message("data-of");
pub(crate) const CROSSINGS: Message = Message("crossings");
pub(crate) const PROFILE: Message = Message("profile");
pub(crate) const LENGTH: Message = Message("route-length");
/// Follows the length of an indicative route.
pub(crate) const JOINED: Message = Message("route-joined");
pub(crate) const PUBLISHED: Message = Message("route-published");
pub(crate) const PUBLISHED_BETWEEN: Message = Message("route-published-between");
/// Heads of the table of crossings of a profile: number, chainage, passage, position, remark.
pub(crate) const CROSSING_COLUMNS: [Message; 5] = [
    Message("column-number"),
    Message("column-chainage"),
    Message("column-passage"),
    Message("column-position"),
    Message("column-remark"),
];
pub(crate) const UNCERTAIN: Message = Message("uncertain");
pub(crate) const DASHED_MARKS: Message = Message("dashed-marks");
pub(crate) const OUTSIDE: Message = Message("outside");
pub(crate) const CLAIMED_BY: Message = Message("claimed-by");
pub(crate) const PROPOSED_BY: Message = Message("proposed-by");
/// Territories with land outside the frame.
pub(crate) const OUTSIDE_FRAME: Message = Message("outside-frame");
/// Territories that the data draw as land of another one, too.
pub(crate) const DRAWN_TWICE: Message = Message("drawn-twice");
pub(crate) const DRAWN_TWICE_IN_PART: Message = Message("drawn-twice-in-part");
/// Territories of which the data draw some land as that of several.
pub(crate) const OVERLAPPING: Message = Message("overlapping");
pub(crate) const NO_CROSSINGS: Message = Message("no-crossings");
pub(crate) const CROSSINGS_UNCERTAIN: Message = Message("crossings-uncertain");
pub(crate) const LEDGER: Message = Message("ledger");
pub(crate) const TRANSCRIPTIONS: Message = Message("transcriptions");
pub(crate) const INDICATIVE: Message = Message("indicative-note");
/// The day on which what is drawn is valid.
pub(crate) const AS_OF: Message = Message("as-of-note");
/// Whose view is drawn.
pub(crate) const VIEW: Message = Message("view-note");
pub(crate) const VIEW_NEUTRAL: Message = Message("view-neutral-note");
pub(crate) const DISCLAIMER: Message = Message("disclaimer");
/// Label along a proposed line.
pub(crate) const PROPOSAL: Message = Message("proposal");
/// Land from one territory to another. The codes are not inflected: an arrow is used in languages that would require
/// it.
pub(crate) const PASSES: Message = Message("passes");
pub(crate) const NOTHING_PASSES: Message = Message("nothing-passes");
pub(crate) const NOT_STATED: Message = Message("not-stated");
pub(crate) const LEDGER_NOTE: Message = Message("ledger-note");
pub(crate) const LEDGER_ILLUSTRATION: Message = Message("ledger-illustration");
pub(crate) const SOVEREIGNTY: Message = Message("sovereignty");
pub(crate) const ADMINISTRATION: Message = Message("administration");
/// Above the title of a proposal, and of one made by nobody.
pub(crate) const STAMP: Message = Message("stamp");
pub(crate) const STAMP_ILLUSTRATION: Message = Message("stamp-illustration");
/// The unit beside a scale bar or an axis.
pub(crate) const KILOMETRE: Message = Message("kilometre");
pub(crate) const METRE: Message = Message("metre");
const KILOMETRES: Message = Message("kilometres");
const SQUARE_KILOMETRES: Message = Message("square-kilometres");
pub(crate) const MARGIN_PLATE: Message = Message("margin-plate");
pub(crate) const MARGIN_SHEET: Message = Message("margin-sheet");
pub(crate) const MARGIN_EDITION: Message = Message("margin-edition");
pub(crate) const MARGIN_PROFILE: Message = Message("margin-profile");
pub(crate) const MARGIN_COMPARISON: Message = Message("margin-comparison");
pub(crate) const MARGIN_DATA: Message = Message("margin-data");

/// A length in kilometres with the given number of decimals.
pub(crate) fn km(km: f64, decimals: usize, language: &str) -> String {
    KILOMETRES.with(language, &[("value", &format!("{km:.decimals$}"))])
}

/// An area with its standard error, rounded to the first digit of the error.
pub(crate) fn area(km2: f64, error_km2: Option<f64>, language: &str) -> String {
    let Some(error) = error_km2.filter(|error| *error > 0.0) else {
        return square_km(km2, if km2 < 1.0 { 2 } else { 1 }, language);
    };
    let power = error.log10().floor() as i32;
    let unit = 10f64.powi(power);
    square_km((km2 / unit).round() * unit, (-power).max(0) as usize, language)
}

/// An area in square kilometres with the given number of decimals.
pub(crate) fn square_km(km2: f64, decimals: usize, language: &str) -> String {
    SQUARE_KILOMETRES.with(language, &[("value", &format!("{km2:.decimals$}"))])
}

/// The legend text of a symbol; none for a region, which is listed by name.
pub(crate) fn symbol(symbol: &Symbol) -> Option<Message> {
    Some(match symbol {
        Symbol::Region { .. } => return None,
        Symbol::Territories => Message("territories"),
        Symbol::Neighbour => Message("other-state"),
        Symbol::OtherMember => Message("other-member"),
        Symbol::Water => Message("water"),
        Symbol::Context(Mode::Rail) => Message("context-rail"),
        Symbol::Context(_) => Message("context-road"),
        Symbol::Outside => Message("outside-land"),
        Symbol::NoData => Message("no-data"),
        Symbol::River => Message("river"),
        Symbol::Shore => Message("coast"),
        Symbol::Boundary(Weight::State, status, _) => state_line(*status),
        Symbol::Boundary(Weight::Territory, Status::Historical, _) => Message("territory-boundary-historical"),
        Symbol::Boundary(Weight::Territory, Status::Unspecified, _) => Message("territory-boundary-unspecified"),
        Symbol::Boundary(Weight::Territory, status, _) => state_line(*status),
        Symbol::Boundary(Weight::Member, Status::Historical, _) => Message("member-boundary-historical"),
        Symbol::Boundary(Weight::Member, ..) => Message("member-boundary"),
        Symbol::Boundary(Weight::Unit, status, _) => unit_line(*status),
        Symbol::Boundary(Weight::Sheet, ..) => Message("map-sheet"),
        Symbol::Route(mode, state, ..) => route(*mode, *state),
        Symbol::Point(p) => point(*p),
        Symbol::Opinion(..) => Message("outline-by"),
        Symbol::Crossing(false) => Message("route-crossing"),
        Symbol::Crossing(true) => Message("route-crossing-uncertain"),
        Symbol::Passes => Message("land-passes"),
        Symbol::Stays => Message("land-stays"),
        Symbol::Relief => Message("relief"),
        Symbol::Contour(_) => Message("contours"),
        Symbol::Band(..) => Message("accuracy-band"),
        Symbol::InsetBox => Message("inset-box"),
        Symbol::SheetFrame => Message("album-frame"),
        Symbol::MatchLine => Message("album-match-line"),
    })
}

/// Addition to a legend entry for an indicative course.
pub(crate) const INDICATIVE_MARK: Message = Message("indicative");

fn state_line(status: Status) -> Message {
    match status {
        Status::Demarcated => Message("state-boundary-demarcated"),
        Status::Delimited => Message("state-boundary-delimited"),
        Status::Agreed => Message("state-boundary-agreed"),
        Status::Undefined => Message("state-boundary-undefined"),
        Status::Disputed => Message("state-boundary-disputed"),
        Status::ControlLine => Message("state-boundary-control-line"),
        Status::Historical => Message("state-boundary-historical"),
        Status::Proposed => Message("state-boundary-proposed"),
        Status::Unspecified => Message("state-boundary-unspecified"),
    }
}

fn unit_line(status: Status) -> Message {
    match status {
        Status::Historical => Message("unit-boundary-historical"),
        Status::Proposed => Message("unit-boundary-proposed"),
        Status::Disputed => Message("unit-boundary-disputed"),
        Status::ControlLine => Message("unit-boundary-control-line"),
        Status::Undefined => Message("unit-boundary-undefined"),
        Status::Demarcated => Message("unit-boundary-demarcated"),
        Status::Delimited => Message("unit-boundary-delimited"),
        Status::Agreed => Message("unit-boundary-agreed"),
        Status::Unspecified => Message("unit-boundary-unspecified"),
    }
}

fn route(mode: Mode, state: State) -> Message {
    match (mode, state) {
        (Mode::Rail, State::InUse) => Message("route-rail-in-use"),
        (Mode::Rail, State::Planned) => Message("route-rail-planned"),
        (Mode::Rail, State::Dismantled) => Message("route-rail-dismantled"),
        (Mode::Road, State::InUse) => Message("route-road-in-use"),
        (Mode::Road, State::Planned) => Message("route-road-planned"),
        (Mode::Road, State::Dismantled) => Message("route-road-dismantled"),
        (Mode::Other, State::InUse) => Message("route-other-in-use"),
        (Mode::Other, State::Planned) => Message("route-other-planned"),
        (Mode::Other, State::Dismantled) => Message("route-other-dismantled"),
    }
}

fn point(point: Point) -> Message {
    match point {
        Point::Centre => Message("place-centre"),
        Point::Town => Message("place-town"),
        Point::Village => Message("place-village"),
        Point::Station => Message("place-station"),
        Point::Crossing => Message("place-crossing"),
        Point::Pass => Message("place-pass"),
        Point::Peak => Message("place-peak"),
        Point::Reservoir => Message("place-reservoir"),
        Point::Tripoint => Message("place-tripoint"),
        Point::Turning => Message("place-turning"),
        Point::Mark => Message("place-mark"),
    }
}
