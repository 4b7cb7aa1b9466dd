//! The two editions: their layers, manifests and grids of heights.

use super::{Difference, DifferenceKind, Scalar};
use crate::io::Dataset;
use crate::model::{Content, LayerInfo, Party};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// An edition of a dataset, a layer or a file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DiffEdition<'d> {
    /// Its label in the report.
    pub label: String,
    /// The dataset, if the edition is a whole one: its manifest and its heights are compared too.
    pub dataset: Option<&'d Dataset>,
    /// Its layers; a single one of each edition is compared with the other, whatever their ids.
    pub layers: Cow<'d, [DiffLayer]>,
    /// SHA-256 of its grids of heights, by layer.
    pub heights: BTreeMap<String, String>,
}

/// A layer, or the features of a file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DiffLayer {
    /// The manifest entry, for a layer of a dataset.
    pub info: Option<LayerInfo>,
    /// The features.
    pub contents: Vec<Content>,
}

impl DiffEdition<'_> {
    /// The features of its layers.
    pub(super) fn contents(&self) -> impl Iterator<Item = &Content> {
        self.layers.iter().flat_map(|layer| &layer.contents)
    }
}

impl DiffLayer {
    /// A layer of features.
    pub fn new(info: Option<LayerInfo>, contents: Vec<Content>) -> Self {
        DiffLayer { info, contents }
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.info.as_ref().map(|info| info.id.as_str())
    }
}

impl<'d> DiffEdition<'d> {
    /// An edition of a single layer or file.
    pub fn of_layer(label: impl Into<String>, layer: DiffLayer) -> Self {
        DiffEdition { label: label.into(), dataset: None, layers: Cow::Owned(vec![layer]), heights: BTreeMap::new() }
    }

    /// An edition of layers without a manifest; a single one is compared whatever its id.
    pub fn of_layers(label: impl Into<String>, layers: &'d [DiffLayer]) -> Self {
        DiffEdition { label: label.into(), dataset: None, layers: Cow::Borrowed(layers), heights: BTreeMap::new() }
    }

    /// An edition of a dataset, with the layers read from it and the hashes of its grids of heights.
    pub fn of_dataset(
        label: impl Into<String>,
        dataset: &'d Dataset,
        layers: &'d [DiffLayer],
        heights: BTreeMap<String, String>,
    ) -> Self {
        DiffEdition { label: label.into(), dataset: Some(dataset), layers: Cow::Borrowed(layers), heights }
    }
}

/// The layers to compare, in the order of the old edition, then of the new one.
pub(super) fn layers<'e>(
    old: &'e DiffEdition<'_>,
    new: &'e DiffEdition<'_>,
) -> Vec<(Option<&'e DiffLayer>, Option<&'e DiffLayer>)> {
    if let ([before], [after], None, None) = (&old.layers[..], &new.layers[..], old.dataset, new.dataset) {
        return vec![(Some(before), Some(after))];
    }
    let find = |edition: &'e DiffEdition<'_>, id| edition.layers.iter().find(|layer| layer.id() == id);
    let mut out: Vec<_> = old.layers.iter().map(|layer| (Some(layer), find(new, layer.id()))).collect();
    out.extend(new.layers.iter().filter(|layer| find(old, layer.id()).is_none()).map(|layer| (None, Some(layer))));
    out
}

/// Fields of a manifest by name.
type Fields = BTreeMap<String, Scalar>;

/// Differences of the manifests: of the datasets, then of the layers that both have.
pub(super) fn of_manifests(old: &DiffEdition<'_>, new: &DiffEdition<'_>) -> Vec<Difference> {
    let mut out = Vec::new();
    if let (Some(before), Some(after)) = (old.dataset, new.dataset) {
        out.extend(between(None, &of_dataset(before), &of_dataset(after)));
        let (before, after) = (before.reliefs(), after.reliefs());
        for info in before {
            match after.iter().find(|other| other.id == info.id) {
                Some(other) => out.extend(between(Some(&info.id), &of_layer(info), &of_layer(other))),
                None => out.push(of(Some(&info.id), DifferenceKind::LayerGone, None)),
            }
        }
        let is_new = |info: &&LayerInfo| before.iter().all(|other| other.id != info.id);
        out.extend(after.iter().filter(is_new).map(|info| of(Some(&info.id), DifferenceKind::LayerAdded, None)));
    }
    for (before, after) in layers(old, new) {
        if let (Some(before), Some(after)) = (before, after)
            && let (Some(before), Some(after)) = (&before.info, &after.info)
        {
            out.extend(between(Some(&after.id), &of_layer(before), &of_layer(after)));
        }
    }
    out
}

/// Grids of heights with other bytes.
pub(super) fn of_heights(old: &DiffEdition<'_>, new: &DiffEdition<'_>) -> Vec<Difference> {
    let both = old.heights.iter().filter_map(|(layer, hash)| Some((layer, hash, new.heights.get(layer)?)));
    both.filter(|(_, old, new)| old != new)
        .map(|(layer, old, new)| {
            let value = |hash: &String| Some(Scalar::Text(hash.clone()));
            Difference {
                old: value(old),
                new: value(new),
                ..of(Some(layer), DifferenceKind::Heights, Some("sha256".to_owned()))
            }
        })
        .collect()
}

/// A difference of a layer or of the manifest.
pub(super) fn of(layer: Option<&str>, change: DifferenceKind, field: Option<String>) -> Difference {
    Difference {
        layer: layer.map(str::to_owned),
        id: None,
        name: None,
        shape: None,
        change,
        field,
        old: None,
        new: None,
        matched_by: None,
        moved: None,
    }
}

fn between(layer: Option<&str>, old: &Fields, new: &Fields) -> Vec<Difference> {
    let mut fields: Vec<&String> = old.keys().chain(new.keys()).collect();
    fields.sort();
    fields.dedup();
    let differing = fields.into_iter().filter(|field| old.get(*field) != new.get(*field));
    differing
        .map(|field| Difference {
            old: old.get(field).cloned(),
            new: new.get(field).cloned(),
            ..of(layer, DifferenceKind::Manifest, Some(field.clone()))
        })
        .collect()
}

fn of_layer(info: &LayerInfo) -> Fields {
    let value = serde_json::to_value(info).unwrap_or_default();
    let fields = value.as_object().into_iter().flatten();
    fields.filter(|(_, value)| **value != Value::Null).map(|(key, value)| (key.clone(), Scalar::of(value))).collect()
}

fn of_dataset(dataset: &Dataset) -> Fields {
    let text = |text: &str| Scalar::Text(text.to_owned());
    let mut out = Fields::from([
        ("id".to_owned(), text(dataset.id())),
        ("title".to_owned(), text(dataset.title())),
        ("version".to_owned(), text(dataset.version())),
    ]);
    for Party { id, languages, hue, territories, .. } in dataset.parties() {
        let list = |words: &[String]| text(&words.join("; "));
        out.insert(format!("party:{id}:languages"), list(languages));
        out.insert(format!("party:{id}:territories"), list(territories));
        if let Some(hue) = hue {
            out.insert(format!("party:{id}:hue"), text(&format!("{hue:?}").to_lowercase()));
        }
    }
    out
}
