//! Ledger: land that passes between territories, between two editions or under a proposal.

mod land;
mod on_it;
mod proof;
mod sides;
mod total;

use crate::model::{Accuracy, Answer, Piece, Place, Provenance, Route, Territory, Warning, WarningCode};
use crate::topology::{NodingError, clean, clean_parts};
use geo::Polygon;
use land::Change;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use sides::{Holders, Sides};
use std::borrow::Cow;
use std::sync::Arc;

/// Land that passes between territories, piece by piece, with its totals and their proof.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct LedgerReport {
    /// Pieces other than slivers first, each group by descending area.
    pub pieces: Vec<LedgerPiece>,
    /// Land named in a proposal whose holder does not change.
    pub unchanged: Vec<UnchangedLand>,
    /// Totals by pair of territories.
    pub pairs: Vec<PairTotal>,
    /// Totals by territory.
    pub territories: Vec<TerritoryTotal>,
    /// Check of the totals.
    pub balance: Balance,
    /// Width in metres up to which a piece is a sliver; null if no accuracy is stated.
    pub sliver_width_m: Option<f64>,
}

/// A piece of land that passes from one territory to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct LedgerPiece {
    /// Id of the territory that held it; several joined by ` + ` where they overlapped; null if there was no holder.
    pub from: Option<Arc<str>>,
    /// Id of the territory that holds it afterwards; several where they overlap, or where pieces of a proposal name
    /// several.
    pub to: Option<Arc<str>>,
    /// Ellipsoidal area in m².
    pub area_m2: f64,
    /// The same in km².
    pub area_km2: f64,
    /// Standard error of the area in m², from the stated accuracy: the worse of the two editions', or that of the
    /// named land if that is worse still: see [`area_error_m2`](crate::earth::area_error_m2).
    pub area_error_m2: Option<f64>,
    /// A position inside it (lon, lat in degrees): its centroid, or if that is outside, the centre of its largest
    /// inscribed circle.
    pub centre: [f64; 2],
    /// Name of the enclave that it is, or of the first settlement on it.
    pub name: Option<String>,
    /// Greatest width in metres, to 0.1 % or 1 m: the diameter of the largest inscribed circle.
    pub width_m: f64,
    /// Whether its greatest width is within the accuracy of the positions.
    pub sliver: bool,
    /// Settlements inside it; one on its outline belongs to no piece.
    pub settlements: Vec<SettlementOn>,
    /// Routes on it.
    pub routes: Vec<RouteOn>,
    /// Its land: one polygon, or several that meet along ±180°.
    #[serde(skip)]
    pub polygons: Vec<Polygon>,
    /// Holders before and after.
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
    /// Ellipsoidal length inside the piece, in metres.
    pub length_m: f64,
    /// Length exactly on the piece's outline, in metres; it is not part of the length inside. On an outline that two
    /// pieces share, both list it.
    pub on_border_m: f64,
    /// Whether that length is only indicative.
    pub indicative: bool,
}

/// Land named in a proposal whose holder does not change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct UnchangedLand {
    /// Id of the piece in the proposal.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// The territory to which it belongs before and after.
    pub territory: Option<String>,
    /// Who administers it on the ground, if stated.
    pub controlled_by: Option<String>,
    /// Whether the administration is not that territory.
    pub under_other_control: bool,
    /// Ellipsoidal area in km².
    pub area_km2: f64,
    /// Its outline.
    #[serde(skip)]
    pub polygons: Vec<Polygon>,
}

/// Total land that passes from one territory to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct PairTotal {
    /// Territory from which it passes.
    pub from: Option<Arc<str>>,
    /// Territory to which it passes.
    pub to: Option<Arc<str>>,
    /// Number of pieces other than slivers.
    pub pieces: usize,
    /// Their area in m².
    pub area_m2: f64,
    /// The same in km².
    pub area_km2: f64,
    /// Standard error of that area in m²: that of its pieces, in quadrature.
    pub area_error_m2: Option<f64>,
    /// Number of slivers.
    pub slivers: usize,
    /// Their area in m².
    pub sliver_area_m2: f64,
    /// Part of the total area that is not land of the stated holders according to the outlines themselves, in m²; only
    /// where a territory is a holder both before and after, because then no territory's own area would reveal an error.
    pub residual_m2: Option<f64>,
}

/// Land that passes to and from a territory, slivers included.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct TerritoryTotal {
    /// Its id.
    pub territory: String,
    /// Area in m² that passes to it.
    pub to_it_m2: f64,
    /// Area in m² that passes from it.
    pub from_it_m2: f64,
    /// `to_it_m2` minus `from_it_m2`.
    pub difference_m2: f64,
    /// The same in km².
    pub difference_km2: f64,
    /// Its whole area before, in m², measured on its own outline (for a self-crossing outline, the area that its rings
    /// enclose); null if an edition lacks or clips the territory.
    pub before_m2: Option<f64>,
    /// Its whole area after, in m².
    pub after_m2: Option<f64>,
    /// After minus before minus difference, in m²: the part that the ledger does not explain.
    pub residual_m2: Option<f64>,
}

/// Check of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Balance {
    /// Total land that passes to territories or to no holder, in m².
    pub received_m2: f64,
    /// Total land that passes from territories or from no holder, in m².
    pub ceded_m2: f64,
    /// `received_m2` minus `ceded_m2`.
    pub difference_m2: f64,
    /// The greatest residual of any territory or pair, in m²; null if none could be measured.
    pub greatest_residual_m2: Option<f64>,
    /// Whether both are within 1 m².
    pub balanced: bool,
}

/// Options of [`ledger`].
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LedgerOptions {
    /// Settlements to list.
    pub places: Vec<Place>,
    /// Routes to measure.
    pub routes: Vec<Route>,
    /// Named land, for naming a piece that approximately coincides with it.
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
/// Both editions are overlaid in one [`Arrangement`](crate::topology::Arrangement); edges that separate the same
/// territories in both are skipped, so that only land between differing lines is overlaid. Land whose holder differs is
/// returned as pieces. A piece is a sliver if its largest inscribed circle is no wider than the combined accuracy of
/// both editions (root of the sum of squares). Land with several holders is listed under all of them, with a warning.
/// Land that meets across ±180° is one piece. For a territory in only one edition, nothing passes from or to land
/// without a holder; land outside the frame of a clipped territory is left out.
///
/// # Errors
/// [`NodingError`] if the overlay does not converge even on a grid; no known case.
///
/// # Guarantees
/// Swapping the editions only swaps `from` and `to`. For each territory that is complete in both, the area after equals
/// the area before plus what passes to it minus what passes from it, to 1 m² (`residual_m2`, measured on the outlines).
/// Where a territory holds land both before and after, that check is void; each such pair is measured separately.
/// Neither the order of features nor the ids of territories affect anything but names.
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
/// let report = ledger(&before, &after, &LedgerOptions::default())?.report;
/// assert_eq!(report.pieces.len(), 2); // they change places
/// assert!(report.balance.balanced);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ledger(
    before: &[Territory],
    after: &[Territory],
    options: &LedgerOptions,
) -> Result<Answer<LedgerReport>, NodingError> {
    let provenance = Provenance::of(before.iter().chain(after).map(|t| &t.meta));
    let (before, after) = (clean(before), clean(after));
    let mut warnings: Vec<Warning> = before.warnings.into_iter().chain(after.warnings).collect();
    let sides = Sides::new(before.territories, after.territories, &[]);
    warnings.extend(sides.warnings());
    let changes = land::between(&sides)?;
    let stated = |side: &[Cow<'_, Territory>]| Accuracy::stated_m(side.iter().map(|t| &t.meta));
    let stated = [stated(&sides.before), stated(&sides.after)];
    // Between two versions of one line, the errors of both combine; an outline has the error of the line on which it
    // lies.
    let apart_m = stated.into_iter().flatten().reduce(f64::hypot);
    let accuracy_m = stated.into_iter().flatten().reduce(f64::max);
    let report = report(changes, Vec::new(), &sides, (apart_m, accuracy_m), options, &mut warnings);
    Ok(Answer::new(report, Provenance { area_error: true, ..provenance }, warnings))
}

/// Returns the land that passes if a proposal is carried out: each piece's land passes to the piece's `to`.
///
/// The holder before is taken from `before`, not from the piece's own `from`; a warning reports differences. Land named
/// by several pieces passes to all territories that they name, with a warning: the order of the pieces has no effect.
/// Land whose holder does not change is listed as `unchanged`. Otherwise as [`ledger`].
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
/// let report = ledger_of_proposal(&before, &[piece], &LedgerOptions::default())?.report;
/// let passes = &report.pieces[0];
/// assert_eq!((passes.from.as_deref(), passes.to.as_deref()), (Some("b"), Some("a")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ledger_of_proposal(
    before: &[Territory],
    proposal: &[Piece],
    options: &LedgerOptions,
) -> Result<Answer<LedgerReport>, NodingError> {
    let metas = before.iter().map(|t| &t.meta).chain(proposal.iter().map(|piece| &piece.meta));
    let provenance = Provenance { area_error: true, ..Provenance::of(metas) };
    let before = clean(before);
    let mut warnings = before.warnings;
    let sides = Sides::new(before.territories, Vec::new(), proposal);
    let cleaned = |piece: &Piece| {
        let (parts, warning) = clean_parts(&piece.meta.id, &piece.parts);
        (Piece { parts: parts.into_owned(), ..piece.clone() }, warning)
    };
    let (pieces, merged): (Vec<Piece>, Vec<Option<Warning>>) = proposal.iter().map(cleaned).unzip();
    warnings.extend(merged.into_iter().flatten());
    let (changes, unchanged) = land::under(&sides, &pieces, options, &mut warnings)?;
    let theirs = Accuracy::stated_m(proposal.iter().map(|piece| &piece.meta));
    // The width of a proposal's land is intended; only pieces narrower than its own accuracy are slivers.
    let report = report(changes, unchanged, &sides, (theirs, theirs), options, &mut warnings);
    Ok(Answer::new(report, provenance, warnings))
}

fn report(
    changes: Vec<Change>,
    unchanged: Vec<UnchangedLand>,
    sides: &Sides<'_>,
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
