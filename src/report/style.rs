//! Styles of layers for QGIS (QML): one symbol for each value of a classifying column.

use super::Record;
use serde_json::Value;

/// Classifying columns, preferred ones first.
const COLUMNS: [&str; 12] = [
    "status",
    "kind",
    "severity",
    "verdict",
    "what",
    "class",
    "territory",
    "on_border",
    "coincident",
    "line",
    "from",
    "left",
];
/// With more values than this, one symbol is used: a longer legend is unreadable.
const MOST: usize = 24;

/// Kind of geometry of a layer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GeometryKind {
    Points,
    Lines,
    Polygons,
}

impl GeometryKind {
    pub const ALL: [GeometryKind; 3] = [GeometryKind::Polygons, GeometryKind::Lines, GeometryKind::Points];

    pub fn of(geometry: &Value) -> Option<Self> {
        match geometry["type"].as_str()? {
            "Point" | "MultiPoint" => Some(GeometryKind::Points),
            "LineString" | "MultiLineString" => Some(GeometryKind::Lines),
            "Polygon" | "MultiPolygon" => Some(GeometryKind::Polygons),
            _ => None,
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            GeometryKind::Points => "points",
            GeometryKind::Lines => "lines",
            GeometryKind::Polygons => "polygons",
        }
    }
}

/// Colour of features without a value.
pub(super) const GREY: [u8; 3] = [128; 3];

/// The style of a layer as QML: classified by the first column with several values, else one symbol.
pub(super) fn style_of(kind: GeometryKind, names: &[String], rows: &[Record]) -> String {
    let renderer = match classes(names, rows) {
        Some((column, values)) => by_value(kind, column, &values),
        None => format!(
            "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n\
             <symbols>{}</symbols>\n</renderer-v2>\n",
            symbol(kind, 0, 1)
        ),
    };
    format!("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\">\n{renderer}</qgis>\n")
}

/// The first column with several values, but not too many, and these values.
pub(super) fn classes(names: &[String], rows: &[Record]) -> Option<(&'static str, Vec<String>)> {
    let values_of = |column: &str| {
        let mut values: Vec<String> = rows.iter().filter_map(|row| row.get(column)).filter_map(text).collect();
        values.sort_unstable();
        values.dedup();
        values
    };
    let by = COLUMNS.into_iter().filter(|column| names.iter().any(|name| name == *column));
    by.map(|column| (column, values_of(column))).find(|(_, values)| (2..=MOST).contains(&values.len()))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        // A Boolean column contains 0 and 1.
        Value::Bool(holds) => Some(u8::from(*holds).to_string()),
        other => Some(other.to_string()),
    }
}

fn by_value(kind: GeometryKind, column: &str, values: &[String]) -> String {
    let (mut categories, mut symbols) = (String::new(), String::new());
    for (number, value) in values.iter().enumerate() {
        let value = escaped(value);
        categories.push_str(&format!(
            "<category symbol=\"{number}\" value=\"{value}\" label=\"{value}\" render=\"true\"/>\n"
        ));
        symbols.push_str(&symbol(kind, number, values.len()));
    }
    let rest = values.len();
    categories.push_str(&format!("<category symbol=\"{rest}\" value=\"\" label=\"not stated\" render=\"true\"/>\n"));
    symbols.push_str(&grey_symbol(kind, rest));
    format!(
        "<renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n\
         <categories>\n{categories}</categories>\n<symbols>\n{symbols}</symbols>\n</renderer-v2>\n",
        escaped(column)
    )
}

fn symbol(kind: GeometryKind, number: usize, of: usize) -> String {
    drawn(kind, number, hue(number, of))
}

fn grey_symbol(kind: GeometryKind, number: usize) -> String {
    drawn(kind, number, GREY)
}

fn drawn(kind: GeometryKind, name: usize, [r, g, b]: [u8; 3]) -> String {
    let (symbol, class, options) = match kind {
        GeometryKind::Points => (
            "marker",
            "SimpleMarker",
            format!("name=circle|color={r},{g},{b},255|outline_color=0,0,0,255|outline_width=0.2|size=2|size_unit=MM"),
        ),
        GeometryKind::Lines => {
            ("line", "SimpleLine", format!("line_color={r},{g},{b},255|line_width=0.5|line_width_unit=MM"))
        }
        GeometryKind::Polygons => (
            "fill",
            "SimpleFill",
            format!(
                "color={r},{g},{b},96|style=solid|outline_color={r},{g},{b},255|outline_width=0.3|outline_width_unit=MM"
            ),
        ),
    };
    let options: String = options
        .split('|')
        .filter_map(|option| option.split_once('='))
        .map(|(name, value)| format!("<Option type=\"QString\" name=\"{name}\" value=\"{value}\"/>"))
        .collect();
    format!(
        "<symbol type=\"{symbol}\" name=\"{name}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\
         <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">{options}</Option></layer></symbol>\n"
    )
}

/// Equally spaced hues with one saturation and lightness (HSL 0.55, 0.45), so that none is emphasised.
pub(super) fn hue(number: usize, of: usize) -> [u8; 3] {
    const SATURATION: f64 = 0.55;
    const LIGHTNESS: f64 = 0.45;
    let chroma = (1.0 - (2.0 * LIGHTNESS - 1.0).abs()) * SATURATION;
    let sixth = 6.0 * (number as f64 / of.max(1) as f64 + 0.55).fract();
    let second = chroma * (1.0 - (sixth % 2.0 - 1.0).abs());
    let [r, g, b] = match sixth as u8 {
        0 => [chroma, second, 0.0],
        1 => [second, chroma, 0.0],
        2 => [0.0, chroma, second],
        3 => [0.0, second, chroma],
        4 => [second, 0.0, chroma],
        _ => [chroma, 0.0, second],
    };
    [r, g, b].map(|share| ((share + LIGHTNESS - chroma / 2.0) * 255.0).round() as u8)
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
