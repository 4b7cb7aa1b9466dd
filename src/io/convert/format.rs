//! Output formats and their capabilities.

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON (RFC 7946).
    GeoJson,
    /// A sequence of GeoJSON features, one a line.
    GeoJsonSeq,
    /// Comma-separated values with coordinates in columns, or WKT.
    Csv,
    /// OGC GeoPackage.
    GeoPackage,
    /// ESRI Shapefile: several files.
    Shapefile,
    /// KML 2.2.
    Kml,
    /// FlatGeobuf.
    FlatGeobuf,
    /// GPX 1.1.
    Gpx,
    /// AutoCAD DXF.
    Dxf,
    /// GeoParquet 1.1.
    GeoParquet,
}

const EXTENSIONS: &[(&str, Format)] = &[
    ("geojson", Format::GeoJson),
    ("json", Format::GeoJson),
    ("geojsonl", Format::GeoJsonSeq),
    ("geojsons", Format::GeoJsonSeq),
    ("geojsonseq", Format::GeoJsonSeq),
    ("jsonl", Format::GeoJsonSeq),
    ("ndjson", Format::GeoJsonSeq),
    ("csv", Format::Csv),
    ("gpkg", Format::GeoPackage),
    ("shp", Format::Shapefile),
    ("kml", Format::Kml),
    ("fgb", Format::FlatGeobuf),
    ("gpx", Format::Gpx),
    ("dxf", Format::Dxf),
    #[cfg(feature = "parquet")]
    ("parquet", Format::GeoParquet),
];

impl Format {
    /// The format for a path's extension; GeoJSON for `-`.
    pub fn of(path: &str) -> Option<Format> {
        if path == "-" {
            return Some(Format::GeoJson);
        }
        let extension = std::path::Path::new(path).extension()?.to_str()?.to_lowercase();
        EXTENSIONS.iter().find(|(word, _)| *word == extension).map(|(_, format)| *format)
    }

    /// Its name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Format::GeoJson => "GeoJSON",
            Format::GeoJsonSeq => "a GeoJSON sequence",
            Format::Csv => "CSV",
            Format::GeoPackage => "a GeoPackage",
            Format::Shapefile => "a Shapefile",
            Format::Kml => "KML",
            Format::FlatGeobuf => "FlatGeobuf",
            Format::Gpx => "GPX",
            Format::Dxf => "DXF",
            Format::GeoParquet => "GeoParquet",
        }
    }

    /// Whether it is limited to WGS 84 longitude and latitude.
    pub const fn wgs84_only(self) -> bool {
        matches!(self, Format::GeoJson | Format::GeoJsonSeq | Format::Kml | Format::Gpx | Format::GeoParquet)
    }

    /// Whether it states its coordinate reference system.
    pub const fn names_crs(self) -> bool {
        !matches!(self, Format::Csv | Format::Dxf)
    }

    /// Whether it supports several layers.
    pub const fn holds_layers(self) -> bool {
        matches!(self, Format::GeoPackage | Format::Kml)
    }

    /// Whether this program writes it without GDAL.
    pub const fn is_native(self) -> bool {
        matches!(self, Format::GeoJson | Format::GeoJsonSeq | Format::Csv)
    }
}
