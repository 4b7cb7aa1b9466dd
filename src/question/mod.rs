//! One question per file; each returns a plain report struct, printed elsewhere.
//!
//! To add a question: write its file here, name it in this list, and give it a rendering in `report/` and a command
//! in `cli/`.

mod axes;
mod border;
mod check;
mod compare;
mod corridor;
mod decide;
mod doubt;
mod enclave;
mod evidence;
mod field_map;
mod info;
mod ledger;
mod marks;
mod part_name;
mod pieces;
mod route;
mod severance;
mod sheets;
#[cfg(feature = "network")]
mod trace;

pub use axes::{lies_exchanged, meet_exchanged, swapped_axes};
pub use border::{
    BORDER_SCALES, BorderComponent, BorderOptions, BorderReport, BorderRow, SPACING_MM, ScaleLength, ThirdClaim,
    borders,
};
pub use check::{
    CheckOptions, CheckReference, CheckReport, CoverageOf, DEFAULT_ACCURACY_M, DEFAULT_LISTED, FeatureChecks,
    FeatureFindings, NamedPlace, check, check_rest,
};
pub use compare::{CompareReport, CompareRun, Side, Unmatched, Version, Worst, compare};
pub use corridor::{
    Alternative, CorridorError, CorridorOptions, CorridorReport, HeightAt, NearStretch, RANKS, SharedStretch, corridor,
};
pub use decide::{
    AccuracyTerm, DecideAgainst, DecideOptions, DecideReport, DecidedLength, DecidedStretch, Decision, DecisionCounts,
    DecisionVerdict, Drawn, MAP_ACCURACY_MM, UNDECIDABLE, decide,
};
pub use doubt::{NearLine, UNCERTAIN};
pub use enclave::{EnclaveOptions, EnclaveReport, EnclaveRow, NearestRoute, PartKind, enclaves};
pub use evidence::{BareStretch, ClassTotal, EvidenceReport, EvidenceRow, FlaggedStretch, SourceClass, evidence};
pub use field_map::{FieldMap, FieldMapError};
pub use info::{FeatureInfo, InfoReport, LayerSummary, info_dataset, info_features, info_heights};
pub use ledger::{
    Balance, LedgerOptions, LedgerPiece, LedgerReport, PairTotal, RouteOn, SettlementOn, TerritoryTotal, UnchangedLand,
    ledger, ledger_of_proposal,
};
pub(crate) use marks::posts;
pub use marks::{
    BoundaryMarkKind, Mark, MarkBasis, MarkError, MarkLeg, MarkOptions, MarkReport, MarkResidual, MarkedLine,
    MeasuredMarks, Numbering, marks,
};
pub use route::{
    Crossing, CrossingCounts, OnBorder, RouteGap, RouteOptions, RoutePart, RoutePiece, RouteReport, Stretch, route,
    routes,
};
pub use severance::{
    Asked, DividedLand, KindTotal, OnlyRouteCut, RouteCut, SeveranceOptions, SeveranceReport, SeveredRoute,
    SeveredSettlement, Subject, Surroundings, severance,
};
pub use sheets::{NoSheet, SheetFeature, SheetOptions, SheetReport, SheetRow, sheet_frames, sheets};
#[cfg(feature = "network")]
pub use trace::{TraceReport, TracedAs, traced};

use crate::model::{Meta, Place, Territory, Warning, WarningCode};
use crate::topology::{Contacts, Fabric, SameSide, SharedEdge};
use geo::{BoundingRect, Coord};
use std::collections::BTreeSet;

/// Warnings that a feature's own properties ask for.
fn feature_warnings(meta: &Meta) -> impl Iterator<Item = Warning> {
    let note = meta.note.as_ref().map(|note| Warning {
        code: WarningCode::Note,
        message: format!("{}: {note}", meta.id),
        feature: Some(meta.id.clone()),
    });
    note.into_iter()
}

/// Whether people live there, as far as the source's `kind` (OpenStreetMap's `place`) says; without a kind a place counts as a
/// settlement.
fn is_settlement(place: &Place) -> bool {
    const KINDS: [&str; 8] = ["capital", "city", "town", "village", "hamlet", "settlement", "locality", "suburb"];
    let text = |key: &str| place.meta.properties.get(key).and_then(serde_json::Value::as_str);
    match place.meta.kind.as_deref().or_else(|| text("place")) {
        Some(kind) => KINDS.contains(&kind),
        // Of OpenStreetMap's nodes, only those with `place` are one.
        None => text("osm_id").is_none(),
    }
}

/// Leaves out units of a lower level (OpenStreetMap's `admin_level`) than the highest in the list, which hold its land again.
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

/// Who holds land that another holds too, as far as outlines tell.
struct Overlaps {
    same_side: SameSide,
    /// None where there are more than a list can hold.
    crossing: Option<Vec<(usize, usize)>>,
    contacts: Contacts,
    /// An outline of the second runs inside the first's land; none where there are more than a list can hold.
    inside: Option<Vec<(usize, usize)>>,
}

impl Overlaps {
    fn of(fabric: &Fabric, shared: &[SharedEdge]) -> Self {
        let outlines = || rayon::join(|| fabric.same_side(), || fabric.crossing_pairs());
        let ((same_side, crossing), contacts) = rayon::join(outlines, || fabric.point_contacts(shared));
        Overlaps { same_side, crossing, contacts, inside: Some(Vec::new()) }
    }

    /// Adds pairs of which one lies in the other's land, or in a part of it; none where they are too many.
    fn add(&mut self, more: Option<Vec<(usize, usize)>>) {
        self.inside = self.inside.take().zip(more).map(|(mut inside, more)| {
            inside.extend(more);
            inside
        });
    }

    /// Which of so many territories hold land that another may hold too.
    fn claiming(&self, count: usize) -> Vec<bool> {
        let (Some(crossing), Some(inside)) = (&self.crossing, &self.inside) else { return vec![true; count] };
        let mut claiming = vec![false; count];
        let pairs = self.same_side.pairs.iter().chain(crossing).chain(inside).chain(&self.contacts.overlaps);
        pairs.flat_map(|&(a, b)| [a, b]).for_each(|territory| claiming[territory] = true);
        self.same_side.crowds.iter().flatten().for_each(|&territory| claiming[territory] = true);
        claiming
    }
}

/// Warnings of what is odd when territories are put side by side: land held twice, parts of one that touch.
fn fabric_warnings(
    fabric: &Fabric,
    territories: &[Territory],
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
            // Where outlines part, or run inside, is told where nothing else has been.
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
    for spiked in fabric.spiked().into_iter().filter(|t| wanted(id(*t))) {
        let why = "its outline runs along edges there and back; they bound no land and are no border";
        warnings.push(warn(WarningCode::Ring, spiked, format!("{}: {why}", id(spiked))));
    }
    for part in fabric.parts.iter().filter(|part| part.polygons.len() > 1 && wanted(id(part.territory))) {
        let why = "share edges, or meet across ±180°; they count as one part, and the edges between them are no border";
        let message = format!("{}: {} polygons of part {} {why}", id(part.territory), part.polygons.len(), part.number);
        warnings.push(warn(WarningCode::Ring, part.territory, message));
    }
    warnings
}

/// The first few of a long list of ids, and how many more there are.
fn some_of<'a>(ids: impl ExactSizeIterator<Item = &'a str>) -> String {
    const SOME: usize = 8;
    let more = ids.len().saturating_sub(SOME);
    let some = ids.take(SOME).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{some} and {more} more") } else { some }
}

/// The frame at which clipped territories end: south-west and north-east corners.
fn clip_frame(territories: &[Territory]) -> Option<(Coord, Coord)> {
    let rects = territories.iter().filter(|t| t.meta.clipped).flat_map(|t| &t.parts).filter_map(|p| p.bounding_rect());
    rects.map(|r| (r.min(), r.max())).reduce(|a, b| {
        let low = Coord { x: a.0.x.min(b.0.x), y: a.0.y.min(b.0.y) };
        (low, Coord { x: a.1.x.max(b.1.x), y: a.1.y.max(b.1.y) })
    })
}
