//! GPX 1.1 output of a catalogue, for a GNSS receiver.

use crate::document::Catalogue;
use std::fmt::Write;

/// Returns a catalogue as GPX 1.1: a waypoint per turning point, a track per line.
///
/// Positions are the printed ones in WGS 84 (lon, lat in degrees). Heights are copied; receivers interpret them as
/// heights above sea level. There are no timestamps: the same catalogue gives the same bytes.
pub fn gpx(catalogue: &Catalogue) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let version = env!("CARGO_PKG_VERSION");
    // Writing to a String is infallible.
    let _ = writeln!(
        out,
        "<gpx version=\"1.1\" creator=\"merestone {version}\" xmlns=\"http://www.topografix.com/GPX/1/1\">"
    );
    let position = |c: geo::Coord| format!("lat=\"{}\" lon=\"{}\"", c.y, c.x);
    let height = |height: Option<&str>| height.map_or(String::new(), |m| format!("<ele>{}</ele>", ele(m)));
    for point in &catalogue.points {
        let name = point.name.as_ref().map_or(point.number.clone(), |name| format!("{} {name}", point.number));
        let _ = writeln!(
            out,
            "  <wpt {}>{}<name>{}</name><desc>{} {}, {}</desc>{}</wpt>",
            position(point.position),
            height(point.height_m.as_deref()),
            escaped(&name),
            escaped(&point.line),
            point.wgs84_latitude,
            point.wgs84_longitude,
            point.source.as_ref().map_or(String::new(), |source| format!("<src>{}</src>", escaped(source))),
        );
    }
    for line in &catalogue.lines {
        let _ = writeln!(out, "  <trk><name>{}</name><trkseg>", escaped(&line.line));
        for point in catalogue.points.iter().filter(|point| point.line == line.line) {
            let _ =
                writeln!(out, "    <trkpt {}>{}</trkpt>", position(point.position), height(point.height_m.as_deref()));
        }
        out.push_str("  </trkseg></trk>\n");
    }
    out.push_str("</gpx>\n");
    out
}

/// Normalises a height to an XML Schema decimal.
fn ele(height: &str) -> String {
    height
        .replace(',', ".")
        .replace('−', "-")
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
        .collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML does not allow control characters.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
