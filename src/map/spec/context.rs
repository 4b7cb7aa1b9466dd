//! Context: rivers, roads, railways and settlements around the subject of a plate.

use super::LayerSpec;
use crate::model::Role;
use serde::Deserialize;

/// Files with what surrounds the subject of a plate: drawn below the lines, in none of the colours of boundaries, and
/// fewer at
/// smaller scales.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContextSpec {
    /// Rivers: lines.
    pub rivers: Option<ContextFile>,
    /// Roads: lines, by the tag `highway` of OpenStreetMap if they have it.
    pub roads: Option<ContextFile>,
    /// Railways: lines.
    pub rail: Option<ContextFile>,
    /// Settlements: points, by `population` or `rank` if they have one.
    pub settlements: Option<ContextFile>,
}

/// A file of context: its name, or a table with its source.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum ContextFile {
    /// The file, beside the specification; or a layer of the dataset.
    Name(String),
    /// The file with the statements on its data.
    Stated(StatedFile),
}

/// A file with the statements on its data.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedFile {
    /// The file, beside the specification; or a layer of the dataset.
    pub file: String,
    /// Source of its data.
    #[serde(default)]
    pub source: Option<String>,
    /// Their licence.
    #[serde(default)]
    pub licence: Option<String>,
    /// The attribution that their licence requires.
    #[serde(default)]
    pub attribution: Option<String>,
    /// Their date.
    #[serde(default)]
    pub date: Option<String>,
}

/// What a layer of context shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContextKind {
    /// Rivers.
    Rivers,
    /// Roads.
    Roads,
    /// Railways.
    Rail,
    /// Settlements.
    Settlements,
}

impl ContextSpec {
    /// The layers of the context, named after what they show.
    pub(super) fn layers(&self) -> Vec<LayerSpec> {
        let all = [
            (&self.rivers, ContextKind::Rivers, "rivers", Role::River),
            (&self.roads, ContextKind::Roads, "roads", Role::Route),
            (&self.rail, ContextKind::Rail, "rail", Role::Route),
            (&self.settlements, ContextKind::Settlements, "settlements", Role::Place),
        ];
        let layer = |(file, kind, id, role): (&Option<ContextFile>, ContextKind, &str, Role)| {
            let file = match file.as_ref()? {
                ContextFile::Name(name) => {
                    StatedFile { file: name.clone(), source: None, licence: None, attribution: None, date: None }
                }
                ContextFile::Stated(stated) => stated.clone(),
            };
            let is_way = matches!(kind, ContextKind::Roads | ContextKind::Rail);
            Some(LayerSpec {
                file: Some(file.file),
                role: Some(role),
                source: file.source,
                licence: file.licence,
                attribution: file.attribution,
                date: file.date,
                labels: !is_way,
                context: Some(kind),
                ..LayerSpec::of(&format!("context-{id}"))
            })
        };
        all.into_iter().filter_map(layer).collect()
    }
}
