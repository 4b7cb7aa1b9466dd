//! Input and output: bytes to raw layers, raw layers to the model, and back.

mod antimeridian;
mod apart;
#[cfg(feature = "seal")]
mod archive;
mod as_of;
mod build;
mod bytes;
mod convert;
mod dataset;
mod direct;
mod edition;
mod editions;
mod error;
mod file;
mod filter;
mod foreign;
mod frame;
mod geojson;
mod geometry_issue;
mod heights;
mod holes;
mod id_fields;
mod identity;
mod inflate;
mod layer;
mod limits;
mod malformed;
mod manifest;
mod memory_file;
#[cfg(any(feature = "formats", feature = "gdal"))]
mod moved;
#[cfg(feature = "gdal")]
mod ogr;
mod operation;
#[cfg(any(feature = "plates", feature = "seal"))]
mod pack;
mod parse;
mod part_names;
mod pass;
mod plain;
mod pole;
mod polygon;
mod problem_kind;
mod prose;
mod raw;
mod reference;
mod refused;
mod rows;
mod scan;
mod select;
mod sequence;
mod source;
mod spatial_filter;
mod text;
#[cfg(feature = "formats")]
mod text_fields;
mod unknown;
mod write;
mod zip;

#[cfg(feature = "dataset")]
pub(crate) use self::geojson::geometry_pointer;
pub use self::geojson::{feature, feature_collection, line_geometry, point_geometry, polygon_geometry};
#[cfg(feature = "seal")]
pub use archive::{
    ArchiveError, ArchiveFile, ArchiveLimits, ArchiveProblem, name_problem, read_archive, write_archive,
};
pub use as_of::{Day, View};
pub use convert::{
    Conversion, ConvertLayer, ConvertOptions, ConvertReport, Format, GeometryDimension, MiddlePoint, Progress,
};
pub use dataset::{Dataset, LayerSource};
pub use edition::{Edition, Renamed, call_by, match_editions};
pub use error::{FeatureLabel, Problem, ReadError};
pub use filter::{Filter, FilterError};
use frame::Reading;
pub use frame::{Choice, SourceCrs};
pub use heights::{Heights, HeightsError, HeightsProblem};
pub use id_fields::{FIELDS as ID_FIELDS, may_identify};
#[cfg(all(feature = "formats", feature = "plates"))]
pub(crate) use inflate::gzipped;
pub use layer::{joined, merged, number_by_file};
pub use limits::Limits;
pub use malformed::UNNAMED_CRS;
pub use memory_file::MemoryFile;
#[cfg(feature = "gdal")]
pub use ogr::silence_gdal;
pub use operation::{parse_operation, read_operation};
#[cfg(feature = "plates")]
pub(crate) use pack::{Packing, pack};
pub use part_names::PartNames;
pub use pass::StreamResult;
pub use plain::{json_indented, json_line};
pub use prose::{Prose, ProseError, ProseForm, read_prose};
pub use raw::{RawFeature, RawGeometry, RawLayer};
pub use reference::Reference;
pub use rows::{Rows, read_rows};
pub use scan::{Form, Inspector, Scan, ScanFeature, ScanShape};
pub use select::{Found, ReadOptions, Selected, Shape, nearest};
pub use spatial_filter::{FilteredFeatures, KindCount, Positions};
pub use text::{Encoding, UnknownEncoding};
pub use unknown::UnreadFormat;
pub use write::{WriteError, check_target, write_file};
