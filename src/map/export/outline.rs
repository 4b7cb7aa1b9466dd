//! Text of a sheet as outlines, and embedding of the fonts of live text.

use crate::map::fonts::{Face, bytes};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The SVG of a sheet with every text as the outlines of its letters, which says what is written in `aria-label`: readers need
/// no font. Each letter of a face is drawn once, at the end of the file, and used where it stands. Groups, classes and ids stay as
/// they are.
pub(in crate::map) fn outlined(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut letters = Letters::new();
    let mut rest = svg;
    while let Some((before, text)) = rest.split_once("<text ") {
        let halo = before.rfind(HALO).filter(|at| before[*at..].trim_end().ends_with("/>") && is_alone(&before[*at..]));
        out.push_str(&before[..halo.unwrap_or(before.len())]);
        let Some((attributes, (words, after))) =
            text.split_once('>').and_then(|(attributes, after)| Some((attributes, after.split_once("</text>")?)))
        else {
            out.push_str(&before[halo.unwrap_or(before.len())..]);
            out.push_str("<text ");
            rest = text;
            continue;
        };
        outline(&mut out, &mut letters, halo.map_or("", |at| &before[at..]), attributes, words);
        rest = after;
    }
    out.push_str(rest);
    with_letters(&out, &letters)
}

/// The start of the outline of a text's halo, which stands before the text.
const HALO: &str = "<path transform=\"translate(";

/// Whether one element is all that there is.
fn is_alone(text: &str) -> bool {
    text.matches('<').count() == 1
}

/// Path data of the letters in use, by their faces and their numbers in these.
type Letters = BTreeMap<(usize, u32), String>;

fn outline(out: &mut String, letters: &mut Letters, halo: &str, attributes: &str, words: &str) {
    let number = |name: &str| attribute(attributes, name).and_then(|value| value.parse::<f64>().ok());
    let (face, size_mm) = (face(attributes), number("font-size").unwrap_or(1.0));
    let unit = face.unit_mm(size_mm);
    let of = |name: &str| attribute(attributes, name);
    let place = place(attributes);
    let text = unescaped(words);
    let mut used = String::new();
    for (glyph, x) in face.letters(&text, number("letter-spacing").unwrap_or(0.0) / unit) {
        let shape = letters.entry((face as usize, glyph)).or_insert_with(|| face.letter(glyph));
        if !shape.is_empty() {
            write!(used, "<use xlink:href=\"#l{}-{glyph}\" x=\"{x}\"/>", face as usize).expect("a String takes all");
        }
    }
    let fill = of("fill").unwrap_or("#000000");
    let transform = format!("{place} scale({unit:.6} -{unit:.6})");
    // Strokes of all letters first: that of one covers none of the others.
    if attribute(halo, "transform") != Some(transform.as_str()) {
        out.push_str(halo);
    } else if let (Some(stroke), Some(width)) = (attribute(halo, "stroke"), attribute(halo, "stroke-width")) {
        let written = writeln!(
            out,
            "<g aria-hidden=\"true\" transform=\"{transform}\" stroke=\"{stroke}\" stroke-width=\"{width}\">{used}</g>"
        );
        written.expect("a String takes all");
    }
    let written =
        write!(out, "<g role=\"img\" aria-label=\"{words}\" transform=\"{transform}\" fill=\"{fill}\">{used}</g>");
    written.expect("a String takes all");
}

/// The SVG of a sheet with letter-spaced text as one outline, and the same text unspaced and invisible at its place:
/// readers of PDF
/// take wide gaps between letters for spaces between words, and would not find it.
pub(in crate::map) fn searchable(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut pieces = svg.split("<text ");
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let spaced = piece.split_once('>').and_then(|(attributes, rest)| {
            let spacing: f64 = attribute(attributes, "letter-spacing")?.parse().ok()?;
            let size_mm: f64 = attribute(attributes, "font-size")?.parse().ok()?;
            let words = rest.split_once("</text>")?.0;
            Some((attributes, words, rest, spacing, size_mm))
        });
        let Some((attributes, words, rest, spacing, size_mm)) = spaced else {
            out.push_str("<text ");
            out.push_str(piece);
            continue;
        };
        let face = face(attributes);
        let unit = face.unit_mm(size_mm);
        let fill = attribute(attributes, "fill").unwrap_or("#000000");
        let path = face.outline(&unescaped(words), spacing / unit);
        let place = place(attributes);
        let hidden = attributes.replace(&format!(" letter-spacing=\"{spacing}\""), "");
        let written = write!(
            out,
            "<path transform=\"{place} scale({unit:.6} -{unit:.6})\" d=\"{path}\" fill=\"{fill}\"/>\n\
             <text fill-opacity=\"0\" {hidden}>{rest}"
        );
        written.expect("a String takes all");
    }
    out
}

/// The transform of a text's baseline.
fn place(attributes: &str) -> String {
    let of = |name: &str| attribute(attributes, name);
    match (of("transform"), of("x"), of("y")) {
        (Some(transform), ..) => transform.to_owned(),
        (None, x, y) => format!("translate({} {})", x.unwrap_or("0"), y.unwrap_or("0")),
    }
}

fn unescaped(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The value of an attribute of an element.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let begins = format!("{name}=\"");
    let at = attributes
        .find(&format!(" {begins}"))
        .map(|at| at + 1)
        .or_else(|| attributes.starts_with(&begins).then_some(0))?;
    attributes[at + begins.len()..].split_once('"').map(|(value, _)| value)
}

/// The SVG with the outlines of letters, which older readers find by XLink alone.
fn with_letters(svg: &str, letters: &Letters) -> String {
    let shapes_of = || letters.iter().filter(|(_, path)| !path.is_empty());
    if shapes_of().next().is_none() {
        return svg.to_owned();
    }
    let mut shapes = String::from("<defs>\n");
    for ((face, glyph), path) in shapes_of() {
        writeln!(shapes, "<path id=\"l{face}-{glyph}\" d=\"{path}\"/>").expect("a String takes all");
    }
    shapes.push_str("</defs>\n");
    let svg = svg.replacen("<svg ", "<svg xmlns:xlink=\"http://www.w3.org/1999/xlink\" ", 1);
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    format!("{}{shapes}{}", &svg[..end], &svg[end..])
}

/// The faces in the order of their files.
const FACES: [Face; 5] = [Face::Regular, Face::Bold, Face::Oblique, Face::BoldOblique, Face::SerifItalic];

/// The face that a text's attributes name.
fn face(attributes: &str) -> Face {
    match (attributes.contains("DejaVu Serif"), attributes.contains("font-weight"), attributes.contains("font-style")) {
        (true, ..) => Face::SerifItalic,
        (false, true, true) => Face::BoldOblique,
        (false, true, false) => Face::Bold,
        (false, false, true) => Face::Oblique,
        (false, false, false) => Face::Regular,
    }
}

/// Brotli quality of embedded fonts: 8 % larger than with the best, 11, in a tenth of the time.
const FONT_QUALITY: u8 = 9;

/// The SVG of a sheet with live text and its faces embedded as WOFF2.
pub(in crate::map) fn with_fonts(svg: &str) -> String {
    let used =
        |face: Face| svg.split("<text ").skip(1).any(|text| self::face(text.split('>').next().unwrap_or("")) == face);
    let mut style = String::from("<style>\n");
    for face in FACES.into_iter().filter(|face| used(*face)) {
        let family = if face.is_serif() { "DejaVu Serif" } else { "DejaVu Sans" };
        let weight = if face.is_bold() { "bold" } else { "normal" };
        let slant = if face.is_italic() { "italic" } else { "normal" };
        let data = ttf2woff2::encode(bytes()[face as usize], ttf2woff2::BrotliQuality::from(FONT_QUALITY));
        let data = STANDARD.encode(data.expect("the fonts of this program are valid"));
        let rule = writeln!(
            style,
            "@font-face{{font-family:'{family}';font-stretch:condensed;font-weight:{weight};font-style:{slant};\
             src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        );
        rule.expect("a String takes all");
    }
    style.push_str("</style>\n");
    match svg.split_once("</desc>\n") {
        Some((before, after)) => format!("{before}</desc>\n{style}{after}"),
        None => svg.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_text_has_the_fonts_that_it_names() {
        let svg = "<svg>\n<desc>d</desc>\n<text font-family=\"'DejaVu Sans'\" font-weight=\"bold\">A</text>\n</svg>\n";
        let out = with_fonts(svg);
        let fonts: Vec<&str> = out.split("base64,").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert_eq!((fonts.len(), out.matches("font-weight:bold").count()), (1, 1), "the bold face alone");
        let font = STANDARD.decode(fonts[0]).expect("base64");
        let number = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().expect("four bytes"));
        // The header of the W3C's WOFF File Format 2.0, section 4.1.
        assert_eq!((&font[..4], number(4)), (&b"wOF2"[..], 0x0001_0000));
        assert_eq!(number(8) as usize, font.len());
    }

    #[test]
    fn a_text_becomes_its_outline_in_its_place() {
        let svg = "<svg xmlns=\"s\">\n<g id=\"a\">\n<text x=\"1\" y=\"2\" font-family=\"'DejaVu Sans'\" font-size=\"3\" fill=\"#123456\" font-weight=\"bold\">A &amp; A</text>\n</g>\n</svg>\n";
        let out = outlined(svg);
        let begins = "<svg xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns=\"s\">\n<g id=\"a\">\n\
             <g role=\"img\" aria-label=\"A &amp; A\" transform=\"translate(1 2) scale(";
        assert!(out.starts_with(begins) && !out.contains("<text"), "{out}");
        // "A" twice, "&" once; each drawn once.
        assert_eq!((out.matches("<use ").count(), out.matches("<path id=").count()), (3, 2), "{out}");
        for id in out.split("xlink:href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert_eq!(out.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
    }

    #[test]
    fn a_halo_uses_the_same_letters_and_lies_below() {
        let unit = Face::Regular.unit_mm(3.0);
        let halo = format!(
            "<path transform=\"translate(1 2) scale({unit:.6} -{unit:.6})\" d=\"M0 0z\" stroke=\"#ffffff\" stroke-width=\"447\"/>\n"
        );
        let svg = format!(
            "<svg>\n<path d=\"M1 1z\" fill=\"#000000\"/>\n{halo}<text x=\"1\" y=\"2\" font-size=\"3\">o</text>\n</svg>\n"
        );
        let out = outlined(&svg);
        assert!(out.contains("<path d=\"M1 1z\" fill=\"#000000\"/>\n<g aria-hidden=\"true\""), "{out}");
        let [stroke, fill] = [out.find("stroke=\"#ffffff\" stroke-width=\"447\""), out.find("aria-label=\"o\"")];
        assert!(stroke.is_some() && stroke < fill && !out.contains("M0 0z"), "{out}");
    }
}
