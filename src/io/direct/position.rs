//! Coordinates by how deep they are nested.

use super::cursor::{Cursor, Unusual};
use geo::Coord;

/// A position as its reader wants it.
pub(in crate::io) trait Position: Copy {
    /// The position that comes next.
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Unusual>;
}

impl Position for Coord {
    /// A position within ±180°, ±90°; a height is read and left out.
    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Unusual> {
        let (at, _) = cursor.position()?;
        if at.x.abs() <= 180.0 && at.y.abs() <= 90.0 { Ok(at) } else { Err(Unusual) }
    }
}

impl Cursor<'_> {
    /// Two numbers in brackets, and the height where a third follows.
    #[inline]
    pub fn position(&mut self) -> Result<(Coord, Option<f64>), Unusual> {
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

/// Coordinates by how deep they are nested: what they are only the type says, which may stand behind them.
pub(in crate::io) enum Nest<P> {
    Position(P),
    Positions(Vec<P>),
    Rings(Vec<Vec<P>>),
    Polygons(Vec<Vec<Vec<P>>>),
}

impl<P: Position> Nest<P> {
    /// Coordinates, as deep as their first brackets say; `gathered` is memory that positions are gathered in. Nothing in
    /// them is empty.
    pub fn read(cursor: &mut Cursor<'_>, gathered: &mut Vec<P>) -> Result<Self, Unusual> {
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
            4 => Nest::Polygons(list(cursor, |cursor| list(cursor, &mut line))?),
            _ => return Err(Unusual),
        })
    }
}

fn positions<P: Position>(cursor: &mut Cursor<'_>, gathered: &mut Vec<P>) -> Result<Vec<P>, Unusual> {
    gathered.clear();
    cursor.expect(b'[')?;
    loop {
        gathered.push(P::read(cursor)?);
        if !cursor.more(b']')? {
            return Ok(gathered.as_slice().to_vec());
        }
    }
}

/// A list of which nothing is missing.
pub(super) fn list<T>(
    cursor: &mut Cursor<'_>,
    mut item: impl FnMut(&mut Cursor<'_>) -> Result<T, Unusual>,
) -> Result<Vec<T>, Unusual> {
    let mut out = Vec::new();
    cursor.expect(b'[')?;
    loop {
        out.push(item(cursor)?);
        if !cursor.more(b']')? {
            return Ok(out);
        }
    }
}
