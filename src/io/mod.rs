//! Bytes to raw layers, raw layers to the model, and back.

mod build;
mod dataset;
mod direct;
mod embedded;
mod error;
mod geojson;
mod holes;
mod manifest;
mod oddity;
#[cfg(feature = "gdal")]
mod ogr;
#[cfg(feature = "gdal")]
mod osm;
mod polygon;
mod raw;
mod reference;
mod scan;
mod select;
mod write;

pub use self::geojson::{feature, feature_collection, line_geometry, point_geometry, polygon_geometry};
pub use dataset::Dataset;
pub use error::{FeatureLabel, Problem, ReadError, WriteError};
pub use raw::{RawFeature, RawGeometry, RawLayer};
pub use reference::Reference;
pub use scan::{Form, Scan, ScanFeature, ScanShape};
pub use select::{Found, ReadOptions, Selected, Shape, nearest};
pub use write::{check_target, write_file};
