//! The embedded faces: coverage, widths and outlines. No system font is read, so a plate looks the same on every
//! machine.

use harfrust::{Feature, GlyphBuffer, ShapeOptions, ShaperData, Tag, UnicodeBuffer};
use rustc_hash::FxHashMap;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::pen::PathStyle;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Ratio of cap height to type size in the embedded faces.
pub(crate) const CAP_HEIGHT: f64 = 0.729;
/// Millimetres in a typographic point.
pub(crate) const POINT_MM: f64 = 25.4 / 72.0;
/// The eight type sizes of a sheet of A3, in points; on other papers they are larger or smaller with the sides of the
/// paper.
const SIZES_PT: [f64; 8] = [6.0, 7.0, 8.0, 9.5, 11.0, 13.0, 16.0, 20.0];
/// Smallest type on a sheet of A3, in points.
pub(crate) const LEAST_PT: f64 = SIZES_PT[0];

/// The type size nearest to the wanted one, in points.
pub(crate) fn nearest_size_pt(wanted_pt: f64) -> f64 {
    let off = |size: &f64| (size - wanted_pt).abs();
    SIZES_PT.into_iter().min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(LEAST_PT)
}

/// The greatest type size in millimetres that is not above a limit, or the smallest.
pub(crate) fn size_within_mm(limit_mm: f64) -> f64 {
    let fits = |size: &f64| size * POINT_MM <= limit_mm + 1e-9;
    SIZES_PT.into_iter().rev().find(fits).unwrap_or(LEAST_PT) * POINT_MM
}

/// A face of the embedded family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Face {
    Regular,
    Bold,
    Oblique,
    BoldOblique,
    SerifItalic,
}

/// A parsed face.
struct Opened {
    font: FontRef<'static>,
    shaping: ShaperData,
    units_per_em: f64,
}

/// Each face is parsed on first use, which takes a third of a millisecond.
static OPENED: [LazyLock<Opened>; 5] = [
    LazyLock::new(|| opened(Face::Regular)),
    LazyLock::new(|| opened(Face::Bold)),
    LazyLock::new(|| opened(Face::Oblique)),
    LazyLock::new(|| opened(Face::BoldOblique)),
    LazyLock::new(|| opened(Face::SerifItalic)),
];

fn opened(face: Face) -> Opened {
    let font = FontRef::new(bytes()[face as usize]).expect("an embedded font is a font");
    let units_per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    Opened { shaping: ShaperData::new(&font), font, units_per_em }
}

/// Advances of a text in font units and the number of its glyphs.
type Advance = (i32, usize);

/// Number of cached text widths; a plate has some hundreds.
const REMEMBERED: usize = 4096;

thread_local! {
    /// Cached widths of texts, for each face without and with letter spacing: a label is measured at every size tried,
    /// and shaping dominates the cost.
    static ADVANCES: RefCell<[FxHashMap<String, Advance>; 10]> = RefCell::default();
}

/// The font files, in the order of [`Face`].
pub(crate) fn bytes() -> [&'static [u8]; 5] {
    use dejavu::{sans_condensed, serif_condensed};
    [
        sans_condensed::regular(),
        sans_condensed::bold(),
        sans_condensed::oblique(),
        sans_condensed::bold_oblique(),
        serif_condensed::italic(),
    ]
}

impl Face {
    fn opened(self) -> &'static Opened {
        &OPENED[self as usize]
    }

    pub(crate) fn is_serif(self) -> bool {
        self == Face::SerifItalic
    }

    pub(crate) fn is_bold(self) -> bool {
        matches!(self, Face::Bold | Face::BoldOblique)
    }

    pub(crate) fn is_italic(self) -> bool {
        matches!(self, Face::Oblique | Face::BoldOblique | Face::SerifItalic)
    }

    /// The same face, or the upright sans of the same weight if it has glyphs for the text and this face does not.
    pub(crate) fn for_text(self, text: &str) -> Self {
        let upright = if self.is_bold() { Face::Bold } else { Face::Regular };
        if self.missing(text).is_some() && upright.missing(text).is_none() { upright } else { self }
    }

    /// The first character without a glyph in the face.
    pub(crate) fn missing(self, text: &str) -> Option<char> {
        let glyphs = self.opened().font.charmap();
        text.chars().find(|c| !c.is_control() && glyphs.map(*c).is_none())
    }

    /// Width of a text in millimetres: the sum of the advances, with `spacing_mm` between neighbouring glyphs.
    pub(crate) fn width_mm(self, text: &str, size_mm: f64, spacing_mm: f64) -> f64 {
        let spacing_mm = if is_joined(text) { 0.0 } else { spacing_mm };
        let (units, glyphs) = self.advance(text, spacing_mm != 0.0);
        f64::from(units) * self.unit_mm(size_mm) + spacing_mm * glyphs.saturating_sub(1) as f64
    }

    fn advance(self, text: &str, spaced: bool) -> Advance {
        ADVANCES.with_borrow_mut(|all| {
            let known = &mut all[2 * self as usize + usize::from(spaced)];
            if let Some(advance) = known.get(text) {
                return *advance;
            }
            let glyphs = shaped(self, text, spaced);
            let advance = (glyphs.glyph_positions().iter().map(|p| p.x_advance).sum(), glyphs.len());
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(text.to_owned(), advance);
            advance
        })
    }

    /// Millimetres of one font unit at a size.
    pub(crate) fn unit_mm(self, size_mm: f64) -> f64 {
        size_mm / self.opened().units_per_em
    }

    /// The glyphs of a shaped text that have a shape, each with where it starts in font units; spacing in font units.
    pub(crate) fn letters(self, text: &str, spacing: f64) -> Vec<(u32, i64)> {
        let spacing = if is_joined(text) { 0.0 } else { spacing };
        let glyphs = shaped(self, text, spacing != 0.0);
        let mut x = 0.0;
        let mut out = Vec::with_capacity(glyphs.len());
        for (info, position) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
            out.push((info.glyph_id, (x + f64::from(position.x_offset)).round() as i64));
            x += f64::from(position.x_advance) + spacing;
        }
        out
    }

    /// SVG path data of a glyph in font units, y upwards.
    pub(crate) fn letter(self, glyph: u32) -> String {
        let mut pen = Pen::default();
        self.draw(glyph, &mut pen);
        pen.data
    }

    fn draw(self, glyph: u32, pen: &mut Pen) {
        if let Some(outline) = self.opened().font.outline_glyphs().get(GlyphId::new(glyph)) {
            let unscaled = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            let drawn = outline.draw(unscaled.with_path_style(PathStyle::HarfBuzz), pen);
            drawn.expect("the outlines of an embedded font can be read");
        }
    }

    /// SVG path data of a shaped text in font units, y upwards, starting at the origin; spacing in font units.
    pub(crate) fn outline(self, text: &str, spacing: f64) -> String {
        let spacing = if is_joined(text) { 0.0 } else { spacing };
        let glyphs = shaped(self, text, spacing != 0.0);
        let mut pen = Pen::default();
        let mut x = 0.0;
        for (info, position) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
            pen.origin = x + f64::from(position.x_offset);
            self.draw(info.glyph_id, &mut pen);
            x += f64::from(position.x_advance) + spacing;
        }
        pen.data
    }
}

/// Whether the script of a text joins letters (Arabic, Syriac), which excludes letter spacing.
pub(crate) fn is_joined(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{600}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}

/// Wraps a text at spaces into lines no wider than `width_mm`.
///
/// Words are measured one by one: words recur and are cached, whole lines do not recur.
pub(crate) fn wrap(text: &str, face: Face, size_mm: f64, width_mm: f64) -> Vec<String> {
    let space_mm = face.width_mm(" ", size_mm, 0.0);
    let mut lines: Vec<(String, f64)> = Vec::new();
    // Lines do not end at a space that does not break.
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|word| !word.is_empty());
    for word in words.flat_map(|word| broken(word, face, size_mm, width_mm)) {
        let word_mm = face.width_mm(word, size_mm, 0.0);
        match lines.last_mut() {
            Some((line, so_far_mm)) if *so_far_mm + space_mm + word_mm <= width_mm => {
                line.push(' ');
                line.push_str(word);
                *so_far_mm += space_mm + word_mm;
            }
            _ => lines.push((word.to_owned(), word_mm)),
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

/// Splits a word (a path or an address) that is wider than a line.
fn broken(word: &str, face: Face, size_mm: f64, width_mm: f64) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while face.width_mm(rest, size_mm, 0.0) > width_mm {
        let ends = rest.char_indices().map(|(i, _)| i).skip(1);
        let fits = ends.take_while(|end| face.width_mm(&rest[..*end], size_mm, 0.0) <= width_mm).last();
        let Some(end) = fits else { break };
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces.push(rest);
    pieces
}

/// Letter-spaced text is set without ligatures, as browsers and usvg do.
fn shaped(face: Face, text: &str, spaced: bool) -> GlyphBuffer {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let off = [b"liga", b"clig"].map(|tag| Feature::new(Tag::new(tag), 0, ..));
    let Opened { font, shaping, .. } = face.opened();
    shaping.shaper(font).build().shape(buffer, ShapeOptions::new().features(if spaced { &off } else { &[] }))
}

#[derive(Default)]
struct Pen {
    data: String,
    origin: f64,
}

impl Pen {
    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        for (i, (x, y)) in points.iter().enumerate() {
            let gap = if i > 0 { " " } else { "" };
            let x = (self.origin + f64::from(*x)).round() as i64;
            write!(self.data, "{gap}{x} {}", y.round() as i64).expect("a String takes all");
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[(x1, y1), (x, y)]);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[(x1, y1), (x2, y2), (x, y)]);
    }
    fn close(&mut self) {
        self.data.push('z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabets_of_the_region_are_there() {
        let alphabets = "ԱՖաֆև ƏəĞğİıŞşÇçÖöÜü Жжыё აჰ °′″ km² – ·";
        for face in [Face::Regular, Face::Bold, Face::Oblique, Face::BoldOblique, Face::SerifItalic] {
            assert_eq!(face.missing(alphabets), None, "{face:?}");
        }
        assert_eq!(Face::Regular.missing("漢"), Some('漢'));
    }

    #[test]
    fn spacing_lies_between_glyphs_only() {
        let plain = Face::Regular.width_mm("ABC", 3.0, 0.0);
        assert!((Face::Regular.width_mm("ABC", 3.0, 1.0) - plain - 2.0).abs() < 0.2);
    }

    #[test]
    fn wrapped_lines_fit() {
        let lines = wrap("Sources: boundaries derived from OpenStreetMap contributors", Face::Regular, 2.0, 20.0);
        assert!(lines.len() > 1);
        let address = wrap("at https://example.org/a/long/address/of/a/file", Face::Regular, 2.0, 20.0);
        assert!(address.iter().all(|l| Face::Regular.width_mm(l, 2.0, 0.0) <= 20.0), "{address:?}");
        assert!(lines.iter().all(|l| Face::Regular.width_mm(l, 2.0, 0.0) <= 20.0));
    }
}
