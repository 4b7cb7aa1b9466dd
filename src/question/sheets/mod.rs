//! Soviet map sheets that features touch.

mod land;
mod line;

use crate::earth::{Letters, Operation, Sheet, SheetError, SheetScale, on_sheet_edge, point_along};
use crate::model::{Answer, AppliedOperation, Content, Meta, OperationPurpose, Provenance};
use geo::{Coord, LineString, Polygon};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use thiserror::Error;

/// Sheets of one scale, with the parts of features on each.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct SheetReport {
    /// The scale denominator.
    pub scale: u32,
    /// Sheets from north to south, then west to east.
    pub sheets: Vec<SheetRow>,
    /// Parts of features on sheets.
    pub features: Vec<SheetFeature>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SheetRow {
    /// Its name, in the requested letters.
    pub sheet: String,
    /// West, south, east, north of its frame in degrees of Pulkovo 1942.
    pub pulkovo_bounds_deg: [f64; 4],
    /// Corners of its frame in WGS 84 (lon, lat in degrees), counter-clockwise from the south-west.
    pub wgs84_corners: [[f64; 2]; 4],
    /// Number of points on it.
    pub points: usize,
    /// Ellipsoidal length of lines on it in metres.
    pub length_m: Option<f64>,
    /// Ellipsoidal area of territories on it in m².
    pub area_m2: Option<f64>,
    /// Its frame in WGS 84, cut at ±180°.
    #[serde(skip)]
    pub frame: Vec<Polygon>,
}

/// The part of a feature on a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SheetFeature {
    /// Id of the feature.
    pub feature: String,
    /// The sheet.
    pub sheet: String,
    /// Ellipsoidal length on the sheet in metres, for a line.
    pub length_m: Option<f64>,
    /// Ellipsoidal area on the sheet in m², for a territory.
    pub area_m2: Option<f64>,
}

/// Options of [`sheets`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SheetOptions {
    /// Scale of the sheets.
    pub scale: SheetScale,
    /// Letters of the sheet names.
    pub letters: Letters,
    /// The datum operation between Pulkovo 1942 (sheet edges) and WGS 84.
    pub operation: Operation,
}

impl Default for SheetOptions {
    /// Sheets of 1:100 000, Cyrillic letters, the default datum operation.
    fn default() -> Self {
        SheetOptions { scale: SheetScale::HundredThousand, letters: Letters::Cyrillic, operation: Operation::default() }
    }
}

/// Beyond this latitude both datums are treated as one: there is one sheet around the pole.
const ROUND_A_POLE_DEG: f64 = 89.0;

impl SheetOptions {
    /// The Pulkovo 1942 position of a WGS 84 one, with its longitude on the same side of ±180°.
    fn in_pulkovo(&self, wgs84: Coord) -> Coord {
        self.beside(wgs84, |c| self.operation.inverse_exact(c))
    }

    /// An edge in Pulkovo 1942, including its end, in pieces that are straight in both datums. An edge with both ends
    /// on a sheet edge is taken to follow it: it was defined that way, and the transformation to WGS 84 has bent it by
    /// millimetres.
    fn edge_in_pulkovo(&self, from: Coord, to: Coord) -> Vec<Coord> {
        let n = pieces(from, to);
        let mut edge: Vec<Coord> =
            (0..=n).map(|i| self.in_pulkovo(point_along(from, to, i as f64 / n as f64))).collect();
        let (a, b) = (edge[0], edge[n]);
        let common = |a: f64, b: f64, per_degree| {
            on_sheet_edge(a, per_degree).filter(|line| on_sheet_edge(b, per_degree) == Some(*line))
        };
        let (x, y) = (common(a.x, b.x, 8.0), common(a.y, b.y, 12.0));
        edge.iter_mut().for_each(|c| *c = Coord { x: x.unwrap_or(c.x), y: y.unwrap_or(c.y) });
        edge
    }

    /// The WGS 84 position of a Pulkovo 1942 one, with its longitude on the same side of ±180°.
    fn in_wgs84(&self, pulkovo: Coord) -> Coord {
        self.beside(pulkovo, |c| self.operation.to_wgs84(c))
    }

    fn beside(&self, from: Coord, operation: impl Fn(Coord) -> Coord) -> Coord {
        if from.y.abs() > ROUND_A_POLE_DEG {
            return from;
        }
        let to = operation(from);
        Coord { x: to.x + 360.0 * ((from.x - to.x) / 360.0).round(), ..to }
    }
}

/// A feature without a sheet.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{feature}: {cause}")]
#[non_exhaustive]
pub struct NoSheet {
    /// Id of the feature.
    pub feature: String,
    /// The cause.
    #[source]
    pub cause: SheetError,
}

/// Amount on each sheet: points, metres or m².
type OnSheets = BTreeMap<Sheet, f64>;

/// Returns the sheets that features touch, with the length or area on each.
///
/// # Earth and units
/// Input in WGS 84 (lon, lat in degrees); sheet edges are meridians and parallels of Pulkovo 1942; metres and m² on the
/// WGS 84 ellipsoid.
///
/// # Method
/// Positions are transformed to Pulkovo 1942. Lines are split at the grid of sheets there; polygons are clipped to each
/// sheet (Sutherland–Hodgman, bisecting the grid until one sheet is left), and the pieces are measured in WGS 84; land
/// within 2° of a pole is the difference from the whole. A line exactly along a sheet edge counts for the sheet north
/// or east of it: positions are transformed to Pulkovo 1942 to the nanometre, and those within 2e-10° of an edge are on
/// it, so that positions defined in Pulkovo 1942 keep their sheet.
///
/// # Errors
/// A feature extends to within 2° of a pole, and the scale is larger than 1:1 000 000.
///
/// # Guarantees
/// The lengths or areas on all sheets add up to the whole.
///
/// # Example
/// ```
/// # use merestone::{earth::{Letters, SheetScale}, io::{Dataset, ReadOptions, Reference}, question};
/// let dataset = Dataset::embedded();
/// let found = dataset.select_any(&Reference::parse("enclaves/artsvashen"), &ReadOptions::default()).unwrap();
/// let mut options = question::SheetOptions::default();
/// (options.scale, options.letters) = (SheetScale::FiftyThousand, Letters::Cyrillic);
/// let report = question::sheets(&found.contents, &options).unwrap().report;
/// let names: Vec<&str> = report.sheets.iter().map(|row| row.sheet.as_str()).collect();
/// assert_eq!(names, ["K-38-116-В", "K-38-127-Б", "K-38-128-А"]);
/// ```
pub fn sheets(contents: &[Content], options: &SheetOptions) -> Result<Answer<SheetReport>, NoSheet> {
    let mut rows: BTreeMap<Sheet, SheetRow> = BTreeMap::new();
    let mut features = Vec::new();
    let mut add = |meta: &Meta, found: Result<OnSheets, SheetError>, what: What| -> Result<(), NoSheet> {
        for (sheet, amount) in found.map_err(|cause| NoSheet { feature: meta.id.clone(), cause })? {
            let row = rows.entry(sheet).or_insert_with(|| empty_row(sheet, options));
            let of = |is: What| (is == what).then_some(amount);
            let (length_m, area_m2) = (of(What::Length), of(What::Area));
            row.points += usize::from(what == What::Point);
            row.length_m = sum(row.length_m, length_m);
            row.area_m2 = sum(row.area_m2, area_m2);
            features.push(SheetFeature { feature: meta.id.clone(), sheet: row.sheet.clone(), length_m, area_m2 });
        }
        Ok(())
    };
    for content in contents {
        match content {
            Content::Places(places) => {
                for place in places {
                    let there = options.in_pulkovo(place.position);
                    add(&place.meta, Sheet::at(there, options.scale).map(|s| [(s, 1.0)].into()), What::Point)?;
                }
            }
            Content::Territories(all) => {
                for t in all {
                    add(&t.meta, land::areas(t.parts(), options), What::Area)?;
                }
            }
            Content::Pieces(all) => {
                for p in all {
                    add(&p.meta, land::areas(&p.parts, options), What::Area)?;
                }
            }
            Content::Lines(_) | Content::Routes(_) => {
                for (meta, runs) in content.courses() {
                    add(meta, line::lengths(&runs, options), What::Length)?;
                }
            }
        }
    }
    let report = report(rows.into_iter().collect(), features, options);
    Ok(Answer::new(report, provenance(contents, options), Vec::new()))
}

/// Returns the outlines of named sheets; see [`Sheet::of_scale`] for those of another scale.
///
/// # Examples
/// ```
/// use merestone::earth::Sheet;
/// use merestone::question::{SheetOptions, sheet_frames};
/// let report = sheet_frames(&[Sheet::parse("N-37-4")?], &SheetOptions::default()).report;
/// assert_eq!(report.sheets[0].pulkovo_bounds_deg[1], 55.0 + 2.0 / 3.0);
/// # Ok::<(), merestone::earth::SheetError>(())
/// ```
pub fn sheet_frames(sheets: &[Sheet], options: &SheetOptions) -> Answer<SheetReport> {
    let rows = sheets.iter().map(|sheet| (*sheet, empty_row(*sheet, options))).collect();
    Answer::new(report(rows, Vec::new(), options), provenance(&[], options), Vec::new())
}

fn provenance(contents: &[Content], options: &SheetOptions) -> Provenance {
    let (operation, purpose) = (options.operation.clone(), OperationPurpose::SheetFrames);
    let operation = Some(AppliedOperation { operation, purpose });
    Provenance { operation, ..Provenance::of(contents.iter().flat_map(Content::metas)) }
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Point,
    Length,
    Area,
}

fn sum(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(|a, b| a + b)
}

fn report(mut rows: Vec<(Sheet, SheetRow)>, features: Vec<SheetFeature>, options: &SheetOptions) -> SheetReport {
    // Sheet edges are fractions of a degree: whole thousandths of a second sort exactly.
    let place = |[west, south, ..]: [f64; 4]| (Reverse((south * 3.6e6) as i64), (west * 3.6e6) as i64);
    rows.sort_by_key(|(sheet, _)| place(sheet.bounds_deg()));
    let sheets = rows.into_iter().map(|(_, row)| row).collect();
    SheetReport { scale: options.scale.denominator(), sheets, features }
}

fn empty_row(sheet: Sheet, options: &SheetOptions) -> SheetRow {
    let [west, south, east, north] = sheet.bounds_deg();
    let ring: Vec<Coord> = sheet.frame().iter().map(|c| options.in_wgs84(*c)).collect();
    SheetRow {
        sheet: sheet.name(options.letters),
        pulkovo_bounds_deg: sheet.bounds_deg(),
        wgs84_corners: [(west, south), (east, south), (east, north), (west, north)].map(|(x, y)| {
            let Coord { x, y } = options.in_wgs84(Coord { x, y });
            [x - if x.abs() > 180.0 { 360.0_f64.copysign(x) } else { 0.0 }, y]
        }),
        points: 0,
        length_m: None,
        area_m2: None,
        frame: cut_at_180(ring, sheet.is_polar()),
    }
}

/// Splits a sheet outline at ±180°.
fn cut_at_180(ring: Vec<Coord>, is_polar: bool) -> Vec<Polygon> {
    let polygon = |ring: Vec<Coord>| Polygon::new(LineString(ring), Vec::new());
    // Around a pole the sides at 180° coincide.
    let beyond = |at: f64| !is_polar && ring.iter().any(|c| c.x * at.signum() > at.abs());
    let Some(at) = [180.0, -180.0].into_iter().find(|at| beyond(*at)) else {
        let within = |c: Coord| Coord { x: if is_polar { c.x.clamp(-180.0, 180.0) } else { c.x }, ..c };
        return vec![polygon(ring.into_iter().map(within).collect())];
    };
    let open = &ring[..ring.len() - 1];
    let pieces = [false, true].map(|upper| land::clipped(open, true, at, upper));
    let shifted = |(i, piece): (usize, Vec<Coord>)| {
        let outside = (at > 0.0) == (i == 1);
        let turn = if outside { -360.0_f64.copysign(at) } else { 0.0 };
        polygon(piece.into_iter().map(|c| Coord { x: c.x + turn, ..c }).collect())
    };
    pieces.into_iter().enumerate().filter(|(_, piece)| piece.len() > 2).map(shifted).collect()
}

/// Greatest extent in degrees of an edge that counts as straight in both datums: it deviates by less than 0.1 mm.
const STRAIGHT_DEG: f64 = 0.05;

/// Number of equal pieces of an edge that are each straight in both datums.
fn pieces(from: Coord, to: Coord) -> usize {
    let d = to - from;
    (d.x.abs().max(d.y.abs()) / STRAIGHT_DEG).ceil().max(1.0) as usize
}
