//! OGR layers with their full contents, for conversion.

use super::gdal_input::GdalInput;
use super::layers::is_again;
use super::settings::Settings;
use super::{Fields, Own, is_local, osm, proj, properties, unknown_format, without_short};
use crate::io::convert::{FieldKind, Position, Row, Shape, Table};
use crate::io::frame::{Reading, System};
use crate::io::text_fields::{FieldTexts, How, Settled};
use crate::io::{FeatureLabel, Problem, ReadError, antimeridian, foreign};
use gdal::vector::{
    Geometry, LayerAccess, OGRFieldType as Field, OGRwkbGeometryType as Wkb, geometry_type_flatten,
    geometry_type_has_m, geometry_type_has_z,
};
use geo::Coord;

/// A layer with its declared system and what is lost in conversion.
pub(in crate::io) struct OgrTable {
    pub table: Table,
    pub system: Option<System>,
    /// Number of arcs that were densified.
    pub arcs: usize,
    /// Number of geometries with measures (M), which are dropped.
    pub measures: usize,
    /// Number of recorded pieces with fewer than two positions, which are dropped.
    pub short: usize,
    /// Binary fields, which are dropped.
    pub binary: Vec<String>,
    /// Notes on its text encoding.
    pub notes: Vec<String>,
}

/// Reads the named layer, or all non-empty layers.
pub(in crate::io) fn read_tables(
    path: &str,
    bytes: &[u8],
    (wanted, frame): (Option<&str>, Reading<'_>),
    progress: &dyn Fn(u64),
) -> Result<Vec<OgrTable>, ReadError> {
    let wrong = |problem| ReadError::new(path, problem);
    is_local(path, frame)?;
    let gdal_input = GdalInput::of(path, bytes, frame)?;
    let is_osm = osm::is_osm(gdal_input.bytes);
    let unknown = |_| wrong(unknown_format(gdal_input.bytes, frame.limits));
    let _settings = Settings::reading(frame.limits).map_err(|error| wrong(Problem::Ogr(error.to_string())))?;
    let opened = |how| FieldTexts::open(&gdal_input.path, how, is_osm, frame.limits).map_err(unknown);
    let first = opened(How::Declared)?;
    let mut texts = FieldTexts::of(&first, gdal_input.encoding);
    let names: Vec<String> = first.layers().map(|layer| layer.name()).collect();
    if let Some(id) = wanted.filter(|id| !names.iter().any(|name| name == id)) {
        return Err(wrong(Problem::UnknownLayer { id: id.to_owned(), layers: names }));
    }
    let mut tables = Vec::new();
    // The GPX driver repeats the points of routes and tracks as separate layers.
    let again = |name: &str| names.len() > 1 && is_again(name);
    let taken = |name: &str| wanted.map_or(!again(name), |id| id == name);
    for (index, name) in names.iter().enumerate().filter(|(_, name)| taken(name)) {
        // The OpenStreetMap driver reads the file from its start for each layer.
        let dataset = opened(texts.how)?;
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
        let system = layer.spatial_ref().and_then(|crs| proj::system(&crs));
        let mut read = OgrTable {
            table,
            system,
            arcs: 0,
            measures: 0,
            short: 0,
            binary: fields.binary().into_iter().map(str::to_owned).collect(),
            notes: gdal_input.notes.clone(),
        };
        for (row, feature) in layer.features().enumerate() {
            let mut filled = properties(&feature, &fields);
            if is_osm {
                osm::spread(&mut filled);
            }
            let geometry = feature.geometry().filter(|g| !g.is_empty());
            let mut shape = geometry.map(|g| shape(g, &mut read)).transpose().map_err(|problem| ReadError {
                feature: Some(FeatureLabel { index: row, id: None }),
                ..ReadError::new(path, problem)
            })?;
            if let (Own::Gpx, Some(Shape::MultiLine(pieces))) = (fields.own, &mut shape) {
                read.short += without_short(pieces, Vec::len);
            }
            match (fields.own, &mut shape) {
                (Own::Kml, Some(Shape::Polygon(rings))) => antimeridian::unwrap_rings(rings),
                (Own::Kml, Some(Shape::MultiPolygon(all))) => {
                    all.iter_mut().for_each(|rings| antimeridian::unwrap_rings(rings));
                }
                _ => {}
            }
            read.table.rows.push(Row { id: None, shape, properties: filled });
            if row % 1000 == 0 {
                progress(row as u64);
            }
        }
        match texts.settle(path, read.table.rows.iter_mut().map(|row| &mut row.properties)) {
            Settled::As(notes) => read.notes.extend(notes),
            // The declared encoding is wrong: reads the bytes instead.
            Settled::Again => {
                texts.how = How::Bytes;
                let dataset = opened(texts.how)?;
                let mut layer = dataset.layer(index).map_err(|error| wrong(Problem::Ogr(error.to_string())))?;
                let fields = Fields::of(&dataset, &layer);
                let mut again: Vec<_> = layer.features().map(|feature| properties(&feature, &fields)).collect();
                if let Settled::As(notes) = texts.settle(path, again.iter_mut()) {
                    read.notes.extend(notes);
                }
                read.table.rows.iter_mut().zip(again).for_each(|(row, properties)| row.properties = properties);
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
    whole(geometry, &mut read.arcs)
        .ok_or_else(|| Problem::Ogr(format!("a geometry of the type {} is not read", geometry.geometry_name())))
}

/// A geometry with curves or surfaces, densified to simple types.
pub(super) fn stroked(geometry: &Geometry, arcs: &mut usize) -> Option<geo::Geometry> {
    let line = |line: Vec<Position>| geo::LineString(line.into_iter().map(|position| position.at).collect());
    let polygon = |rings: Vec<Vec<Position>>| {
        let mut rings = rings.into_iter().map(line);
        rings.next().map(|shell| geo::Polygon::new(shell, rings.collect()))
    };
    let mut parts = Vec::new();
    whole(geometry, arcs)?.simple(&mut parts);
    let mut all: Vec<geo::Geometry> = Vec::new();
    for part in parts {
        match part {
            Shape::Point(position) => all.push(geo::Point(position.at).into()),
            Shape::Line(run) => all.push(line(run).into()),
            Shape::Polygon(rings) => all.extend(polygon(rings).map(geo::Geometry::from)),
            _ => {}
        }
    }
    let polygons = |all: &[geo::Geometry]| -> Option<Vec<geo::Polygon>> {
        all.iter().map(|one| if let geo::Geometry::Polygon(one) = one { Some(one.clone()) } else { None }).collect()
    };
    match all.len() {
        0 | 1 => all.pop(),
        _ => Some(match polygons(&all) {
            Some(polygons) => geo::MultiPolygon(polygons).into(),
            None => geo::Geometry::GeometryCollection(geo::GeometryCollection(all)),
        }),
    }
}

/// A geometry of any type; arcs are densified and counted.
fn whole(geometry: &Geometry, arcs: &mut usize) -> Option<Shape> {
    let parts = |of: &Geometry| of.geometry_count();
    Some(match geometry_type_flatten(geometry.geometry_type()) {
        Wkb::wkbPoint => Shape::Point(*positions(geometry).first()?),
        Wkb::wkbLineString | Wkb::wkbCircularString | Wkb::wkbCompoundCurve => Shape::Line(curve(geometry, arcs)?),
        Wkb::wkbPolygon | Wkb::wkbCurvePolygon | Wkb::wkbTriangle => Shape::Polygon(rings(geometry, arcs)?),
        Wkb::wkbMultiPoint => {
            Shape::MultiPoint((0..parts(geometry)).flat_map(|i| positions(&geometry.get_geometry(i))).collect())
        }
        Wkb::wkbMultiLineString | Wkb::wkbMultiCurve => Shape::MultiLine(
            (0..parts(geometry)).map(|i| curve(&geometry.get_geometry(i), arcs)).collect::<Option<_>>()?,
        ),
        Wkb::wkbMultiPolygon | Wkb::wkbMultiSurface | Wkb::wkbPolyhedralSurface | Wkb::wkbTIN => {
            let all = (0..parts(geometry)).map(|i| rings(&geometry.get_geometry(i), arcs));
            Shape::MultiPolygon(all.collect::<Option<_>>()?)
        }
        Wkb::wkbGeometryCollection => {
            let all = (0..parts(geometry)).map(|i| whole(&geometry.get_geometry(i), arcs));
            Shape::Collection(all.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

fn rings(polygon: &Geometry, arcs: &mut usize) -> Option<Vec<Vec<Position>>> {
    (0..polygon.geometry_count()).map(|i| curve(&polygon.get_geometry(i), arcs)).collect()
}

fn curve(geometry: &Geometry, arcs: &mut usize) -> Option<Vec<Position>> {
    match geometry_type_flatten(geometry.geometry_type()) {
        Wkb::wkbCircularString => {
            let points = positions(geometry);
            *arcs += points.len() / 2;
            let mut chain = Vec::new();
            foreign::arcs(&points, &mut chain);
            Some(chain)
        }
        Wkb::wkbCompoundCurve => {
            let mut chain: Vec<Position> = Vec::new();
            for part in 0..geometry.geometry_count() {
                let part = curve(&geometry.get_geometry(part), arcs)?;
                let again = chain.last().zip(part.first()).is_some_and(|(last, first)| last.at == first.at);
                chain.extend(part.into_iter().skip(usize::from(again)));
            }
            Some(chain)
        }
        Wkb::wkbLineString | Wkb::wkbLinearRing => Some(positions(geometry)),
        _ => None,
    }
}

fn positions(geometry: &Geometry) -> Vec<Position> {
    let has_z = geometry_type_has_z(geometry.geometry_type());
    let mut points = Vec::new();
    geometry.get_points(&mut points);
    points.into_iter().map(|(x, y, z)| Position { at: Coord { x, y }, z: has_z.then_some(z) }).collect()
}
