//! The log: who gave which stretch which status, and when, as rows of a table.

use super::{StatusLogError, StatusProblem};
use crate::io::Rows;
use crate::model::{Input, Status};
use geo::Coord;

/// A log of statuses, in the order of its dates.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StatusLog {
    /// The file.
    pub input: Input,
    /// Its entries.
    pub entries: Vec<LogEntry>,
    /// Names of columns that are not read.
    pub ignored: Vec<String>,
}

/// A row of a log.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LogEntry {
    /// Number of the row in the file; the heading is row 1.
    pub row: usize,
    /// Its date: a year, a month or a day (ISO 8601).
    pub date: String,
    /// The meeting.
    pub meeting: Option<String>,
    /// Id of the line, or `id/N` for its Nth run.
    pub section: Option<String>,
    /// The stretch of that line.
    pub extent: LogExtent,
    /// The status from then on.
    pub status: Status,
    /// The source of the statement.
    pub source: Option<String>,
    /// The length in km as published.
    pub published_km: Option<f64>,
}

/// The stretch of a line that an entry names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LogExtent {
    /// The whole line, or the whole run.
    Whole,
    /// From a chainage to another, in metres.
    Chainages(f64, f64),
    /// From a position to another, both on the line.
    Positions(Coord, Coord),
}

/// The columns of a log and their other names.
const COLUMNS: [(&str, &[&str]); 14] = [
    ("date", &[]),
    ("meeting", &[]),
    ("section", &["line", "id"]),
    ("status", &[]),
    ("source", &[]),
    ("km", &["published_km", "length_km"]),
    ("from_m", &[]),
    ("to_m", &[]),
    ("from_km", &[]),
    ("to_km", &[]),
    ("from_lon", &[]),
    ("from_lat", &[]),
    ("to_lon", &[]),
    ("to_lat", &[]),
];

impl StatusLog {
    /// Reads a log from a table with the columns `date` and `status` and, as needed, `section`, `from_m` and `to_m` (or
    /// `from_km` and `to_km`, or `from_lon`, `from_lat`, `to_lon` and `to_lat`), `meeting`, `source` and `km`.
    ///
    /// # Errors
    /// A column is missing, a cell is none of its column's values, or a date is before that of the row above; with the row.
    pub fn of(rows: Rows) -> Result<Self, StatusLogError> {
        let path = rows.input.path.clone();
        let wrong = |row, problem| StatusLogError { path: path.clone(), row, problem };
        let headings: Vec<String> = rows.headings.iter().map(|heading| heading.trim().to_lowercase()).collect();
        let named = |name: &str, heading: &str| {
            COLUMNS.iter().any(|(known, others)| *known == name && (*known == heading || others.contains(&heading)))
        };
        let column = |name: &str| headings.iter().position(|heading| named(name, heading));
        for needed in ["date", "status"] {
            if column(needed).is_none() {
                return Err(wrong(None, StatusProblem::NoColumn { column: needed, columns: rows.headings.clone() }));
            }
        }
        let is_known = |heading: &str| COLUMNS.iter().any(|(name, _)| named(name, heading));
        let ignored = headings.iter().zip(&rows.headings).filter(|(heading, _)| !is_known(heading));
        let ignored: Vec<String> = ignored.map(|(_, heading)| heading.clone()).collect();
        let mut entries: Vec<LogEntry> = Vec::with_capacity(rows.rows.len());
        for (row, cells) in &rows.rows {
            let wrong = |problem| wrong(Some(*row), problem);
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let cell = |name: &str| {
                let text = column(name).and_then(|at| cells.get(at)).map(|cell| cell.trim());
                text.filter(|text| !text.is_empty())
            };
            let number = |name: &'static str| {
                let parsed = |text: &str| text.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite());
                let value = |text| {
                    parsed(text).ok_or_else(|| wrong(StatusProblem::Number { column: name, value: text.to_owned() }))
                };
                cell(name).map(value).transpose()
            };
            let date = cell("date").unwrap_or_default();
            if !is_date(date) {
                return Err(wrong(StatusProblem::Date(date.to_owned())));
            }
            if let Some(before) =
                entries.last().filter(|before| date < before.date.as_str() && !before.date.starts_with(date))
            {
                let (date, before) = (date.to_owned(), before.date.clone());
                return Err(wrong(StatusProblem::OutOfOrder { date, before }));
            }
            let word = cell("status").unwrap_or_default();
            let status = Status::from_word(&word.to_lowercase());
            let status = status.ok_or_else(|| wrong(StatusProblem::UnknownStatus(word.to_owned())))?;
            let km = |name| Ok::<_, StatusLogError>(number(name)?.map(|km| km * 1000.0));
            let extent = [
                (number("from_m")?, number("to_m")?, ["from_m", "to_m"]),
                (km("from_km")?, km("to_km")?, ["from_km", "to_km"]),
            ];
            let mut found: Vec<LogExtent> = Vec::new();
            for (from, to, columns) in extent {
                match (from, to) {
                    (Some(from), Some(to)) => found.push(LogExtent::Chainages(from, to)),
                    (None, None) => {}
                    _ => return Err(wrong(StatusProblem::HalfStretch(columns.join(" and ")))),
                }
            }
            let ends = [number("from_lon")?, number("from_lat")?, number("to_lon")?, number("to_lat")?];
            match ends {
                [None, None, None, None] => {}
                [Some(a), Some(b), Some(c), Some(d)] => {
                    for (lon, lat) in [(a, b), (c, d)] {
                        if lon.abs() > 180.0 || lat.abs() > 90.0 {
                            return Err(wrong(StatusProblem::NoPosition { lon, lat }));
                        }
                    }
                    found.push(LogExtent::Positions(Coord { x: a, y: b }, Coord { x: c, y: d }));
                }
                _ => return Err(wrong(StatusProblem::HalfStretch("from_lon, from_lat, to_lon and to_lat".into()))),
            }
            if found.len() > 1 {
                return Err(wrong(StatusProblem::TwoStretches));
            }
            let published_km = number("km")?;
            if let Some(km) = published_km.filter(|km| *km < 0.0) {
                return Err(wrong(StatusProblem::Number { column: "km", value: km.to_string() }));
            }
            let text = |name: &str| cell(name).map(str::to_owned);
            entries.push(LogEntry {
                row: *row,
                date: date.to_owned(),
                meeting: text("meeting"),
                section: text("section"),
                extent: found.pop().unwrap_or(LogExtent::Whole),
                status,
                source: text("source"),
                published_km,
            });
        }
        if entries.is_empty() {
            return Err(wrong(None, StatusProblem::NoRows));
        }
        Ok(StatusLog { input: rows.input, entries, ignored })
    }
}

/// Whether a text is a year, a month or a day of the calendar.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let within = |part: &str, most: u32| digits(part, 2) && part.parse().is_ok_and(|n: u32| (1..=most).contains(&n));
    let days = |year: &str, month: &str| {
        let year: u32 = year.parse().unwrap_or_default();
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        match month {
            "02" => 28 + u32::from(leap),
            "04" | "06" | "09" | "11" => 30,
            _ => 31,
        }
    };
    match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && within(month, 12),
        [year, month, day] => digits(year, 4) && within(month, 12) && within(day, days(year, month)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for date in ["2024", "2024-05", "2024-05-15", "2024-02-29", "2000-02-29"] {
            assert!(is_date(date), "{date}");
        }
        for date in
            ["", "24", "2024-13", "2024-00-01", "2023-02-29", "1900-02-29", "2024-04-31", "15.05.2024", "2024-5-1"]
        {
            assert!(!is_date(date), "{date}");
        }
    }
}
