//! What the plate's layers hold: the features chosen by the specification, and the lines that follow from the territories.

use super::derive::Edges;
use super::error::MapError;
use super::palette::{Hue, hues};
use super::spec::{LayerSpec, PlateSpec};
use super::symbol::{MAP_SHEET, Mode, State, Weight};
use crate::model::{Content as Features, Layer, Meta, Piece, Place, Role, Status};
use geo::Coord;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Positions in longitude and latitude.
pub(crate) type LonLat = Vec<Coord>;

/// A territory on the plate.
pub(crate) struct Region<'a> {
    pub meta: &'a Meta,
    pub level: Level,
    pub hue: Hue,
    /// Parts, each with its shell first and its holes after.
    pub parts: Vec<Vec<LonLat>>,
    pub labels: bool,
    pub filled: bool,
}

/// What a territory is on the plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// A lake or a wide river.
    Water,
    /// Filled, with a hue of its own.
    Base,
    /// A unit within another territory.
    Unit,
    /// A part inside another territory.
    Enclave,
}

/// A boundary on the plate.
pub(crate) struct Boundary<'a> {
    pub meta: Option<&'a Meta>,
    pub status: Status,
    pub weight: Weight,
    pub sides: Vec<String>,
    pub lines: Vec<LonLat>,
    pub labels: bool,
}

/// A route on the plate.
pub(crate) struct Way<'a> {
    pub meta: &'a Meta,
    pub mode: Mode,
    pub state: State,
    pub indicative: bool,
    pub lines: Vec<LonLat>,
    pub labels: bool,
}

/// A place on the plate.
pub(crate) struct Spot<'a> {
    pub place: Cow<'a, Place>,
    pub labels: bool,
    /// Too unimportant for the main map.
    pub in_details_only: bool,
}

/// Everything the plate shows, in longitude and latitude, unsimplified.
#[derive(Default)]
pub(crate) struct Content<'a> {
    pub regions: Vec<Region<'a>>,
    pub boundaries: Vec<Boundary<'a>>,
    /// Edges of territories that no other territory shares and that are no cut of the data.
    pub coast: Vec<LonLat>,
    pub ways: Vec<Way<'a>>,
    pub places: Vec<Spot<'a>>,
    pub pieces: Vec<(&'a Piece, &'a Layer)>,
    /// The layers used, in the order of the plate.
    pub layers: Vec<&'a Layer>,
}

impl<'a> Content<'a> {
    /// Collects the features that the specification asks for.
    pub(crate) fn of(spec: &PlateSpec, shown: &[LayerSpec], layers: &'a [Layer]) -> Result<Self, MapError> {
        let mut content = Content::default();
        for wanted in shown {
            let Some(layer) = layers.iter().find(|l| l.info.id == wanted.id) else {
                let known = layers.iter().map(|l| l.info.id.clone()).collect();
                return Err(MapError::MissingLayer { layer: wanted.id.clone(), known });
            };
            content.layers.push(layer);
            content.take(layer, wanted);
        }
        let own = spec.notes.iter().filter_map(|note| note.place());
        content.places.extend(own.map(|p| Spot { place: Cow::Owned(p), labels: true, in_details_only: false }));
        content.derive(spec);
        Ok(content)
    }

    fn take(&mut self, layer: &'a Layer, wanted: &LayerSpec) {
        let chosen = |meta: &Meta| {
            (wanted.only.is_empty() || wanted.only.contains(&meta.id)) && !wanted.except.contains(&meta.id)
        };
        let labels = wanted.labels;
        match &layer.content {
            Features::Territories(territories) => {
                let ids: Vec<&String> = territories.iter().map(|t| &t.meta.id).collect();
                for t in territories.iter().filter(|t| chosen(&t.meta)) {
                    let inner = t.meta.parent.as_ref().is_some_and(|p| ids.contains(&p));
                    let level = match layer.info.role {
                        Role::Water => Level::Water,
                        _ if t.meta.host.is_some() => Level::Enclave,
                        _ if inner || !wanted.fill || is_sheet(&t.meta) => Level::Unit,
                        _ => Level::Base,
                    };
                    let rings = |p: &geo::Polygon| {
                        std::iter::once(p.exterior()).chain(p.interiors()).map(|r| r.0.clone()).collect::<Vec<_>>()
                    };
                    let parts = t.parts.iter().map(rings).collect();
                    let filled = wanted.fill && level != Level::Enclave && !is_sheet(&t.meta);
                    self.regions.push(Region { meta: &t.meta, level, hue: Hue::Neutral, parts, labels, filled });
                }
            }
            Features::Lines(lines) => {
                for line in lines.iter().filter(|l| chosen(&l.meta)) {
                    let sides = [&line.left, &line.right].into_iter().flatten().cloned().collect();
                    let lines = line.runs.iter().map(|r| r.0.clone()).collect();
                    let weight = Weight::of(line.meta.kind.as_deref());
                    let meta = Some(&line.meta);
                    self.boundaries.push(Boundary { meta, status: line.status, weight, sides, lines, labels });
                }
            }
            Features::Routes(routes) => {
                for route in routes.iter().filter(|r| chosen(&r.meta)) {
                    let (mode, state) = (Mode::of(route.mode.as_deref()), State::of(route.status.as_deref()));
                    let lines = route.runs.iter().map(|r| r.0.clone()).collect();
                    let indicative = route.is_indicative();
                    self.ways.push(Way { meta: &route.meta, mode, state, indicative, lines, labels });
                }
            }
            Features::Places(places) => {
                for place in places.iter().filter(|p| chosen(&p.meta)) {
                    let in_details_only = wanted.max_rank.is_some_and(|max| place.rank > max);
                    self.places.push(Spot { place: Cow::Borrowed(place), labels, in_details_only });
                }
            }
            Features::Pieces(pieces) => {
                self.pieces.extend(pieces.iter().filter(|p| chosen(&p.meta)).map(|p| (p, layer)));
            }
        }
    }

    /// Hues, boundaries and coasts that follow from the territories.
    fn derive(&mut self, spec: &PlateSpec) {
        let edges = Edges::of(&self.regions, &self.boundaries);
        let base = self.regions.iter().filter(|r| r.level == Level::Base);
        let ids: Vec<String> = base.map(|r| r.meta.id.clone()).collect();
        let hues: BTreeMap<String, Hue> = hues(&ids, &edges.neighbours(), &spec.hues);
        for region in &mut self.regions {
            let owner = if region.level == Level::Base { Some(&region.meta.id) } else { region.meta.parent.as_ref() };
            if let Some(hue) = owner.and_then(|id| hues.get(id)) {
                region.hue = *hue;
            }
        }
        let derived = edges.lines(&self.regions, spec);
        self.boundaries.extend(derived.boundaries);
        self.coast = derived.coast;
    }
}

/// Whether a feature is the frame of a map sheet.
fn is_sheet(meta: &Meta) -> bool {
    meta.kind.as_deref() == Some(MAP_SHEET)
}
