//! Shapefiles (Esri, ESRI Shapefile Technical Description, July 1998). Measures (M) are dropped; multi-patches are not
//! read.

use super::super::{ForeignLayer, layer};
use super::{dbf, prj};
use crate::earth::assembled_by_winding;
use crate::io::bytes::read_bytes;
use crate::io::convert::{Position, Shape};
use crate::io::frame::Reading;
use crate::io::id_fields::named;
use crate::io::{FeatureLabel, Problem, ReadError, zip};
use geo::Coord;
use serde_json::Map;
use std::borrow::Cow;

/// The first bytes of a Shapefile: its file code.
pub(super) const MAGIC: [u8; 4] = [0, 0, 0x27, 0x0a];

/// Size of the header of `.shp` and `.shx`.
const HEADER: usize = 100;

/// Reads a Shapefile with its companions: from the same archive, else from beside it; a file in memory has none.
///
/// # Errors
/// With the part, byte and feature of the fault; the system of its `.prj` is not computed by this build.
pub(super) fn read(bytes: &[u8], (path, name): (&str, &str), frame: Reading<'_>) -> Result<ForeignLayer, ReadError> {
    let files = Files { bytes, path, frame };
    let shp = files.shp()?;
    let (code_page, system) = (files.text("cpg")?, files.text("prj")?);
    let table =
        files.part("dbf")?.map(|dbf| dbf::read(&dbf, path, code_page.as_deref(), frame.encoding)).transpose()?;
    let records = Records::new(&shp, files.part("shx")?.as_deref()).map_err(|problem| ReadError::new(path, problem))?;
    let mut layer = layer(name);
    layer.declared = system.and_then(|text| prj::system(&text));
    let count = table.as_ref().map_or(records.places.len(), |table| table.rows.len());
    let (rows, notes) = table.map(|table| (table.rows, table.notes)).unwrap_or_default();
    layer.notes = notes;
    let mut rows = rows.into_iter();
    for number in 0..count.max(records.places.len()) {
        let properties = match rows.next() {
            // A deleted record.
            Some(None) => continue,
            Some(Some(properties)) => properties,
            None => Map::new(),
        };
        let shape = records.shape(number, &mut layer.measures).map_err(|problem| ReadError {
            feature: Some(FeatureLabel { index: layer.table.rows.len(), id: named(&properties) }),
            ..ReadError::new(path, problem)
        });
        layer.push(None, properties, shape);
    }
    Ok(layer)
}

/// The files of a Shapefile.
struct Files<'f> {
    /// The bytes of the `.shp`, or of the archive that it is in.
    bytes: &'f [u8],
    path: &'f str,
    frame: Reading<'f>,
}

impl Files<'_> {
    fn shp(&self) -> Result<Cow<'_, [u8]>, ReadError> {
        if !zip::is_archive(self.bytes) {
            return Ok(Cow::Borrowed(self.bytes));
        }
        self.part("shp")?.map(Cow::Owned).ok_or_else(|| ReadError::new(self.path, Problem::EmptyArchive))
    }

    /// The companion with this extension, if there is one.
    fn part(&self, extension: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let stem = self.path.rsplit_once('.').map_or(self.path, |(stem, _)| stem);
        if zip::is_archive(self.bytes) {
            return zip::companion(self.bytes, self.path, extension, self.frame.limits);
        }
        if self.frame.memory.is_some() {
            return Ok(None);
        }
        let paths = [extension.to_owned(), extension.to_uppercase()].map(|end| format!("{stem}.{end}"));
        let found = paths.iter().find(|path| std::path::Path::new(path).is_file());
        found.map(|path| read_bytes(path, self.frame.limits)).transpose()
    }

    fn text(&self, extension: &str) -> Result<Option<String>, ReadError> {
        Ok(self.part(extension)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// The records of a `.shp`.
struct Records<'b> {
    bytes: &'b [u8],
    /// Start and end of the contents of each record.
    places: Vec<(usize, usize)>,
}

fn fault(byte: usize, reason: impl Into<String>) -> Problem {
    Problem::NotShapefile { part: "shp", reason: reason.into(), byte }
}

impl<'b> Records<'b> {
    /// Locates the records: by the index, else one after the other.
    fn new(bytes: &'b [u8], index: Option<&[u8]>) -> Result<Self, Problem> {
        if !bytes.starts_with(&MAGIC) {
            return Err(fault(0, "its file code is not 9994"));
        }
        if bytes.len() < HEADER {
            return Err(fault(bytes.len(), "its header breaks off"));
        }
        let words = |of: &[u8], at: usize| Some(2 * u32::from_be_bytes(of.get(at..at + 4)?.try_into().ok()?) as usize);
        let mut places = Vec::new();
        if let Some(index) = index.filter(|index| index.starts_with(&MAGIC) && index.len() >= HEADER) {
            for at in (HEADER..index.len().saturating_sub(7)).step_by(8) {
                let place = words(index, at).zip(words(index, at + 4));
                let (start, length) = place.ok_or_else(|| fault(at, "its index breaks off"))?;
                places.push((start + 8, start.saturating_add(8 + length)));
            }
            return Ok(Records { bytes, places });
        }
        let mut at = HEADER;
        while at + 8 <= bytes.len() {
            let length = words(bytes, at + 4).unwrap_or_default();
            places.push((at + 8, at.saturating_add(8 + length)));
            at = at.saturating_add(8 + length);
        }
        Ok(Records { bytes, places })
    }

    /// The geometry of a record; `None` if it is empty.
    fn shape(&self, number: usize, measures: &mut usize) -> Result<Option<Shape>, Problem> {
        let Some(&(start, end)) = self.places.get(number) else { return Ok(None) };
        let broken = || fault(start.min(self.bytes.len()), format!("its record {number} breaks off"));
        let content = self.bytes.get(start..end).ok_or_else(broken)?;
        let content = Content { bytes: content };
        if content.bytes.is_empty() {
            return Ok(None);
        }
        let kind = content.int(0).ok_or_else(broken)?;
        *measures += usize::from(matches!(kind, 21 | 23 | 25 | 28));
        let has_z = matches!(kind, 11 | 13 | 15 | 18);
        match kind {
            0 => Ok(None),
            1 | 11 | 21 => {
                let at = content.coord(4).ok_or_else(broken)?;
                let z = has_z.then(|| content.real(20)).flatten();
                Ok(Some(Shape::Point(Position { at, z })))
            }
            8 | 18 | 28 => {
                let count = content.count(36, 40, 16).ok_or_else(broken)?;
                let points = content.positions(40, count, has_z.then_some(40 + 16 * count + 16)).ok_or_else(broken)?;
                Ok(Some(points).filter(|points| !points.is_empty()).map(Shape::MultiPoint))
            }
            3 | 13 | 23 | 5 | 15 | 25 => {
                let parts = content.parts(has_z).ok_or_else(broken)?;
                Ok(if matches!(kind % 10, 3) { lines(parts) } else { polygons(parts) })
            }
            31 => Err(fault(start, format!("its record {number} is a multi-patch, which is not read"))),
            _ => Err(fault(start, format!("its record {number} has the unknown geometry type {kind}"))),
        }
    }
}

/// The contents of a record.
struct Content<'b> {
    bytes: &'b [u8],
}

impl Content<'_> {
    fn int(&self, at: usize) -> Option<i32> {
        Some(i32::from_le_bytes(self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    fn real(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
    }

    fn coord(&self, at: usize) -> Option<Coord> {
        Some(Coord { x: self.real(at)?, y: self.real(at + 8)? })
    }

    /// A count of items of `size` bytes that fit into the contents from `from` on.
    fn count(&self, at: usize, from: usize, size: usize) -> Option<usize> {
        let count = usize::try_from(self.int(at)?).ok()?;
        (count.checked_mul(size)?.checked_add(from)? <= self.bytes.len()).then_some(count)
    }

    fn positions(&self, at: usize, count: usize, heights: Option<usize>) -> Option<Vec<Position>> {
        let position = |number: usize| {
            let z = heights.map(|start| self.real(start + 8 * number).unwrap_or(0.0));
            Some(Position { at: self.coord(at + 16 * number)?, z })
        };
        (0..count).map(position).collect()
    }

    /// The parts of a line or a polygon.
    fn parts(&self, has_z: bool) -> Option<Vec<Vec<Position>>> {
        let parts = self.count(36, 44, 4)?;
        let points = self.count(40, 44 + 4 * parts, 16)?;
        let at = 44 + 4 * parts;
        let heights = has_z.then_some(at + 16 * points + 16);
        let starts = (0..parts).map(|part| usize::try_from(self.int(44 + 4 * part)?).ok());
        let mut starts: Vec<usize> = starts.collect::<Option<_>>()?;
        starts.push(points);
        if starts.windows(2).any(|pair| pair[0] > pair[1]) {
            return None;
        }
        let all = self.positions(at, points, heights)?;
        Some(starts.windows(2).map(|pair| all[pair[0]..pair[1]].to_vec()).filter(|part| !part.is_empty()).collect())
    }
}

fn lines(mut parts: Vec<Vec<Position>>) -> Option<Shape> {
    match parts.len() {
        0 => None,
        1 => parts.pop().map(Shape::Line),
        _ => Some(Shape::MultiLine(parts)),
    }
}

/// Rings as polygons: shells are clockwise, holes counter-clockwise. A single ring is a shell in any case.
fn polygons(parts: Vec<Vec<Position>>) -> Option<Shape> {
    if parts.len() < 2 {
        return Some(parts).filter(|parts| !parts.is_empty()).map(Shape::Polygon);
    }
    let mut all = assembled_by_winding(parts);
    match all.len() {
        0 => None,
        1 => all.pop().map(Shape::Polygon),
        _ => Some(Shape::MultiPolygon(all)),
    }
}
