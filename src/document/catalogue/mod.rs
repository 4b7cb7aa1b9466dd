//! Catalogue of turning points: lines to a table, and the table back to lines.

mod check;
mod columns;
mod course;
mod position;
mod read;

pub(crate) use course::continued;
pub use course::{Course, KeptOperation, TurningPoint, courses_of};
pub use read::{CatalogueError, FromTable, RowError, RowProblem, from_table};

pub use check::Disagreement;
pub use position::{Given, Zone};

use crate::earth::{Axis, Dms, Operation, azimuth_deg, distance_m};
use crate::model::{Answer, AppliedOperation, EdgeModel, OperationPurpose, Provenance, Warning, WarningCode};
use geo::Coord;
use position::Printed;
use rayon::prelude::*;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// The columns that define the positions; all other columns are computed from their printed values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Positions"))]
#[serde(rename_all = "kebab-case")]
pub enum CoordinateColumns {
    /// Latitude and longitude in WGS 84.
    #[default]
    Wgs84,
    /// Latitude and longitude in Pulkovo 1942.
    Pulkovo,
    /// Gauss–Krüger x (north) and y (east, with the zone number) in Pulkovo 1942.
    GaussKruger,
    /// UTM easting and northing in WGS 84.
    Utm,
}

impl CoordinateColumns {
    /// All kinds, in the default order of their columns.
    pub const ALL: [CoordinateColumns; 4] =
        [CoordinateColumns::Wgs84, CoordinateColumns::Pulkovo, CoordinateColumns::GaussKruger, CoordinateColumns::Utm];

    /// The word on the command line and in files.
    pub const fn word(self) -> &'static str {
        match self {
            CoordinateColumns::Wgs84 => "wgs84",
            CoordinateColumns::Pulkovo => "pulkovo",
            CoordinateColumns::GaussKruger => "gauss-kruger",
            CoordinateColumns::Utm => "utm",
        }
    }

    /// Returns the kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|positions| positions.word() == word)
    }
}

/// Options of a catalogue.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CatalogueOptions {
    /// The columns that define the positions.
    pub positions: CoordinateColumns,
    /// Decimals of the seconds of latitude and longitude. Metres have the same number, up to 6; azimuths one less.
    pub dms_decimals: u8,
    /// The operation between Pulkovo 1942 and WGS 84.
    pub operation: Operation,
}

impl Default for CatalogueOptions {
    /// WGS 84 with two decimals of seconds, and the default datum operation.
    fn default() -> Self {
        CatalogueOptions { positions: CoordinateColumns::Wgs84, dms_decimals: 2, operation: Operation::default() }
    }
}

impl CatalogueOptions {
    /// Decimals of metres.
    pub fn metre_decimals(&self) -> usize {
        usize::from(self.dms_decimals.min(6))
    }

    /// Decimals of seconds of azimuths.
    pub fn azimuth_decimals(&self) -> u8 {
        self.dms_decimals.saturating_sub(1)
    }
}

/// Catalogue of the turning points of lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Catalogue {
    /// The columns that define the positions.
    pub positions: CoordinateColumns,
    /// Decimals of seconds of latitude and longitude.
    pub dms_decimals: u8,
    /// Decimals of metres.
    pub metre_decimals: usize,
    /// The datum operation: its code or name.
    pub operation: String,
    /// Greatest displacement of a point by rounding to the printed decimals, in metres.
    pub rounding_loss_m: f64,
    /// Mean displacement by rounding, in metres.
    pub mean_rounding_loss_m: f64,
    /// The lines, in order.
    pub lines: Vec<CatalogueLine>,
    /// The turning points, line by line.
    pub points: Vec<CatalogueRow>,
    /// Rows of the input table with contradictory columns.
    pub disagreements: Vec<Disagreement>,
}

/// A line of a catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct CatalogueLine {
    /// Its id.
    pub line: String,
    /// Number of turning points.
    pub points: usize,
    /// Sum of the geodesic distances between consecutive points, in metres.
    pub length_m: f64,
}

/// A turning point.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct CatalogueRow {
    /// Id of its line.
    pub line: String,
    /// Its number: as given, otherwise counted from 1 along the line.
    pub number: String,
    /// Its name, or that of its mark.
    pub name: Option<String>,
    /// WGS 84 latitude.
    pub wgs84_latitude: String,
    /// WGS 84 longitude.
    pub wgs84_longitude: String,
    /// Pulkovo 1942 latitude.
    pub pulkovo_1942_latitude: String,
    /// Pulkovo 1942 longitude.
    pub pulkovo_1942_longitude: String,
    /// Six-degree zone.
    pub gk_zone: u8,
    /// Gauss–Krüger x, the northing in metres.
    pub gk_x_m: f64,
    /// Gauss–Krüger y, the easting in metres, with the zone number.
    pub gk_y_m: f64,
    /// UTM zone and hemisphere, as `38N`; null beyond 84° N and 80° S.
    pub utm_zone: Option<String>,
    /// UTM easting in metres.
    pub utm_easting_m: Option<f64>,
    /// UTM northing in metres.
    pub utm_northing_m: Option<f64>,
    /// Azimuth of the geodesic to the next point, clockwise from north.
    pub azimuth: Option<String>,
    /// Geodesic distance to the next point in metres.
    pub distance_m: Option<f64>,
    /// Chainage in metres: the sum of the distances from the first point.
    pub chainage_m: f64,
    /// Height in metres, as in the source.
    pub height_m: Option<String>,
    /// Its source.
    pub source: Option<String>,
    /// WGS 84 longitude and latitude of the printed position.
    #[serde(skip)]
    pub position: Coord,
    /// The printed position in the defining columns.
    #[serde(skip)]
    pub given: Given,
}

/// Returns the turning points of lines as a catalogue.
///
/// # Earth and units
/// Input: WGS 84 (lon, lat in degrees). Output: angles in degrees, minutes and seconds; metres. Azimuths and distances
/// are those of geodesics on the WGS 84 ellipsoid; chainage is the sum of the distances.
///
/// # Method
/// Each position is rounded once, in the columns of `positions`; all other columns are computed from the rounded value.
/// Points imported from a catalogue keep their printed values, including the zone. Repeated points are kept.
///
/// # Guarantees
/// Catalogue to lines to catalogue is the identity, byte for byte.
///
/// # Examples
/// ```
/// use merestone::document::{CatalogueOptions, CoordinateColumns, catalogue, courses_of};
/// use merestone::geo::line_string;
/// use merestone::model::{Content, Line};
/// let line = Line::new("line", [line_string![(x: 39.0, y: 48.0), (x: 39.0, y: 48.5)]])?;
/// let mut options = CatalogueOptions::default();
/// options.positions = CoordinateColumns::Utm;
/// let table = catalogue(&courses_of(&[Content::Lines(vec![line])]), &options).report;
/// assert_eq!(table.points[0].utm_easting_m, Some(500_000.0)); // on the central meridian of zone 37
/// # Ok::<(), merestone::model::InvalidGeometry>(())
/// ```
pub fn catalogue(courses: &[Course], options: &CatalogueOptions) -> Answer<Catalogue> {
    let mut out = Catalogue {
        positions: options.positions,
        dms_decimals: options.dms_decimals,
        metre_decimals: options.metre_decimals(),
        operation: options.operation.id(),
        rounding_loss_m: 0.0,
        mean_rounding_loss_m: 0.0,
        lines: Vec::new(),
        points: Vec::new(),
        disagreements: Vec::new(),
    };
    let mut warnings = Vec::new();
    let mut lost_m = 0.0;
    for course in courses {
        let printed: Vec<Printed> = course.points.par_iter().map(|point| Printed::of(point, options)).collect();
        let rows: Vec<CatalogueRow> = printed.par_iter().map(|at| at.row(options)).collect();
        let mut chainage_m = 0.0;
        for (i, ((point, at), row)) in course.points.iter().zip(&printed).zip(rows).enumerate() {
            let loss_m = distance_m(point.position, at.wgs84);
            out.rounding_loss_m = out.rounding_loss_m.max(loss_m);
            lost_m += loss_m;
            let next = printed.get(i + 1).map(|next| next.wgs84);
            let to_next_m = next.map(|next| distance_m(at.wgs84, next));
            let number = point.number.clone().unwrap_or_else(|| (i + 1).to_string());
            if to_next_m == Some(0.0) {
                warnings.push(repeated(&course.id, &number));
            }
            let azimuth = next.filter(|_| to_next_m != Some(0.0)).map(|next| azimuth_deg(at.wgs84, next));
            out.points.push(CatalogueRow {
                line: course.id.clone(),
                number,
                name: point.name.clone(),
                azimuth: azimuth.map(|deg| Dms::of(deg, options.azimuth_decimals()).written(Axis::Azimuth)),
                distance_m: to_next_m,
                chainage_m,
                height_m: point.height_m.clone(),
                source: point.source.clone(),
                ..row
            });
            chainage_m += to_next_m.unwrap_or(0.0);
        }
        out.lines.push(CatalogueLine { line: course.id.clone(), points: printed.len(), length_m: chainage_m });
    }
    out.mean_rounding_loss_m = lost_m / out.points.len().max(1) as f64;
    let (operation, purpose) = (options.operation.clone(), OperationPurpose::Coordinates);
    let operation = Some(AppliedOperation { operation, purpose });
    Answer::new(out, Provenance { edges: EdgeModel::GeodesicByPoint, operation, ..Provenance::default() }, warnings)
}

fn repeated(line: &str, number: &str) -> Warning {
    let message =
        format!("{line}: point {number} and the next are printed as one position; more decimals tell them apart");
    Warning { code: WarningCode::Note, message, feature: Some(line.to_owned()) }
}
