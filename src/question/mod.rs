//! One question per file; each returns a report struct, which other modules render.
//!
//! A question takes references to features and its options, consumes neither, and returns an
//! [`Answer`](crate::model::Answer), or an error where the features or options cannot serve it.
//!
//! To add a question: write its file here, name it in this list, and give it a rendering in `report/` and a command
//! in `cli/`.

mod axes;
mod border;
mod check;
mod compare;
mod corridor;
mod decide;
mod diff;
mod doubt;
mod enclave;
mod evidence;
mod field_map;
mod info;
mod ledger;
mod levels;
mod marks;
mod part_name;
mod pieces;
mod route;
mod severance;
mod sheets;
mod status;
#[cfg(feature = "network")]
mod trace;

pub use axes::{exchanged_beside, exchanged_inputs, lies_exchanged, meet_exchanged, swapped_axes};
pub use border::{
    BORDER_SCALES, BorderComponent, BorderOptions, BorderReport, BorderRow, SPACING_MM, ScaleLength, ThirdClaim,
    borders,
};
pub use check::{
    CheckOptions, CheckReference, CheckReport, CoverageOf, DEFAULT_ACCURACY_M, DEFAULT_LISTED, FeatureChecks,
    FeatureFindings, NamedPlace, check, check_rest,
};
pub use compare::{CompareOptions, CompareReport, CompareRun, NoLength, Side, Unmatched, Version, Worst, compare};
pub use corridor::{
    Alternative, CorridorError, CorridorOptions, CorridorReport, HeightAt, NearStretch, RANKS, SharedStretch, corridor,
};
pub use decide::{
    AccuracyTerm, CertainPart, CertaintyReport, DecideAgainst, DecideOptions, DecideReport, DecidedLength,
    DecidedStretch, Decision, DecisionCounts, DecisionVerdict, Drawn, LineBand, MAP_ACCURACY_MM, UNDECIDABLE,
    certain_areas, certain_lengths, certain_sides, decide, line_band,
};
pub use diff::{
    DiffEdition, DiffLayer, DiffOptions, DiffReport, Difference, DifferenceKind, DrawnDifference, DrawnEdition,
    DrawnGeometry, LayerCounts, LayerLand, MatchedBy, Moved, Scalar, diff,
};
pub use doubt::{NearLine, UNCERTAIN};
pub use enclave::{EnclaveOptions, EnclaveReport, EnclaveRow, NearestRoute, PartKind, enclaves};
pub use evidence::{BareStretch, ClassTotal, EvidenceReport, EvidenceRow, FlaggedStretch, SourceClass, evidence};
pub use field_map::{FieldMap, FieldMapError};
pub use info::{FeatureInfo, InfoOptions, InfoReport, LayerSummary, info, info_dataset, info_features, info_heights};
pub use ledger::{
    Balance, LedgerOptions, LedgerPiece, LedgerReport, PairTotal, RouteOn, SettlementOn, TerritoryTotal, UnchangedLand,
    ledger, ledger_of_proposal,
};
pub use levels::{SeveralLevels, several_levels};
pub use marks::{
    BoundaryMarkKind, Mark, MarkBasis, MarkError, MarkLeg, MarkOptions, MarkReport, MarkResidual, MarkedLine,
    MeasuredMarks, Numbering, marks,
};
pub(crate) use marks::{number_of_mark, posts};
pub use route::{
    Crossing, CrossingCounts, OnBorder, RouteGap, RouteOptions, RoutePart, RoutePiece, RouteReport, Stretch, route,
    routes,
};
pub use severance::{
    Asked, DividedLand, KindTotal, OnlyRouteCut, RouteCut, SeveranceOptions, SeveranceReport, SeveredRoute,
    SeveredSettlement, Subject, Surroundings, severance,
};
pub use sheets::{NoSheet, SheetFeature, SheetOptions, SheetReport, SheetRow, sheet_frames, sheets};
pub use status::{
    EntryRow, LogEntry, LogExtent, StatusLog, StatusLogError, StatusOptions, StatusProblem, StatusReport, StatusRow,
    StatusStretch, status,
};
#[cfg(feature = "network")]
pub use trace::{TraceReport, TracedAs, traced};

use crate::model::{Meta, Place, Territory, Warning, WarningCode};
use crate::topology::{Contacts, CoverageGraph, SameSide, SharedEdge};
use geo::{BoundingRect, Coord};
use rustc_hash::FxHashSet;
use std::borrow::{Borrow, Cow};
use std::collections::BTreeSet;

/// Warnings that result from a feature's own properties.
fn feature_warnings(meta: &Meta) -> impl Iterator<Item = Warning> {
    let note = meta.note.as_ref().map(|note| Warning {
        code: WarningCode::Note,
        message: format!("{}: {note}", meta.id),
        feature: Some(meta.id.clone()),
    });
    note.into_iter()
}

/// Whether a place is populated, by the source's `kind` (OpenStreetMap's `place`); a place without a kind counts as a
/// settlement.
fn is_settlement(place: &Place) -> bool {
    const KINDS: [&str; 8] = ["capital", "city", "town", "village", "hamlet", "settlement", "locality", "suburb"];
    let text = |key: &str| place.meta.properties.get(key).and_then(serde_json::Value::as_str);
    match place.meta.kind.as_deref().or_else(|| text("place")) {
        Some(kind) => KINDS.contains(&kind),
        // Of OpenStreetMap nodes, only those with a `place` tag.
        None => text("osm_id").is_none(),
    }
}

/// Leaves out units below the highest `admin_level` (OpenStreetMap) in the list, which cover its land again.
pub fn top_level(mut territories: Vec<Territory>) -> (Vec<Territory>, Option<Warning>) {
    let level = |t: &Territory| t.meta.properties.get("admin_level")?.as_str()?.parse::<u32>().ok();
    let Some(top) = territories.iter().filter_map(level).min() else { return (territories, None) };
    let lower: Vec<String> =
        territories.iter().filter(|t| level(t).is_some_and(|l| l > top)).map(|t| t.meta.id.clone()).collect();
    territories.retain(|t| level(t).is_none_or(|l| l == top));
    let message = format!("left out, being of a lower admin_level than {top}: {}", lower.join(", "));
    let warning = Warning { code: WarningCode::Note, message, feature: lower.first().cloned() };
    (territories, (!lower.is_empty()).then_some(warning))
}

/// Overlaps of territories, as detected from their outlines.
struct Overlaps {
    same_side: SameSide,
    /// `None` if there are too many to list.
    crossing: Option<Vec<(usize, usize)>>,
    contacts: Contacts,
    /// Pairs where an outline of the second runs inside the first's land; `None` if there are too many to list.
    inside: Option<Vec<(usize, usize)>>,
}

impl Overlaps {
    fn of(graph: &CoverageGraph, shared: &[SharedEdge]) -> Self {
        let outlines = || rayon::join(|| graph.same_side(), || graph.crossing_pairs());
        let ((same_side, crossing), contacts) = rayon::join(outlines, || graph.point_contacts(shared));
        Overlaps { same_side, crossing, contacts, inside: Some(Vec::new()) }
    }

    /// Adds pairs where one lies in the other's land, or in a part of it; `None` if there are too many.
    fn add(&mut self, more: Option<Vec<(usize, usize)>>) {
        self.inside = self.inside.take().zip(more).map(|(mut inside, more)| {
            inside.extend(more);
            inside
        });
    }

    /// Pairs of territories found to overlap, the earlier one first.
    fn known(&self) -> FxHashSet<(usize, usize)> {
        let crossing = self.crossing.iter().chain(&self.inside).flatten();
        let pairs = self.same_side.pairs.iter().chain(crossing).chain(&self.contacts.overlaps);
        pairs.map(|&(a, b)| (a.min(b), a.max(b))).collect()
    }

    /// Marks the territories (of `count`) that may overlap others.
    fn claiming(&self, count: usize) -> Vec<bool> {
        if self.crossing.is_none() || self.inside.is_none() {
            return vec![true; count];
        }
        let mut claiming = vec![false; count];
        self.known().into_iter().flat_map(|(a, b)| [a, b]).for_each(|territory| claiming[territory] = true);
        self.same_side.crowds.iter().flatten().for_each(|&territory| claiming[territory] = true);
        claiming
    }
}

/// Warnings about the coverage graph: overlaps, and parts of one territory that touch.
fn coverage_warnings(
    graph: &CoverageGraph,
    territories: &[Cow<'_, Territory>],
    overlaps: &Overlaps,
    wanted: impl Fn(&str) -> bool,
) -> Vec<Warning> {
    let id = |territory: usize| territories[territory].meta.id.as_str();
    let warn = |code, of: usize, message| Warning { code, message, feature: Some(id(of).to_owned()) };
    let mut warnings = Vec::new();
    let both = |(a, b): &(usize, usize)| wanted(id(*a)) && wanted(id(*b));
    let Overlaps { same_side, crossing, contacts, inside } = overlaps;
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    let kinds = [
        (same_side.pairs.as_slice(), "along a shared edge both have their land on the same side; that is no border"),
        (crossing.as_deref().unwrap_or_default(), "their outlines cross; the land between is no border"),
        (
            contacts.overlaps.as_slice(),
            "from a vertex that both have, one outline goes into the other's land; that is no border",
        ),
        (
            inside.as_deref().unwrap_or_default(),
            "an outline of the one runs inside the other's land; that is no border",
        ),
    ];
    for (number, (pairs, why)) in kinds.into_iter().enumerate() {
        for (a, b) in pairs.iter().filter(|pair| both(pair)).map(|&(a, b)| (a.min(b), a.max(b))) {
            // Reports a crossing or an outline inside only if the pair has no other finding.
            if told.insert((a, b)) || number < 2 {
                warnings.push(warn(WarningCode::Overlap, a, format!("{} and {} overlap: {why}", id(a), id(b))));
            }
        }
    }
    for all in same_side.crowds.iter().filter(|all| all.iter().filter(|t| wanted(id(**t))).count() > 1) {
        let why = "along a shared edge all have their land on the same side; that is no border";
        let who = some_of(all.iter().map(|t| id(*t)));
        warnings.push(warn(WarningCode::Overlap, all[0], format!("{} territories overlap: {why}: {who}", all.len())));
    }
    if crossing.is_none() || inside.is_none() {
        let message = "too many outlines cross or run inside others' land to list all that overlap; `merestone check` finds land \
                       that several hold";
        warnings.push(Warning { code: WarningCode::Overlap, message: message.into(), feature: None });
    }
    for spiked in graph.spiked().into_iter().filter(|t| wanted(id(*t))) {
        let why = "its outline runs along edges there and back; they bound no land and are no border";
        warnings.push(warn(WarningCode::Ring, spiked, format!("{}: {why}", id(spiked))));
    }
    for part in graph.parts.iter().filter(|part| part.polygons.len() > 1 && wanted(id(part.territory))) {
        let why = "share edges, or meet across ±180°; they count as one part, and the edges between them are no border";
        let message = format!("{}: {} polygons of part {} {why}", id(part.territory), part.polygons.len(), part.number);
        warnings.push(warn(WarningCode::Ring, part.territory, message));
    }
    warnings
}

/// The first few of a list of ids, and the number of the others.
fn some_of<'a>(ids: impl ExactSizeIterator<Item = &'a str>) -> String {
    const SOME: usize = 8;
    let more = ids.len().saturating_sub(SOME);
    let some = ids.take(SOME).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{some} and {more} more") } else { some }
}

/// The frame at which clipped territories end: south-west and north-east corners.
fn clip_frame<T: Borrow<Territory>>(territories: &[T]) -> Option<(Coord, Coord)> {
    let all = territories.iter().map(Borrow::borrow);
    let rects = all.filter(|t| t.meta.clipped).flat_map(|t| t.parts()).filter_map(|p| p.bounding_rect());
    rects.map(|r| (r.min(), r.max())).reduce(|a, b| {
        let low = Coord { x: a.0.x.min(b.0.x), y: a.0.y.min(b.0.y) };
        (low, Coord { x: a.1.x.max(b.1.x), y: a.1.y.max(b.1.y) })
    })
}
