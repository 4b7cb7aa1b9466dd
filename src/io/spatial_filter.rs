//! Selects the features of a file near a zone of interest; others are only counted by kind.

use super::antimeridian::recut;
use super::apart::{IdDetector, IdKey};
use super::build::{Builder, polygons, runs, text};
use super::direct;
use super::identity::Identity;
use super::pass::streamed;
use super::polygon::WrongHoles;
use super::{Dataset, Found, RawFeature, RawGeometry, RawLayer, ReadError, ReadOptions, Reference};
use crate::model::{Bounds, Content, Edges, Input, LayerInfo, Warning, bounds_of, bounds_of_positions};
use geo::Coord;
use rustc_hash::FxHashMap;

/// Features that a query needs individually, and the counts of the others.
#[derive(Debug, Clone, PartialEq)]
pub struct FilteredFeatures {
    /// The reference, as messages and reports name it.
    pub label: String,
    /// Features of each noun, with all kinds of that noun in file order, each with the number of features
    /// that were left out.
    pub contents: Vec<(Content, Vec<KindCount>)>,
    /// The file.
    pub input: Input,
    /// The manifest entry, for a layer of a dataset.
    pub info: Option<LayerInfo>,
    /// Warnings of reading.
    pub warnings: Vec<Warning>,
}

/// A kind, as stated by the source, and its number of counted-only features.
pub type KindCount = (Option<String>, usize);

/// Positions of a feature.
pub type Positions<'a> = &'a mut dyn Iterator<Item = &'a Coord>;

impl From<Found> for FilteredFeatures {
    fn from(Found { label, contents, input, info, warnings }: Found) -> Self {
        let contents = contents.into_iter().map(|content| (content, Vec::new())).collect();
        FilteredFeatures { label, contents, input, info, warnings }
    }
}

impl Dataset {
    /// Returns the features of a reference as [`select_any`](Self::select_any) does, but only counts lines and polygons
    /// for which `wanted` returns false. It receives all positions of a feature's lines or rings.
    ///
    /// A GeoJSON file or sequence is streamed; memory holds two chunks, the wanted features, and a hash of each id. All
    /// faults are found as if all features were wanted. Other files, files with faults, and files whose features share
    /// or lack ids are read as a whole.
    ///
    /// # Errors
    /// As `select_any`.
    pub fn select_where(
        &self,
        reference: &Reference,
        options: &ReadOptions,
        wanted: impl Fn(Positions<'_>) -> bool + Sync,
    ) -> Result<FilteredFeatures, ReadError> {
        match self.sifted(reference, options, &wanted) {
            Some(sifted) => Ok(sifted),
            None => self.select_any(reference, options).map(FilteredFeatures::from),
        }
    }

    fn sifted(
        &self,
        reference: &Reference,
        options: &ReadOptions,
        wanted: &(impl Fn(Positions<'_>) -> bool + Sync),
    ) -> Option<FilteredFeatures> {
        let (path, mut bytes) = streamed(reference, options)?;
        let edges = options.edges.unwrap_or_default();
        let input = Input::new(path, "");
        let mut spatial_filter = SpatialFilter::new(options.id_field.as_deref());
        let look = |feature: &mut RawFeature| Some(Look::at(feature, edges, wanted));
        let mut raw = direct::stream(&mut bytes, &input, look, |layer, look| {
            spatial_filter.take(layer, look);
            layer.invalid.is_empty().then_some(())
        })?;
        raw.input.sha256 = bytes.sha256();
        let SpatialFilter { apart, numbers, kinds, boxes, .. } = spatial_filter;
        let called = apart.called()?;
        let mut ids = identity(&called, &raw, &numbers);
        raw.call(&mut ids, |number| numbers.binary_search(&number).unwrap_or(usize::MAX));
        // Of all features, not only of those kept.
        raw.input.bounds = bounds_of(boxes);
        let of = |noun: Noun| -> Vec<usize> {
            (0..numbers.len()).filter(|&i| Noun::of(&raw.features[i].geometry) == Some(noun)).collect()
        };
        let (territories, lines, places) = (of(Noun::Polygons), of(Noun::Lines), of(Noun::Points));
        let mut builder =
            Builder { raw: &mut raw, ids, info: None, edges, wrong_holes: WrongHoles::Refused, datum: None };
        let mut contents = Vec::new();
        let counts = |noun: Noun| kinds.counts.iter().filter(|c| c.0 == noun).map(|c| (c.1.clone(), c.2)).collect();
        if kinds.has(Noun::Polygons) {
            contents.push((Content::Territories(builder.territories(&territories).ok()?), counts(Noun::Polygons)));
        }
        if kinds.has(Noun::Lines) {
            contents.push((Content::Lines(builder.lines(&lines).ok()?), counts(Noun::Lines)));
        }
        if !places.is_empty() {
            contents.push((Content::Places(builder.places(&places).ok()?), Vec::new()));
        }
        let RawLayer { input, warnings, invalid, .. } = raw;
        invalid.is_empty().then_some(FilteredFeatures { label: path.clone(), contents, input, info: None, warnings })
    }
}

/// The ids of the kept features.
fn identity(called: &IdKey, raw: &RawLayer, numbers: &[usize]) -> Identity {
    let id = |(feature, number): (&RawFeature, &usize)| {
        let id = called.of((feature.id.as_deref(), &feature.properties));
        id.map_or_else(|| number.to_string(), std::borrow::Cow::into_owned)
    };
    let ids = raw.features.iter().zip(numbers).map(id).collect();
    let by_numbers = |fields: &[String]| Identity::numbers(&raw.input.path, 0, raw.gone_by(), fields.to_vec());
    let (rule, warnings) = match called {
        IdKey::Own => ("id".to_owned(), Vec::new()),
        IdKey::Property(name) => (name.clone(), Vec::new()),
        IdKey::Numbers(fields) => {
            let Identity { rule, warnings, .. } = by_numbers(fields);
            (rule, warnings)
        }
    };
    Identity { ids, numbered: vec![matches!(called, IdKey::Numbers(_)); numbers.len()], rule, warnings }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Noun {
    Polygons,
    Lines,
    Points,
}

impl Noun {
    fn of(geometry: &RawGeometry) -> Option<Self> {
        if !geometry.polygons.is_empty() {
            Some(Noun::Polygons)
        } else if !geometry.lines.is_empty() {
            Some(Noun::Lines)
        } else {
            (!geometry.points.is_empty()).then_some(Noun::Points)
        }
    }
}

/// The result of examining a feature.
struct Look {
    noun: Option<Noun>,
    /// Whether it must be kept: it is wanted, or a message refers to it.
    keep: bool,
    /// Its bounding box.
    bounds: Option<Bounds>,
}

impl Look {
    fn at(feature: &mut RawFeature, edges: Edges, wanted: &impl Fn(Positions<'_>) -> bool) -> Self {
        let geometry = &mut feature.geometry;
        recut(geometry, edges);
        let (noun, bounds) = (Noun::of(geometry), bounds_of_positions(geometry.positions()));
        let keep = match noun {
            Some(Noun::Polygons) if wanted(&mut geometry.polygons.iter().flatten().flatten()) => true,
            Some(Noun::Polygons) => !is_plain_land(std::mem::take(&mut geometry.polygons), edges, wanted, geometry),
            Some(Noun::Lines) if wanted(&mut geometry.lines.iter().flatten()) => true,
            Some(Noun::Lines) => {
                let (runs, odd) = runs(geometry.lines.clone(), edges, WrongHoles::Refused, false);
                !odd.is_empty() || runs.is_empty() || wanted(&mut runs.iter().flat_map(|run| &run.0))
            }
            Some(Noun::Points) | None => true,
        };
        Look { noun, keep, bounds }
    }
}

/// Whether polygons without a wanted position are valid land without messages; otherwise they are kept.
fn is_plain_land(
    rings: Vec<Vec<Vec<Coord>>>,
    edges: Edges,
    wanted: &impl Fn(Positions<'_>) -> bool,
    geometry: &mut RawGeometry,
) -> bool {
    let is_plain = polygons(rings.clone(), edges, WrongHoles::Refused, 0.0).into_iter().all(|(part, odd)| {
        let part = part.ok().flatten().filter(|_| odd.is_empty());
        // Geodesics and rhumb lines extend beyond the box of their ends.
        part.is_some_and(|part| edges == Edges::Lonlat || !wanted(&mut part.exterior().0.iter()))
    });
    geometry.polygons = rings;
    is_plain
}

/// Number of boxes kept before they are merged.
const MOST_BOXES: usize = 4096;

/// State while features are streamed.
struct SpatialFilter<'a> {
    apart: IdDetector<'a>,
    /// Numbers of the kept features.
    numbers: Vec<usize>,
    kinds: Kinds,
    /// Number of warnings before the next feature.
    told: usize,
    /// Bounding boxes: the union of the first ones, then individual ones.
    boxes: Vec<Bounds>,
}

/// Kinds of lines and polygons in file order, with the number of features not kept.
#[derive(Default)]
struct Kinds {
    counts: Vec<(Noun, Option<String>, usize)>,
    places: FxHashMap<(Noun, Option<String>), usize>,
}

impl Kinds {
    fn add(&mut self, noun: Noun, kind: Option<String>, count: usize) {
        let next = self.counts.len();
        let at = *self.places.entry((noun, kind.clone())).or_insert(next);
        if at == next {
            self.counts.push((noun, kind, 0));
        }
        self.counts[at].2 += count;
    }

    fn has(&self, noun: Noun) -> bool {
        self.counts.iter().any(|count| count.0 == noun)
    }
}

impl<'a> SpatialFilter<'a> {
    fn new(asked: Option<&'a str>) -> Self {
        SpatialFilter {
            apart: IdDetector::new(asked),
            numbers: Vec::new(),
            kinds: Kinds::default(),
            told: 0,
            boxes: Vec::new(),
        }
    }

    /// Removes the last feature of a layer, unless it must be kept.
    fn take(&mut self, layer: &mut RawLayer, look: Look) {
        let Some(feature) = layer.features.last() else { return };
        self.apart.take((feature.id.as_deref(), &feature.properties));
        self.boxes.extend(look.bounds);
        if self.boxes.len() == MOST_BOXES {
            self.boxes = bounds_of(std::mem::take(&mut self.boxes)).into_iter().collect();
        }
        let keep = look.keep || layer.warnings.len() > self.told;
        self.told = layer.warnings.len();
        if let Some(noun) = look.noun.filter(|noun| *noun != Noun::Points) {
            self.kinds.add(noun, text(&feature.properties, "kind"), usize::from(!keep));
        }
        if keep {
            self.numbers.push(layer.gone_by() - 1);
        } else {
            layer.features.pop();
            layer.not_kept += 1;
        }
    }
}
