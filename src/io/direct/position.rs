//! Coordinates by nesting depth.

use super::cursor::{Cursor, Fallback};
use super::pieces::{Form, piece};
use geo::Coord;
use rayon::prelude::*;
use std::ops::Range;

/// A polygon's rings.
type Rings<P> = Vec<Vec<P>>;

/// Bytes of polygons per parallel task.
pub(super) const PIECE: usize = 1 << 19;
/// The usual text between polygons, and the offset of its comma.
const BETWEEN: &[u8] = b"]]],[[[";
const COMMA: usize = 3;

/// A position in the reader's representation.
pub(in crate::io) trait Position: Copy + Send {
    /// The next position.
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Fallback>;
}

impl Position for Coord {
    /// A position within ±180°, ±90°; a height is read and dropped.
    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Fallback> {
        let (at, _) = cursor.position()?;
        if at.x.abs() <= 180.0 && at.y.abs() <= 90.0 { Ok(at) } else { Err(Fallback) }
    }
}

impl Cursor<'_> {
    /// Two numbers in brackets, and an optional height.
    #[inline]
    pub fn position(&mut self) -> Result<(Coord, Option<f64>), Fallback> {
        self.expect(b'[')?;
        let at = self.two_numbers()?;
        if !self.more(b']')? {
            return Ok((at, None));
        }
        self.space();
        let height = self.number()?;
        self.expect(b']')?;
        Ok((at, Some(height)))
    }
}

/// Coordinates by nesting depth; their meaning depends on the type, which may come after them.
pub(in crate::io) enum Nest<P> {
    Position(P),
    Positions(Vec<P>),
    Rings(Vec<Vec<P>>),
    Polygons(Vec<Vec<Vec<P>>>),
}

impl<P: Position> Nest<P> {
    /// Reads coordinates, with the depth of their opening brackets; `gathered` is a reusable buffer for positions. None
    /// of their lists may be empty.
    pub fn read(cursor: &mut Cursor<'_>, gathered: &mut Vec<P>) -> Result<Self, Fallback> {
        let mut ahead = Cursor::new(cursor.bytes, cursor.at);
        let mut depth = 0;
        while ahead.take(b'[') {
            depth += 1;
        }
        let mut line = |cursor: &mut Cursor<'_>| positions(cursor, gathered);
        Ok(match depth {
            1 => Nest::Position(P::read(cursor)?),
            2 => Nest::Positions(line(cursor)?),
            3 => Nest::Rings(list(cursor, line)?),
            4 => Nest::Polygons(match pieces(cursor) {
                Some(pieces) => at_once(cursor, &pieces)?,
                None => list(cursor, |cursor| polygon(gathered, cursor))?,
            }),
            _ => return Err(Fallback),
        })
    }
}

/// Split points for a long list of polygons; `None` if it is short or in an unusual form.
fn pieces(cursor: &Cursor<'_>) -> Option<Vec<Range<usize>>> {
    let (bytes, start) = (cursor.bytes, cursor.at);
    if cursor.peek() != b'[' {
        return None;
    }
    // Coordinates contain neither braces nor quotes.
    let is_end = |block: &[u8]| block.iter().fold(false, |end, byte| end | (*byte == b'}') | (*byte == b'"'));
    let length = bytes[start..].chunks(64).take_while(|block| !is_end(block)).map(<[u8]>::len).sum::<usize>();
    let end = start + length;
    let mut cuts = vec![start + 1];
    for from in (start + PIECE..end.saturating_sub(PIECE / 2)).step_by(PIECE) {
        let stretch = &bytes[from..end.min(from + PIECE / 2)];
        cuts.extend(stretch.windows(BETWEEN.len()).position(|here| here == BETWEEN).map(|at| from + at + COMMA + 1));
    }
    let ends = cuts[1..].iter().copied().chain([bytes.len()]);
    (cuts.len() > 1).then(|| cuts.iter().copied().zip(ends).map(|(from, to)| from..to).collect())
}

/// Reads polygons in parallel.
fn at_once<P: Position>(cursor: &mut Cursor<'_>, pieces: &[Range<usize>]) -> Result<Vec<Rings<P>>, Fallback> {
    cursor.expect(b'[')?;
    let read = |span: &Range<usize>| piece(cursor.bytes, span.start, span.end, Form::Collection, &polygon::<P>);
    let read: Vec<_> = pieces.par_iter().map(read).collect::<Result<_, _>>()?;
    cursor.at = read.last().map_or(cursor.at, |(_, end)| *end);
    cursor.expect(b']')?;
    Ok(read.into_iter().flat_map(|(polygons, _)| polygons).collect())
}

/// The next polygon.
fn polygon<P: Position>(gathered: &mut Vec<P>, cursor: &mut Cursor<'_>) -> Result<Rings<P>, Fallback> {
    list(cursor, |cursor| positions(cursor, gathered))
}

fn positions<P: Position>(cursor: &mut Cursor<'_>, gathered: &mut Vec<P>) -> Result<Vec<P>, Fallback> {
    gathered.clear();
    cursor.expect(b'[')?;
    loop {
        gathered.push(P::read(cursor)?);
        if !cursor.more(b']')? {
            return Ok(gathered.as_slice().to_vec());
        }
    }
}

/// A non-empty list.
pub(super) fn list<T>(
    cursor: &mut Cursor<'_>,
    mut item: impl FnMut(&mut Cursor<'_>) -> Result<T, Fallback>,
) -> Result<Vec<T>, Fallback> {
    let mut out = Vec::new();
    cursor.expect(b'[')?;
    loop {
        out.push(item(cursor)?);
        if !cursor.more(b']')? {
            return Ok(out);
        }
    }
}
