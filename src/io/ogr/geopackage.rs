//! Writes GeoPackages with typed columns: GDAL's drivers take Booleans and JSON from the types that SQL declares.

use super::write::{layer_options, layer_type, spatial_ref, write_rows};
use crate::io::convert::{FieldKind, Format, Table};
use crate::io::frame::System;
use gdal::errors::Result;
use gdal::raster::RasterCreationOptions;
use gdal::vector::LayerOptions;
use gdal::vector::sql::Dialect;
use gdal::{Dataset, DatasetOptions, DriverManager, GdalOpenFlags};
use serde_json::Value;
use std::path::Path;

/// The standard's tables of what columns hold (schema extension).
const DATA_COLUMNS: [&str; 4] = [
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, \
     definition TEXT NOT NULL, scope TEXT NOT NULL, UNIQUE (table_name, column_name, extension_name))",
    "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, \
     title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, PRIMARY KEY (table_name, column_name), \
     UNIQUE (table_name, name))",
    "CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT \
     NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, \
     UNIQUE (constraint_name, constraint_type, value))",
    "INSERT OR IGNORE INTO gpkg_extensions SELECT table_name, '', 'gpkg_schema', \
     'http://www.geopackage.org/spec121/#extension_schema', 'read-write' FROM (SELECT 'gpkg_data_columns' AS table_name \
     UNION SELECT 'gpkg_data_column_constraints')",
];

/// Writes layers into a new GeoPackage.
pub(super) fn write(path: &Path, tables: &[Table], system: &System, progress: &dyn Fn(u64)) -> Result<Dataset> {
    let mut dataset = DriverManager::get_driver_by_name("GPKG")?.create_with_band_type_with_options::<u8, _>(
        path,
        0,
        0,
        0,
        &RasterCreationOptions::default(),
    )?;
    let srs = spatial_ref(system)?;
    let mut states_json = false;
    for table in tables {
        let fields = table.fields();
        let options = layer_options(&fields);
        let (kind, _) = layer_type(table, Format::GeoPackage);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        dataset.create_layer(LayerOptions { name: &table.name, srs: Some(&srs), ty: kind, options: Some(&options) })?;
        for (name, kind) in &fields {
            let column = format!("ALTER TABLE {} ADD COLUMN {} {}", quoted(&table.name), quoted(name), sql_type(*kind));
            dataset.execute_sql(column, None, Dialect::DEFAULT)?;
            if *kind == FieldKind::Nested && is_json(table, name) {
                if !std::mem::replace(&mut states_json, true) {
                    for statement in DATA_COLUMNS {
                        dataset.execute_sql(statement, None, Dialect::DEFAULT)?;
                    }
                }
                let (table, column) = (text(&table.name), text(name));
                let states = format!(
                    "INSERT INTO gpkg_data_columns VALUES ({table}, {column}, NULL, NULL, NULL, 'application/json', NULL)"
                );
                dataset.execute_sql(states, None, Dialect::DEFAULT)?;
            }
        }
    }
    dataset.close()?;
    // An open layer does not know the columns that were added.
    let flags = GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_UPDATE;
    let mut dataset = Dataset::open_ex(path, DatasetOptions { open_flags: flags, ..DatasetOptions::default() })?;
    let transaction = dataset.start_transaction()?;
    for table in tables {
        let layer = transaction.layer_by_name(&table.name)?;
        write_rows(&layer, table, Format::GeoPackage, progress)?;
    }
    transaction.commit()?;
    Ok(dataset)
}

/// Whether every value of a field is a list or an object.
fn is_json(table: &Table, name: &str) -> bool {
    let values = table.rows.iter().filter_map(|row| row.properties.get(name));
    values.into_iter().all(|value| matches!(value, Value::Null | Value::Array(_) | Value::Object(_)))
}

/// The standard's name of a column type.
const fn sql_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Bool => "BOOLEAN",
        FieldKind::Integer => "INTEGER",
        FieldKind::Real => "REAL",
        FieldKind::Date => "DATE",
        FieldKind::DateTime => "DATETIME",
        FieldKind::Text | FieldKind::Nested => "TEXT",
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}
