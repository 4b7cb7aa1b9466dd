//! Writes layers as comma-separated values: positions in columns, or geometries as well-known text.

use super::super::plain::json_line;
use super::survey::Survey;
use super::table::{Position, Row, Shape};
use super::wkt;
use serde_json::Value;

/// CSV layout of a layer: points with their coordinates in two or three columns before the fields; other geometries as
/// WKT.
pub(super) struct Layout {
    /// Headings of coordinates; `None` if there is a WKT column instead.
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
