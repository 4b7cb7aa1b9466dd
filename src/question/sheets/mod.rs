//! Which sheets of the Soviet map does this touch?

mod land;
mod line;

use crate::earth::{Letters, Operation, Sheet, SheetError, SheetScale, on_sheet_edge, point_along};
use crate::model::{Content, Meta};
use geo::{Coord, LineString, Polygon};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use thiserror::Error;

/// Sheets of one scale, with what of the features asked about lies on each.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct SheetReport {
    /// The number under the 1.
    pub scale: u32,
    /// Sheets from north to south, then west to east.
    pub sheets: Vec<SheetRow>,
    /// Feature by feature.
    pub features: Vec<SheetFeature>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SheetRow {
    /// Its name, in the letters asked for.
    pub sheet: String,
    /// West, south, east, north of its frame in degrees of Pulkovo 1942.
    pub pulkovo_bounds_deg: [f64; 4],
    /// Corners of its frame in WGS 84 (lon, lat in degrees), counter-clockwise from the south-west.
    pub wgs84_corners: [[f64; 2]; 4],
    /// Points on it.
    pub points: usize,
    /// Ellipsoidal length of lines on it in metres.
    pub length_m: Option<f64>,
    /// Ellipsoidal area of territories on it in m².
    pub area_m2: Option<f64>,
    /// Its frame in WGS 84, cut at ±180°.
    #[serde(skip)]
    pub frame: Vec<Polygon>,
}

/// What of a feature lies on a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SheetFeature {
    /// Id of the feature.
    pub feature: String,
    /// The sheet.
    pub sheet: String,
    /// Ellipsoidal length on it in metres, of a line.
    pub length_m: Option<f64>,
    /// Ellipsoidal area on it in m², of a territory.
    pub area_m2: Option<f64>,
}

/// What is asked of sheets.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SheetOptions {
    /// Their scale.
    pub scale: SheetScale,
    /// Letters of their names.
    pub letters: Letters,
    /// From WGS 84 to the frame of the sheets, and back.
    pub operation: Operation,
}

impl Default for SheetOptions {
    /// Sheets of 1:100 000, Cyrillic letters, the default datum operation.
    fn default() -> Self {
        SheetOptions { scale: SheetScale::HundredThousand, letters: Letters::Cyrillic, operation: Operation::default() }
    }
}

/// Nearer to a pole than this positions of both datums are taken as one: there is one sheet, and its longitudes turn.
const ROUND_A_POLE_DEG: f64 = 89.0;

impl SheetOptions {
    /// The Pulkovo 1942 position of one in WGS 84, with its longitude on the same side of ±180°.
    fn in_pulkovo(&self, wgs84: Coord) -> Coord {
        self.beside(wgs84, |c| self.operation.inverse_exact(c))
    }

    /// An edge in Pulkovo 1942, its end too, in pieces that are straight in either datum. One whose ends lie on a frame runs
    /// along it: that is how it was given, and from there to WGS 84 it has been bent by millimetres.
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

    /// The WGS 84 position of one in Pulkovo 1942, with its longitude on the same side of ±180°.
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

/// A feature that has no sheet.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{feature}: {cause}")]
#[non_exhaustive]
pub struct NoSheet {
    /// Id of the feature.
    pub feature: String,
    /// Why.
    #[source]
    pub cause: SheetError,
}

/// How much of something lies on a sheet: a point, metres or m².
type OnSheets = BTreeMap<Sheet, f64>;

/// Returns the sheets that features touch, with the length or area on each.
///
/// # Earth and units
/// WGS 84 in; frames run along meridians and parallels of Pulkovo 1942; metres and m² on the WGS 84 ellipsoid.
///
/// # Method
/// Positions are brought to Pulkovo 1942 by the operation. Lines are cut where they cross the grid of sheets there;
/// polygons are clipped to each sheet (Sutherland and Hodgman, halving the grid until one sheet is left), and the pieces
/// are measured in WGS 84; what lies within 2° of a pole is the rest of the whole. What runs exactly along a frame counts for
/// the sheet north or east of it: positions are brought back to Pulkovo 1942 to the nanometre, and one within 2e-10° of a frame
/// is on it, so that what was given in Pulkovo 1942 keeps its sheet.
///
/// # Errors
/// A feature reaches within 2° of a pole, and the scale is finer than 1:1 000 000.
///
/// # Guarantees
/// The lengths or areas on all sheets sum to the whole.
///
/// # Example
/// ```
/// # use merestone::{earth::{Letters, SheetScale}, io::{Dataset, ReadOptions, Reference}, question};
/// let dataset = Dataset::embedded();
/// let found = dataset.select_any(&Reference::parse("enclaves/artsvashen"), &ReadOptions::default()).unwrap();
/// let mut options = question::SheetOptions::default();
/// (options.scale, options.letters) = (SheetScale::FiftyThousand, Letters::Cyrillic);
/// let report = question::sheets(&found.contents, &options).unwrap();
/// let names: Vec<&str> = report.sheets.iter().map(|row| row.sheet.as_str()).collect();
/// assert_eq!(names, ["K-38-116-В", "K-38-127-Б", "K-38-128-А"]);
/// ```
pub fn sheets(contents: &[Content], options: &SheetOptions) -> Result<SheetReport, NoSheet> {
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
                    add(&t.meta, land::areas(&t.parts, options), What::Area)?;
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
    Ok(report(rows.into_iter().collect(), features, options))
}

/// Returns the frames of sheets that somebody names: see [`Sheet::of_scale`] for those of another scale.
///
/// # Examples
/// ```
/// use merestone::earth::Sheet;
/// use merestone::question::{SheetOptions, sheet_frames};
/// let report = sheet_frames(&[Sheet::parse("N-37-4")?], &SheetOptions::default());
/// assert_eq!(report.sheets[0].pulkovo_bounds_deg[1], 55.0 + 2.0 / 3.0);
/// # Ok::<(), merestone::earth::SheetError>(())
/// ```
pub fn sheet_frames(sheets: &[Sheet], options: &SheetOptions) -> SheetReport {
    report(sheets.iter().map(|sheet| (*sheet, empty_row(*sheet, options))).collect(), Vec::new(), options)
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
    // Frames are fractions of a degree: as whole thousandths of a second they sort exactly.
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

/// A frame whose longitudes go beyond ±180° in pieces that do not.
fn cut_at_180(ring: Vec<Coord>, is_polar: bool) -> Vec<Polygon> {
    let polygon = |ring: Vec<Coord>| Polygon::new(LineString(ring), Vec::new());
    // All round a pole the sides at 180° lie on each other.
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

/// Longest extent in degrees of an edge that is taken as straight in either datum: it then bends by less than 0.1 mm.
const STRAIGHT_DEG: f64 = 0.05;

/// Equal pieces into which an edge is cut so that each is straight in either datum.
fn pieces(from: Coord, to: Coord) -> usize {
    let d = to - from;
    (d.x.abs().max(d.y.abs()) / STRAIGHT_DEG).ceil().max(1.0) as usize
}
