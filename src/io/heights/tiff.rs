//! GeoTIFF of 16-bit integers in strips (TIFF 6.0; OGC 19-008r4), plain or by Deflate (compression 8), with or without
//! the horizontal predictor (TIFF 6.0, section 14). Not implemented: tiles, other samples, other compressions, BigTIFF.

use super::{HeightGrid, HeightsProblem};
use crate::io::Limits;
use crate::io::bytes::inflate_zlib;
use geo::coord;

/// The values of a tag, from numbers of any type.
type Tag = (u16, Vec<f64>);

const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const BITS: u16 = 258;
const COMPRESSION: u16 = 259;
const OFFSETS: u16 = 273;
const SAMPLES: u16 = 277;
const COUNTS: u16 = 279;
const PREDICTOR: u16 = 317;
const SAMPLE_FORMAT: u16 = 339;
const PIXEL_SCALE: u16 = 33550;
const TIE_POINT: u16 = 33922;
const GEO_KEYS: u16 = 34735;

/// Reads the grid and its heights.
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<(HeightGrid, Vec<f32>), HeightsProblem> {
    let file = Tiff::of(bytes).ok_or(HeightsProblem::NeedsGdal("it is no TIFF"))?;
    let tags = file.tags().ok_or(HeightsProblem::Format("its table of tags is broken".into()))?;
    let all =
        |tag: u16| tags.iter().find(|(id, _)| *id == tag).map(|(_, values)| values.as_slice()).unwrap_or_default();
    let first = |tag: u16, otherwise: f64| all(tag).first().copied().unwrap_or(otherwise);
    let is = |tag: u16, otherwise: f64, wanted: &[f64]| wanted.contains(&first(tag, otherwise));
    let simple = is(BITS, 1.0, &[16.0])
        && is(SAMPLES, 1.0, &[1.0])
        && is(COMPRESSION, 1.0, &[1.0, 8.0])
        && is(PREDICTOR, 1.0, &[1.0, 2.0])
        && is(SAMPLE_FORMAT, 1.0, &[1.0, 2.0])
        && !all(OFFSETS).is_empty()
        && all(OFFSETS).len() == all(COUNTS).len();
    if !simple {
        return Err(HeightsProblem::NeedsGdal("a TIFF of 16-bit integers in strips, plain or by Deflate, is read"));
    }
    let grid = grid(&tags, (first(WIDTH, 0.0) as usize, first(HEIGHT, 0.0) as usize))?;
    let count = grid.columns as u64 * grid.rows as u64;
    if count > limits.max_bytes() / 4 {
        return Err(HeightsProblem::TooLarge(count));
    }
    let mut raw = Vec::new();
    for (offset, length) in all(OFFSETS).iter().zip(all(COUNTS)) {
        let end = (*offset as usize).saturating_add(*length as usize);
        let strip = bytes.get(*offset as usize..end).ok_or(HeightsProblem::Format("it breaks off".into()))?;
        match first(COMPRESSION, 1.0) == 8.0 {
            true => {
                raw.extend(inflate_zlib(strip, limits).map_err(|problem| HeightsProblem::Format(problem.to_string()))?)
            }
            false => raw.extend_from_slice(strip),
        }
    }
    if raw.len() as u64 != 2 * count {
        return Err(HeightsProblem::Format(format!("it has {} bytes of heights for {count}", raw.len())));
    }
    let signed = first(SAMPLE_FORMAT, 1.0) == 2.0;
    let mut values = Vec::with_capacity(count as usize);
    for row in raw.chunks_exact(2 * grid.columns) {
        let mut last = 0;
        for pair in row.chunks_exact(2) {
            let number = file.u16([pair[0], pair[1]]);
            last = if first(PREDICTOR, 1.0) == 2.0 { number.wrapping_add(last) } else { number };
            values.push(if signed { f32::from(last as i16) } else { f32::from(last) });
        }
    }
    Ok((grid, values))
}

/// The positions of the nodes: longitude and latitude on WGS 84 (EPSG:4326), north up.
fn grid(tags: &[Tag], (columns, rows): (usize, usize)) -> Result<HeightGrid, HeightsProblem> {
    let all = |tag: u16| tags.iter().find(|(id, _)| *id == tag).map(|(_, values)| values.as_slice());
    let keys = all(GEO_KEYS).unwrap_or_default();
    let key = |wanted: f64| keys.chunks_exact(4).skip(1).find(|key| key[0] == wanted).map(|key| key[3]);
    // GTModelTypeGeoKey 2 is geographic, GeographicTypeGeoKey the code of EPSG.
    if key(1024.0) != Some(2.0) || key(2048.0) != Some(4326.0) {
        let code = key(3072.0).or(key(2048.0));
        return Err(HeightsProblem::System(code.map_or("no system".to_owned(), |code| format!("EPSG:{code}"))));
    }
    let (Some([scale_x, scale_y, ..]), Some([i, j, _, lon, lat, ..])) = (all(PIXEL_SCALE), all(TIE_POINT)) else {
        return Err(HeightsProblem::NotNorthUp);
    };
    let placed = [scale_x, scale_y, i, j, lon, lat].iter().all(|number| number.is_finite());
    if !placed || *scale_x <= 0.0 || *scale_y <= 0.0 {
        return Err(HeightsProblem::NotNorthUp);
    }
    // GTRasterTypeGeoKey 2: a value refers to its point; else to a cell, whose centre is half a step away.
    let half = if key(1025.0) == Some(2.0) { 0.0 } else { 0.5 };
    let first = coord! { x: lon + (half - i) * scale_x, y: lat - (half - j) * scale_y };
    Ok(HeightGrid { columns, rows, first, step: coord! { x: *scale_x, y: *scale_y } })
}

/// The file's bytes, with its byte order.
struct Tiff<'b> {
    bytes: &'b [u8],
    little: bool,
}

impl<'b> Tiff<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Tiff { bytes, little })
    }

    fn u16(&self, bytes: [u8; 2]) -> u16 {
        if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) }
    }

    fn taken<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.bytes.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    fn short(&self, at: usize) -> Option<u16> {
        self.taken(at).map(|bytes| self.u16(bytes))
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = self.taken(at)?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) } as usize)
    }

    fn double(&self, at: usize) -> Option<f64> {
        let bytes = self.taken(at)?;
        Some(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// The numeric tags of the first image.
    fn tags(&self) -> Option<Vec<Tag>> {
        let table = self.long(4)?;
        let mut tags = Vec::new();
        for entry in 0..usize::from(self.short(table)?) {
            let at = table.checked_add(2 + 12 * entry)?;
            let (id, kind, count) = (self.short(at)?, self.short(at + 2)?, self.long(at + 4)?);
            let size = match kind {
                3 => 2,
                4 => 4,
                12 => 8,
                _ => continue,
            };
            // A count larger than the file is invalid.
            let whole = size * count;
            if whole > self.bytes.len() {
                return None;
            }
            let from = if whole <= 4 { at + 8 } else { self.long(at + 8)? };
            let value = |number: usize| match kind {
                3 => self.short(from + 2 * number).map(f64::from),
                4 => self.long(from + 4 * number).map(|long| long as f64),
                _ => self.double(from + 8 * number),
            };
            tags.push((id, (0..count).map(value).collect::<Option<Vec<f64>>>()?));
        }
        Some(tags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TIFF of 2 × 2 heights 1, 2, -3, 4 near 10° E, 46° N, in either byte order.
    fn file(little: bool, code: u16, cut: usize) -> Vec<u8> {
        let two = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let four = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let eight = |n: f64| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut data: Vec<u8> = [1i16, 2, -3, 4].iter().flat_map(|n| two(*n as u16)).collect();
        let mut tags: Vec<(u16, u16, u32, Vec<u8>)> = Vec::new();
        for (id, value) in [(WIDTH, 2), (HEIGHT, 2), (BITS, 16), (COMPRESSION, 1), (OFFSETS, 8), (COUNTS, 8)] {
            tags.push((id, 3, 1, two(value).into()));
        }
        tags.push((SAMPLE_FORMAT, 3, 1, two(2).into()));
        let doubles = |values: &[f64]| values.iter().flat_map(|n| eight(*n)).collect::<Vec<u8>>();
        tags.push((PIXEL_SCALE, 12, 3, doubles(&[0.5, 0.25, 0.0])));
        tags.push((TIE_POINT, 12, 6, doubles(&[0.0, 0.0, 0.0, 10.0, 46.0, 0.0])));
        let keys = [1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, code];
        tags.push((GEO_KEYS, 3, 12, keys.iter().flat_map(|n| two(*n)).collect()));
        let mut head = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        let mut entries = two(tags.len() as u16).to_vec();
        for (id, kind, count, mut value) in tags {
            entries.extend([two(id), two(kind)].concat());
            entries.extend(four(count));
            if value.len() > 4 {
                entries.extend(four(8 + data.len() as u32));
                data.extend(value);
            } else {
                value.resize(4, 0);
                entries.extend(value);
            }
        }
        head.extend(four(8 + data.len() as u32));
        head.extend(data);
        head.extend(entries);
        head.truncate(head.len() - cut);
        head
    }

    #[test]
    fn both_orders_of_bytes_are_read_and_cells_have_their_heights_in_the_middle() {
        for little in [true, false] {
            let (grid, values) = read(&file(little, 4326, 0), Limits::DEFAULT).unwrap();
            assert_eq!(values, [1.0, 2.0, -3.0, 4.0]);
            assert_eq!((grid.first, grid.step), (coord! { x: 10.25, y: 45.875 }, coord! { x: 0.5, y: 0.25 }));
        }
    }

    #[test]
    fn what_is_cut_off_or_in_another_system_is_refused() {
        let whole = file(true, 4326, 0);
        for cut in 1..whole.len() {
            assert!(read(&file(true, 4326, cut), Limits::DEFAULT).is_err(), "{cut}");
        }
        assert_eq!(read(&file(true, 4284, 0), Limits::DEFAULT), Err(HeightsProblem::System("EPSG:4284".into())));
    }
}
