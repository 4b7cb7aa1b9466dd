//! The plate of a `diff`: only what differs.

use super::builtin;
use super::error::CliError;
use geo::{LineString, Polygon};
use merestone::map::{InsetSpec, LayerSpec, Plate, PlateOptions, PlateSpec, StyleSpec, draw};
use merestone::model::{Content, Input, Layer, LayerInfo, Line, Name, Place, Role, UNDETERMINED};
use merestone::question::{DiffReport, DrawnDifference, DrawnEdition, DrawnGeometry};

/// Editions with their colour, width and dashes; status and edition are never told by colour alone.
const STYLES: [(DrawnEdition, &str, f64, &[f64]); 3] = [
    (DrawnEdition::Both, "#6b6b6b", 0.35, &[]),
    (DrawnEdition::Old, "#b0480a", 0.5, &[2.0, 1.2]),
    (DrawnEdition::New, "#1f4e8c", 0.6, &[]),
];

/// Draws the stretches of lines and outlines that differ, and points; land that passes lies between the old and the new
/// stretches. `None` if nothing on the ground differs.
pub fn plate(
    report: &DiffReport,
    old: &[(Option<LayerInfo>, Input)],
    new: &[(Option<LayerInfo>, Input)],
    languages: &[String],
    are_views: bool,
) -> Result<Option<Plate>, CliError> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut specs: Vec<LayerSpec> = Vec::new();
    for (edition, color, width_mm, dash_mm) in STYLES {
        let sources = if edition == DrawnEdition::Old { old } else { new };
        // Each layer of a dataset by itself, so that its own source is named.
        for (info, input) in sources {
            let of_layer = |drawn: &&DrawnDifference| {
                drawn.edition == edition
                    && (sources.len() == 1 || drawn.layer.as_deref() == info.as_ref().map(|i| i.id.as_str()))
            };
            let drawn = || report.drawn.iter().filter(of_layer).enumerate();
            let mut put = |role: Role, what: &str, content: Content, style: Vec<StyleSpec>| {
                let id = match info {
                    Some(info) => format!("{} ({}{what})", info.id, edition.word()),
                    None => format!("{}{what}", edition.word()),
                };
                let known = info.clone().unwrap_or_else(|| LayerInfo::bare(&id, role, &short(&input.path)));
                let info = LayerInfo { id: id.clone(), role, ..known };
                layers.push(Layer { info, input: input.clone(), content });
                specs.push(LayerSpec { style, role: Some(role), ..LayerSpec::of(&id) });
            };
            let lines: Vec<Line> = drawn().filter_map(|(number, drawn)| line(number, drawn)).collect();
            if !lines.is_empty() {
                let style = StyleSpec {
                    color: Some(color.to_owned()),
                    width_mm: Some(width_mm),
                    dash_mm: Some(dash_mm.to_vec()),
                    legend: [("en".to_owned(), legend(edition, report, are_views))].into(),
                    ..StyleSpec::default()
                };
                put(Role::Line, "", Content::Lines(lines), vec![style]);
            }
            let points: Vec<Place> = drawn().filter_map(|(number, drawn)| point(number, drawn)).collect();
            if !points.is_empty() {
                put(Role::Place, " points", Content::Places(points), Vec::new());
            }
        }
    }
    if layers.is_empty() {
        return Ok(None);
    }
    let title = match are_views {
        true => format!("{} and {}: where they part", titled(&report.old), report.new),
        false => format!("{} → {}", short(&report.old), short(&report.new)),
    };
    let insets = InsetSpec { locator: false, ..InsetSpec::default() };
    let title = [(UNDETERMINED.to_owned(), title)].into();
    let spec = PlateSpec { title, layers: specs, insets, ..PlateSpec::default() };
    let mut options = PlateOptions::default();
    options.world = builtin::world();
    options.languages = languages.to_vec();
    Ok(Some(draw(&spec, &layers, &options)?))
}

fn titled(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Of a file its name only: its folder does not belong in a title.
fn short(label: &str) -> String {
    let path = std::path::Path::new(label);
    path.file_name().map_or_else(|| label.to_owned(), |name| name.to_string_lossy().into_owned())
}

fn legend(edition: DrawnEdition, report: &DiffReport, are_views: bool) -> String {
    match edition {
        DrawnEdition::Old if are_views => report.old.clone(),
        DrawnEdition::New if are_views => report.new.clone(),
        DrawnEdition::Old => format!("old: {}", short(&report.old)),
        DrawnEdition::New => format!("new: {}", short(&report.new)),
        DrawnEdition::Both => "other properties, same place".to_owned(),
    }
}

fn id(number: usize, drawn: &DrawnDifference) -> String {
    format!("{}/{}/{}", drawn.id, drawn.edition.word(), number + 1)
}

fn name(drawn: &DrawnDifference) -> Name {
    Name::plain(drawn.name.clone().unwrap_or_else(|| drawn.id.clone()))
}

/// Lines, and the outlines of whole areas.
fn line(number: usize, drawn: &DrawnDifference) -> Option<Line> {
    let outlines = |parts: &[Polygon]| -> Vec<LineString> {
        parts.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors())).cloned().collect()
    };
    let runs: Vec<LineString> = match &drawn.geometry {
        DrawnGeometry::Lines(lines) => lines.iter().map(|line| LineString(line.clone())).collect(),
        DrawnGeometry::Land(parts) => outlines(parts),
        DrawnGeometry::Point(_) => return None,
    };
    let mut line = Line::new(id(number, drawn), runs).ok()?;
    line.meta.name = name(drawn);
    Some(line)
}

fn point(number: usize, drawn: &DrawnDifference) -> Option<Place> {
    let DrawnGeometry::Point(at) = drawn.geometry else { return None };
    let mut place = Place::new(id(number, drawn), at).ok()?;
    let edition = drawn.edition;
    let name = drawn.name.as_deref().unwrap_or(&drawn.id);
    place.meta.name = match edition {
        DrawnEdition::Both => Name::plain(name),
        _ => Name::plain(format!("{name} ({})", edition.word())),
    };
    Some(place)
}
