//! `dataset.toml`: the manifest of a dataset.

use super::{Limits, Problem, ReadError};
use crate::model::{LayerInfo, Party, Role};
use serde::Deserialize;

/// The manifest of a dataset.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// Identifier of the dataset.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// The parties to its borders, in order.
    #[serde(rename = "party", default)]
    pub parties: Vec<Party>,
    /// Its layers of features, in order.
    #[serde(rename = "layer")]
    pub layers: Vec<LayerInfo>,
    /// Its layers of heights, in order.
    #[serde(skip)]
    pub reliefs: Vec<LayerInfo>,
}

impl Manifest {
    /// Parses a manifest; a layer's file must be in the manifest's own folder, unless the limits allow others.
    pub fn parse(text: &str, path: &str, limits: Limits) -> Result<Self, ReadError> {
        let wrong = |message: String| ReadError::new(path, Problem::Manifest(message));
        let mut manifest: Manifest =
            toml::from_str(text).map_err(|error| wrong(error.to_string().trim_end().to_owned()))?;
        if let Some(id) = Party::shared(&manifest.parties) {
            return Err(wrong(format!("the code or territory \"{id}\" is that of two parties")));
        }
        for layer in &manifest.layers {
            let file = std::path::Path::new(&layer.file);
            let inside = file.components().all(|part| matches!(part, std::path::Component::Normal(_)));
            if !inside && !limits.outside {
                let problem = Problem::Outside { layer: layer.id.clone(), file: layer.file.clone() };
                return Err(ReadError::new(path, problem));
            }
            if manifest.layers.iter().filter(|other| other.id == layer.id).count() > 1 {
                return Err(wrong(format!("the layer id \"{}\" comes twice", layer.id)));
            }
        }
        (manifest.reliefs, manifest.layers) = manifest.layers.into_iter().partition(|layer| layer.role == Role::Relief);
        Ok(manifest)
    }
}
