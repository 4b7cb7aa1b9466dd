//! Writes a layer as GeoParquet 1.1: well-known binary, and a column with the box of each feature (covering).

use super::column::GEO;
use crate::io::convert::{FieldKind, Position, Row, Shape, Table};
use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, StructArray,
};
use arrow_schema::{DataType, Field, Fields, Schema};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows of a row group: readers skip groups by the boxes in their statistics.
const GROUP: usize = 1 << 14;

const GEOMETRY: &str = "geometry";
const BBOX: &str = "bbox";
/// The edges of a box, in the order of the format.
const EDGES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// The file of a layer in longitude and latitude on WGS 84, in the order of its features; the same layer gives the same
/// bytes.
///
/// # Errors
/// The writer refuses the columns.
pub(in crate::io) fn bytes_of(table: &Table) -> Result<Vec<u8>, String> {
    let fields = table.fields();
    let schema = Arc::new(schema(&fields));
    let outlines: Vec<Option<[f64; 4]>> = table.rows.iter().map(|row| row.shape.as_ref().and_then(outline)).collect();
    let geo = KeyValue::new(GEO.to_owned(), metadata(table, &outlines).to_string());
    let level = ZstdLevel::try_new(3).map_err(|error| error.to_string())?;
    let properties = WriterProperties::builder()
        .set_created_by(concat!("merestone ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(level))
        .set_key_value_metadata(Some(vec![geo]))
        .build();
    let wrong = |error: ::parquet::errors::ParquetError| error.to_string();
    let mut writer = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties)).map_err(wrong)?;
    for (rows, outlines) in table.rows.chunks(GROUP).zip(outlines.chunks(GROUP)) {
        let columns = fields.iter().map(|(name, kind)| column(rows, name, *kind));
        let columns: Vec<ArrayRef> = columns.chain([geometries(rows), boxes(outlines)]).collect();
        let batch = RecordBatch::try_new(schema.clone(), columns).map_err(|error| error.to_string())?;
        writer.write(&batch).map_err(wrong)?;
        writer.flush().map_err(wrong)?;
    }
    writer.into_inner().map_err(wrong)
}

fn data_type(kind: FieldKind) -> DataType {
    match kind {
        FieldKind::Bool => DataType::Boolean,
        FieldKind::Integer => DataType::Int64,
        FieldKind::Real => DataType::Float64,
        FieldKind::Text | FieldKind::Date | FieldKind::DateTime | FieldKind::Nested => DataType::Utf8,
    }
}

fn schema(fields: &[(String, FieldKind)]) -> Schema {
    let own = fields.iter().map(|(name, kind)| Field::new(name, data_type(*kind), true));
    let bbox = Field::new(BBOX, DataType::Struct(edges()), true);
    Schema::new(own.chain([Field::new(GEOMETRY, DataType::Binary, true), bbox]).collect::<Vec<Field>>())
}

fn edges() -> Fields {
    EDGES.iter().map(|edge| Field::new(*edge, DataType::Float64, true)).collect()
}

fn column(rows: &[Row], name: &str, kind: FieldKind) -> ArrayRef {
    let values = || rows.iter().map(|row| row.properties.get(name).filter(|value| !value.is_null()));
    match kind {
        FieldKind::Bool => Arc::new(values().map(|value| value?.as_bool()).collect::<BooleanArray>()),
        FieldKind::Integer => Arc::new(values().map(|value| value?.as_i64()).collect::<Int64Array>()),
        FieldKind::Real => Arc::new(values().map(|value| value?.as_f64()).collect::<Float64Array>()),
        _ => {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Arc::new(values().map(|value| value.map(text)).collect::<StringArray>())
        }
    }
}

fn geometries(rows: &[Row]) -> ArrayRef {
    let wkb = |shape: &Shape| {
        let mut out = Vec::new();
        put(shape, shape.has_z(), &mut out);
        out
    };
    Arc::new(rows.iter().map(|row| row.shape.as_ref().map(wkb)).collect::<BinaryArray>())
}

fn boxes(outlines: &[Option<[f64; 4]>]) -> ArrayRef {
    let edge = |at: usize| -> ArrayRef {
        Arc::new(outlines.iter().map(|outline| outline.map(|outline| outline[at])).collect::<Float64Array>())
    };
    let present = outlines.iter().map(Option::is_some).collect::<Vec<bool>>();
    Arc::new(StructArray::new(edges(), (0..4).map(edge).collect(), Some(present.into())))
}

/// West, south, east and north.
fn outline(shape: &Shape) -> Option<[f64; 4]> {
    let mut outline: Option<[f64; 4]> = None;
    let done: Result<(), std::convert::Infallible> = shape.clone().each(&mut |position| {
        let Position { at, .. } = *position;
        let [w, s, e, n] = outline.unwrap_or([at.x, at.y, at.x, at.y]);
        outline = Some([w.min(at.x), s.min(at.y), e.max(at.x), n.max(at.y)]);
        Ok(())
    });
    let Ok(()) = done;
    outline
}

/// The metadata of the file: the system is longitude and latitude on WGS 84, which the format takes if none is written.
fn metadata(table: &Table, outlines: &[Option<[f64; 4]>]) -> Value {
    let shapes = || table.rows.iter().filter_map(|row| row.shape.as_ref());
    let name = |shape: &Shape| format!("{}{}", kind(shape).1, if shape.has_z() { " Z" } else { "" });
    let types: BTreeSet<String> = shapes().map(name).collect();
    let path = |edge: &&str| ((*edge).to_owned(), json!([BBOX, edge]));
    let covering: serde_json::Map<String, Value> = EDGES.iter().map(path).collect();
    let mut column = json!({
        "encoding": "WKB", "geometry_types": types, "edges": "planar", "covering": { BBOX: covering },
    });
    let join = |a: [f64; 4], b: [f64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    if let Some(whole) = outlines.iter().flatten().copied().reduce(join) {
        column["bbox"] = json!(whole);
    }
    json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": { GEOMETRY: column } })
}

/// The code of well-known binary, and the name in the format.
const fn kind(shape: &Shape) -> (u32, &'static str) {
    match shape {
        Shape::Point(_) => (1, "Point"),
        Shape::Line(_) => (2, "LineString"),
        Shape::Polygon(_) => (3, "Polygon"),
        Shape::MultiPoint(_) => (4, "MultiPoint"),
        Shape::MultiLine(_) => (5, "MultiLineString"),
        Shape::MultiPolygon(_) => (6, "MultiPolygon"),
        Shape::Collection(_) => (7, "GeometryCollection"),
    }
}

/// Appends a geometry as ISO well-known binary, little-endian.
fn put(shape: &Shape, has_z: bool, out: &mut Vec<u8>) {
    out.push(1);
    out.extend((kind(shape).0 + if has_z { 1000 } else { 0 }).to_le_bytes());
    let count = |count: usize, out: &mut Vec<u8>| out.extend((count as u32).to_le_bytes());
    let position = |position: &Position, out: &mut Vec<u8>| {
        out.extend(position.at.x.to_le_bytes());
        out.extend(position.at.y.to_le_bytes());
        if has_z {
            out.extend(position.z.unwrap_or(0.0).to_le_bytes());
        }
    };
    let line = |line: &[Position], out: &mut Vec<u8>| {
        count(line.len(), out);
        line.iter().for_each(|at| position(at, out));
    };
    match shape {
        Shape::Point(at) => position(at, out),
        Shape::Line(all) => line(all, out),
        Shape::Polygon(rings) => {
            count(rings.len(), out);
            rings.iter().for_each(|ring| line(ring, out));
        }
        Shape::MultiPoint(all) => {
            count(all.len(), out);
            all.iter().for_each(|at| put(&Shape::Point(*at), has_z, out));
        }
        Shape::MultiLine(all) => {
            count(all.len(), out);
            all.iter().for_each(|one| put(&Shape::Line(one.clone()), has_z, out));
        }
        Shape::MultiPolygon(all) => {
            count(all.len(), out);
            all.iter().for_each(|one| put(&Shape::Polygon(one.clone()), has_z, out));
        }
        Shape::Collection(all) => {
            count(all.len(), out);
            all.iter().for_each(|one| put(one, has_z, out));
        }
    }
}
