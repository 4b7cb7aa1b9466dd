//! GeoParquet 1.0 and 1.1, and Parquet with columns of its own types GEOMETRY and GEOGRAPHY.
//!
//! The only module that uses `parquet`, `arrow_array` and `arrow_schema`.

mod column;
mod native;
mod value;
mod write;

pub(in crate::io) use write::bytes_of;

use super::{ForeignLayer, layer, wkb};
use crate::io::convert::Shape;
use crate::io::{FeatureLabel, Limits, Problem, ReadError};
use ::bytes::Bytes;
use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use ::parquet::file::reader::ChunkReader;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use column::{Encoding, GeometryColumn};
use rayon::prelude::*;
use serde_json::{Map, Value};

/// The bytes with which a file begins and ends.
pub(super) const MAGIC: &[u8; 4] = b"PAR1";

/// Number of rows that are decoded at a time.
const BATCH: usize = 8192;

/// Estimated bytes of a decoded property, for the limit of size.
const PROPERTY_BYTES: u64 = 32;

/// A file whose metadata has been read.
pub(in crate::io) struct GeoParquet {
    path: String,
    limits: Limits,
    metadata: ArrowReaderMetadata,
    geometry: GeometryColumn,
    /// The columns that are read: properties and the geometry.
    roots: Vec<usize>,
    /// Names of columns of bytes, which no property holds.
    binary: Vec<String>,
}

/// A row: its properties, and its geometry.
type Decoded = (Map<String, Value>, Result<Option<Shape>, Problem>, bool);

fn wrong(path: &str, reason: impl std::fmt::Display) -> ReadError {
    let reason = reason.to_string();
    let plain = ["Parquet error: ", "External: ", "EOF: "]
        .iter()
        .fold(reason.as_str(), |text, start| text.strip_prefix(start).unwrap_or(text));
    ReadError::new(path, Problem::NotParquet { reason: plain.to_owned() })
}

/// All features of a file in memory, as one layer named `name`.
///
/// # Errors
/// It is corrupt, has no geometries, states that its system is unknown while the user names none (`stated`), or is larger
/// than the limit, decompressed.
pub(super) fn read(
    bytes: &[u8],
    (path, name): (&str, &str),
    stated: bool,
    limits: Limits,
) -> Result<ForeignLayer, ReadError> {
    let bytes = Bytes::copy_from_slice(bytes);
    let file = GeoParquet::open(&bytes, path, limits)?;
    let mut out = layer(name);
    file.describe(&mut out, stated)?;
    file.each(bytes, None, &mut |_, rows| {
        for (properties, shape, measured) in rows {
            out.measures += usize::from(measured);
            let index = out.table.rows.len();
            let shape = shape.map_err(|problem| {
                let id = crate::io::id_fields::named(&properties);
                ReadError { feature: Some(FeatureLabel { index, id }), ..ReadError::new(path, problem) }
            });
            out.push(None, properties, shape);
        }
        Ok(())
    })?;
    Ok(out)
}

impl GeoParquet {
    /// Reads the metadata.
    ///
    /// # Errors
    /// The footer is corrupt, or no column holds geometries.
    pub fn open<T: ChunkReader>(source: &T, path: &str, limits: Limits) -> Result<Self, ReadError> {
        let metadata =
            ArrowReaderMetadata::load(source, ArrowReaderOptions::new()).map_err(|error| wrong(path, error))?;
        let geometry = GeometryColumn::of(&metadata).map_err(|reason| wrong(path, reason))?;
        let (mut roots, mut binary) = (Vec::new(), Vec::new());
        for (at, field) in metadata.schema().fields().iter().enumerate() {
            let name = field.name();
            if *name == geometry.name {
                roots.push(at);
            } else if geometry.leaves_out(name) {
                // The box of each feature, and further geometries.
            } else if value::is_binary(field.data_type()) {
                binary.push(name.clone());
            } else {
                roots.push(at);
            }
        }
        Ok(GeoParquet { path: path.to_owned(), limits, metadata, geometry, roots, binary })
    }

    /// What the metadata state of the layer: system, edges, columns that are left out.
    ///
    /// # Errors
    /// The system is unknown, and the user names none.
    fn describe(&self, out: &mut ForeignLayer, stated: bool) -> Result<(), ReadError> {
        if self.geometry.unknown_crs && !stated {
            return Err(ReadError::new(&self.path, Problem::UnstatedCrs { column: self.geometry.name.clone() }));
        }
        out.declared = self.geometry.crs.clone();
        out.edges = self.geometry.edges;
        let (path, primary) = (&self.path, &self.geometry.name);
        if out.edges.is_some() {
            out.remarks.push(format!(
                "{path}: its edges are stated as great circles of a sphere; they are read as geodesics on the ellipsoid"
            ));
        }
        if !self.geometry.others.is_empty() {
            let others = self.geometry.others.join(", ");
            out.remarks.push(format!("{path} has further columns of geometries ({others}); \"{primary}\" is read"));
        }
        out.remarks
            .extend(self.binary.iter().map(|name| format!("{path}: the bytes of the column {name} are left out")));
        Ok(())
    }

    /// Passes the rows of these row groups (of all, without them) to `take`, with the number in the file of the first.
    ///
    /// # Errors
    /// The data are corrupt, or decode to more than the limit of size; those of `take`.
    pub fn each<T: ChunkReader + 'static>(
        &self,
        source: T,
        groups: Option<&[usize]>,
        take: &mut dyn FnMut(usize, Vec<Decoded>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let (mut first, mut spent) = (0, 0u64);
        let all = self.batches(source, groups)?;
        for batch in all {
            let batch = batch.map_err(|error| wrong(&self.path, format!("after row {first}: {error}")))?;
            let cells = (batch.num_rows() * batch.num_columns()) as u64;
            spent += batch.get_array_memory_size() as u64 + PROPERTY_BYTES * cells;
            if groups.is_none() && spent > self.limits.max_bytes() {
                return Err(ReadError::new(&self.path, Problem::TooLarge(self.limits.max_gib)));
            }
            let count = batch.num_rows();
            take(first, self.rows(&batch)?)?;
            first += count;
        }
        Ok(())
    }

    fn batches<T: ChunkReader + 'static>(
        &self,
        source: T,
        groups: Option<&[usize]>,
    ) -> Result<ParquetRecordBatchReader, ReadError> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(source, self.metadata.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), self.roots.iter().copied());
        let builder = builder.with_projection(mask).with_batch_size(BATCH);
        let builder = match groups {
            Some(groups) => builder.with_row_groups(groups.to_vec()),
            None => builder,
        };
        builder.build().map_err(|error| wrong(&self.path, error))
    }

    fn rows(&self, batch: &RecordBatch) -> Result<Vec<Decoded>, ReadError> {
        let schema = batch.schema();
        let mut columns = Vec::with_capacity(self.roots.len());
        let mut shapes = None;
        for (field, array) in schema.fields().iter().zip(batch.columns()) {
            if *field.name() == self.geometry.name {
                shapes = Some(array);
            } else {
                columns.push((field.name(), value::Column::of(array)));
            }
        }
        let missing = || wrong(&self.path, format!("the column {} is missing", self.geometry.name));
        let shapes = shapes.ok_or_else(missing)?;
        let (encoding, limits) = (self.geometry.encoding, self.limits);
        let row = |row: usize| {
            let properties = columns.iter().map(|(name, column)| ((*name).clone(), column.value(row))).collect();
            let (shape, measured) = match shape(shapes, row, encoding, limits) {
                Ok((shape, measured)) => (Ok(shape), measured),
                Err(problem) => (Err(problem), false),
            };
            (properties, shape, measured)
        };
        Ok((0..batch.num_rows()).into_par_iter().map(row).collect())
    }
}

/// The geometry of a row, and whether it has measures.
fn shape(column: &ArrayRef, row: usize, encoding: Encoding, limits: Limits) -> Result<(Option<Shape>, bool), Problem> {
    if column.is_null(row) {
        return Ok((None, false));
    }
    let bytes = match (encoding, column.data_type()) {
        (Encoding::Native(kind), _) => return native::shape(column, row, kind).map(|shape| (shape, false)),
        (_, DataType::Binary) => column.as_binary::<i32>().value(row),
        (_, DataType::LargeBinary) => column.as_binary::<i64>().value(row),
        (_, DataType::FixedSizeBinary(_)) => column.as_fixed_size_binary().value(row),
        _ => column.as_binary_view().value(row),
    };
    wkb::read_bytes(bytes, limits).map(|read| (read.shape, read.measures))
}
