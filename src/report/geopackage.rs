//! GeoPackage output (OGC 12-128r18): a layer for each geometry type, an attribute table for each list without
//! geometry, tool, inputs and method as metadata, and layer styles for QGIS.

use super::records::columns_of;
use super::style::{GeometryKind, style_of};
use super::{Record, Rendering};
use crate::model::{Bounds, Envelope};
use geo::Coord;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::Value;

/// The timestamp in files, fixed so that the same input gives the same bytes.
const WRITTEN: &str = "2000-01-01T00:00:00.000Z";
/// Application id `GPKG`, and version 1.3 of the standard.
const HEADER: &str = "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;";

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL,
  m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER NOT NULL PRIMARY KEY, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL, md_file_id INTEGER NOT NULL REFERENCES gpkg_metadata(id), md_parent_id INTEGER);
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT, ui TEXT, update_time DATETIME);
";

const WGS84: &str = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],\
AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,\
AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]]";
const WGS84_ID: i64 = 4326;
/// The standard's tables of what columns hold; written only where there is something to state.
const DATA_COLUMNS: &str = "
CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
  description TEXT, mime_type TEXT, constraint_name TEXT, PRIMARY KEY (table_name, column_name), UNIQUE (table_name, name));
CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL,
  value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  UNIQUE (constraint_name, constraint_type, value));
INSERT OR IGNORE INTO gpkg_extensions VALUES ('gpkg_data_columns', '', 'gpkg_schema',
  'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
INSERT OR IGNORE INTO gpkg_extensions VALUES ('gpkg_data_column_constraints', '', 'gpkg_schema',
  'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
";
const METADATA_EXTENSION: &str = "http://www.geopackage.org/spec120/#extension_metadata";

/// The database engine failed to write an answer as GeoPackage.
#[derive(Debug, thiserror::Error)]
#[error("the GeoPackage cannot be made: {0}")]
pub struct GeoPackageError(#[from] rusqlite::Error);

/// Returns the answer as the bytes of a GeoPackage.
///
/// Columns have the names and units of the JSON answer; Booleans are Booleans. The tables are `<command>_polygons`,
/// `<command>_lines`, `<command>_points` and one for each list that is not in the features.
///
/// # Errors
/// The database engine fails, which is a fault of the program.
pub fn geopackage<R: Rendering>(answer: &Envelope<R>) -> Result<Vec<u8>, GeoPackageError> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch(HEADER)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(TABLES)?;
    spatial_references(&transaction)?;
    let features = answer.results.features();
    for kind in GeometryKind::ALL {
        let of_kind: Vec<&Value> =
            features.iter().filter(|feature| GeometryKind::of(&feature["geometry"]) == Some(kind)).collect();
        if !of_kind.is_empty() {
            layer(&transaction, &format!("{}_{}", R::COMMAND, kind.word()), kind, &of_kind)?;
        }
    }
    for records in answer.results.records().iter().filter(|records| !records.is_empty()) {
        let rows: Vec<Record> = (0..records.len()).map(|at| records.row(at)).collect();
        attributes(&transaction, &records.name, records.columns(), &rows)?;
    }
    if features.iter().any(|feature| GeometryKind::of(&feature["geometry"]).is_some()) {
        register(&transaction, "layer_styles")?;
    }
    metadata(&transaction, answer)?;
    transaction.commit()?;
    Ok(connection.serialize("main")?.to_vec())
}

fn spatial_references(db: &Connection) -> rusqlite::Result<()> {
    let insert = "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)";
    db.execute(insert, params!["Undefined Cartesian SRS", -1, "NONE", -1, "undefined"])?;
    db.execute(insert, params!["Undefined geographic SRS", 0, "NONE", 0, "undefined"])?;
    db.execute(insert, params!["WGS 84", WGS84_ID, "EPSG", WGS84_ID, WGS84])?;
    Ok(())
}

/// The standard's name of a geometry type.
const fn type_name(kind: GeometryKind, multi: bool) -> &'static str {
    match (kind, multi) {
        (GeometryKind::Points, false) => "POINT",
        (GeometryKind::Points, true) => "MULTIPOINT",
        (GeometryKind::Lines, false) => "LINESTRING",
        (GeometryKind::Lines, true) => "MULTILINESTRING",
        (GeometryKind::Polygons, false) => "POLYGON",
        (GeometryKind::Polygons, true) => "MULTIPOLYGON",
    }
}

/// Prefix of the names of multi-geometry types.
const MULTI: &str = "Multi";

/// A column and its SQL type.
type SqlColumn = (String, &'static str);

fn layer(db: &Connection, table: &str, kind: GeometryKind, features: &[&Value]) -> rusqlite::Result<()> {
    let mut rows: Vec<Record> = Vec::new();
    for feature in features {
        let mut row = feature["properties"].as_object().cloned().unwrap_or_default();
        // The feature's own id; a property named `id` repeats it or is the identifier in the data.
        row.entry("id").or_insert_with(|| feature["id"].clone());
        rows.push(row);
    }
    let names = columns_of(&rows);
    let columns = typed(&names, &rows);
    create(db, table, Some(kind), &columns)?;
    let (mut boxes, mut sql) = (Vec::new(), Vec::new());
    // A layer has one type: single geometries become multi-geometries if it has any of these.
    let is_multi = |feature: &&Value| feature["geometry"]["type"].as_str().is_some_and(|word| word.starts_with(MULTI));
    let multi = features.iter().any(is_multi);
    for (feature, row) in features.iter().zip(&rows) {
        let (geometry, bounds) = blob(&feature["geometry"], multi);
        boxes.extend(bounds);
        sql.push(std::iter::once(Sql::Blob(geometry)).chain(values(&columns, row)).collect::<Vec<_>>());
    }
    insert(db, table, 1 + columns.len(), &sql)?;
    let plain =
        boxes.into_iter().reduce(|a: Bounds, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let [west, south, east, north] = plain.map_or([None; 4], |bounds| bounds.map(Some));
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, '', ?2, ?3, ?4, ?5, ?6, ?7)",
        params![table, WRITTEN, west, south, east, north, WGS84_ID],
    )?;
    db.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
        params![table, type_name(kind, multi), WGS84_ID],
    )?;
    state_json(db, table, &names, &rows)?;
    let style = style_of(kind, &names, &rows);
    db.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, \
         styleSLD, useAsDefault, description, owner, update_time) VALUES ('', '', ?1, 'geom', ?1, ?2, '', 1, '', '', ?3)",
        params![table, style, WRITTEN],
    )?;
    Ok(())
}

fn attributes(db: &Connection, table: &str, names: &[String], rows: &[Record]) -> rusqlite::Result<()> {
    let columns = typed(names, rows);
    create(db, table, None, &columns)?;
    let sql: Vec<Vec<Sql>> = rows.iter().map(|row| values(&columns, row).collect()).collect();
    insert(db, table, columns.len(), &sql)?;
    state_json(db, table, names, rows)?;
    register(db, table)
}

/// States which columns of text hold JSON objects or lists.
fn state_json(db: &Connection, table: &str, names: &[String], rows: &[Record]) -> rusqlite::Result<()> {
    let is_json = |value: &Value| {
        let text = value.as_str().filter(|text| text.starts_with(['{', '[']));
        text.is_some_and(|text| serde_json::from_str::<Value>(text).is_ok())
    };
    for name in names {
        let mut values = rows.iter().filter_map(|row| row.get(name)).filter(|value| !value.is_null()).peekable();
        if values.peek().is_some() && values.all(is_json) {
            db.execute_batch(DATA_COLUMNS)?;
            db.execute(
                "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, NULL, NULL, 'application/json', NULL)",
                params![table, name],
            )?;
        }
    }
    Ok(())
}

/// Registers a table without geometry in the contents.
fn register(db: &Connection, table: &str) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'attributes', ?1, '', ?2, NULL, NULL, NULL, NULL, NULL)",
        params![table, WRITTEN],
    )?;
    Ok(())
}

/// The envelope of the answer without its results, as metadata of the whole file.
fn metadata<R: Rendering>(db: &Connection, answer: &Envelope<R>) -> rusqlite::Result<()> {
    let mut statement = serde_json::to_value(answer.without_results()).unwrap_or_default();
    if let Some(members) = statement.as_object_mut() {
        members.shift_remove("results");
    }
    db.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://json-schema.org/draft/2020-12/schema', 'application/json', ?)",
        params![statement.to_string()],
    )?;
    db.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
        params![WRITTEN],
    )?;
    for table in ["gpkg_metadata", "gpkg_metadata_reference"] {
        db.execute(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', ?, 'read-write')",
            params![table, METADATA_EXTENSION],
        )?;
    }
    Ok(())
}

/// Columns with the type that fits all their values: Boolean, integer, real or text.
fn typed(names: &[String], rows: &[Record]) -> Vec<SqlColumn> {
    let kind = |name: &String| {
        let all = || rows.iter().filter_map(|row| row.get(name)).filter(|value| !value.is_null());
        match () {
            () if all().next().is_none() => "TEXT",
            () if all().all(Value::is_boolean) => "BOOLEAN",
            () if all().all(|value| value.is_i64() || value.is_u64()) => "INTEGER",
            () if all().all(Value::is_number) => "REAL",
            () => "TEXT",
        }
    };
    names.iter().map(|name| (name.clone(), kind(name))).collect()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Creates a table; a column name that is reserved in the table, or differs from another only in case, gets a number.
fn create(db: &Connection, table: &str, kind: Option<GeometryKind>, columns: &[SqlColumn]) -> rusqlite::Result<()> {
    let mut taken = vec!["fid".to_owned(), "geom".to_owned()];
    let mut sql = format!("CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", quoted(table));
    if kind.is_some() {
        sql.push_str(", geom GEOMETRY");
    }
    for (name, kind) in columns {
        let free = |name: &String| !taken.contains(&name.to_lowercase());
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let Some(name) = std::iter::once(name.clone()).chain(numbered).find(free) else { continue };
        taken.push(name.to_lowercase());
        sql.push_str(&format!(", {} {kind}", quoted(&name)));
    }
    db.execute_batch(&(sql + ")"))
}

fn insert(db: &Connection, table: &str, columns: usize, rows: &[Vec<Sql>]) -> rusqlite::Result<()> {
    let mut statement = db.prepare(&format!("INSERT INTO {} VALUES (NULL{})", quoted(table), ", ?".repeat(columns)))?;
    for row in rows {
        statement.execute(params_from_iter(row))?;
    }
    Ok(())
}

fn values<'a>(columns: &'a [SqlColumn], row: &'a Record) -> impl Iterator<Item = Sql> + 'a {
    columns.iter().map(|(name, _)| match row.get(name) {
        None | Some(Value::Null) => Sql::Null,
        Some(Value::Bool(holds)) => Sql::Integer((*holds).into()),
        Some(Value::Number(number)) => match number.as_i64() {
            Some(whole) => Sql::Integer(whole),
            None => Sql::Real(number.as_f64().unwrap_or(f64::NAN)),
        },
        Some(Value::String(text)) => Sql::Text(text.clone()),
        Some(nested) => Sql::Text(nested.to_string()),
    })
}

/// The geometry as a GeoPackage blob (2.1.3), little-endian with an envelope, and its box.
fn blob(geometry: &Value, multi: bool) -> (Vec<u8>, Option<Bounds>) {
    let mut wkb = Vec::new();
    let mut all = Vec::new();
    let (word, coordinates) = (geometry["type"].as_str().unwrap_or_default(), &geometry["coordinates"]);
    if multi && !word.starts_with(MULTI) {
        well_known_binary(&format!("{MULTI}{word}"), &Value::Array(vec![coordinates.clone()]), &mut wkb, &mut all);
    } else {
        well_known_binary(word, coordinates, &mut wkb, &mut all);
    }
    let bounds = crate::model::bounds_of_positions(all);
    let mut blob = vec![b'G', b'P', 0, if bounds.is_some() { 0b11 } else { 0b1_0001 }];
    blob.extend((WGS84_ID as i32).to_le_bytes());
    if let Some([west, south, east, north]) = bounds {
        [west, east, south, north].iter().for_each(|side| blob.extend(side.to_le_bytes()));
    }
    blob.extend(wkb);
    (blob, bounds)
}

fn well_known_binary(kind: &str, coordinates: &Value, out: &mut Vec<u8>, all: &mut Vec<Coord>) {
    let parts: &[Value] = coordinates.as_array().map_or(&[], Vec::as_slice);
    let count = |parts: &[Value]| u32::try_from(parts.len()).unwrap_or(u32::MAX).to_le_bytes();
    let code: u32 = match kind {
        "Point" => 1,
        "LineString" => 2,
        "Polygon" => 3,
        "MultiPoint" => 4,
        "MultiLineString" => 5,
        _ => 6,
    };
    out.push(1);
    out.extend(code.to_le_bytes());
    match kind {
        "Point" => position(coordinates, out, all),
        "LineString" => {
            out.extend(count(parts));
            parts.iter().for_each(|at| position(at, out, all));
        }
        "Polygon" => {
            out.extend(count(parts));
            for ring in parts {
                let ring: &[Value] = ring.as_array().map_or(&[], Vec::as_slice);
                out.extend(count(ring));
                ring.iter().for_each(|at| position(at, out, all));
            }
        }
        multi => {
            out.extend(count(parts));
            let single = multi.trim_start_matches(MULTI);
            parts.iter().for_each(|part| well_known_binary(single, part, out, all));
        }
    }
}

fn position(at: &Value, out: &mut Vec<u8>, all: &mut Vec<Coord>) {
    let number = |axis: usize| at.get(axis).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let at = Coord { x: number(0), y: number(1) };
    out.extend(at.x.to_le_bytes());
    out.extend(at.y.to_le_bytes());
    all.push(at);
}
