//! Well-known binary in hexadecimal, as exported by PostGIS: OGC and ISO types, PostGIS's flags for Z, M and SRID.

use super::wkt::Read;
use crate::io::convert::{Position, Shape};
use crate::io::{Limits, Problem};
use geo::Coord;

/// Whether a text appears to be a hexadecimal geometry, judged by its byte order and type.
pub(in crate::io) fn looks_like(text: &str) -> bool {
    let digits = digits(text);
    let all = digits.len() >= 18 && digits.len().is_multiple_of(2) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let kind = digits.get(2..10).and_then(|kind| u32::from_str_radix(kind, 16).ok());
    let kind = match digits.get(..2) {
        Some("00") => kind,
        Some("01") => kind.map(u32::swap_bytes),
        _ => None,
    };
    // Removes PostGIS's flags and ISO's thousands for dimensions.
    all && kind.is_some_and(|kind| (1..=17).contains(&((kind & 0x1fff_ffff) % 1000)))
}

/// The digits without a prefix: PostgreSQL writes `\x` before bytes, others `0x`.
fn digits(text: &str) -> &str {
    let text = text.trim();
    ["\\x", "0x", "0X"].iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text)
}

/// Reads a geometry.
///
/// # Errors
/// It is truncated, of a curve type, or nested too deep.
pub(in crate::io) fn read(text: &str, limits: Limits) -> Result<Read, Problem> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let pair = |pair: &[u8]| Some(digit(pair[0])? << 4 | digit(pair[1])?);
    let bytes: Option<Vec<u8>> = digits(text).as_bytes().chunks_exact(2).map(pair).collect();
    read_bytes(&bytes.ok_or_else(|| wrong("a hexadecimal digit is expected"))?, limits)
}

/// Reads a geometry from its bytes.
///
/// # Errors
/// As [`read`].
pub(in crate::io) fn read_bytes(bytes: &[u8], limits: Limits) -> Result<Read, Problem> {
    let deepest = limits.max_depth;
    let mut reader =
        Reader { rest: bytes, big: false, z: false, m: false, depth: 0, deepest, srid: None, measures: false };
    let shape = reader.geometry()?;
    Ok(Read { shape, srid: reader.srid, arcs: 0, measures: reader.measures })
}

fn wrong(why: &str) -> Problem {
    Problem::Csv(format!("is no well-known binary: {why}"))
}

struct Reader<'b> {
    rest: &'b [u8],
    big: bool,
    z: bool,
    m: bool,
    depth: u32,
    deepest: u32,
    srid: Option<u32>,
    measures: bool,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        let (bytes, rest) = self.rest.split_first_chunk::<N>().ok_or_else(|| wrong("it breaks off"))?;
        self.rest = rest;
        Ok(*bytes)
    }

    fn whole(&mut self) -> Result<u32, Problem> {
        let bytes = self.take::<4>()?;
        Ok(if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    fn real(&mut self) -> Result<f64, Problem> {
        let bytes = self.take::<8>()?;
        Ok(if self.big { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) })
    }

    fn geometry(&mut self) -> Result<Option<Shape>, Problem> {
        self.depth += 1;
        if self.depth > self.deepest {
            return Err(Problem::TooDeep(self.deepest));
        }
        self.big = self.take::<1>()? == [0];
        let kind = self.whole()?;
        (self.z, self.m) = (kind & 0x8000_0000 != 0, kind & 0x4000_0000 != 0);
        if kind & 0x2000_0000 != 0 {
            self.srid = Some(self.whole()?);
        }
        let kind = kind & 0x0fff_ffff;
        self.z |= matches!(kind / 1000, 1 | 3);
        self.m |= matches!(kind / 1000, 2 | 3);
        self.measures |= self.m;
        let shape = match kind % 1000 {
            1 => self.position()?.map(Shape::Point),
            2 => Some(self.positions()?).filter(|line| !line.is_empty()).map(Shape::Line),
            3 => Some(self.rings()?).filter(|rings| !rings.is_empty()).map(Shape::Polygon),
            4..=7 => {
                let parts = self.list(Self::geometry)?.into_iter().flatten();
                Some(parts.collect::<Vec<_>>()).filter(|parts| !parts.is_empty()).map(|parts| multi(kind % 1000, parts))
            }
            8..=17 => return Err(wrong("curves and surfaces are read as text: ST_AsText")),
            _ => return Err(wrong("its type is none that is known")),
        };
        self.depth -= 1;
        Ok(shape)
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
        let count = self.whole()?;
        // Never more items than there are bytes, whatever the count states.
        (0..count).map(|_| item(self)).collect()
    }

    fn position(&mut self) -> Result<Option<Position>, Problem> {
        let at = Coord { x: self.real()?, y: self.real()? };
        let z = if self.z { Some(self.real()?).filter(|z| z.is_finite()) } else { None };
        if self.m {
            self.real()?;
        }
        // An empty point has NaN coordinates.
        if at.x.is_nan() && at.y.is_nan() {
            return Ok(None);
        }
        if !(at.x.is_finite() && at.y.is_finite()) {
            return Err(Problem::NotFinite);
        }
        Ok(Some(Position { at, z }))
    }

    fn positions(&mut self) -> Result<Vec<Position>, Problem> {
        self.list(|reader| reader.position()?.ok_or(Problem::NotFinite))
    }

    fn rings(&mut self) -> Result<Vec<Vec<Position>>, Problem> {
        self.list(Self::positions)
    }
}

/// Combines parts into the multi-geometry of their type.
fn multi(kind: u32, parts: Vec<Shape>) -> Shape {
    let (mut points, mut lines, mut polygons) = (Vec::new(), Vec::new(), Vec::new());
    if kind == 7 {
        return Shape::Collection(parts);
    }
    for part in parts {
        match part {
            Shape::Point(at) => points.push(at),
            Shape::Line(line) => lines.push(line),
            Shape::Polygon(rings) => polygons.push(rings),
            _ => {}
        }
    }
    match kind {
        4 => Shape::MultiPoint(points),
        5 => Shape::MultiLine(lines),
        _ => Shape::MultiPolygon(polygons),
    }
}

#[cfg(test)]
mod tests {
    use super::super::wkt;
    use super::*;

    #[test]
    fn what_postgis_writes_is_what_its_text_says() {
        // SELECT ST_AsEWKB(…): by PostGIS's own documentation and shapely.
        for (hex, text) in [
            ("0101000000000000000000F03F0000000000000040", "POINT (1 2)"),
            ("0101000020E6100000000000000000F03F0000000000000040", "SRID=4326;POINT (1 2)"),
            ("00000000013FF00000000000004000000000000000", "POINT (1 2)"),
            ("01E9030000000000000000F03F00000000000000400000000000000840", "POINT Z (1 2 3)"),
            ("0101000080000000000000F03F00000000000000400000000000000840", "POINT Z (1 2 3)"),
            (
                "010200000002000000000000000000F03F000000000000004000000000000008400000000000001040",
                "LINESTRING (1 2,3 4)",
            ),
            (
                "0104000000020000000101000000000000000000F03F0000000000000040010100000000000000000008400000000000001040",
                "MULTIPOINT (1 2,3 4)",
            ),
        ] {
            assert!(looks_like(hex), "{hex}");
            assert_eq!(read(hex, Limits::DEFAULT).expect(hex), wkt::read(text, Limits::DEFAULT).expect(text), "{text}");
        }
        let deep = "010700000001000000".repeat(60_000);
        assert!(matches!(read(&deep, Limits::DEFAULT), Err(Problem::TooDeep(_))));
        assert!(read("0102000000FFFFFFFF", Limits::DEFAULT).is_err());
        // A height that is no number is no height: JSON has no way to write it.
        let height = read("0101000080000000000000F03F0000000000000040000000000000F87F", Limits::DEFAULT);
        assert_eq!(height.expect("a point"), wkt::read("POINT (1 2)", Limits::DEFAULT).expect("a point"));
    }
}
