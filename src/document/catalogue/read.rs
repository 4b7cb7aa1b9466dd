//! Imports a table of turning points as lines.

use super::check::{self, Disagreement, Redundant};
use super::columns::{ColumnContent, columns};
use super::{CoordinateColumns, Course, Given, TurningPoint, Zone};
use crate::earth::{Angle, AngleError, Axis, LocalPlane, Operation, distance_m, parse_angle, parse_metres};
use crate::model::{Warning, WarningCode};
use geo::Coord;
use thiserror::Error;

/// Lines imported from a table.
#[derive(Debug, Clone, PartialEq)]
pub struct FromTable {
    /// The lines.
    pub courses: Vec<Course>,
    /// The columns that define the positions: the requested ones, otherwise the first in the table.
    pub positions: CoordinateColumns,
    /// Decimals of the seconds that preserve every digit.
    pub dms_decimals: u8,
    /// Rows whose columns differ by more than rounding explains.
    pub disagreements: Vec<Disagreement>,
    /// Warnings of the import.
    pub warnings: Vec<Warning>,
}

impl FromTable {
    /// The greatest error in metres of a position by the rounding of its coordinates.
    pub fn rounding_m(&self) -> f64 {
        let half = 0.5 * 10_f64.powi(-i32::from(self.dms_decimals)) * std::f64::consts::SQRT_2;
        match self.positions {
            // A second of latitude is about 30.9 m.
            CoordinateColumns::Wgs84 | CoordinateColumns::Pulkovo => 30.9 * half,
            CoordinateColumns::GaussKruger | CoordinateColumns::Utm => half,
        }
    }
}

/// A table from which no lines can be imported.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// No column has positions.
    #[error("no columns hold positions{}: its columns are {}", asked(.0), .1.join(", "))]
    NoPositions(Option<CoordinateColumns>, Vec<String>),
    /// Two columns have the same contents.
    #[error("columns \"{0}\" and \"{1}\" hold the same")]
    Twice(String, String),
    /// A line has fewer than two points.
    #[error("row {0}: the line \"{1}\" has one point only")]
    OnePoint(usize, String),
    /// The table has no rows.
    #[error("has no rows")]
    NoRows,
    /// A cell is invalid.
    #[error(transparent)]
    Cell(#[from] RowError),
}

fn asked(positions: &Option<CoordinateColumns>) -> String {
    positions.map_or(String::new(), |positions| format!(" ({})", positions.word()))
}

/// An invalid cell.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("row {row}, column {column}: \"{value}\" {problem}")]
#[non_exhaustive]
pub struct RowError {
    /// Row of the table; the heading is row 1.
    pub row: usize,
    /// Heading of the column.
    pub column: String,
    /// Value of the cell.
    pub value: String,
    /// The fault.
    pub problem: RowProblem,
}

/// The fault of a cell.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum RowProblem {
    /// Not an angle.
    #[error("{0}")]
    Angle(#[from] AngleError),
    /// Not a number of metres.
    #[error("is no number of metres")]
    NotMetres,
    /// A Gauss–Krüger y without a zone number.
    #[error("has no zone's number in front, and no column names the zone")]
    NoZone,
    /// Two different zones.
    #[error("has zone {0} in front, and the zone column says {1}; are x (north) and y (east) exchanged?")]
    OtherZone(u8, u8),
    /// Not a zone.
    #[error("is no zone from 1 to 60{0}")]
    BadZone(&'static str),
    /// Outside the area of the grid.
    #[error("lies outside the grid")]
    OffGrid,
}

/// A table: headings and numbered rows; the heading is row 1.
struct Reader<'t> {
    headings: &'t [String],
    columns: Vec<Option<ColumnContent>>,
    operation: &'t Operation,
    /// The datum assumed if a heading states none.
    unsaid: CoordinateColumns,
}

/// An imported position, with the uncertainty of its rounding in metres.
struct ImportedPosition {
    wgs84: Coord,
    rounding_m: f64,
    decimals: u8,
    given: Given,
}

/// Imports lines from a table of turning points.
///
/// # Earth and units
/// Angles in every form that [`parse_angle`] accepts; metres with decimal points or commas. Gauss–Krüger x is north and
/// y east, with the zone number in y or in a column of its own. Output: WGS 84 (lon, lat in degrees).
///
/// # Method
/// Headings determine the contents of the columns (those of [`catalogue`](super::catalogue), and common ones in
/// English, Russian, Armenian and Azerbaijani). `positions` selects the defining columns; the default is the first in
/// the table. Distances and azimuths to the next point and positions in other columns are compared with them; a
/// difference above half a unit of the last digits of all values involved is a [`Disagreement`]. Rows with the same
/// `line` form a line; `id` names it where that column is missing.
///
/// # Errors
/// [`CatalogueError`], with row and column.
pub fn from_table(
    id: &str,
    headings: &[String],
    rows: &[(usize, Vec<String>)],
    positions: Option<CoordinateColumns>,
    operation: &Operation,
) -> Result<FromTable, CatalogueError> {
    let columns = columns(headings, positions);
    for (i, one) in columns.iter().enumerate().filter(|(_, one)| one.is_some()) {
        if let Some(other) = columns[..i].iter().position(|other| other == one) {
            return Err(CatalogueError::Twice(headings[other].clone(), headings[i].clone()));
        }
    }
    let unsaid = positions.filter(|p| *p == CoordinateColumns::Pulkovo).unwrap_or(CoordinateColumns::Wgs84);
    let reader = Reader { headings, columns, operation, unsaid };
    let basis = reader.basis(positions).ok_or_else(|| CatalogueError::NoPositions(positions, headings.to_vec()))?;
    let mut out = FromTable {
        courses: Vec::new(),
        positions: basis,
        dms_decimals: 0,
        disagreements: Vec::new(),
        warnings: reader.warnings(basis, positions),
    };
    let mut given: Vec<Vec<Redundant>> = Vec::new();
    let mut read_elsewhere: Vec<usize> = Vec::new();
    let filled = rows.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let mut first_rows = Vec::new();
    for (row, cells) in filled {
        let here = reader.columns_of(cells, basis);
        if here != basis {
            read_elsewhere.push(*row);
        }
        let read = reader.position(*row, cells, here)?;
        let text = |wanted: ColumnContent| reader.text(cells, wanted);
        let line = text(ColumnContent::Line).unwrap_or_else(|| id.to_owned());
        if out.courses.last().is_none_or(|course| course.id != line) {
            out.courses.push(Course { id: line, points: Vec::new() });
            given.push(Vec::new());
            first_rows.push(*row);
        }
        let height_m = text(ColumnContent::Height);
        if let Some(height) = height_m.as_deref().filter(|height| parse_metres(height).is_none()) {
            return Err(reader.wrong(*row, ColumnContent::Height, height, RowProblem::NotMetres).into());
        }
        out.dms_decimals = out.dms_decimals.max(read.decimals);
        let others = CoordinateColumns::ALL.into_iter().filter(|other| *other != here && reader.has(*other));
        let mut elsewhere = Vec::new();
        for other in others.filter(|other| reader.is_filled(cells, *other)) {
            let there = reader.position(*row, cells, other)?;
            // Metres have at most six decimals, seconds up to nine.
            if read.given.zone.is_some() && there.given.zone.is_none() {
                out.dms_decimals = out.dms_decimals.max(there.decimals);
            }
            elsewhere.push((other, distance_m(read.wgs84, there.wgs84), read.rounding_m + there.rounding_m));
        }
        let number = text(ColumnContent::Number);
        if let (Some(course), Some(given)) = (out.courses.last_mut(), given.last_mut()) {
            given.push(Redundant {
                row: *row,
                number: number.clone().unwrap_or_else(|| (given.len() + 1).to_string()),
                wgs84: read.wgs84,
                rounding_m: read.rounding_m,
                distance: reader.metres_of(*row, cells, ColumnContent::Distance)?,
                azimuth: reader.angle_of(*row, cells, ColumnContent::Azimuth, Axis::Azimuth)?,
                elsewhere,
            });
            let (name, source) = (text(ColumnContent::Name), text(ColumnContent::Source));
            let given = Some(Given { positions: basis, ..read.given });
            course.points.push(TurningPoint { position: read.wgs84, number, name, height_m, source, given });
        }
    }
    if out.courses.is_empty() {
        return Err(CatalogueError::NoRows);
    }
    if let Some(at) = out.courses.iter().position(|course| course.points.len() < 2) {
        return Err(CatalogueError::OnePoint(first_rows[at], out.courses[at].id.clone()));
    }
    out.warnings.extend(check::elsewhere(&read_elsewhere, basis));
    // Distances in Soviet documents refer to the Krassowsky ellipsoid.
    let soviet = matches!(basis, CoordinateColumns::Pulkovo | CoordinateColumns::GaussKruger);
    for (course, given) in out.courses.iter().zip(&given) {
        out.disagreements.extend(check::line(&course.id, given, soviet));
    }
    out.warnings.extend(check::warnings(&out.disagreements));
    Ok(out)
}

impl Reader<'_> {
    fn at(&self, wanted: ColumnContent) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(wanted))
    }

    /// Columns of latitude and longitude; a heading without a datum has the assumed datum.
    fn degrees(&self, positions: CoordinateColumns) -> Option<[ColumnContent; 2]> {
        let datum = |datum| [ColumnContent::Latitude(datum), ColumnContent::Longitude(datum)];
        let unsaid = datum(None);
        let there = |pair: &[ColumnContent; 2]| pair.iter().all(|column| self.at(*column).is_some());
        Some(datum(Some(positions)))
            .filter(there)
            .or(Some(unsaid).filter(|pair| positions == self.unsaid && there(pair)))
    }

    /// The columns of a kind of position, if all are present.
    fn of(&self, positions: CoordinateColumns) -> Option<Vec<ColumnContent>> {
        let all = |columns: &[ColumnContent]| columns.iter().all(|c| self.at(*c).is_some()).then(|| columns.to_vec());
        match positions {
            CoordinateColumns::Wgs84 | CoordinateColumns::Pulkovo => self.degrees(positions).map(Vec::from),
            CoordinateColumns::GaussKruger => all(&[ColumnContent::GkX, ColumnContent::GkY]),
            CoordinateColumns::Utm => {
                all(&[ColumnContent::UtmZone, ColumnContent::UtmEasting, ColumnContent::UtmNorthing])
            }
        }
    }

    fn has(&self, positions: CoordinateColumns) -> bool {
        self.of(positions).is_some()
    }

    fn is_filled(&self, cells: &[String], positions: CoordinateColumns) -> bool {
        self.of(positions).into_iter().flatten().all(|column| self.text(cells, column).is_some())
    }

    /// The columns that define the position of a row: the requested ones; outside the area of UTM, latitude and
    /// longitude.
    fn columns_of(&self, cells: &[String], basis: CoordinateColumns) -> CoordinateColumns {
        let empty = self.of(basis).into_iter().flatten().all(|column| self.text(cells, column).is_none());
        let degrees = basis == CoordinateColumns::Utm && empty && self.is_filled(cells, CoordinateColumns::Wgs84);
        if degrees { CoordinateColumns::Wgs84 } else { basis }
    }

    /// The requested kind, otherwise the first in the table.
    fn basis(&self, asked: Option<CoordinateColumns>) -> Option<CoordinateColumns> {
        let first =
            |positions: &CoordinateColumns| self.of(*positions).into_iter().flatten().filter_map(|c| self.at(c)).min();
        let mut all =
            CoordinateColumns::ALL.into_iter().filter(|p| asked.is_none_or(|asked| asked == *p) && self.has(*p));
        let one = all.next()?;
        Some(all.fold(one, |best, other| if first(&other) < first(&best) { other } else { best }))
    }

    fn warnings(&self, basis: CoordinateColumns, asked: Option<CoordinateColumns>) -> Vec<Warning> {
        let warn = |message: String| Warning { code: WarningCode::Note, message, feature: None };
        let mut out = Vec::new();
        let unnamed = self.degrees(basis).is_some_and(|columns| columns[0] == ColumnContent::Latitude(None));
        if unnamed && asked.is_none() && matches!(basis, CoordinateColumns::Wgs84) {
            let message =
                "latitude and longitude name no datum: read as WGS 84; as Pulkovo 1942 they would lie about 100 m away";
            out.push(Warning { code: WarningCode::Datum, message: message.to_owned(), feature: None });
        }
        let unknown = self.headings.iter().zip(&self.columns).filter(|(_, column)| column.is_none());
        let unknown: Vec<String> = unknown.map(|(heading, _)| format!("\"{heading}\"")).collect();
        if !unknown.is_empty() {
            out.push(warn(format!("columns that say nothing here are left out: {}", unknown.join(", "))));
        }
        out
    }

    fn text(&self, cells: &[String], wanted: ColumnContent) -> Option<String> {
        let cell = cells.get(self.at(wanted)?)?.trim();
        // Our own CSV escapes text that a spreadsheet would take for a formula.
        let plain = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell);
        (!plain.is_empty()).then(|| plain.to_owned())
    }

    fn wrong(&self, row: usize, column: ColumnContent, value: &str, problem: RowProblem) -> RowError {
        let heading = self.at(column).map_or(String::new(), |at| self.headings[at].clone());
        RowError { row, column: heading, value: value.to_owned(), problem }
    }

    fn angle_of(
        &self,
        row: usize,
        cells: &[String],
        column: ColumnContent,
        axis: Axis,
    ) -> Result<Option<Angle>, RowError> {
        let Some(text) = self.text(cells, column) else { return Ok(None) };
        // Some lists count longitudes from 180° to 360°.
        let beyond = |text: &str| {
            let angle =
                parse_angle(text, None).ok().filter(|angle| angle.axis.is_none() && angle.degrees.abs() > 180.0)?;
            Some(Angle { degrees: angle.degrees - 360.0_f64.copysign(angle.degrees), ..angle })
        };
        parse_angle(&text, Some(axis))
            .or_else(|error| beyond(&text).filter(|_| axis == Axis::Longitude).ok_or(error))
            .map(Some)
            .map_err(|error| self.wrong(row, column, &text, error.into()))
    }

    /// Returns a number and its decimals.
    fn metres_of(&self, row: usize, cells: &[String], column: ColumnContent) -> Result<Option<(f64, u8)>, RowError> {
        let Some(text) = self.text(cells, column) else { return Ok(None) };
        let read = parse_metres(&text).ok_or_else(|| self.wrong(row, column, &text, RowProblem::NotMetres))?;
        Ok(Some((read.value, read.decimals)))
    }

    fn needed<T>(&self, row: usize, column: ColumnContent, value: Option<T>) -> Result<T, RowError> {
        value.ok_or_else(|| self.wrong(row, column, "", AngleError::NoNumber.into()))
    }

    fn position(
        &self,
        row: usize,
        cells: &[String],
        positions: CoordinateColumns,
    ) -> Result<ImportedPosition, RowError> {
        match positions {
            CoordinateColumns::Wgs84 | CoordinateColumns::Pulkovo => self.by_degrees(row, cells, positions),
            CoordinateColumns::GaussKruger => self.by_gauss_kruger(row, cells),
            CoordinateColumns::Utm => self.by_utm(row, cells),
        }
    }

    fn by_degrees(
        &self,
        row: usize,
        cells: &[String],
        positions: CoordinateColumns,
    ) -> Result<ImportedPosition, RowError> {
        let [lat, lon] =
            self.degrees(positions).unwrap_or([ColumnContent::Latitude(None), ColumnContent::Longitude(None)]);
        let latitude = self.needed(row, lat, self.angle_of(row, cells, lat, Axis::Latitude)?)?;
        let longitude = self.needed(row, lon, self.angle_of(row, cells, lon, Axis::Longitude)?)?;
        let there = Coord { x: longitude.degrees, y: latitude.degrees };
        let half =
            LocalPlane::at(there).to_m(there + Coord { x: longitude.step_deg / 2.0, y: latitude.step_deg / 2.0 });
        let wgs84 = if positions == CoordinateColumns::Pulkovo { self.operation.to_wgs84(there) } else { there };
        let decimals = latitude.decimals.max(longitude.decimals);
        let given = Given { positions, coordinates: there, zone: None };
        Ok(ImportedPosition { wgs84, rounding_m: half.x.hypot(half.y), decimals, given })
    }

    fn by_gauss_kruger(&self, row: usize, cells: &[String]) -> Result<ImportedPosition, RowError> {
        let (x, x_decimals) = self.needed(row, ColumnContent::GkX, self.metres_of(row, cells, ColumnContent::GkX)?)?;
        let (y, y_decimals) = self.needed(row, ColumnContent::GkY, self.metres_of(row, cells, ColumnContent::GkY)?)?;
        let text = |column| self.text(cells, column).unwrap_or_default();
        let in_front = (y / 1e6).floor();
        let in_front = (1.0..=60.0).contains(&in_front).then_some(in_front as u8);
        let zone = match self.text(cells, ColumnContent::GkZone) {
            Some(zone) => {
                let bad = || self.wrong(row, ColumnContent::GkZone, &zone, RowProblem::BadZone(""));
                let said = zone.parse().ok().filter(|zone| (1..=60).contains(zone)).ok_or_else(bad)?;
                match in_front {
                    Some(other) if other != said => {
                        let problem = RowProblem::OtherZone(other, said);
                        return Err(self.wrong(row, ColumnContent::GkY, &text(ColumnContent::GkY), problem));
                    }
                    _ => said,
                }
            }
            None => in_front
                .ok_or_else(|| self.wrong(row, ColumnContent::GkY, &text(ColumnContent::GkY), RowProblem::NoZone))?,
        };
        let east = y - in_front.map_or(0.0, |zone| f64::from(zone) * 1e6) + f64::from(zone) * 1e6;
        self.on_grid(row, cells, ColumnContent::GkY, east - f64::from(zone) * 1e6, 0.0..=1e6)?;
        self.on_grid(row, cells, ColumnContent::GkX, x, -1.01e7..=1.01e7)?;
        let zone = Some(Zone { number: zone, south: false });
        let given = Given { positions: CoordinateColumns::GaussKruger, coordinates: Coord { x: east, y: x }, zone };
        Ok(self.grid_read(given, x_decimals.max(y_decimals)))
    }

    fn by_utm(&self, row: usize, cells: &[String]) -> Result<ImportedPosition, RowError> {
        let (x, x_decimals) =
            self.needed(row, ColumnContent::UtmEasting, self.metres_of(row, cells, ColumnContent::UtmEasting)?)?;
        let (y, y_decimals) =
            self.needed(row, ColumnContent::UtmNorthing, self.metres_of(row, cells, ColumnContent::UtmNorthing)?)?;
        let zone_text = self.text(cells, ColumnContent::UtmZone).unwrap_or_default().to_uppercase();
        let bad = || self.wrong(row, ColumnContent::UtmZone, &zone_text, RowProblem::BadZone(" with N or S: 38N"));
        let zone = Some(Zone::parse(&zone_text).ok_or_else(bad)?);
        self.on_grid(row, cells, ColumnContent::UtmEasting, x, 0.0..=1e6)?;
        // The printed latitude determines the hemisphere; at whole seconds it is off by up to 16 m.
        self.on_grid(row, cells, ColumnContent::UtmNorthing, y, -20.0..=1e7 + 20.0)?;
        let given = Given { positions: CoordinateColumns::Utm, coordinates: Coord { x, y }, zone };
        Ok(self.grid_read(given, x_decimals.max(y_decimals)))
    }

    fn on_grid(
        &self,
        row: usize,
        cells: &[String],
        column: ColumnContent,
        value: f64,
        range: std::ops::RangeInclusive<f64>,
    ) -> Result<(), RowError> {
        let text = || self.text(cells, column).unwrap_or_default();
        let off = || self.wrong(row, column, &text(), RowProblem::OffGrid);
        range.contains(&value).then_some(()).ok_or_else(off)
    }

    fn grid_read(&self, given: Given, decimals: u8) -> ImportedPosition {
        let half_m = 0.5 * 10_f64.powi(-i32::from(decimals));
        let (wgs84, decimals) = (given.wgs84(self.operation), decimals.min(6));
        ImportedPosition { wgs84, rounding_m: half_m * std::f64::consts::SQRT_2, decimals, given }
    }
}
