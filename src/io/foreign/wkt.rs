//! Well-known text (OGC 06-103r4, section 7; ISO 19125 for curves): every type, Z and M, PostGIS's `SRID=`.

use super::arc;
use crate::io::convert::{Position, Shape};
use crate::io::{Limits, Problem};
use geo::Coord;

/// The contents of a text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::io) struct Read {
    /// `None` for `EMPTY`.
    pub shape: Option<Shape>,
    /// SRID, if PostGIS's prefix states it.
    pub srid: Option<u32>,
    /// Number of arcs that were densified.
    pub arcs: usize,
    /// Whether its positions have measures (M), which are dropped.
    pub measures: bool,
}

/// Keywords that start a geometry.
const WORDS: [&str; 18] = [
    "GEOMETRYCOLLECTION",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "MULTISURFACE",
    "MULTIPOINT",
    "MULTICURVE",
    "CURVEPOLYGON",
    "COMPOUNDCURVE",
    "CIRCULARSTRING",
    "POLYHEDRALSURFACE",
    "LINESTRING",
    "LINEARRING",
    "TRIANGLE",
    "POLYGON",
    "POINT",
    "TIN",
    "CURVE",
    "SURFACE",
];

/// Whether a text starts like well-known text.
pub(in crate::io) fn looks_like(text: &str) -> bool {
    let text = text.trim_start();
    let upper: String = text.chars().take(24).collect::<String>().to_uppercase();
    let word: &str = upper.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    upper.starts_with("SRID=") || WORDS.contains(&word.trim_end_matches(['Z', 'M']).trim_end()) || WORDS.contains(&word)
}

/// Reads a geometry.
///
/// # Errors
/// The fault and its position, from 1; or it is nested too deep.
pub(in crate::io) fn read(text: &str, limits: Limits) -> Result<Read, Problem> {
    let (srid, body) = match text.trim_start().split_once(';') {
        Some((head, rest)) if head.len() > 5 && head.is_char_boundary(5) && head[..5].eq_ignore_ascii_case("SRID=") => {
            let number = head[5..].trim().parse();
            (Some(number.map_err(|_| Problem::Csv(format!("\"{head}\" names no system")))?), rest)
        }
        _ => (None, text),
    };
    let before = text.len() - body.len();
    let deepest = limits.max_depth;
    let mut reader =
        Reader { text: body, at: 0, before, z: false, m: false, depth: 0, deepest, arcs: 0, measures: false };
    let shape = reader.geometry()?;
    reader.space();
    if reader.at < body.len() {
        return Err(reader.wrong("more follows the geometry"));
    }
    Ok(Read { shape, srid, arcs: reader.arcs, measures: reader.measures })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Offset of the text in bytes.
    before: usize,
    z: bool,
    m: bool,
    depth: u32,
    deepest: u32,
    arcs: usize,
    measures: bool,
}

type Result<T, E = Problem> = std::result::Result<T, E>;

impl<'t> Reader<'t> {
    fn wrong(&self, why: &str) -> Problem {
        Problem::Csv(format!("is no well-known text: {why} at character {}", self.before + self.at + 1))
    }

    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, sign: char) -> bool {
        self.space();
        let there = self.text[self.at..].starts_with(sign);
        self.at += if there { sign.len_utf8() } else { 0 };
        there
    }

    fn expect(&mut self, sign: char) -> Result<()> {
        if self.take(sign) { Ok(()) } else { Err(self.wrong(&format!("\"{sign}\" is expected"))) }
    }

    /// The next word, in upper case.
    fn word(&mut self) -> String {
        self.space();
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_ascii_uppercase()
    }

    fn is_empty(&mut self) -> bool {
        let before = self.at;
        let empty = self.word() == "EMPTY";
        if !empty {
            self.at = before;
        }
        empty
    }

    /// The type of the next geometry; its Z and M flags apply from here on.
    fn kind(&mut self) -> Result<&'static str> {
        self.space();
        let start = self.at;
        let word = self.word();
        let known = |word: &str| WORDS.iter().find(|known| **known == word).copied();
        let joined = || ["ZM", "Z", "M"].iter().find_map(|d| Some((known(word.strip_suffix(d)?)?, *d)));
        let (kind, mut dimensions) = match (known(&word), joined()) {
            (Some(kind), _) => (kind, String::new()),
            (None, Some((kind, dimensions))) => (kind, dimensions.to_owned()),
            (None, None) => {
                self.at = start;
                return Err(self.wrong("a type of geometry is expected"));
            }
        };
        if dimensions.is_empty() {
            let before = self.at;
            dimensions = self.word();
            if !matches!(dimensions.as_str(), "Z" | "M" | "ZM") {
                self.at = before;
                dimensions.clear();
            }
        }
        self.z |= dimensions.contains('Z');
        self.m |= dimensions.contains('M');
        Ok(kind)
    }

    fn geometry(&mut self) -> Result<Option<Shape>> {
        self.depth += 1;
        if self.depth > self.deepest {
            return Err(Problem::TooDeep(self.deepest));
        }
        let kind = self.kind()?;
        let shape = if self.is_empty() { None } else { self.body(kind)? };
        self.depth -= 1;
        Ok(shape)
    }

    fn body(&mut self, kind: &str) -> Result<Option<Shape>> {
        Ok(Some(match kind {
            "POINT" => {
                let points = self.positions(1)?;
                let [point] = points.as_slice() else { return Err(self.wrong("a point is one position")) };
                Shape::Point(*point)
            }
            "MULTIPOINT" => Shape::MultiPoint(self.list(Self::point)?.into_iter().flatten().collect()),
            "LINESTRING" | "LINEARRING" => Shape::Line(self.positions(2)?),
            "CIRCULARSTRING" => Shape::Line(self.circular()?),
            "COMPOUNDCURVE" => Shape::Line(self.compound()?),
            "POLYGON" | "TRIANGLE" => Shape::Polygon(self.rings()?),
            "CURVEPOLYGON" => Shape::Polygon(self.list(Self::curve)?.into_iter().flatten().collect()),
            "MULTILINESTRING" => Shape::MultiLine(self.list(Self::line)?.into_iter().flatten().collect()),
            "MULTICURVE" => Shape::MultiLine(self.list(Self::curve)?.into_iter().flatten().collect()),
            "MULTIPOLYGON" | "POLYHEDRALSURFACE" | "TIN" => {
                Shape::MultiPolygon(self.list(Self::polygon)?.into_iter().flatten().collect())
            }
            "MULTISURFACE" => Shape::MultiPolygon(self.list(Self::surface)?.into_iter().flatten().collect()),
            "GEOMETRYCOLLECTION" => Shape::Collection(self.list(Self::geometry)?.into_iter().flatten().collect()),
            _ => return Err(self.wrong(&format!("{kind} is no geometry by itself"))),
        }))
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        self.expect('(')?;
        let mut items = vec![item(self)?];
        while self.take(',') {
            items.push(item(self)?);
        }
        self.expect(')')?;
        Ok(items)
    }

    /// A point of a multi-point, with or without brackets.
    fn point(&mut self) -> Result<Option<Position>> {
        if self.is_empty() {
            return Ok(None);
        }
        let bracket = self.take('(');
        let position = self.position()?;
        if bracket {
            self.expect(')')?;
        }
        Ok(Some(position))
    }

    fn line(&mut self) -> Result<Option<Vec<Position>>> {
        if self.is_empty() { Ok(None) } else { self.positions(2).map(Some) }
    }

    fn rings(&mut self) -> Result<Vec<Vec<Position>>> {
        Ok(self.list(Self::line)?.into_iter().flatten().collect())
    }

    fn polygon(&mut self) -> Result<Option<Vec<Vec<Position>>>> {
        if self.is_empty() { Ok(None) } else { self.rings().map(Some) }
    }

    /// A line: plain in brackets, or a curve with its keyword.
    fn curve(&mut self) -> Result<Option<Vec<Position>>> {
        if self.take('(') {
            self.at -= 1;
            return self.line();
        }
        if self.is_empty() {
            return Ok(None);
        }
        let kind = self.kind()?;
        if self.is_empty() {
            return Ok(None);
        }
        match kind {
            "LINESTRING" | "LINEARRING" => self.positions(2).map(Some),
            "CIRCULARSTRING" => self.circular().map(Some),
            "COMPOUNDCURVE" => self.compound().map(Some),
            _ => Err(self.wrong(&format!("{kind} is no curve"))),
        }
    }

    /// A polygon: plain in brackets, or with its keyword.
    fn surface(&mut self) -> Result<Option<Vec<Vec<Position>>>> {
        if self.take('(') {
            self.at -= 1;
            return self.polygon();
        }
        if self.is_empty() {
            return Ok(None);
        }
        let kind = self.kind()?;
        if self.is_empty() {
            return Ok(None);
        }
        match kind {
            "POLYGON" => self.rings().map(Some),
            "CURVEPOLYGON" => Ok(Some(self.list(Self::curve)?.into_iter().flatten().collect())),
            _ => Err(self.wrong(&format!("{kind} is no surface"))),
        }
    }

    fn circular(&mut self) -> Result<Vec<Position>> {
        let points = self.positions(3)?;
        if points.len() % 2 == 0 {
            return Err(self.wrong("arcs need an odd number of positions"));
        }
        self.arcs += points.len() / 2;
        let mut chain = Vec::new();
        arc::string(&points, &mut chain);
        Ok(chain)
    }

    /// Concatenated curves.
    fn compound(&mut self) -> Result<Vec<Position>> {
        let parts = self.list(Self::curve)?;
        let mut chain: Vec<Position> = Vec::new();
        for part in parts.into_iter().flatten() {
            let again =
                usize::from(chain.last().is_some_and(|last| part.first().is_some_and(|first| last.at == first.at)));
            chain.extend(part.into_iter().skip(again));
        }
        Ok(chain)
    }

    fn positions(&mut self, least: usize) -> Result<Vec<Position>> {
        let positions = self.list(Self::position)?;
        if positions.len() < least {
            return Err(Problem::ShortLine(positions.len()));
        }
        Ok(positions)
    }

    fn position(&mut self) -> Result<Position> {
        let mut numbers = [0.0; 4];
        let mut count = 0;
        loop {
            self.space();
            let rest = &self.text[self.at..];
            let end = rest.find(|c: char| c == ',' || c == ')' || c == '(' || c.is_whitespace()).unwrap_or(rest.len());
            if end == 0 {
                break;
            }
            let number = rest[..end].parse::<f64>().ok().filter(|_| count < 4);
            let Some(number) = number else { return Err(self.wrong("a number is expected")) };
            if !number.is_finite() {
                return Err(Problem::NotFinite);
            }
            numbers[count] = number;
            count += 1;
            self.at += end;
        }
        if count < 2 {
            return Err(self.wrong("a position of two numbers or more is expected"));
        }
        let only_m = self.m && !self.z;
        self.measures |= self.m || count == 4;
        let z = (count > 2 && !only_m).then_some(numbers[2]);
        Ok(Position { at: Coord { x: numbers[0], y: numbers[1] }, z })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        read(text, Limits::DEFAULT).expect(text).shape.expect(text)
    }

    #[test]
    fn curves_of_every_kind() {
        let half = read(
            "CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (500000 5000000,510000 5010000,520000 5000000),(520000 5000000,500000 5000000)))",
            Limits::DEFAULT,
        );
        let half = half.expect("it is one");
        let Some(Shape::Polygon(rings)) = &half.shape else { panic!("{half:?}") };
        assert_eq!((half.arcs, rings.len(), rings[0].first()), (1, 1, rings[0].last()));
        for text in [
            "MULTICURVE ((0 0,1 1),CIRCULARSTRING (0 0,1 1,2 0))",
            "MULTISURFACE (((0 0,9 0,9 9,0 0)),CURVEPOLYGON ((0 0,9 0,9 9,0 0)))",
            "TIN (((0 0,9 0,9 9,0 0)))",
            "POLYHEDRALSURFACE Z (((0 0 1,9 0 1,9 9 1,0 0 1)))",
            "COMPOUNDCURVE ((0 0,1 1),EMPTY)",
            "CURVEPOLYGON (CIRCULARSTRING (0 0,4 4,0 0))",
        ] {
            shape(text);
        }
    }

    #[test]
    fn heights_and_measures_are_told_apart() {
        for (text, z, measures) in [
            ("POINT (1 2)", None, false),
            ("POINT (1 2 3)", Some(3.0), false),
            ("POINT Z (1 2 3)", Some(3.0), false),
            ("POINTZ(1 2 3)", Some(3.0), false),
            ("POINT M (1 2 3)", None, true),
            ("POINTZM (1 2 3 4)", Some(3.0), true),
            ("point zm (1 2 3 4)", Some(3.0), true),
        ] {
            let found = read(text, Limits::DEFAULT).expect(text);
            assert_eq!(
                (found.shape, found.measures),
                (Some(Shape::Point(Position { at: Coord { x: 1.0, y: 2.0 }, z })), measures)
            );
        }
    }

    #[test]
    fn nothing_and_systems() {
        let found = read("SRID=3857;POLYGON EMPTY", Limits::DEFAULT).expect("it is one");
        assert_eq!((found.shape, found.srid), (None, Some(3857)));
        assert_eq!(
            shape("GEOMETRYCOLLECTION (POINT EMPTY,POINT (1 2))"),
            Shape::Collection(vec![shape("POINT (1 2)")])
        );
        assert_eq!(shape("MULTIPOINT (1 2,3 4)"), shape("MULTIPOINT ((1 2),(3 4))"));
    }

    #[test]
    fn depth_is_no_stack() {
        let nested =
            |levels: usize| format!("{}POINT (1 2){}", "GEOMETRYCOLLECTION (".repeat(levels), ")".repeat(levels));
        assert!(matches!(read(&nested(60_000), Limits::DEFAULT), Err(Problem::TooDeep(_))));
        assert!(read(&nested(100), Limits::DEFAULT).is_ok());
        assert!(matches!(read(&"GEOMETRYCOLLECTION(".repeat(60_000), Limits::DEFAULT), Err(Problem::TooDeep(_))));
    }

    #[test]
    fn what_is_wrong_is_placed() {
        for (text, why) in [
            ("POINT (1)", "two numbers"),
            ("", "a type of geometry is expected at character 1"),
            ("LINESTRING (1 2)", "two positions"),
            ("CIRCLE (1 2)", "a type"),
            ("POINT (1 x)", "a number is expected at character 10"),
            ("POINT (1 2", "\")\" is expected"),
            ("POINT (1 2) 3", "more follows"),
            ("CIRCULARSTRING (0 0,1 1,2 2,3 3)", "odd number"),
            ("POINT (1 nan)", "finite"),
        ] {
            let error = read(text, Limits::DEFAULT).expect_err(text).to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
        assert!(looks_like(" srid=4326;point(1 2)") && looks_like("MultiPolygonZ(((") && !looks_like("Pointe-Noire"));
    }
}
