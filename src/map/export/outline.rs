//! Text of a sheet as outlines, and the fonts of live text within the file.

use crate::map::fonts::{Face, bytes};
use std::fmt::Write as _;

/// The SVG of a sheet with every text as the outline of its letters, which says what is written in `aria-label`: readers need
/// no font. Groups, classes and ids stay as they are.
pub(in crate::map) fn outlined(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len() * 2);
    let mut rest = svg;
    while let Some((before, text)) = rest.split_once("<text ") {
        out.push_str(before);
        let Some((attributes, (words, after))) =
            text.split_once('>').and_then(|(attributes, after)| Some((attributes, after.split_once("</text>")?)))
        else {
            out.push_str("<text ");
            rest = text;
            continue;
        };
        outline(&mut out, attributes, words);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn outline(out: &mut String, attributes: &str, words: &str) {
    let of = |name: &str| {
        let begins = format!("{name}=\"");
        let at = attributes
            .find(&format!(" {begins}"))
            .map(|at| at + 1)
            .or_else(|| attributes.starts_with(&begins).then_some(0))?;
        attributes[at + begins.len()..].split_once('"').map(|(value, _)| value)
    };
    let number = |name: &str| of(name).and_then(|value| value.parse::<f64>().ok());
    let (face, size_mm) = (face(attributes), number("font-size").unwrap_or(1.0));
    let unit = face.unit_mm(size_mm);
    let place = match (of("transform"), of("x"), of("y")) {
        (Some(transform), ..) => transform.to_owned(),
        (None, x, y) => format!("translate({} {})", x.unwrap_or("0"), y.unwrap_or("0")),
    };
    let text = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let path = face.outline(&text, number("letter-spacing").unwrap_or(0.0) / unit);
    let fill = of("fill").unwrap_or("#000000");
    let written = write!(
        out,
        "<path role=\"img\" aria-label=\"{words}\" transform=\"{place} scale({unit:.6} -{unit:.6})\" d=\"{path}\" fill=\"{fill}\"/>"
    );
    written.expect("a String takes all");
}

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

/// The SVG of a sheet with its text live and the faces that it is set in within the file, as TrueType.
pub(in crate::map) fn with_fonts(svg: &str) -> String {
    let used =
        |face: Face| svg.split("<text ").skip(1).any(|text| self::face(text.split('>').next().unwrap_or("")) == face);
    let all = [Face::Regular, Face::Bold, Face::Oblique, Face::BoldOblique, Face::SerifItalic];
    let mut style = String::from("<style>\n");
    for face in all.into_iter().filter(|face| used(*face)) {
        let family = if face.is_serif() { "DejaVu Serif" } else { "DejaVu Sans" };
        let weight = if face.is_bold() { "bold" } else { "normal" };
        let slant = if face.is_italic() { "italic" } else { "normal" };
        let data = base64(bytes()[face as usize]);
        let rule = writeln!(
            style,
            "@font-face{{font-family:'{family}';font-stretch:condensed;font-weight:{weight};font-style:{slant};\
             src:url(data:font/ttf;base64,{data}) format('truetype')}}"
        );
        rule.expect("a String takes all");
    }
    style.push_str("</style>\n");
    match svg.split_once("</desc>\n") {
        Some((before, after)) => format!("{before}</desc>\n{style}{after}"),
        None => svg.to_owned(),
    }
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (text, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn a_text_becomes_its_outline_in_its_place() {
        let svg = "<g id=\"a\">\n<text x=\"1\" y=\"2\" font-family=\"'DejaVu Sans'\" font-size=\"3\" fill=\"#123456\" font-weight=\"bold\">A &amp; B</text>\n</g>";
        let out = outlined(svg);
        assert!(out.starts_with(
            "<g id=\"a\">\n<path role=\"img\" aria-label=\"A &amp; B\" transform=\"translate(1 2) scale("
        ));
        assert!(out.ends_with("z\" fill=\"#123456\"/>\n</g>") && !out.contains("<text"), "{out}");
    }
}
