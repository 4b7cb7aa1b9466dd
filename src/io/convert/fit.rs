//! Adapts layers to the limits of a format before writing; all lossy conversions are reported.

use super::super::Problem;
use super::format::Format;
use super::survey::Survey;
use super::table::{FieldKind, GeometryDimension, Position, Row, Shape, Table};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The losses of a layer in a format that this program writes itself, one sentence each; the features stay
/// unchanged, and values are converted when they are written.
pub(super) fn native(layer: &str, survey: &Survey, format: Format) -> Vec<String> {
    let mut losses = Vec::new();
    if format == Format::Csv {
        without_height(layer, survey.without_height, &mut losses);
        let nested = survey.fields().into_iter().filter(|(_, kind)| *kind == FieldKind::Nested);
        losses.extend(nested.map(|(name, _)| as_json(&name)));
    }
    nameless(format, &mut losses);
    losses
}

fn without_height(layer: &str, count: usize, losses: &mut Vec<String>) {
    if count > 0 {
        losses.push(format!("layer {layer}: {count} positions without a height are written at height 0"));
    }
}

fn as_json(field: &str) -> String {
    format!("field {field}: lists and objects are written as JSON text")
}

fn nameless(format: Format, losses: &mut Vec<String>) {
    if !format.names_crs() {
        losses.push(format!("{} does not say its coordinate reference system", format.name()));
    }
}

/// Adapts layers to a format that OGR writes; returns a sentence for each loss.
///
/// # Errors
/// The format cannot hold the geometries.
pub(super) fn fit(tables: &mut Vec<Table>, format: Format) -> Result<Vec<String>, Problem> {
    let mut losses = Vec::new();
    tables.iter_mut().for_each(id_as_field);
    tables.iter_mut().for_each(|table| heights(table, format, &mut losses));
    match format {
        Format::GeoJson | Format::GeoJsonSeq | Format::Csv => {}
        Format::Gpx => *tables = gpx(std::mem::take(tables), &mut losses),
        Format::Dxf => *tables = vec![dxf(std::mem::take(tables), &mut losses)],
        Format::Shapefile => shapefile(&mut tables[0], &mut losses)?,
        Format::Kml => tables.iter_mut().for_each(|table| kml(table, &mut losses)),
        Format::GeoPackage | Format::FlatGeobuf | Format::GeoParquet => {
            tables.iter_mut().for_each(|table| flat(table, format, &mut losses));
        }
    }
    if format == Format::FlatGeobuf {
        losses.push("features stand in the order of the spatial index, not of the input".into());
    }
    nameless(format, &mut losses);
    Ok(losses)
}

/// Copies the features' own `id` into a field, if there is none with that name.
fn id_as_field(table: &mut Table) {
    let taken = table.rows.iter().any(|row| row.properties.keys().any(|key| key.eq_ignore_ascii_case("id")));
    for row in &mut table.rows {
        if let Some(id) = row.id.take()
            && !taken
        {
            let rest = std::mem::take(&mut row.properties);
            row.properties = Map::from_iter(std::iter::once(("id".to_owned(), id)).chain(rest));
        }
    }
}

/// If the format requires heights for all positions or none, sets missing ones to 0.
fn heights(table: &mut Table, format: Format, losses: &mut Vec<String>) {
    let of_layer = matches!(format, Format::Shapefile | Format::FlatGeobuf);
    let any = table.rows.iter().any(|row| row.shape.as_ref().is_some_and(Shape::has_z));
    let mut filled = 0;
    for shape in table.rows.iter_mut().filter_map(|row| row.shape.as_mut()) {
        if (of_layer && any) || shape.has_z() {
            let done: Result<(), std::convert::Infallible> = shape.each(&mut |position| {
                filled += usize::from(position.z.is_none());
                position.z = position.z.or(Some(0.0));
                Ok(())
            });
            let Ok(()) = done;
        }
    }
    without_height(&table.name, filled, losses);
}

/// Makes fields suitable for tables with typed columns: one type each, and names that differ by more than case.
fn flat(table: &mut Table, format: Format, losses: &mut Vec<String>) {
    // Columns of its own.
    let is_taken =
        |name: &str| format == Format::GeoParquet && ["geometry", "bbox"].contains(&name.to_lowercase().as_str());
    let free = |name: &str| if is_taken(name) { format!("{name}_field") } else { name.to_owned() };
    rename(table, losses, free, |name| name.to_lowercase());
    let fields = table.fields();
    for (name, kind) in &fields {
        match kind {
            FieldKind::Nested => losses.push(as_json(name)),
            FieldKind::Date | FieldKind::DateTime if format == Format::GeoParquet => {
                losses.push(format!("field {name}: dates are written as text"));
            }
            FieldKind::Bool if matches!(format, Format::GeoPackage | Format::GeoParquet) => {}
            FieldKind::Bool => losses.push(format!("field {name}: true and false are written as 1 and 0")),
            _ => {}
        }
        let mixed = |value: &Value| *kind == FieldKind::Text && !matches!(value, Value::String(_) | Value::Null);
        let mut turned = 0;
        for value in table.rows.iter_mut().filter_map(|row| row.properties.get_mut(name)) {
            if mixed(value) {
                *value = Value::String(value.to_string());
                turned += 1;
            }
        }
        if turned > 0 {
            losses.push(format!("field {name}: {turned} values that are no text are written as text"));
        }
    }
}

/// Renames fields, and makes their names distinct.
fn rename(
    table: &mut Table,
    losses: &mut Vec<String>,
    shorten: impl Fn(&str) -> String,
    same: impl Fn(&str) -> String,
) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut used: Vec<String> = Vec::new();
    for (name, _) in table.fields() {
        let mut short = shorten(&name);
        let mut number = 2;
        while used.contains(&same(&short)) {
            let end = format!("_{number}");
            let mut head = shorten(&name);
            while shorten(&format!("{head}{end}")) != format!("{head}{end}") && head.pop().is_some() {}
            short = format!("{head}{end}");
            number += 1;
        }
        used.push(same(&short));
        if short != name {
            losses.push(format!("field {name} is called {short}"));
            names.insert(name, short);
        }
    }
    if names.is_empty() {
        return;
    }
    for row in &mut table.rows {
        let old = std::mem::take(&mut row.properties);
        row.properties = old.into_iter().map(|(key, value)| (names.get(&key).cloned().unwrap_or(key), value)).collect();
    }
    let known = std::mem::take(&mut table.known);
    table.known = known.into_iter().map(|(key, kind)| (names.get(&key).cloned().unwrap_or(key), kind)).collect();
}

/// The longest prefix of a text within this number of bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn shapefile(table: &mut Table, losses: &mut Vec<String>) -> Result<(), Problem> {
    let mut kinds: Vec<GeometryDimension> =
        table.rows.iter().filter_map(|row| row.shape.as_ref()).flat_map(Shape::kinds).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if let [_, _, ..] = kinds.as_slice() {
        return Err(Problem::MixedKinds { format: Format::Shapefile.name(), kinds });
    }
    for shape in table.rows.iter_mut().filter_map(|row| row.shape.as_mut()) {
        if let (Shape::Collection(_), [kind]) = (&shape, kinds.as_slice())
            && let Some(joined) = shape.only(*kind)
        {
            *shape = joined;
        }
    }
    // A Shapefile holds points or multi-points, not both.
    if table.rows.iter().any(|row| matches!(row.shape, Some(Shape::MultiPoint(_)))) {
        for row in &mut table.rows {
            row.shape = row.shape.take().map(Shape::multi);
        }
    }
    flat(table, Format::Shapefile, losses);
    rename(table, losses, |name| cut(name, 10).to_owned(), |name| name.to_lowercase());
    for (name, kind) in table.fields() {
        if kind == FieldKind::DateTime {
            losses.push(format!("field {name}: a time of day is written as text"));
            table.known.insert(name.clone(), FieldKind::Text);
        }
        let mut short = 0;
        for value in table.rows.iter_mut().filter_map(|row| row.properties.get_mut(&name)) {
            let text = match &*value {
                Value::String(text) => text.clone(),
                Value::Array(_) | Value::Object(_) => value.to_string(),
                _ => continue,
            };
            // A text field of a DBF table holds 254 bytes.
            short += usize::from(text.len() > 254);
            *value = Value::String(cut(&text, 254).to_owned());
        }
        if short > 0 {
            losses.push(format!("field {name}: {short} texts are cut at 254 bytes"));
        }
    }
    Ok(())
}

/// Converts a multilingual name to a single text.
fn plain_name(table: &mut Table, losses: &mut Vec<String>) {
    let mut joined = 0;
    for value in table.rows.iter_mut().filter_map(|row| row.properties.get_mut("name")) {
        if let Value::Object(texts) = value {
            let mut words: Vec<&str> = texts.values().filter_map(Value::as_str).collect();
            words.dedup();
            *value = Value::String(words.join(" / "));
            joined += 1;
        }
    }
    if joined > 0 {
        losses.push(format!("field name: {joined} names by language are written as one text"));
    }
}

fn kml(table: &mut Table, losses: &mut Vec<String>) {
    plain_name(table, losses);
    flat(table, Format::Kml, losses);
}

/// Converts to waypoints and tracks, the only feature types of GPX; polygons become their outlines.
fn gpx(tables: Vec<Table>, losses: &mut Vec<String>) -> Vec<Table> {
    let new = |name: &str| Table { name: name.to_owned(), rows: Vec::new(), known: BTreeMap::new() };
    let (mut waypoints, mut tracks) = (new("waypoints"), new("tracks"));
    let (mut outlines, mut apart, mut none) = (0, 0, 0);
    for mut table in tables {
        plain_name(&mut table, losses);
        flat(&mut table, Format::Gpx, losses);
        for row in table.rows {
            let Some(shape) = &row.shape else {
                none += 1;
                continue;
            };
            let mut parts = Vec::new();
            shape.simple(&mut parts);
            let points: Vec<&Shape> = parts.iter().filter(|part| matches!(part, Shape::Point(_))).collect();
            apart += usize::from(points.len() > 1);
            let waypoint = |shape: &&Shape| {
                let mut row = Row { shape: Some((*shape).clone()), ..row.clone() };
                if let Shape::Point(Position { z: Some(height), .. }) = shape {
                    row.properties.entry("ele").or_insert_with(|| Value::from(*height));
                }
                row
            };
            waypoints.rows.extend(points.iter().map(waypoint));
            let lines: Vec<_> = parts
                .iter()
                .flat_map(|part| match part {
                    Shape::Line(line) => vec![line.clone()],
                    Shape::Polygon(rings) => rings.clone(),
                    _ => Vec::new(),
                })
                .collect();
            outlines += usize::from(parts.iter().any(|part| matches!(part, Shape::Polygon(_))));
            if !lines.is_empty() {
                tracks.rows.push(Row { shape: Some(Shape::MultiLine(lines)), ..row });
            }
        }
    }
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            losses.push(format!("{count} {what}"));
        }
    };
    tell(outlines, "features with polygons are written as tracks along their outlines");
    tell(apart, "features with several points are written as several waypoints");
    tell(none, "features without geometry are left out");
    const OWN: [&str; 8] = ["name", "cmt", "desc", "src", "sym", "type", "ele", "time"];
    let mut extra: Vec<String> = Vec::new();
    for (name, _) in waypoints.fields().into_iter().chain(tracks.fields()) {
        if !OWN.contains(&name.as_str()) && !extra.contains(&name) {
            extra.push(name);
        }
    }
    if !extra.is_empty() {
        losses.push(format!("GPX has no fields for {}: they are written as extensions", extra.join(", ")));
    }
    [waypoints, tracks].into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// Converts to drawing entities: geometries on layers, without attributes.
fn dxf(tables: Vec<Table>, losses: &mut Vec<String>) -> Table {
    let mut out = Table { name: "entities".into(), rows: Vec::new(), known: BTreeMap::new() };
    let (mut lost, mut none, mut apart): (Vec<String>, usize, usize) = (Vec::new(), 0, 0);
    for table in tables {
        for (name, _) in table.fields() {
            if name != "layer" && name != "Layer" && !lost.contains(&name) {
                lost.push(name);
            }
        }
        for row in table.rows {
            let Some(shape) = row.shape else {
                none += 1;
                continue;
            };
            let mut parts = Vec::new();
            shape.simple(&mut parts);
            apart += usize::from(parts.len() > 1);
            let own = row.properties.get("layer").or_else(|| row.properties.get("Layer"));
            let layer = own.and_then(Value::as_str).unwrap_or(&table.name).to_owned();
            let properties = Map::from_iter([("layer".to_owned(), Value::String(layer))]);
            let entity = |shape| Row { id: None, shape: Some(shape), properties: properties.clone() };
            out.rows.extend(parts.into_iter().map(entity));
        }
    }
    if !lost.is_empty() {
        losses.push(format!("DXF holds no fields: {} are left out", lost.join(", ")));
    }
    if apart > 0 {
        losses.push(format!("{apart} features with several parts are written as several entities"));
    }
    if none > 0 {
        losses.push(format!("{none} features without geometry are left out"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn table(properties: Value) -> Table {
        let Value::Object(properties) = properties else { panic!("an object") };
        let shape = super::super::json::shape(&json!({"type": "Point", "coordinates": [45, 40]})).ok();
        Table { name: "t".into(), rows: vec![Row { id: None, shape, properties }], known: BTreeMap::new() }
    }

    #[test]
    fn long_names_are_cut_by_bytes_and_stay_apart() {
        let mut tables = vec![table(json!({"position_accuracy_m": 5, "position_note": "x", "սահմանագիծ": 1, "ad": 2}))];
        let losses = fit(&mut tables, Format::Shapefile).expect("it fits");
        let names: Vec<&String> = tables[0].rows[0].properties.keys().collect();
        assert_eq!(names, ["position_a", "position_n", "սահմա", "ad"]);
        assert_eq!(losses.len(), 3, "{losses:?}");
        let mut tables = vec![table(json!({"position_accuracy_m": 5, "position_accuracy_km": 6}))];
        fit(&mut tables, Format::Shapefile).expect("it fits");
        let names: Vec<&String> = tables[0].rows[0].properties.keys().collect();
        assert_eq!(names, ["position_a", "position_2"]);
    }

    #[test]
    fn names_that_differ_by_case_are_told_apart_in_tables() {
        let mut tables = vec![table(json!({"Name": "a", "name": "b"}))];
        let losses = fit(&mut tables, Format::GeoPackage).expect("it fits");
        assert_eq!(losses, ["field name is called name_2"]);
    }
}
