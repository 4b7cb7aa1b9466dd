//! Layers of OGR with everything they hold, for conversion.

use super::layers::is_again;
use super::{Fields, is_local, open, open_osm, osm, proj, properties};
use crate::io::convert::{FieldKind, Position, Row, Shape, Table, shape_of_json};
use crate::io::frame::System;
use crate::io::{FeatureLabel, Problem, ReadError};
use gdal::vector::{
    Geometry, LayerAccess, OGRFieldType as Field, OGRwkbGeometryType as Wkb, geometry_type_flatten,
    geometry_type_has_m, geometry_type_has_z,
};
use geo::Coord;

/// A layer with the system it declares, and what it holds that no other format would take.
pub(in crate::io) struct OgrTable {
    pub table: Table,
    pub system: Option<System>,
    /// Geometries with arcs, which become chains.
    pub arcs: usize,
    /// Geometries with measures (M), which are left out.
    pub measures: usize,
    /// Fields of bytes, which are left out.
    pub binary: Vec<String>,
}

/// Reads the layer named, or all layers that hold anything.
pub(in crate::io) fn read_tables(
    path: &str,
    bytes: &[u8],
    wanted: Option<&str>,
    progress: &dyn Fn(u64),
) -> Result<Vec<OgrTable>, ReadError> {
    let wrong = |problem| ReadError::new(path, problem);
    is_local(path)?;
    let is_osm = osm::is_osm(bytes);
    let unknown = |_| wrong(Problem::Ogr("none of its drivers knows the format".into()));
    let opened = || if is_osm { open_osm(path) } else { open(path, None) }.map_err(unknown);
    let names: Vec<String> = opened()?.layers().map(|layer| layer.name()).collect();
    if let Some(id) = wanted.filter(|id| !names.iter().any(|name| name == id)) {
        return Err(wrong(Problem::UnknownLayer { id: id.to_owned(), layers: names }));
    }
    let mut tables = Vec::new();
    // The driver of GPX gives the points of routes and tracks once more, as layers of their own.
    let again = |name: &str| names.len() > 1 && is_again(name);
    let taken = |name: &str| wanted.map_or(!again(name), |id| id == name);
    for (index, name) in names.iter().enumerate().filter(|(_, name)| taken(name)) {
        // The driver of OpenStreetMap extracts reads the file from its start for each layer.
        let dataset = opened()?;
        let mut layer = dataset.layer(index).map_err(|error| wrong(Problem::Ogr(error.to_string())))?;
        let fields = Fields::of(&dataset, &layer);
        let known = layer.defn().fields().filter_map(|field| {
            let kind = match field.field_type() {
                Field::OFTDate => FieldKind::Date,
                Field::OFTDateTime => FieldKind::DateTime,
                _ => return None,
            };
            Some((fields.property(&field.name()), kind))
        });
        let table = Table { name: name.clone(), rows: Vec::new(), known: known.collect() };
        let system = layer.spatial_ref().map(|crs| proj::system(&crs));
        let mut read = OgrTable {
            table,
            system,
            arcs: 0,
            measures: 0,
            binary: fields.binary().into_iter().map(str::to_owned).collect(),
        };
        for (row, feature) in layer.features().enumerate() {
            let mut filled = properties(&feature, &fields);
            if is_osm {
                osm::spread(&mut filled);
            }
            let geometry = feature.geometry().filter(|g| !g.is_empty());
            let shape = geometry.map(|g| shape(g, &mut read)).transpose().map_err(|problem| ReadError {
                feature: Some(FeatureLabel { index: row, id: None }),
                ..ReadError::new(path, problem)
            })?;
            read.table.rows.push(Row { id: None, shape, properties: filled });
            if row % 1000 == 0 {
                progress(row as u64);
            }
        }
        if !read.table.rows.is_empty() || wanted.is_some() || names.len() == 1 {
            tables.push(read);
        }
    }
    Ok(tables)
}

fn shape(geometry: &Geometry, read: &mut OgrTable) -> Result<Shape, Problem> {
    read.measures += usize::from(geometry_type_has_m(geometry.geometry_type()));
    if let Some(shape) = linear(geometry) {
        return Ok(shape);
    }
    // OGR turns arcs, surfaces and the like into chains on the way to GeoJSON.
    read.arcs += 1;
    let text = geometry.json().map_err(|error| Problem::Ogr(error.to_string()))?;
    let value = serde_json::from_str(&text).map_err(|error| Problem::Ogr(error.to_string()))?;
    shape_of_json(&value)
}

fn linear(geometry: &Geometry) -> Option<Shape> {
    let parts = || (0..geometry.geometry_count()).map(|i| geometry.get_geometry(i));
    let lines = || parts().map(|part| positions(&part)).collect::<Vec<_>>();
    let polygon = |of: &Geometry| (0..of.geometry_count()).map(|i| positions(&of.get_geometry(i))).collect::<Vec<_>>();
    Some(match geometry_type_flatten(geometry.geometry_type()) {
        Wkb::wkbPoint => Shape::Point(*positions(geometry).first()?),
        Wkb::wkbLineString => Shape::Line(positions(geometry)),
        Wkb::wkbPolygon => Shape::Polygon(lines()),
        Wkb::wkbMultiPoint => Shape::MultiPoint(lines().concat()),
        Wkb::wkbMultiLineString => Shape::MultiLine(lines()),
        Wkb::wkbMultiPolygon => Shape::MultiPolygon(parts().map(|part| polygon(&part)).collect()),
        Wkb::wkbGeometryCollection => Shape::Collection(parts().map(|part| linear(&part)).collect::<Option<_>>()?),
        _ => return None,
    })
}

fn positions(geometry: &Geometry) -> Vec<Position> {
    let has_z = geometry_type_has_z(geometry.geometry_type());
    let mut points = Vec::new();
    geometry.get_points(&mut points);
    points.into_iter().map(|(x, y, z)| Position { at: Coord { x, y }, z: has_z.then_some(z) }).collect()
}
