//! Styles for a GeoJSON answer: QML for QGIS, and Styled Layer Descriptor (OGC 02-070) for other programs.

use super::records::columns_of;
use super::style::{GREY, GeometryKind, classes, escaped, hue, style_of};
use super::{Record, Rendering};
use crate::model::Envelope;
use serde_json::Value;

/// The format of a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StyleForm {
    /// QML of QGIS.
    Qml,
    /// Styled Layer Descriptor 1.0.0.
    Sld,
}

/// Returns the styles of an answer's features: one for each geometry type present, with the name of the type
/// (`polygons`, `lines`, `points`). They equal those of the layers in a GeoPackage.
///
/// # Method
/// One symbol for each value of the first of the columns status, kind … with 2 to 24 values; else one symbol.
pub fn styles<R: Rendering>(answer: &Envelope<R>, form: StyleForm) -> Vec<(&'static str, String)> {
    let features = answer.results.features();
    let mut out = Vec::new();
    for kind in GeometryKind::ALL {
        let of_kind = features.iter().filter(|feature| GeometryKind::of(&feature["geometry"]) == Some(kind));
        let rows: Vec<Record> =
            of_kind.map(|feature| feature["properties"].as_object().cloned().unwrap_or_default()).collect();
        if rows.is_empty() {
            continue;
        }
        let names = columns_of(&rows);
        let text = match form {
            StyleForm::Qml => style_of(kind, &names, &rows),
            StyleForm::Sld => sld_of(kind, R::COMMAND, &names, &rows),
        };
        out.push((kind.word(), text));
    }
    out
}

fn sld_of(kind: GeometryKind, command: &str, names: &[String], rows: &[Record]) -> String {
    let rules = match classes(names, rows) {
        Some((column, values)) => {
            let rule = |(number, value): (usize, &String)| {
                let literal = match rows.iter().find_map(|row| row.get(column).filter(|value| value.is_boolean())) {
                    // Boolean values are 1 and 0 in QGIS, and words here.
                    Some(_) => Value::Bool(value == "1").to_string(),
                    None => escaped(value),
                };
                let filter = format!(
                    "<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>{}</ogc:PropertyName>\
                     <ogc:Literal>{literal}</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>",
                    escaped(column)
                );
                format!("<Rule><Name>{literal}</Name>{filter}{}</Rule>\n", symbolizer(kind, hue(number, values.len())))
            };
            let known: String = values.iter().enumerate().map(rule).collect();
            format!("{known}<Rule><Name>not stated</Name><ElseFilter/>{}</Rule>\n", symbolizer(kind, GREY))
        }
        None => format!("<Rule>{}</Rule>\n", symbolizer(kind, hue(0, 1))),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\" \
         xmlns:ogc=\"http://www.opengis.net/ogc\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n\
         <NamedLayer><Name>{command}_{}</Name><UserStyle><FeatureTypeStyle>\n{rules}</FeatureTypeStyle></UserStyle></NamedLayer>\n\
         </StyledLayerDescriptor>\n",
        kind.word()
    )
}

fn symbolizer(kind: GeometryKind, [r, g, b]: [u8; 3]) -> String {
    let color = format!("#{r:02x}{g:02x}{b:02x}");
    // Line widths are millimetres in QGIS, and pixels of 0.28 mm here.
    match kind {
        GeometryKind::Points => format!(
            "<PointSymbolizer><Graphic><Mark><WellKnownName>circle</WellKnownName><Fill><CssParameter name=\"fill\">{color}\
             </CssParameter></Fill><Stroke><CssParameter name=\"stroke\">#000000</CssParameter><CssParameter \
             name=\"stroke-width\">0.7</CssParameter></Stroke></Mark><Size>7</Size></Graphic></PointSymbolizer>"
        ),
        GeometryKind::Lines => format!(
            "<LineSymbolizer><Stroke><CssParameter name=\"stroke\">{color}</CssParameter><CssParameter \
             name=\"stroke-width\">1.8</CssParameter></Stroke></LineSymbolizer>"
        ),
        GeometryKind::Polygons => format!(
            "<PolygonSymbolizer><Fill><CssParameter name=\"fill\">{color}</CssParameter><CssParameter name=\"fill-opacity\">\
             0.38</CssParameter></Fill><Stroke><CssParameter name=\"stroke\">{color}</CssParameter><CssParameter \
             name=\"stroke-width\">1.1</CssParameter></Stroke></PolygonSymbolizer>"
        ),
    }
}
