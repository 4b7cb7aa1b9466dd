//! Consistency check of redundant columns in a row.

use super::CoordinateColumns;
use crate::earth::{Angle, Axis, Dms, azimuth_deg, distance_m};
use crate::model::{Warning, WarningCode};
use geo::Coord;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// Relative difference between distances on the Krassowsky ellipsoid and on WGS 84, including the scale of operations.
const OTHER_ELLIPSOID: f64 = 2e-5;
/// Most positions that a warning lists individually.
const NAMED: usize = 12;

/// Two columns of a row that differ by more than rounding explains.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Disagreement {
    /// Row of the table; the heading is row 1.
    pub row: usize,
    /// Number of the point.
    pub number: String,
    /// Id of the line.
    pub line: String,
    /// `distance`, `azimuth`, or the kind of the redundant position.
    pub column: &'static str,
    /// Value of the column; null for a position.
    pub given: Option<String>,
    /// Value computed from the positions; null for a position.
    pub computed: Option<String>,
    /// Difference on the ground, in metres.
    pub difference_m: f64,
    /// Greatest difference that rounding explains, in metres.
    pub rounding_m: f64,
}

/// Redundant values of a row.
pub(super) struct Redundant {
    pub row: usize,
    pub number: String,
    pub wgs84: Coord,
    pub rounding_m: f64,
    /// Metres and their decimals.
    pub distance: Option<(f64, u8)>,
    pub azimuth: Option<Angle>,
    /// Redundant positions of the row: kind, distance from the main position, and greatest difference by rounding
    /// (metres).
    pub elsewhere: Vec<(CoordinateColumns, f64, f64)>,
}

/// Returns the disagreements in the rows of a line.
pub(super) fn line(id: &str, rows: &[Redundant], soviet: bool) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let mut add = |column, given, computed, difference_m: f64, rounding_m: f64| {
            // 1 µm covers rounding in the arithmetic.
            if difference_m > rounding_m + 1e-6 {
                let (number, line) = (row.number.clone(), id.to_owned());
                out.push(Disagreement {
                    row: row.row,
                    number,
                    line,
                    column,
                    given,
                    computed,
                    difference_m,
                    rounding_m,
                });
            }
        };
        for &(positions, apart_m, rounding_m) in &row.elsewhere {
            add(positions.word(), None, None, apart_m, rounding_m);
        }
        let Some(next) = rows.get(i + 1) else { continue };
        let distance = distance_m(row.wgs84, next.wgs84);
        let positions_m = row.rounding_m + next.rounding_m;
        if let Some((given, decimals)) = row.distance {
            let half_m = 0.5 * 10_f64.powi(-i32::from(decimals));
            let ellipsoid_m = if soviet { distance * OTHER_ELLIPSOID } else { 0.0 };
            let written = |m: f64| Some(format!("{m:.*} m", usize::from(decimals)));
            let rounding_m = half_m + positions_m + ellipsoid_m;
            add("distance", written(given), written(distance), (given - distance).abs(), rounding_m);
        }
        if let Some(given) = row.azimuth.filter(|_| distance > 0.0) {
            let azimuth = azimuth_deg(row.wgs84, next.wgs84);
            let turned = (given.degrees - azimuth + 180.0).rem_euclid(360.0) - 180.0;
            let across_m = |deg: f64| distance * deg.to_radians().abs();
            let written = |deg: f64| Some(Dms::of(deg, given.decimals).written(Axis::Azimuth));
            let rounding_m = across_m(given.step_deg / 2.0) + positions_m;
            add("azimuth", written(given.degrees), written(azimuth), across_m(turned), rounding_m);
        }
    }
    out
}

/// Returns the disagreements as warnings: distances and azimuths by row, redundant positions combined.
pub(super) fn warnings(all: &[Disagreement]) -> Vec<Warning> {
    let warn =
        |message: String, line: &str| Warning { code: WarningCode::Disagrees, message, feature: Some(line.to_owned()) };
    let mut out = Vec::new();
    for d in all.iter().filter(|d| d.given.is_some()) {
        let (given, computed) = (d.given.as_deref().unwrap_or(""), d.computed.as_deref().unwrap_or(""));
        let message = format!(
            "row {} ({} point {}): the {} to the next point is given as {given}, the coordinates make it {computed}; {} m on \
             the ground, and rounding explains {} m",
            d.row,
            d.line,
            d.number,
            d.column,
            short(d.difference_m),
            short(d.rounding_m)
        );
        out.push(warn(message, &d.line));
    }
    for positions in CoordinateColumns::ALL {
        let of: Vec<&Disagreement> = all.iter().filter(|d| d.column == positions.word()).collect();
        let Some(worst) = of.iter().max_by(|a, b| a.difference_m.total_cmp(&b.difference_m)) else { continue };
        let mut rows = of.iter().take(NAMED).map(|d| d.row.to_string()).collect::<Vec<_>>().join(", ");
        if of.len() > NAMED {
            rows.push_str(&format!(" and {} more", of.len() - NAMED));
        }
        let message = format!(
            "the {} positions of rows {rows} stand up to {} m (row {}) from the positions read, and rounding explains {} m; \
             another datum operation, or a slip",
            positions.word(),
            short(worst.difference_m),
            worst.row,
            short(worst.rounding_m)
        );
        out.push(warn(message, &worst.line));
    }
    out
}

/// Warns of rows whose position comes from other columns than the rest.
pub(super) fn elsewhere(rows: &[usize], basis: CoordinateColumns) -> Option<Warning> {
    let (first, word) = (rows.first()?, basis.word());
    let message =
        format!("{} rows (row {first} first) have no {word} position: read from latitude and longitude", rows.len());
    Some(Warning { code: WarningCode::Note, message, feature: None })
}

fn short(metres: f64) -> String {
    if metres < 10.0 { format!("{metres:.3}") } else { format!("{metres:.1}") }
}
