//! The layers of a plate.

use crate::io::Found;
use crate::map::{InsetSpec, LayerSpec, PlateSpec};
use crate::model::{Content, Layer, LayerInfo, Role, UNDETERMINED};
use std::path::Path;

/// Features of an input as layers, one for each kind. Layers of a file have its name without its folder as their source,
/// and are numbered: `taken` layers are there already.
pub fn as_layers(found: Found, taken: usize) -> Vec<Layer> {
    let Found { label, contents, input, info, .. } = found;
    let layer = |(i, content): (usize, Content)| {
        let role = match &content {
            Content::Territories(_) => Role::Territory,
            Content::Lines(_) => Role::Line,
            Content::Routes(_) => Role::Route,
            Content::Places(_) => Role::Place,
            Content::Pieces(_) => Role::Proposal,
        };
        // For a file its name only: its folder does not belong in a source.
        let file =
            Path::new(&label).file_name().map_or_else(|| label.clone(), |name| name.to_string_lossy().into_owned());
        let given = info.clone().unwrap_or_else(|| LayerInfo::bare("", role, &file));
        let id = if given.id.is_empty() { format!("layer {}", taken + i + 1) } else { given.id.clone() };
        Layer { info: LayerInfo { id, ..given }, input: input.clone(), content }
    };
    contents.into_iter().enumerate().map(layer).collect()
}

/// The statements of a specification on a file's data, in place of what the file itself says.
pub fn stated_by(spec: &LayerSpec, info: LayerInfo) -> LayerInfo {
    let or = |stated: &Option<String>, known: String| stated.clone().unwrap_or(known);
    LayerInfo {
        id: spec.id.clone(),
        role: spec.role.unwrap_or(info.role),
        source: or(&spec.source, info.source),
        licence: or(&spec.licence, info.licence),
        attribution: or(&spec.attribution, info.attribution),
        date: or(&spec.date, info.date),
        ..info
    }
}

/// The specification of a plate that shows layers and nothing else: extent, scale, projection and hues follow from the
/// data. `roles` are those that were stated for the layers; `locator` says whether there is an outline of the world.
pub fn plain_spec(title: String, layers: &[Layer], roles: &[Option<Role>], locator: bool) -> PlateSpec {
    let of = |(layer, role): (&Layer, &Option<Role>)| LayerSpec { role: *role, ..LayerSpec::of(&layer.info.id) };
    let insets = InsetSpec { locator, ..InsetSpec::default() };
    let layers = layers.iter().zip(roles).map(of).collect();
    PlateSpec { title: [(UNDETERMINED.to_owned(), title)].into(), layers, insets, ..PlateSpec::default() }
}
