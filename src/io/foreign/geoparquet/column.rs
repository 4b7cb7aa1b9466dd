//! The column of geometries: by the metadata of GeoParquet (key `geo`), or by the types of Parquet itself.

use super::native::Kind;
use crate::io::frame::System;
use crate::model::Edges;
use ::parquet::arrow::arrow_reader::ArrowReaderMetadata;
use ::parquet::basic::LogicalType;
use arrow_schema::DataType;
use serde_json::Value;

/// How geometries are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Well-known binary.
    Wkb,
    /// Nested lists of coordinates, as GeoArrow has them.
    Native(Kind),
}

/// The column of geometries that is read.
#[derive(Debug, Clone)]
pub(super) struct GeometryColumn {
    pub name: String,
    pub encoding: Encoding,
    /// The declared system; of GeoParquet that is OGC:CRS84 if none is written.
    pub crs: Option<System>,
    /// Whether the file states that its system is unknown.
    pub unknown_crs: bool,
    /// The kind of edges, if they are not straight in longitude and latitude.
    pub edges: Option<Edges>,
    /// Paths of the columns with the box of each feature: west, south, east, north.
    pub covering: Option<[Vec<String>; 4]>,
    /// Further columns of geometries.
    pub others: Vec<String>,
}

/// The key of the file's metadata.
pub(super) const GEO: &str = "geo";

impl GeometryColumn {
    /// # Errors
    /// No column holds geometries, or the metadata contradict the columns.
    pub fn of(metadata: &ArrowReaderMetadata) -> Result<Self, String> {
        let pairs = metadata.metadata().file_metadata().key_value_metadata();
        let geo = pairs.into_iter().flatten().find(|pair| pair.key == GEO).and_then(|pair| pair.value.as_deref());
        match geo {
            Some(text) => Self::of_geo(text, metadata),
            None => Self::of_types(metadata).unwrap_or_else(|| {
                let names: Vec<&str> = metadata.schema().fields().iter().map(|field| field.name().as_str()).collect();
                Err(format!("it has no metadata of GeoParquet (key \"geo\"); its columns are {}", names.join(", ")))
            }),
        }
    }

    fn of_geo(text: &str, metadata: &ArrowReaderMetadata) -> Result<Self, String> {
        let geo: Value =
            serde_json::from_str(text).map_err(|error| format!("its metadata \"geo\" are no JSON: {error}"))?;
        let name = geo["primary_column"].as_str().ok_or("its metadata \"geo\" name no primary_column")?;
        let columns = geo["columns"].as_object().ok_or("its metadata \"geo\" describe no columns")?;
        let stated = columns.get(name).ok_or_else(|| format!("its metadata \"geo\" do not describe {name}"))?;
        let schema = metadata.schema();
        let field =
            schema.field_with_name(name).map_err(|_| format!("its column of geometries, {name}, is missing"))?;
        let encoding = match stated["encoding"].as_str() {
            Some(word) if word.eq_ignore_ascii_case("WKB") => Encoding::Wkb,
            Some(word) => match Kind::of(word) {
                Some(kind) => Encoding::Native(kind),
                None => return Err(format!("the column {name} is encoded as {word}, which is unknown")),
            },
            None => return Err(format!("its metadata \"geo\" state no encoding of {name}")),
        };
        fits(encoding, field.data_type(), name)?;
        let (crs, unknown_crs) = match stated.get("crs") {
            None => (Some(System::parse("OGC:CRS84")), false),
            Some(Value::Null) => (None, true),
            Some(crs) => (Some(system(crs)?), false),
        };
        let edges = match stated["edges"].as_str() {
            None | Some("planar") => None,
            Some("spherical") => Some(Edges::Geodesic),
            Some(other) => return Err(format!("its edges are \"{other}\", which is unknown")),
        };
        let others = columns.keys().filter(|other| *other != name).cloned().collect();
        let covering = covering(&stated["covering"]["bbox"]);
        Ok(GeometryColumn { name: name.to_owned(), encoding, crs, unknown_crs, edges, covering, others })
    }

    /// By the types GEOMETRY and GEOGRAPHY of Parquet: the first column of them.
    fn of_types(metadata: &ArrowReaderMetadata) -> Option<Result<Self, String>> {
        let roots = metadata.parquet_schema().root_schema().get_fields();
        let typed: Vec<(&str, Option<&str>, bool)> = roots
            .iter()
            .filter_map(|field| match field.get_basic_info().logical_type_ref()? {
                LogicalType::Geometry(of) => Some((field.name(), of.crs.as_deref(), false)),
                LogicalType::Geography(of) => Some((field.name(), of.crs.as_deref(), true)),
                _ => None,
            })
            .collect();
        let (name, crs, curved) = *typed.first()?;
        Some(Self::of_type((name, crs, curved), typed[1..].iter().map(|one| one.0.to_owned()).collect(), metadata))
    }

    fn of_type(
        (name, crs, curved): (&str, Option<&str>, bool),
        others: Vec<String>,
        metadata: &ArrowReaderMetadata,
    ) -> Result<Self, String> {
        let field = metadata.schema().field_with_name(name).map_err(|error| error.to_string())?;
        fits(Encoding::Wkb, field.data_type(), name)?;
        let pairs = metadata.metadata().file_metadata().key_value_metadata();
        let of_key = |key: &str| pairs.into_iter().flatten().find(|pair| pair.key == key)?.value.clone();
        let crs = match crs {
            None => System::parse("OGC:CRS84"),
            Some(text) => match text.split_once(':') {
                _ if text.starts_with('{') => {
                    system(&serde_json::from_str(text).map_err(|error| format!("its system is no JSON: {error}"))?)?
                }
                Some(("srid", code)) => System::parse(&format!("EPSG:{code}")),
                Some(("projjson", key)) => {
                    let text = of_key(key).ok_or_else(|| format!("its system, {key}, is missing"))?;
                    system(&serde_json::from_str(&text).map_err(|error| format!("its system is no JSON: {error}"))?)?
                }
                _ => System::parse(text),
            },
        };
        let edges = curved.then_some(Edges::Geodesic);
        let name = name.to_owned();
        Ok(GeometryColumn {
            name,
            encoding: Encoding::Wkb,
            crs: Some(crs),
            unknown_crs: false,
            edges,
            covering: None,
            others,
        })
    }

    /// Whether a column is no property: a further geometry, or the box of each feature.
    pub fn leaves_out(&self, name: &str) -> bool {
        let is_box =
            |paths: &[Vec<String>; 4]| paths.iter().any(|path| path.first().is_some_and(|first| first == name));
        self.others.iter().any(|other| other == name) || self.covering.as_ref().is_some_and(is_box)
    }
}

fn fits(encoding: Encoding, data_type: &DataType, name: &str) -> Result<(), String> {
    let fits = match encoding {
        Encoding::Wkb => super::value::is_binary(data_type),
        Encoding::Native(kind) => kind.fits(data_type),
    };
    let stated = match encoding {
        Encoding::Wkb => "WKB".to_owned(),
        Encoding::Native(kind) => kind.name().to_owned(),
    };
    fits.then_some(()).ok_or_else(|| format!("the column {name} is of type {data_type}, which is no {stated}"))
}

/// A system as PROJJSON: by its identifier, else by its whole definition.
fn system(crs: &Value) -> Result<System, String> {
    if let Value::String(text) = crs {
        // Written by drafts of the format.
        return Ok(System::parse(text));
    }
    let id = &crs["id"];
    let code = match &id["code"] {
        Value::String(code) => Some(code.clone()),
        Value::Number(code) => Some(code.to_string()),
        _ => None,
    };
    match (id["authority"].as_str(), code) {
        (Some(authority), Some(code)) => Ok(System::parse(&format!("{authority}:{code}"))),
        _ if crs.is_object() => {
            let name = crs["name"].as_str().unwrap_or("of the file").to_owned();
            Ok(System::Other { name, definition: crs.to_string() })
        }
        _ => Err("its coordinate reference system is no PROJJSON".into()),
    }
}

fn covering(bbox: &Value) -> Option<[Vec<String>; 4]> {
    let path = |edge: &str| -> Option<Vec<String>> {
        bbox[edge].as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
    };
    Some([path("xmin")?, path("ymin")?, path("xmax")?, path("ymax")?])
}
