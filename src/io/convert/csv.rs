//! Comma-separated values with positions in columns, or geometries as well-known text.

use super::super::plain::json_line;
use super::super::rows::separator;
use super::super::{FeatureLabel, Problem, ReadError};
use super::survey::Survey;
use super::table::{Position, Row, Shape, Table};
use super::wkt;
use geo::Coord;
use serde_json::{Map, Value};

/// Headings of a column of geometries.
const WKT: [&str; 5] = ["wkt", "geometry", "geom", "the_geom", "wkt_geom"];
/// Headings of a pair of columns, east and north.
const PAIRS: [(&str, &str); 8] = [
    ("lon", "lat"),
    ("longitude", "latitude"),
    ("lng", "lat"),
    ("long", "lat"),
    ("easting", "northing"),
    ("east", "north"),
    ("e", "n"),
    ("x", "y"),
];
/// Headings of a column of heights, beside a pair.
const HEIGHTS: [&str; 5] = ["z", "height", "height_m", "ele", "elevation"];

enum Place {
    Wkt(usize),
    Pair(usize, usize, Option<usize>),
}

/// A CSV text as a layer. Commas, semicolons and tabs separate, whichever the heading has most of.
pub(super) fn read(text: &str, path: &str, name: &str) -> Result<Table, ReadError> {
    let heading = text.lines().next().unwrap_or_default();
    let mut reader = ::csv::ReaderBuilder::new().delimiter(separator(heading)).from_reader(text.as_bytes());
    let broken = |error: ::csv::Error| ReadError::new(path, Problem::Csv(error.to_string()));
    let headings: Vec<String> = reader.headers().map_err(broken)?.iter().map(|h| h.trim().to_owned()).collect();
    let place = place(&headings).ok_or_else(|| ReadError::new(path, Problem::NoPlace(headings.clone())))?;
    let records = reader.records().collect::<Result<Vec<_>, _>>().map_err(broken)?;
    let taken = |column: usize| match place {
        Place::Wkt(at) => at == column,
        Place::Pair(x, y, z) => column == x || column == y || Some(column) == z,
    };
    let numeric: Vec<bool> = (0..headings.len())
        .map(|column| {
            let mut filled = records.iter().filter_map(|r| r.get(column)).filter(|cell| !cell.is_empty()).peekable();
            filled.peek().is_some() && filled.all(|cell| number(cell).is_some())
        })
        .collect();
    let mut table = Table { name: name.to_owned(), rows: Vec::new(), known: Default::default() };
    for (index, record) in records.iter().enumerate() {
        let shape = shape(record, &place).map_err(|problem| ReadError {
            feature: Some(FeatureLabel { index, id: None }),
            ..ReadError::new(path, problem)
        })?;
        let mut properties = Map::new();
        for (column, heading) in headings.iter().enumerate().filter(|(column, _)| !taken(*column)) {
            let cell = record.get(column).unwrap_or_default();
            let value = match (cell.is_empty(), numeric[column]) {
                (true, _) => Value::Null,
                (_, true) => number(cell).unwrap_or(Value::Null),
                // As this program, and OGR, write what is nested.
                _ if cell.starts_with(['{', '[']) => {
                    serde_json::from_str(cell).unwrap_or_else(|_| Value::String(cell.to_owned()))
                }
                _ => Value::String(cell.to_owned()),
            };
            properties.insert(heading.clone(), value);
        }
        table.rows.push(Row { id: None, shape, properties });
    }
    Ok(table)
}

fn place(headings: &[String]) -> Option<Place> {
    let find = |word: &str| headings.iter().position(|heading| heading.eq_ignore_ascii_case(word));
    if let Some(column) = WKT.iter().find_map(|word| find(word)) {
        return Some(Place::Wkt(column));
    }
    let (x, y) = PAIRS.iter().find_map(|(x, y)| find(x).zip(find(y)))?;
    Some(Place::Pair(x, y, HEIGHTS.iter().find_map(|word| find(word))))
}

fn shape(record: &::csv::StringRecord, place: &Place) -> Result<Option<Shape>, Problem> {
    let cell = |column: usize| record.get(column).unwrap_or_default().trim();
    match *place {
        Place::Wkt(column) if cell(column).is_empty() => Ok(None),
        Place::Wkt(column) => wkt::read(cell(column)).map(Some),
        Place::Pair(x, y, _) if cell(x).is_empty() && cell(y).is_empty() => Ok(None),
        Place::Pair(x, y, z) => {
            let coordinate = |column: usize| {
                let text = cell(column);
                let value = text.parse::<f64>().ok().filter(|n| n.is_finite());
                value.ok_or_else(|| Problem::Csv(format!("\"{text}\" is no coordinate")))
            };
            let z = z.filter(|column| !cell(*column).is_empty()).map(coordinate).transpose()?;
            Ok(Some(Shape::Point(Position { at: Coord { x: coordinate(x)?, y: coordinate(y)? }, z })))
        }
    }
}

/// A cell as a number, where the number would be written as the cell is: codes with a leading zero stay text.
fn number(cell: &str) -> Option<Value> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if leading_zero || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match serde_json::from_str::<Value>(cell) {
        Ok(value @ Value::Number(_)) => Some(value),
        _ => None,
    }
}

/// How a layer goes into CSV: points with their coordinates in two columns, or three, before the fields; other shapes as WKT.
pub(super) struct Layout {
    /// Headings of coordinates; none where a column of WKT is in their place.
    pair: Option<&'static [&'static str]>,
    fields: Vec<String>,
    /// Whether the features' own `id` is the field of that name.
    id_as_field: bool,
}

impl Layout {
    /// The layout of a layer of these features.
    pub fn of(survey: &Survey, geographic: bool) -> Self {
        let fields: Vec<String> = survey.fields().into_iter().map(|(name, _)| name).collect();
        let pair: &'static [&'static str] =
            if geographic { &["lon", "lat", "height"] } else { &["easting", "northing", "height"] };
        let pair = &pair[..if survey.heights { 3 } else { 2 }];
        let clash = fields.iter().any(|field| pair.iter().any(|word| field.eq_ignore_ascii_case(word)));
        let columns = !survey.other_than_points && !clash;
        Layout { pair: columns.then_some(pair), fields, id_as_field: survey.id_as_field() }
    }

    /// The first line.
    pub fn heading(&self) -> Vec<u8> {
        let place = self.pair.unwrap_or(&["WKT"]);
        record(place.iter().copied().chain(self.fields.iter().map(String::as_str)).map(str::to_owned))
    }

    /// The line of a feature.
    pub fn line(&self, row: &Row) -> Vec<u8> {
        let place: Vec<String> = match (&row.shape, self.pair) {
            (Some(Shape::Point(Position { at, z })), Some(pair)) => {
                let all = [Some(at.x), Some(at.y), *z];
                all[..pair.len()].iter().map(|n| n.map_or(String::new(), |n| (n + 0.0).to_string())).collect()
            }
            (_, Some(pair)) => vec![String::new(); pair.len()],
            (shape, None) => vec![shape.as_ref().map_or(String::new(), wkt::write)],
        };
        let cells = self.fields.iter().map(|field| {
            let own = row.id.as_ref().filter(|_| self.id_as_field && field == "id");
            match own.or_else(|| row.properties.get(field)) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(other) => json_line(other),
            }
        });
        record(place.into_iter().chain(cells))
    }
}

fn record(cells: impl Iterator<Item = String>) -> Vec<u8> {
    let memory = "memory takes every byte";
    let mut writer = ::csv::WriterBuilder::new().buffer_capacity(1 << 10).from_writer(Vec::new());
    writer.write_record(cells.map(String::into_bytes)).expect(memory);
    writer.into_inner().expect(memory)
}
