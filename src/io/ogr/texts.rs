//! How the text of OGR's formats is read.

use super::settings::Settings;
use super::{mapinfo, open, open_osm};
use crate::io::text_fields::{FieldTexts, How};
use crate::io::{Encoding, Limits};
use gdal::{Dataset, Metadata};

/// Drivers that accept an encoding.
const DRIVERS: [&str; 3] = ["ESRI Shapefile", "MapInfo File", "DXF"];

impl FieldTexts {
    /// Opens a dataset.
    pub fn open(path: &str, how: How, is_osm: bool, limits: Limits) -> gdal::errors::Result<Dataset> {
        match how {
            _ if is_osm => open_osm(path, limits),
            How::Declared => open(path, None, limits),
            How::Bytes => {
                // The MapInfo driver has no option for it.
                let _settings = Settings::dxf_bytes()?;
                match mapinfo::in_latin_1(path) {
                    Some(path) => open(&path, None, limits),
                    None => open(path, Some(&["ENCODING=ISO-8859-1"]), limits),
                }
            }
        }
    }

    /// Selects how to read a dataset: as bytes if the user gives the encoding, or if a Shapefile declares none or one
    /// that its bytes may contradict.
    pub fn of(dataset: &Dataset, said: Option<Encoding>) -> Self {
        let driver = dataset.driver().short_name();
        let has_bytes = DRIVERS.contains(&driver.as_str());
        let of_layer = |key: &str| {
            let layer = dataset.layers().next()?;
            layer.metadata_item(key, "SHAPEFILE").filter(|value| !value.is_empty())
        };
        // Language byte 87 means "the machine's own encoding", which is unknown; GDAL assumes ISO 8859-1.
        let is_said = of_layer("ENCODING_FROM_CPG").is_some() || of_layer("LDID_VALUE").is_none_or(|id| id != "87");
        let is_shapefile = driver == DRIVERS[0];
        let undeclared = is_shapefile && !is_said;
        let declared = of_layer("SOURCE_ENCODING").and_then(|name| Encoding::parse(&name).ok());
        let declared = declared.filter(|encoding| is_shapefile && is_said && encoding.name() != "UTF-8");
        let by_bytes = has_bytes && (said.is_some() || undeclared || declared.is_some());
        FieldTexts { how: if by_bytes { How::Bytes } else { How::Declared }, said, declared, has_bytes, driver }
    }
}
