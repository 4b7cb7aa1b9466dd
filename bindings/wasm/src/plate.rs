//! Plates, as SVG.

use crate::fault::Fault;
use crate::files::Files;
use crate::options::{Reading, parse, word};
use library::inputs::{as_layers, plain_spec};
use library::io::{Found, ReadOptions, Selected, Shape};
use library::map::{PlateOptions, draw};
use library::model::{Content, Layer, LayerInfo, Line, Piece, Place, Role, Route, Territory, UNDETERMINED};
use serde::Deserialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// A plate.
#[wasm_bindgen]
pub struct Plate {
    svg: String,
    title: String,
    scale: f64,
    findings: Vec<String>,
}

#[wasm_bindgen]
impl Plate {
    /// The plate as SVG, its text as outlines, as the program writes it.
    #[wasm_bindgen(getter)]
    pub fn svg(&self) -> String {
        self.svg.clone()
    }

    /// Its title.
    #[wasm_bindgen(getter)]
    pub fn title(&self) -> String {
        self.title.clone()
    }

    /// The denominator of its scale.
    #[wasm_bindgen(getter)]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// What is doubtful about it, and the warnings of reading.
    #[wasm_bindgen(getter)]
    pub fn findings(&self) -> Vec<String> {
        self.findings.clone()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct PlatesOptions {
    #[serde(flatten)]
    reading: Reading,
    layers: Vec<DrawnFile>,
    title: Option<String>,
}

#[derive(Debug, Deserialize)]
struct DrawnFile {
    file: String,
    role: Option<String>,
}

const ROLES: [(&str, Role); 8] = [
    ("territory", Role::Territory),
    ("line", Role::Line),
    ("route", Role::Route),
    ("place", Role::Place),
    ("mark", Role::Mark),
    ("water", Role::Water),
    ("river", Role::River),
    ("proposal", Role::Proposal),
];

/// Draws a plate of files; extent, scale, projection and hues follow from the data. Options: `layers` (`file`, `role`),
/// lowest first, `title`.
#[wasm_bindgen]
pub fn plate(files: &Files, options: &str) -> Result<Plate, Fault> {
    let given: PlatesOptions = parse(options)?;
    let reading = given.reading.options()?;
    let (mut layers, mut roles, mut findings): (Vec<Layer>, Vec<Option<Role>>, Vec<String>) = Default::default();
    for one in &given.layers {
        let role = word("the role", &one.role, &ROLES)?;
        let found = found(files, &one.file, role, &reading)?;
        findings.extend(found.warnings.iter().map(|warning| warning.message.clone()));
        for layer in as_layers(found, layers.len()) {
            let info = LayerInfo { role: role.unwrap_or(layer.info.role), ..layer.info };
            layers.push(Layer { info, ..layer });
            roles.push(role);
        }
    }
    if layers.is_empty() {
        return Err(Fault::option("there is nothing to draw", "choose the files to draw"));
    }
    let inputs: Vec<_> = layers.iter().map(|layer| layer.input.clone()).collect();
    if let Some(found) = library::question::exchanged_beside(&inputs) {
        return Err(Fault::axes(format!("{found}, as what it is held against does")));
    }
    let names: Vec<&str> = given.layers.iter().map(|layer| layer.file.as_str()).collect();
    let mut spec = plain_spec(names.join(", "), &layers, &roles, false);
    if let Some(title) = given.title.filter(|title| !title.is_empty()) {
        spec.title = [(UNDETERMINED.to_owned(), title)].into();
    }
    let mut options = PlateOptions::default();
    options.languages = given.reading.languages_of_plate();
    let plate = draw(&spec, &layers, &options)?;
    findings.extend(plate.findings.iter().map(ToString::to_string));
    Ok(Plate { svg: plate.outline_svg(), title: plate.title.clone(), scale: plate.scale, findings })
}

fn found(files: &Files, of: &str, role: Option<Role>, options: &ReadOptions) -> Result<Found, Fault> {
    fn as_found<T: Shape>(all: Selected<T>, content: impl Fn(Vec<T>) -> Content) -> Found {
        let Selected { label, features, input, info, warnings, .. } = all;
        Found { label, contents: vec![content(features)], input, info, warnings }
    }
    Ok(match role {
        None | Some(Role::Relief) => files.any(of, options)?,
        Some(Role::Territory | Role::Water) => as_found(files.select::<Territory>(of, options)?, Content::Territories),
        Some(Role::Line | Role::River) => as_found(files.select::<Line>(of, options)?, Content::Lines),
        Some(Role::Route) => as_found(files.select::<Route>(of, options)?, Content::Routes),
        Some(Role::Place | Role::Mark) => as_found(files.select::<Place>(of, options)?, Content::Places),
        Some(Role::Proposal) => as_found(files.select::<Piece>(of, options)?, Content::Pieces),
    })
}
