//! Bytes to raw layers, raw layers to the model, and back.

mod build;
mod bytes;
mod convert;
mod dataset;
mod direct;
mod embedded;
mod error;
mod frame;
mod geojson;
mod holes;
mod manifest;
mod oddity;
#[cfg(feature = "gdal")]
mod ogr;
mod operation;
mod parse;
mod pass;
mod plain;
mod polygon;
mod raw;
mod reach;
mod reference;
mod rows;
mod scan;
mod select;
mod sequence;
mod write;

pub use self::geojson::{feature, feature_collection, line_geometry, point_geometry, polygon_geometry};
pub use convert::{Conversion, ConvertLayer, ConvertOptions, ConvertReport, Format, Kind, MiddlePoint, Progress};
pub use dataset::Dataset;
pub use error::{FeatureLabel, Problem, ReadError, WriteError};
pub use frame::{Choice, Frame};
pub use operation::read_operation;
pub use pass::Passed;
pub use plain::{json_indented, json_line};
pub use raw::{RawFeature, RawGeometry, RawLayer};
pub use reach::{Reach, may_name};
pub use reference::Reference;
pub use rows::{Rows, read_rows};
pub use scan::{Form, Inspector, Scan, ScanFeature, ScanShape};
pub use select::{Found, ReadOptions, Selected, Shape, nearest};
pub use write::{check_target, write_file};
