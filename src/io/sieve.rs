//! Features of a file that lie where a question looks; of the others only how many there are of each kind.

use super::antimeridian::recut;
use super::apart::{Apart, Called};
use super::build::{Builder, polygons, runs, text};
use super::direct;
use super::identity::Identity;
use super::pass::streamed;
use super::polygon::WrongHoles;
use super::{Dataset, Found, RawFeature, RawGeometry, RawLayer, ReadError, ReadOptions, Reference};
use crate::model::{Bounds, Content, Edges, Input, LayerInfo, Warning, bounds_of, bounds_of_positions};
use geo::Coord;
use rustc_hash::FxHashMap;

/// Features that a question needs one by one, and the count of those that it does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Sifted {
    /// What was asked for, as messages and reports call it.
    pub label: String,
    /// Features of each noun, with the kinds of all of that noun, in the order of the file, and how many features of
    /// each are not among them.
    pub contents: Vec<(Content, Vec<KindCount>)>,
    /// The file.
    pub input: Input,
    /// What the dataset's manifest says of the layer, for features of a dataset.
    pub info: Option<LayerInfo>,
    /// What was noticed on the way in.
    pub warnings: Vec<Warning>,
}

/// How many features of a kind, as the source says it, are only counted.
pub type KindCount = (Option<String>, usize);

/// Positions of a feature.
pub type Positions<'a> = &'a mut dyn Iterator<Item = &'a Coord>;

impl From<Found> for Sifted {
    fn from(Found { label, contents, input, info, warnings }: Found) -> Self {
        let contents = contents.into_iter().map(|content| (content, Vec::new())).collect();
        Sifted { label, contents, input, info, warnings }
    }
}

impl Dataset {
    /// Returns the features that a reference names as [`select_any`](Self::select_any) does, but lines and polygons of which
    /// `wanted` says no only as counts. It is asked with all positions of a feature's lines or rings.
    ///
    /// A GeoJSON file or sequence is read stretch by stretch, and memory holds two stretches, what is wanted, and a hash of
    /// each id. All that is wrong is found as if all were wanted. What has no such form, something wrong, or ids that
    /// features share or lack, is read as a whole.
    ///
    /// # Errors
    /// As `select_any`.
    pub fn select_where(
        &self,
        reference: &Reference,
        options: &ReadOptions,
        wanted: impl Fn(Positions<'_>) -> bool + Sync,
    ) -> Result<Sifted, ReadError> {
        match self.sifted(reference, options, &wanted) {
            Some(sifted) => Ok(sifted),
            None => self.select_any(reference, options).map(Sifted::from),
        }
    }

    fn sifted(
        &self,
        reference: &Reference,
        options: &ReadOptions,
        wanted: &(impl Fn(Positions<'_>) -> bool + Sync),
    ) -> Option<Sifted> {
        let (path, mut bytes) = streamed(reference, options)?;
        let edges = options.edges.unwrap_or_default();
        let input = Input::new(path, "");
        let mut sieve = Sieve::new(options.id_field.as_deref());
        let look = |feature: &mut RawFeature| Some(Look::at(feature, edges, wanted));
        let mut raw = direct::stream(&mut bytes, &input, look, |layer, look| {
            sieve.take(layer, look);
            layer.invalid.is_empty().then_some(())
        })?;
        raw.input.sha256 = bytes.sha256();
        let Sieve { apart, numbers, kinds, boxes, .. } = sieve;
        let called = apart.called()?;
        let mut ids = identity(&called, &raw, &numbers);
        raw.call(&mut ids, |number| numbers.binary_search(&number).unwrap_or(usize::MAX));
        // Of all features, not of those that are kept alone.
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
        invalid.is_empty().then_some(Sifted { label: path.clone(), contents, input, info: None, warnings })
    }
}

/// The ids of the features that are kept.
fn identity(called: &Called, raw: &RawLayer, numbers: &[usize]) -> Identity {
    let id = |(feature, number): (&RawFeature, &usize)| {
        let id = called.of((feature.id.as_deref(), &feature.properties));
        id.map_or_else(|| number.to_string(), std::borrow::Cow::into_owned)
    };
    let ids = raw.features.iter().zip(numbers).map(id).collect();
    let by_numbers = |fields: &[String]| Identity::numbers(&raw.input.path, 0, raw.gone_by(), fields.to_vec());
    let (rule, warnings) = match called {
        Called::Own => ("id".to_owned(), Vec::new()),
        Called::Property(name) => (name.clone(), Vec::new()),
        Called::Numbers(fields) => {
            let Identity { rule, warnings, .. } = by_numbers(fields);
            (rule, warnings)
        }
    };
    Identity { ids, numbered: vec![matches!(called, Called::Numbers(_)); numbers.len()], rule, warnings }
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

/// What is seen of a feature.
struct Look {
    noun: Option<Noun>,
    /// It must be kept: it is wanted, or something about it is to be said.
    keep: bool,
    /// Where it lies.
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
                let (runs, odd) = runs(&geometry.lines, edges, WrongHoles::Refused, false);
                !odd.is_empty() || runs.is_empty() || wanted(&mut runs.iter().flat_map(|run| &run.0))
            }
            Some(Noun::Points) | None => true,
        };
        Look { noun, keep, bounds }
    }
}

/// Whether polygons, which none of their positions make wanted, are land of which nothing is to be said; else they stay.
fn is_plain_land(
    rings: Vec<Vec<Vec<Coord>>>,
    edges: Edges,
    wanted: &impl Fn(Positions<'_>) -> bool,
    geometry: &mut RawGeometry,
) -> bool {
    let is_plain = polygons(rings.clone(), edges, WrongHoles::Refused, 0.0).into_iter().all(|(part, odd)| {
        let part = part.ok().flatten().filter(|_| odd.is_empty());
        // Geodesics and rhumb lines leave the box of their ends.
        part.is_some_and(|part| edges == Edges::Lonlat || !wanted(&mut part.exterior().0.iter()))
    });
    geometry.polygons = rings;
    is_plain
}

/// Boxes that are held before one takes their place.
const MOST_BOXES: usize = 4096;

/// Features going by.
struct Sieve<'a> {
    apart: Apart<'a>,
    /// Numbers of those that are kept.
    numbers: Vec<usize>,
    kinds: Kinds,
    /// Warnings before the feature that comes.
    told: usize,
    /// Where they lie: the union of the first ones, then one by one.
    boxes: Vec<Bounds>,
}

/// Kinds of lines and polygons in the order of the file, with the count of those not kept.
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

impl<'a> Sieve<'a> {
    fn new(asked: Option<&'a str>) -> Self {
        Sieve { apart: Apart::new(asked), numbers: Vec::new(), kinds: Kinds::default(), told: 0, boxes: Vec::new() }
    }

    /// Takes the last feature of a layer out again, unless it is to be kept.
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
