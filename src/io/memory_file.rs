//! Files held in memory.

use super::bytes::within_limit;
use super::convert::{Row, feature_text};
use super::foreign::read_wkb;
use super::polygon::WrongHoles;
use super::rows::rows_of;
use super::select::{Bytes, file, found, selected};
use super::{
    Conversion, ConvertOptions, Encoding, FeatureLabel, Found, Inspector, Limits, Problem, Progress, ReadError,
    ReadOptions,
};
use super::{Rows, Scan, Selected, Shape};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::Read;

/// A file in memory, of any supported format and compression; answers, warnings and errors equal those for a path.
///
/// Use this for bytes from a network, a database or a page; [`Dataset::select`](super::Dataset::select) for paths, and
/// the constructors of [`model`](crate::model) for geometries of [`geo`].
///
/// The name is used in messages and reports, and its extension determines the format if the bytes do not: for example
/// `survey.csv` or `borders.gpkg`. No file of that name is opened. For formats of several files (Shapefile, MapInfo)
/// pass a zip archive; a lone `.shp` has geometries and no properties.
///
/// # Example
/// ```
/// use merestone::io::{MemoryFile, ReadOptions};
/// use merestone::model::{Line, Territory};
/// use merestone::question::{BorderOptions, borders};
///
/// let table = "name,wkt\n\
///     west,\"POLYGON ((10 45, 11 45, 11 46, 10 46, 10 45))\"\n\
///     east,\"POLYGON ((11 45, 12 45, 12 46, 11 46, 11 45))\"\n";
/// let file = MemoryFile::new("squares.csv", table.as_bytes());
/// let squares = file.select::<Territory>(None, &ReadOptions::default())?;
/// let report = borders(&squares.features, &BorderOptions::default()).report;
/// assert!((report.rows[0].length_m - 111_141.5).abs() < 0.1); // one degree of latitude at 45.5°
///
/// let error = file.select::<Line>(Some("west"), &ReadOptions::default()).unwrap_err();
/// assert!(error.to_string().starts_with("squares.csv"));
/// # Ok::<(), merestone::io::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoryFile<'b> {
    name: Cow<'b, str>,
    bytes: Cow<'b, [u8]>,
}

impl<'b> MemoryFile<'b> {
    /// A file with these bytes, borrowed or owned.
    pub fn new(name: impl Into<Cow<'b, str>>, bytes: impl Into<Cow<'b, [u8]>>) -> Self {
        MemoryFile { name: name.into(), bytes: bytes.into() }
    }

    /// Reads a file from a reader, up to the size limit.
    ///
    /// # Errors
    /// Reading fails, or the input exceeds the limit.
    ///
    /// # Example
    /// ```
    /// use merestone::io::{Limits, MemoryFile, ReadOptions};
    /// use merestone::model::Place;
    ///
    /// let reader = std::io::Cursor::new(r#"{"type": "Point", "coordinates": [37.6, 55.7]}"#);
    /// let file = MemoryFile::from_reader("place.geojson", reader, Limits::DEFAULT)?;
    /// assert_eq!(file.select::<Place>(None, &ReadOptions::default())?.features.len(), 1);
    /// # Ok::<(), merestone::io::ReadError>(())
    /// ```
    pub fn from_reader(
        name: impl Into<Cow<'b, str>>,
        mut reader: impl Read,
        limits: Limits,
    ) -> Result<Self, ReadError> {
        let name = name.into();
        match within_limit(&mut reader, 0, limits) {
            Ok(bytes) => Ok(MemoryFile { name, bytes: Cow::Owned(bytes) }),
            Err(problem) => Err(ReadError::new(name, problem)),
        }
    }

    /// Makes a file of GeoJSON from the rows of a table: properties, and a geometry in well-known binary (OGC, ISO or
    /// PostGIS's), or none. East before north, in degrees or in the system that [`ReadOptions`] will state.
    ///
    /// Use this for geometries of a database, a data frame or Arrow; its hash in answers is that of the GeoJSON.
    ///
    /// # Errors
    /// A geometry is truncated, of a curve type, or has a coordinate that is not a finite number; the file exceeds the
    /// size limit. The error names the row.
    ///
    /// # Example
    /// ```
    /// use merestone::io::{Limits, MemoryFile, ReadOptions};
    /// use merestone::model::Place;
    ///
    /// let mut point = vec![1, 1, 0, 0, 0]; // little-endian, a point
    /// [37.6_f64, 55.7].iter().for_each(|number| point.extend(number.to_le_bytes()));
    /// let file = MemoryFile::from_wkb("frame", [(Default::default(), Some(point.as_slice()))], Limits::DEFAULT)?;
    /// assert_eq!(file.select::<Place>(None, &ReadOptions::default())?.features[0].position.y, 55.7);
    ///
    /// let error = MemoryFile::from_wkb("frame", [(Default::default(), Some(&point[..9]))], Limits::DEFAULT).unwrap_err();
    /// assert_eq!(error.feature.unwrap().index, 0);
    /// # Ok::<(), merestone::io::ReadError>(())
    /// ```
    pub fn from_wkb<G: AsRef<[u8]>>(
        name: impl Into<Cow<'b, str>>,
        rows: impl IntoIterator<Item = (Map<String, Value>, Option<G>)>,
        limits: Limits,
    ) -> Result<Self, ReadError> {
        let name = name.into();
        let mut bytes = br#"{"type":"FeatureCollection","features":["#.to_vec();
        for (index, (properties, geometry)) in rows.into_iter().enumerate() {
            let refuse = |problem| {
                let feature = Some(FeatureLabel { index, id: None });
                ReadError { feature, ..ReadError::new(name.as_ref(), problem) }
            };
            let shape = match &geometry {
                Some(geometry) => read_wkb(geometry.as_ref(), limits).map_err(refuse)?.shape,
                None => None,
            };
            bytes.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
            bytes.extend(feature_text(&Row { id: None, shape, properties }));
            if bytes.len() as u64 > limits.max_bytes() {
                return Err(refuse(Problem::TooLarge(limits.max_gib)));
            }
        }
        bytes.extend_from_slice(b"\n]}\n");
        Ok(MemoryFile { name, bytes: Cow::Owned(bytes) })
    }

    /// Its name in messages and reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns its features as `T`: all of them, or those that `part` denotes: an id, a layer, or
    /// `layer/id`.
    ///
    /// # Errors
    /// As [`Dataset::select`](super::Dataset::select) for a file.
    pub fn select<T: Shape>(&self, part: Option<&str>, options: &ReadOptions) -> Result<Selected<T>, ReadError> {
        selected(file(self.within(options.limits)?, part, T::ROLES.first().copied(), options)?, options)
    }

    /// Returns its features as any noun, by their geometry type.
    ///
    /// # Errors
    /// As [`Dataset::select_any`](super::Dataset::select_any) for a file.
    pub fn select_any(&self, part: Option<&str>, options: &ReadOptions) -> Result<Found, ReadError> {
        found(file(self.within(options.limits)?, part, None, options)?, options, WrongHoles::Refused)
    }

    /// The same, but polygons with contradictory holes are returned as drawn, with a warning.
    ///
    /// # Errors
    /// As [`Dataset::select_as_drawn`](super::Dataset::select_as_drawn) for a file.
    pub fn select_as_drawn(&self, part: Option<&str>, options: &ReadOptions) -> Result<Found, ReadError> {
        found(file(self.within(options.limits)?, part, None, options)?, options, WrongHoles::Told)
    }

    /// Scans it unchanged, with all its faults; an inspector examines its features. Never fails: bytes
    /// that cannot be read are a finding.
    pub fn scan<I: Inspector>(&self, options: &ReadOptions, inspector: &I) -> (Scan, I::Known) {
        Scan::held(self, options).inspected(inspector)
    }

    /// Reads its layers and transforms them to the requested system.
    ///
    /// # Errors
    /// As [`Conversion::read`].
    pub fn convert(&self, options: &ConvertOptions, progress: Progress<'_>) -> Result<Conversion, ReadError> {
        self.within(options.limits)?;
        Conversion::of_memory(self, options, progress)
    }

    /// Reads it as a text table with a heading.
    ///
    /// # Errors
    /// As [`read_rows`](super::read_rows).
    pub fn rows(&self, encoding: Option<Encoding>) -> Result<Rows, ReadError> {
        rows_of(self.name(), &self.bytes, encoding)
    }

    /// Its bytes, if within the size limit.
    pub(super) fn within(&self, limits: Limits) -> Result<Bytes<'_>, ReadError> {
        if self.bytes.len() as u64 > limits.max_bytes() {
            return Err(ReadError::new(self.name(), Problem::TooLarge(limits.max_gib)));
        }
        Ok(Bytes::Held(&self.name, &self.bytes))
    }
}
