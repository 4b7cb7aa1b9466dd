//! Which land passes from whom to whom, between two editions or under a proposal?

mod land;
mod on_it;
mod proof;
mod sides;
mod total;

use crate::model::{Accuracy, Piece, Place, Route, Territory, Warning, WarningCode};
use crate::topology::{Unsettled, clean, clean_parts};
use geo::Polygon;
use land::Change;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use sides::{Holders, Sides};
use std::sync::Arc;

/// Land that passes between territories, piece by piece, with its totals and their proof.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct LedgerReport {
    /// Pieces, those that are no slivers first, the largest first.
    pub pieces: Vec<LedgerPiece>,
    /// Land that a proposal names and leaves where it is.
    pub unchanged: Vec<UnchangedLand>,
    /// Totals by pair of territories.
    pub pairs: Vec<PairTotal>,
    /// Totals by territory.
    pub territories: Vec<TerritoryTotal>,
    /// The proof.
    pub balance: Balance,
    /// Pieces nowhere wider than this count as slivers, in metres; none where no accuracy is stated.
    pub sliver_width_m: Option<f64>,
}

/// A piece of land that passes from one territory to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct LedgerPiece {
    /// Id of the territory that held it; several joined by ` + ` where they overlapped; none where nobody held it.
    pub from: Option<Arc<str>>,
    /// Id of the territory that holds it then; several where they overlap, or where pieces of a proposal name several.
    pub to: Option<Arc<str>>,
    /// Ellipsoidal area in m².
    pub area_m2: f64,
    /// The same in km².
    pub area_km2: f64,
    /// Standard error of the area in m², from the accuracy that the data state, the worse of two editions', or of the
    /// named land that it is where that is worse still: see [`area_error_m2`](crate::earth::area_error_m2).
    pub area_error_m2: Option<f64>,
    /// A position inside it (lon, lat in degrees): its centroid, or where that is outside, the middle of its widest place.
    pub centre: [f64; 2],
    /// Name of the enclave that it is, or of the first settlement on it.
    pub name: Option<String>,
    /// Greatest width in metres, to 0.1 % or 1 m: the diameter of the largest circle inside it.
    pub width_m: f64,
    /// Whether it is nowhere wider than the accuracy of the positions.
    pub sliver: bool,
    /// Settlements inside it; one on its outline is on none.
    pub settlements: Vec<SettlementOn>,
    /// Routes on it.
    pub routes: Vec<RouteOn>,
    /// Its land: one polygon, or several that meet along ±180°.
    #[serde(skip)]
    pub polygons: Vec<Polygon>,
    /// Who held it, and who holds it then.
    #[serde(skip)]
    holders: [Arc<Holders>; 2],
}

/// A settlement on a piece of land.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SettlementOn {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
}

/// A route on a piece of land.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct RouteOn {
    /// Its id.
    pub route: String,
    /// Ellipsoidal length on the piece, in metres.
    pub length_m: f64,
    /// Whether that length only indicates the true one.
    pub indicative: bool,
}

/// Land that a proposal names and leaves where it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct UnchangedLand {
    /// Id of the piece in the proposal.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// The territory that it belongs to before and after.
    pub territory: Option<String>,
    /// Who administers it on the ground, where the source says.
    pub controlled_by: Option<String>,
    /// Whether that is somebody else.
    pub under_other_control: bool,
    /// Ellipsoidal area in km².
    pub area_km2: f64,
    /// Its outline.
    #[serde(skip)]
    pub polygons: Vec<Polygon>,
}

/// Everything that passes from one territory to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct PairTotal {
    /// From whom.
    pub from: Option<Arc<str>>,
    /// To whom.
    pub to: Option<Arc<str>>,
    /// Pieces that are no slivers.
    pub pieces: usize,
    /// Their area in m².
    pub area_m2: f64,
    /// The same in km².
    pub area_km2: f64,
    /// Standard error of that area in m²: of its pieces, in quadrature.
    pub area_error_m2: Option<f64>,
    /// Slivers.
    pub slivers: usize,
    /// Their area in m².
    pub sliver_area_m2: f64,
    /// What of all that area is not land of those who are said to hold it, measured anew on the outlines, in m²; only where
    /// somebody holds it both before and after, which no territory's own area would prove.
    pub residual_m2: Option<f64>,
}

/// What passes to and from a territory, slivers included.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct TerritoryTotal {
    /// Its id.
    pub territory: String,
    /// Area in m² that passes to it.
    pub to_it_m2: f64,
    /// Area in m² that passes from it.
    pub from_it_m2: f64,
    /// The first less the second.
    pub difference_m2: f64,
    /// The same in km².
    pub difference_km2: f64,
    /// Its whole area before, in m², measured on its own outline, or on what the rings of an outline that crosses itself
    /// enclose; none where an edition lacks or clips it.
    pub before_m2: Option<f64>,
    /// Its whole area after.
    pub after_m2: Option<f64>,
    /// After less before less the difference: what the ledger leaves unexplained.
    pub residual_m2: Option<f64>,
}

/// The proof of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Balance {
    /// What all territories receive, land to nobody included, in m².
    pub received_m2: f64,
    /// What all cede, land from nobody included.
    pub ceded_m2: f64,
    /// The first less the second.
    pub difference_m2: f64,
    /// The greatest residual of any territory or pair, in m²; none where none could be measured.
    pub greatest_residual_m2: Option<f64>,
    /// Whether both are within 1 m².
    pub balanced: bool,
}

/// What else is known when a ledger is asked for.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LedgerOptions {
    /// Settlements to name.
    pub places: Vec<Place>,
    /// Routes to measure.
    pub routes: Vec<Route>,
    /// Named land, to name a piece that is about the same.
    pub named: Vec<Territory>,
    /// Units of territories, such as provinces, to name a piece that is a whole one.
    pub units: Vec<Territory>,
    /// Languages of names, best first.
    pub languages: Vec<String>,
    /// Greatest width of a sliver in metres, in place of the stated accuracy.
    pub sliver_width_m: Option<f64>,
}

/// Returns every piece of land that passes between territories from one edition of a layer to another.
///
/// # Earth and units
/// WGS 84; m² and km²; edges straight in lon/lat.
///
/// # Method
/// Both editions are laid over each other in one [`Arrangement`](crate::topology::Arrangement); an edge that separates
/// the same territories in both takes no part, so that only the land between differing lines is ever overlaid. Land
/// whose holder differs comes out as pieces. A piece is a sliver where the largest circle in it is no wider than the
/// accuracy stated by both editions (root of the sum of squares). Land that several hold is listed under all of them, and
/// a warning says so. What lies on both sides of ±180° and meets there is one piece. Territories that only one edition knows neither
/// receive from nobody nor cede to nobody; land outside the frame of a clipped one is left out.
///
/// # Errors
/// [`Unsettled`], if the lines cannot be told apart even on a grid; no known case.
///
/// # Guarantees
/// Swapping the editions swaps `from` and `to` and nothing else. For each territory whole in both, area after is area
/// before plus what passes to it less what passes from it, to 1 m² (`residual_m2` says it, measured on the outlines).
/// Where somebody holds land both before and after, that would prove nothing; there each pair is measured anew.
/// Neither the order of features nor what territories are called changes anything but names.
///
/// # Examples
/// ```
/// # use merestone::geo::{Rect, coord, line_string};
/// # use merestone::model::{InvalidGeometry, Territory};
/// # let square = |id: &str, west: f64| {
/// #     Territory::new(id, [Rect::new(coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 }).to_polygon()])
/// # };
/// use merestone::question::{LedgerOptions, ledger};
/// let (before, after) = (vec![square("a", 10.0)?, square("b", 11.0)?], vec![square("b", 10.0)?, square("a", 11.0)?]);
/// let (report, _) = ledger(before, after, &LedgerOptions::default())?;
/// assert_eq!(report.pieces.len(), 2); // they change places
/// assert!(report.balance.balanced);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ledger(
    before: Vec<Territory>,
    after: Vec<Territory>,
    options: &LedgerOptions,
) -> Result<(LedgerReport, Vec<Warning>), Unsettled> {
    let (before, after) = (clean(before), clean(after));
    let mut warnings: Vec<Warning> = before.warnings.into_iter().chain(after.warnings).collect();
    let sides = Sides::new(before.territories, after.territories, &[]);
    warnings.extend(sides.warnings());
    let changes = land::between(&sides)?;
    let stated = |side: &[Territory]| Accuracy::stated_m(side.iter().map(|t| &t.meta));
    let stated = [stated(&sides.before), stated(&sides.after)];
    // Between two lines that should be one lie the errors of both; an outline errs as the line does that it lies on.
    let apart_m = stated.into_iter().flatten().reduce(f64::hypot);
    let accuracy_m = stated.into_iter().flatten().reduce(f64::max);
    let report = report(changes, Vec::new(), &sides, (apart_m, accuracy_m), options, &mut warnings);
    Ok((report, warnings))
}

/// Returns the land that passes if a proposal is carried out: the land of each of its pieces goes to the piece's `to`.
///
/// Who holds the land before is what `before` says, whatever the piece's own `from`; a warning tells where they differ.
/// Land that several pieces name passes to all whom they name, with a warning: the order of the pieces decides nothing.
/// Land that is left where it is is listed as `unchanged`. Otherwise as [`ledger`].
///
/// # Errors
/// As [`ledger`].
///
/// # Examples
/// ```
/// # use merestone::geo::{Rect, coord, line_string};
/// # use merestone::model::{InvalidGeometry, Territory};
/// # let square = |id: &str, west: f64| {
/// #     Territory::new(id, [Rect::new(coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 }).to_polygon()])
/// # };
/// use merestone::model::Piece;
/// use merestone::question::{LedgerOptions, ledger_of_proposal};
/// let piece = Piece::new("strip", "a", [Rect::new(coord! { x: 11.0, y: 45.0 }, coord! { x: 11.1, y: 46.0 }).to_polygon()])?;
/// let before = vec![square("a", 10.0)?, square("b", 11.0)?];
/// let (report, _) = ledger_of_proposal(before, &[piece], &LedgerOptions::default())?;
/// let passes = &report.pieces[0];
/// assert_eq!((passes.from.as_deref(), passes.to.as_deref()), (Some("b"), Some("a")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ledger_of_proposal(
    before: Vec<Territory>,
    proposal: &[Piece],
    options: &LedgerOptions,
) -> Result<(LedgerReport, Vec<Warning>), Unsettled> {
    let before = clean(before);
    let mut warnings = before.warnings;
    let sides = Sides::new(before.territories, Vec::new(), proposal);
    let cleaned = |piece: &Piece| {
        let (parts, warning) = clean_parts(&piece.meta.id, piece.parts.clone());
        (Piece { parts, ..piece.clone() }, warning)
    };
    let (pieces, merged): (Vec<Piece>, Vec<Option<Warning>>) = proposal.iter().map(cleaned).unzip();
    warnings.extend(merged.into_iter().flatten());
    let (changes, unchanged) = land::under(&sides, &pieces, options, &mut warnings)?;
    let theirs = Accuracy::stated_m(proposal.iter().map(|piece| &piece.meta));
    // The proposal's own land is as wide as it is meant to be; only what is narrower than its own accuracy is a sliver.
    let report = report(changes, unchanged, &sides, (theirs, theirs), options, &mut warnings);
    Ok((report, warnings))
}

fn report(
    changes: Vec<Change>,
    unchanged: Vec<UnchangedLand>,
    sides: &Sides,
    (apart_m, accuracy_m): (Option<f64>, Option<f64>),
    options: &LedgerOptions,
    warnings: &mut Vec<Warning>,
) -> LedgerReport {
    let sliver_width_m = options.sliver_width_m.or(apart_m);
    let pieces = on_it::pieces(changes, sliver_width_m, accuracy_m, options, warnings);
    let mut pairs = total::by_pair(&pieces);
    let territories = total::by_territory(&pieces, sides, warnings);
    warnings.extend(total::held_by_several(&pieces, sides));
    proof::measure_anew(&mut pairs, &pieces, sides);
    let balance = total::balance(&pieces, &territories, &pairs);
    if !balance.balanced {
        let message = format!(
            "the ledger does not balance: {:.1} m² are received, {:.1} m² ceded, and up to {:.1} m² of a territory \
             or pair remain unexplained",
            balance.received_m2,
            balance.ceded_m2,
            balance.greatest_residual_m2.unwrap_or(0.0)
        );
        warnings.push(Warning { code: WarningCode::Overlap, message, feature: None });
    }
    LedgerReport { pieces, unchanged, pairs, territories, balance, sliver_width_m }
}
