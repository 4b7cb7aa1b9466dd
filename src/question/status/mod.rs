//! Kilometres of lines by status over time, meeting by meeting.

mod course;
mod log;
mod timeline;

pub use log::{LogEntry, LogExtent, StatusLog};

use crate::model::{Answer, Line, Provenance, Published, Status, Warning, WarningCode};
use course::Courses;
use geo::Coord;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use thiserror::Error;
use timeline::{Change, Timeline};

/// Kilometres by status over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct StatusReport {
    /// Every status that any stretch has, at every date and meeting; the first date is null: the state before the log.
    pub history: Vec<StatusRow>,
    /// The entries of the log, with measured and published lengths.
    pub entries: Vec<EntryRow>,
    /// The stretches of the lines at the last date.
    pub stretches: Vec<StatusStretch>,
    /// Length of all lines in metres.
    pub length_m: f64,
    /// Published length of all lines in km, where each has one.
    pub published_length_km: Option<Published>,
}

/// The length that has a status from a meeting on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct StatusRow {
    /// The date; null before the log.
    pub date: Option<String>,
    /// The meeting.
    pub meeting: Option<String>,
    /// The status.
    pub status: Status,
    /// Length in metres, measured on the lines.
    pub length_m: f64,
    /// Its share (0 to 1) of all lines.
    pub share: f64,
    /// Difference in metres from the date before.
    pub change_m: f64,
    /// Sum in km of the published lengths of the entries that have this status; null if one of them states none, is in part
    /// replaced, or if a stretch has the status from the lines themselves.
    pub published_km: Option<f64>,
    /// Least share of the published length of all lines.
    pub published_share_min: Option<f64>,
    /// Greatest share of it, where published figures differ.
    pub published_share_max: Option<f64>,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct EntryRow {
    /// Row in the file; the heading is row 1.
    pub row: usize,
    /// Its date.
    pub date: String,
    /// The meeting.
    pub meeting: Option<String>,
    /// Id of the line.
    pub line: String,
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
    /// The status that it gives.
    pub status: Status,
    /// Measured length in metres.
    pub length_m: f64,
    /// Length in km as published.
    pub published_km: Option<f64>,
    /// Measured minus published length in metres.
    pub difference_m: Option<f64>,
    /// Length in metres that later entries have not replaced.
    pub standing_m: f64,
    /// The source.
    pub source: Option<String>,
}

/// A stretch of a line at the last date.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct StatusStretch {
    /// Id of the line.
    pub line: String,
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
    /// Its length in metres.
    pub length_m: f64,
    /// Its status.
    pub status: Status,
    /// Date of the entry that gave it; null if it is the line's own.
    pub since: Option<String>,
    /// The meeting of that entry.
    pub meeting: Option<String>,
    /// Row of that entry in the file.
    pub row: Option<usize>,
    /// Source of that entry.
    pub source: Option<String>,
    /// Territory on the left of the line.
    pub left: Option<String>,
    /// Territory on the right.
    pub right: Option<String>,
    /// Its course.
    #[serde(skip)]
    pub courses: Vec<Vec<Coord>>,
}

/// Options of [`status`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StatusOptions {
    /// The status of all lines before the log, in place of their own.
    pub initial: Option<Status>,
    /// Greatest distance in metres of the positions of an entry from its line.
    pub snap_m: f64,
}

impl Default for StatusOptions {
    fn default() -> Self {
        StatusOptions { initial: None, snap_m: 1000.0 }
    }
}

/// A log that cannot be read, or that does not fit its lines.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{path}{}: {problem}", row.map_or_else(String::new, |row| format!(", row {row}")))]
#[non_exhaustive]
pub struct StatusLogError {
    /// The file.
    pub path: String,
    /// The row; the heading is row 1.
    pub row: Option<usize>,
    /// What is wrong.
    pub problem: StatusProblem,
}

/// What is wrong with a log.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum StatusProblem {
    /// A column is missing.
    #[error("there is no column \"{column}\" among {}", columns.join(", "))]
    NoColumn {
        /// The column.
        column: &'static str,
        /// The columns that there are.
        columns: Vec<String>,
    },
    /// There is no entry.
    #[error("there is no row below the heading")]
    NoRows,
    /// Not a date.
    #[error("\"{0}\" is no date")]
    Date(String),
    /// A date before that of the row above.
    #[error("{date} comes after {before}")]
    OutOfOrder {
        /// The date.
        date: String,
        /// The date of the row above.
        before: String,
    },
    /// Not a status.
    #[error("\"{0}\" is no status")]
    UnknownStatus(String),
    /// No line has this id.
    #[error("no line is called \"{section}\"")]
    UnknownSection {
        /// The id.
        section: String,
        /// The most similar id.
        nearest: Option<String>,
    },
    /// Several lines have this id.
    #[error("{lines} lines are called \"{section}\"")]
    SharedId {
        /// The id.
        section: String,
        /// Their number.
        lines: usize,
    },
    /// There are several lines, and the entry names none.
    #[error("there are {0} lines, and the row says of none which")]
    NoSection(usize),
    /// A line has fewer runs.
    #[error("line \"{section}\" has {runs} runs and no run {number}")]
    NoRun {
        /// The line.
        section: String,
        /// The number of the run.
        number: usize,
        /// The number of runs.
        runs: usize,
    },
    /// A stretch is not on its line.
    #[error("{from_m} m to {to_m} m is not within the {length_m:.0} m of {}", section.as_deref().unwrap_or("the line"))]
    Beyond {
        /// The section.
        section: Option<String>,
        /// Its start.
        from_m: f64,
        /// Its end.
        to_m: f64,
        /// Length of the section.
        length_m: f64,
    },
    /// A stretch ends before it starts.
    #[error("the stretch starts at {from_m} m and ends at {to_m} m")]
    Backwards {
        /// Its start.
        from_m: f64,
        /// Its end.
        to_m: f64,
    },
    /// A stretch has no length.
    #[error("the stretch at {from_m} m has no length")]
    NoLength {
        /// Where it is.
        from_m: f64,
    },
    /// One end of a stretch is missing.
    #[error("of {0} a part is missing")]
    HalfStretch(String),
    /// A stretch is stated in two ways.
    #[error("the stretch is stated twice, by different columns")]
    TwoStretches,
    /// Not a number.
    #[error("{column}: \"{value}\" is no number that it can have")]
    Number {
        /// The column.
        column: &'static str,
        /// The cell.
        value: String,
    },
    /// Not a position.
    #[error("({lon}, {lat}) is no longitude and latitude")]
    NoPosition {
        /// The first coordinate.
        lon: f64,
        /// The second.
        lat: f64,
    },
    /// A position is too far from its line.
    #[error("({}, {}) is {distance_m:.0} m from the line, farther than {snap_m:.0} m", position[0], position[1])]
    OffTheLine {
        /// Longitude and latitude in degrees.
        position: [f64; 2],
        /// Its distance in metres.
        distance_m: f64,
        /// The limit in metres.
        snap_m: f64,
    },
}

/// What an entry holds, and what of it stands.
struct Standing {
    measured_m: f64,
    standing_m: f64,
    published_km: Option<f64>,
}

/// Running totals of a status.
#[derive(Default, Clone, Copy)]
struct Total {
    length_m: f64,
    published_km: f64,
    /// Number of contributions without a published length that counts.
    unpublished: usize,
}

/// Lengths below this, in metres, are rounding.
const NOTHING_M: f64 = 1e-6;

/// Returns the length of lines by status over time, as a log gives it to their stretches.
///
/// For what lines rest on at one time see [`evidence`](super::evidence()).
///
/// # Earth and units
/// WGS 84; metres along the lines, whose edges are straight in lon/lat; chainages run through the runs of a line in order.
///
/// # Method
/// Every line starts with its own status, or with [`StatusOptions::initial`]. The entries follow in the order of the log,
/// whose dates must not decrease; each replaces, on its stretch, whatever held there. Totals are stated after the last entry
/// of each date and meeting. Measured lengths are those of the lines given; published lengths are those of the entries, summed
/// as they are, never scaled to each other.
///
/// # Errors
/// [`StatusLogError`] with the row: an unknown line or run, a stretch beyond its line or without length, a position farther
/// from it than [`StatusOptions::snap_m`].
///
/// # Guarantees
/// At every date the lengths of all statuses sum to the length of the lines.
///
/// # Examples
/// ```
/// use merestone::geo::line_string;
/// use merestone::io::Rows;
/// use merestone::model::{Input, Line, Status};
/// use merestone::question::{StatusLog, StatusOptions, status};
/// let line = Line::new("border", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 46.0)]])?;
/// let row = ["2024-05-15", "border", "0", "12000", "delimited", "12.1"].map(String::from).to_vec();
/// let headings = ["date", "section", "from_m", "to_m", "status", "km"].map(String::from).to_vec();
/// let log = StatusLog::of(Rows { input: Input::new("log.csv", ""), headings, rows: vec![(2, row)] })?;
/// let report = status(&[line], &log, &StatusOptions::default())?.report;
/// let last = report.history.iter().rfind(|row| row.status == Status::Delimited).expect("12 km are");
/// assert_eq!((last.length_m.round(), last.published_km), (12_000.0, Some(12.1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn status(
    lines: &[Line],
    log: &StatusLog,
    options: &StatusOptions,
) -> Result<Answer<StatusReport>, StatusLogError> {
    let courses = Courses::new(lines);
    let mut timelines = Vec::with_capacity(lines.len());
    let mut totals: BTreeMap<Status, Total> = BTreeMap::new();
    for course in &courses.lines {
        let status = options.initial.unwrap_or(course.line.status);
        timelines.push(Timeline::new(course.length_m, status));
        let total = totals.entry(status).or_default();
        total.length_m += course.length_m;
    }
    let length_m: f64 = courses.lines.iter().map(|course| course.length_m).sum();
    let published = published(lines);
    let mut history = rows(None, &totals, &BTreeMap::new(), length_m, published.as_ref());
    let mut standing: Vec<Standing> = Vec::with_capacity(log.entries.len());
    let mut places = Vec::with_capacity(log.entries.len());
    // Lengths that lines have from themselves have no published figure.
    let mut own: BTreeMap<Status, f64> = totals.iter().map(|(status, total)| (*status, total.length_m)).collect();
    let mut before: BTreeMap<Status, f64> = own.clone();
    for (number, entry) in log.entries.iter().enumerate() {
        let wrong = |problem| StatusLogError { path: log.input.path.clone(), row: Some(entry.row), problem };
        let (at, from_m, to_m) = courses.stretch(entry, options.snap_m).map_err(wrong)?;
        standing.push(Standing { measured_m: to_m - from_m, standing_m: 0.0, published_km: entry.published_km });
        places.push((at, from_m, to_m));
        for change in timelines[at].set(from_m, to_m, entry.status, number) {
            apply(change, &log.entries, &mut totals, &mut standing, &mut own);
        }
        let goes_on =
            log.entries.get(number + 1).is_some_and(|next| next.date == entry.date && next.meeting == entry.meeting);
        if !goes_on {
            let with_own: BTreeMap<Status, Total> = totals
                .iter()
                .map(|(status, total)| {
                    let unpublished = total.unpublished + usize::from(own.get(status).is_some_and(|m| *m > NOTHING_M));
                    (*status, Total { unpublished, ..*total })
                })
                .collect();
            history.extend(rows(Some(entry), &with_own, &before, length_m, published.as_ref()));
            before = totals.iter().map(|(status, total)| (*status, total.length_m)).collect();
        }
    }
    let entries = log.entries.iter().zip(&standing).zip(&places);
    let entries = entries.map(|((entry, standing), &(at, from_m, to_m))| EntryRow {
        row: entry.row,
        date: entry.date.clone(),
        meeting: entry.meeting.clone(),
        line: lines[at].meta.id.clone(),
        from_m,
        to_m,
        status: entry.status,
        length_m: standing.measured_m,
        published_km: entry.published_km,
        difference_m: entry.published_km.map(|km| standing.measured_m - 1000.0 * km),
        standing_m: if standing.standing_m < NOTHING_M { 0.0 } else { standing.standing_m },
        source: entry.source.clone(),
    });
    let mut stretches = Vec::new();
    for (course, timeline) in courses.lines.iter().zip(&timelines) {
        for (from_m, held) in timeline.stretches().filter(|(from_m, held)| held.to_m - from_m > NOTHING_M) {
            let entry = held.entry.map(|number| &log.entries[number]);
            stretches.push(StatusStretch {
                line: course.line.meta.id.clone(),
                from_m,
                to_m: held.to_m,
                length_m: held.to_m - from_m,
                status: held.status,
                since: entry.map(|entry| entry.date.clone()),
                meeting: entry.and_then(|entry| entry.meeting.clone()),
                row: entry.map(|entry| entry.row),
                source: entry.and_then(|entry| entry.source.clone()),
                left: course.line.left.clone(),
                right: course.line.right.clone(),
                courses: course.between(from_m, held.to_m),
            });
        }
    }
    let mut warnings: Vec<Warning> = lines.iter().flat_map(|line| super::feature_warnings(&line.meta)).collect();
    if !log.ignored.is_empty() {
        let message = format!("{}: not read: the columns {}", log.input.path, log.ignored.join(", "));
        warnings.push(Warning { code: WarningCode::Note, message, feature: None });
    }
    let report =
        StatusReport { history, entries: entries.collect(), stretches, length_m, published_length_km: published };
    Ok(Answer::new(report, Provenance::of(lines.iter().map(|line| &line.meta)), warnings))
}

/// Adds a change to the totals of its status and to what stands of its entry.
fn apply(
    change: Change,
    entries: &[LogEntry],
    totals: &mut BTreeMap<Status, Total>,
    standing: &mut [Standing],
    own: &mut BTreeMap<Status, f64>,
) {
    let total = totals.entry(change.status).or_default();
    total.length_m += change.length_m;
    let Some(number) = change.entry else {
        *own.entry(change.status).or_default() += change.length_m;
        return;
    };
    let of_entry = &mut standing[number];
    contribute(total, of_entry, -1.0);
    of_entry.standing_m += change.length_m;
    contribute(total, of_entry, 1.0);
    debug_assert_eq!(entries[number].status, change.status);
}

/// Adds to a total what stands of an entry, or takes it away.
fn contribute(total: &mut Total, entry: &Standing, sign: f64) {
    if entry.standing_m < NOTHING_M {
        return;
    }
    let whole = (entry.measured_m - entry.standing_m).abs() < NOTHING_M;
    match entry.published_km.filter(|_| whole) {
        Some(km) => total.published_km += sign * km,
        None if sign > 0.0 => total.unpublished += 1,
        None => total.unpublished -= 1,
    }
}

fn rows(
    entry: Option<&LogEntry>,
    totals: &BTreeMap<Status, Total>,
    before: &BTreeMap<Status, f64>,
    length_m: f64,
    published: Option<&Published>,
) -> Vec<StatusRow> {
    let row = |(status, total): (&Status, &Total)| {
        let earlier_m = if entry.is_some() { before.get(status).copied().unwrap_or(0.0) } else { total.length_m };
        let measured_m = if total.length_m < NOTHING_M { 0.0 } else { total.length_m };
        // The sum of decimal figures, without the noise of binary ones.
        let published_km = (entry.is_some() && total.unpublished == 0 && measured_m > 0.0)
            .then(|| (total.published_km * 1e6).round() / 1e6);
        let share = published_km.zip(published).and_then(|(km, whole)| whole.ratio_of(km));
        StatusRow {
            date: entry.map(|entry| entry.date.clone()),
            meeting: entry.and_then(|entry| entry.meeting.clone()),
            status: *status,
            length_m: measured_m,
            share: if length_m > 0.0 { measured_m / length_m } else { 0.0 },
            change_m: measured_m - earlier_m,
            published_km,
            published_share_min: share.as_ref().map(|share| share.low),
            published_share_max: share.map(|share| share.high),
        }
    };
    totals.iter().map(row).filter(|row| row.length_m > 0.0 || row.change_m.abs() > NOTHING_M).collect()
}

/// The sum of the published lengths, if every line has one.
fn published(lines: &[Line]) -> Option<Published> {
    let all: Option<Vec<&Published>> = lines.iter().map(|line| line.published_length_km.as_ref()).collect();
    let all = all.filter(|all| !all.is_empty())?;
    let source = if let [only] = all.as_slice() { only.source.clone() } else { None };
    Some(Published { low: all.iter().map(|p| p.low).sum(), high: all.iter().map(|p| p.high).sum(), source })
}
