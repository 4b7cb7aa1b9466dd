//! The content of the plate's layers: the features chosen by the specification, and the lines derived from the
//! territories.

use super::canvas::View;
use super::carve::{self, DrawnTwice};
use super::context;
use super::derive::Edges;
use super::error::MapError;
use super::junctions;
use super::palette::{Hue, hues};
use super::paper::Bounds;
use super::parties::Parties;
use super::seam;
use super::spec::{LayerSpec, PlateSpec};
use super::symbol::{self, MAP_SHEET, Mode, Over, State, Weight};
use crate::model::{Content as Features, Layer, Line, Meta, Method, Piece, Place, Role, Status};
use crate::question::DecideOptions;
use geo::Coord;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Positions in longitude and latitude.
pub(crate) type LonLat = Vec<Coord>;

/// A territory on the plate.
pub(crate) struct Region<'a> {
    pub meta: &'a Meta,
    /// The number of its layer among those of the plate.
    pub layer: usize,
    pub level: Level,
    /// Kind, from the specification or the data.
    pub kind: Option<String>,
    pub hue: Hue,
    /// Parts, each with its shell first, then its holes.
    pub parts: Vec<Vec<LonLat>>,
    pub labels: bool,
    pub filled: bool,
}

/// The role of a territory on the plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// A lake or a wide river.
    Water,
    /// Filled, with its own hue.
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
    /// A style from the specification, of a claimant or of a proposal.
    pub over: Option<Over>,
    /// For an outline of another source: the number of that source, and its layer.
    pub opinion: Option<(usize, String)>,
}

impl Boundary<'_> {
    /// The name of the line in messages.
    pub(crate) fn name(&self) -> String {
        self.meta.map_or_else(|| self.sides.join("–"), |meta| meta.id.clone())
    }
}

/// A route on the plate.
pub(crate) struct Way<'a> {
    pub meta: &'a Meta,
    pub mode: Mode,
    pub state: State,
    pub indicative: bool,
    pub lines: Vec<LonLat>,
    pub labels: bool,
    pub over: Option<Over>,
    /// If it is context: its class, by which scales select.
    pub context: Option<u8>,
}

/// A river on the plate.
pub(crate) struct River<'a> {
    pub meta: &'a Meta,
    pub lines: Vec<LonLat>,
    pub labels: bool,
    pub is_context: bool,
}

/// A place on the plate.
pub(crate) struct Spot<'a> {
    pub place: Cow<'a, Place>,
    pub labels: bool,
    /// Drawn on detail maps only, because of its low rank.
    pub in_details_only: bool,
    /// If it is context: its class, by which scales select.
    pub context: Option<u8>,
}

impl Spot<'_> {
    /// Whether a map shows it: places of low rank only if it shows every place, context by its scale.
    pub(crate) fn is_shown(&self, view: &View, every_place: bool) -> bool {
        (every_place || !self.in_details_only) && self.context.is_none_or(|class| class <= context::most(view.scale))
    }
}

/// Everything the plate shows, in longitude and latitude, unsimplified.
#[derive(Default)]
pub(crate) struct Content<'a> {
    pub regions: Vec<Region<'a>>,
    pub boundaries: Vec<Boundary<'a>>,
    /// Edges of territories that no other territory shares and that are not on a cut of the data.
    pub coast: Vec<LonLat>,
    pub ways: Vec<Way<'a>>,
    pub rivers: Vec<River<'a>>,
    pub places: Vec<Spot<'a>>,
    pub pieces: Vec<(&'a Piece, &'a Layer)>,
    /// The layers used, in the order of the plate.
    pub layers: Vec<&'a Layer>,
    /// The bands of accuracy around lines, if they are drawn.
    pub accuracy: Option<DecideOptions>,
    /// Whether lines that meet end to end are not joined.
    pub keeps_cuts: bool,
    /// The longitudes and latitudes within which anything is known, if the data are clipped.
    pub window: Option<Bounds>,
    /// Territories that the data draw as land of another one, too; here they are cut out of it.
    pub drawn_twice: DrawnTwice,
    /// Territories that overlap in the data.
    pub overlapping: BTreeSet<usize>,
    /// Hues set by styles for territories.
    hues: BTreeMap<String, Hue>,
}

fn is_chosen(meta: &Meta, wanted: &LayerSpec, year: Option<i32>) -> bool {
    (wanted.only.is_empty() || wanted.only.contains(&meta.id))
        && !wanted.except.contains(&meta.id)
        && year.is_none_or(|year| is_valid(meta, year))
}

/// Whether a feature is valid in a year; features without dates are always valid.
fn is_valid(meta: &Meta, year: i32) -> bool {
    let of = |date: &Option<String>| date.as_ref().and_then(|date| date.get(..4)?.parse::<i32>().ok());
    of(&meta.valid_from).is_none_or(|from| from <= year) && of(&meta.valid_to).is_none_or(|to| year <= to)
}

impl<'a> Content<'a> {
    /// Collects the features selected by the specification.
    pub(crate) fn of(
        spec: &PlateSpec,
        shown: &[LayerSpec],
        layers: &'a [Layer],
        parties: &Parties,
    ) -> Result<Self, MapError> {
        let mut content = Content::default();
        for wanted in shown {
            // A file may contain areas, lines and points: one layer for each, all with the same name.
            let mut own = layers.iter().filter(|l| l.info.id == wanted.id).peekable();
            if own.peek().is_none() {
                let known = layers.iter().map(|l| l.info.id.clone()).collect();
                return Err(MapError::MissingLayer { layer: wanted.id.clone(), known });
            }
            let opinions = spec.layers_shown();
            let place = opinions.iter().filter(|l| l.second_opinion).position(|l| l.id == wanted.id);
            for layer in own {
                // Several entries of the specification may select features of one layer.
                if content.layers.iter().all(|known| !std::ptr::eq(*known, layer)) {
                    content.layers.push(layer);
                }
                match place.filter(|_| wanted.second_opinion) {
                    Some(place) => content.take_outlines(layer, wanted, place, spec.year),
                    None => content.take(layer, wanted, spec.year)?,
                }
            }
        }
        content.name_claims();
        let own = spec.notes.iter().filter_map(|note| note.place());
        content.places.extend(own.map(|p| Spot {
            place: Cow::Owned(p),
            labels: true,
            in_details_only: false,
            context: None,
        }));
        content.derive(spec, parties);
        Ok(content)
    }

    fn take(&mut self, layer: &'a Layer, wanted: &LayerSpec, year: Option<i32>) -> Result<(), MapError> {
        let chosen = |meta: &Meta| is_chosen(meta, wanted, year);
        let labels = wanted.labels;
        let number = self.layers.iter().position(|known| std::ptr::eq(*known, layer)).unwrap_or(self.layers.len());
        let style = |status: &str, kind: Option<&str>| {
            let place = wanted.style.iter().position(|style| style.fits(status, kind))?;
            Some(Over::of(&wanted.style[place], &wanted.id, place))
        };
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
                        let all = std::iter::once(p.exterior()).chain(p.interiors());
                        all.map(|r| seam::to_the_pole(r.0.clone())).collect::<Vec<_>>()
                    };
                    let parts: Vec<Vec<LonLat>> = t.parts().iter().map(rings).flat_map(seam::parted).collect();
                    let filled = wanted.fill && level != Level::Enclave && !is_sheet(&t.meta);
                    let hue = symbol::hue(&wanted.style, Status::Unspecified.word(), t.meta.kind.as_deref());
                    self.hues.extend(hue.map(|hue| (t.meta.id.clone(), hue)));
                    self.regions.push(Region {
                        meta: &t.meta,
                        layer: number,
                        level,
                        kind: wanted.kind.clone().or_else(|| t.meta.kind.clone()),
                        hue: Hue::Neutral,
                        parts,
                        labels,
                        filled,
                    });
                }
            }
            Features::Lines(lines) if layer.info.role == Role::River => {
                for line in lines.iter().filter(|l| chosen(&l.meta)) {
                    let lines = line.runs.iter().map(|r| r.0.clone()).collect();
                    let is_context = wanted.context.is_some();
                    self.rivers.push(River { meta: &line.meta, lines, labels, is_context });
                }
            }
            Features::Lines(lines) => {
                for line in lines.iter().filter(|l| chosen(&l.meta)) {
                    if wanted.role.is_none()
                        && let Some((mode, status)) = way_of(line)
                    {
                        let lines = line.runs.iter().map(|r| r.0.clone()).collect();
                        let (state, over) = (State::of(status), style(State::of(status).word(), Some(mode.word())));
                        let indicative = line.meta.evidence.method == Some(Method::Waypoints);
                        self.ways.push(Way {
                            meta: &line.meta,
                            mode,
                            state,
                            indicative,
                            lines,
                            labels,
                            over,
                            context: None,
                        });
                        continue;
                    }
                    // A line without stated role may be a road: by default it is not drawn as a boundary.
                    if wanted.role.is_none() && says_no_boundary(line) {
                        let (layer, file) = (layer.info.id.clone(), layer.info.source.clone());
                        return Err(MapError::AmbiguousLine { layer, file, feature: line.meta.id.clone() });
                    }
                    let sides = [&line.left, &line.right].into_iter().flatten().cloned().collect();
                    let lines = line.runs.iter().map(|r| r.0.clone()).collect();
                    let weight = weight_of(line);
                    let (meta, status) = (Some(&line.meta), line.status);
                    let over = style(status.word(), line.meta.kind.as_deref()).or_else(|| {
                        let by = line.meta.properties.get("proposed_by").and_then(|v| v.as_str());
                        let by = by.or(layer.info.proposed_by.as_deref()).filter(|by| !by.trim().is_empty());
                        by.filter(|_| status == Status::Proposed).map(Over::proposed_by)
                    });
                    self.boundaries.push(Boundary { meta, status, weight, sides, lines, labels, over, opinion: None });
                }
            }
            Features::Routes(routes) => {
                for route in routes.iter().filter(|r| chosen(&r.meta)) {
                    let (mode, state) = (Mode::of(route.mode.as_deref()), State::of(route.status.as_deref()));
                    let mode = context::mode(wanted.context).unwrap_or(mode);
                    let context = wanted.context.map(|_| context::class_of_way(&route.meta));
                    let lines = route.runs.iter().map(|r| r.0.clone()).collect();
                    let indicative = route.is_indicative();
                    let over = style(state.word(), Some(mode.word()));
                    self.ways.push(Way { meta: &route.meta, mode, state, indicative, lines, labels, over, context });
                }
            }
            Features::Places(places) => {
                for place in places.iter().filter(|p| chosen(&p.meta)) {
                    let in_details_only = wanted.max_rank.is_some_and(|max| place.rank > max);
                    let context = wanted.context.map(|_| context::class_of_place(place));
                    self.places.push(Spot { place: Cow::Borrowed(place), labels, in_details_only, context });
                }
            }
            Features::Pieces(pieces) => {
                self.pieces.extend(pieces.iter().filter(|p| chosen(&p.meta)).map(|p| (p, layer)));
            }
        }
        Ok(())
    }

    /// The outlines from another source of features that a layer already shows.
    fn take_outlines(&mut self, layer: &'a Layer, wanted: &LayerSpec, place: usize, year: Option<i32>) {
        for (meta, courses) in layer.content.courses() {
            if is_chosen(meta, wanted, year) {
                self.boundaries.push(Boundary {
                    meta: Some(meta),
                    status: Status::Unspecified,
                    weight: Weight::State,
                    sides: Vec::new(),
                    lines: courses.into_iter().map(<[Coord]>::to_vec).collect(),
                    labels: false,
                    over: None,
                    opinion: Some((place, wanted.id.clone())),
                });
            }
        }
    }

    /// Assigns a hue and a dash to each claimant of disputed lines, in alphabetical order.
    fn name_claims(&mut self) {
        let claimant = |b: &Boundary| {
            let disputed = b.status == Status::Disputed && b.over.is_none() && b.opinion.is_none();
            b.meta.filter(|_| disputed).and_then(|meta| meta.evidence.asserted_by.clone())
        };
        let claimants: BTreeSet<String> = self.boundaries.iter().filter_map(claimant).collect();
        for boundary in &mut self.boundaries {
            if let Some(by) = claimant(boundary) {
                let place = claimants.iter().position(|c| *c == by).expect("it was gathered from the same lines");
                boundary.over = Some(Over::claim(&by, place));
            }
        }
    }

    /// The name of a territory, for a message; its id if it has none, and of other features.
    pub(crate) fn name_of(&self, id: &str, languages: &[String]) -> String {
        let region = self.regions.iter().find(|region| region.meta.id == id);
        region.and_then(|region| region.meta.name.best(languages)).unwrap_or(id).to_owned()
    }

    /// Derives hues, boundaries and coasts from the territories.
    fn derive(&mut self, spec: &PlateSpec, parties: &Parties) {
        let mut edges = Edges::of(&self.regions, &self.boundaries);
        self.drawn_twice = carve::cut_out(&mut self.regions, &mut edges);
        let mut crowd = edges.crowd(&self.regions);
        let divided = junctions::put_in(&mut self.regions, &edges, &crowd);
        if !divided.is_empty() {
            edges = Edges::of(&self.regions, &self.boundaries);
            edges.note(&divided);
            crowd = edges.crowd(&self.regions);
        }
        let base = self.regions.iter().filter(|r| r.level == Level::Base);
        let ids: Vec<String> = base.map(|r| r.meta.id.clone()).collect();
        let mut fixed = parties.hues();
        fixed.extend(self.hues.clone());
        fixed.extend(spec.hues.clone());
        let hues: BTreeMap<String, Hue> = hues(&ids, &edges.neighbours(&crowd), &fixed);
        for region in &mut self.regions {
            let owner = if region.level == Level::Base { Some(&region.meta.id) } else { region.meta.parent.as_ref() };
            if let Some(hue) = owner.and_then(|id| hues.get(id)) {
                region.hue = *hue;
            }
        }
        self.window = edges.window(&self.regions);
        let beside = edges.beside(&self.regions, &crowd);
        let derived = edges.lines(&self.regions, &beside, (spec, parties));
        self.boundaries.extend(derived.boundaries);
        self.coast = derived.coast;
        self.overlapping = derived.overlapping;
    }
}

/// Whether a line has no side, no status and no kind, so that it may also be a road or a river.
fn says_no_boundary(line: &Line) -> bool {
    let no_side = line.left.is_none() && line.right.is_none();
    no_side && line.status == Status::Unspecified && line.meta.kind.is_none() && text_of(line, "boundary").is_none()
}

fn text_of<'l>(line: &'l Line, property: &str) -> Option<&'l str> {
    line.meta.properties.get(property).and_then(|value| value.as_str()).filter(|text| !text.trim().is_empty())
}

/// Mode and state of a line identified as a route, by `mode` or by the tags of OpenStreetMap.
fn way_of(line: &Line) -> Option<(Mode, Option<&str>)> {
    let mode = match (text_of(line, "mode"), text_of(line, "railway"), text_of(line, "highway")) {
        (Some(mode), _, _) => Mode::of(Some(mode)),
        (None, Some(railway), _) if railway != "no" => return Some((Mode::Rail, Some(railway))),
        (None, _, Some(highway)) if highway != "no" => return Some((Mode::Road, Some(highway))),
        _ => return None,
    };
    Some((mode, text_of(line, "status")))
}

/// The weight of a line by its kind, or by its OpenStreetMap `admin_level`.
fn weight_of(line: &Line) -> Weight {
    let level = line.meta.properties.get("admin_level");
    let level = level.and_then(|v| v.as_i64().or_else(|| v.as_str()?.trim().parse().ok()));
    match (&line.meta.kind, level) {
        (None, Some(level)) if level > 2 => Weight::Unit,
        (kind, _) => Weight::of(kind.as_deref()),
    }
}

/// Whether a feature is a map sheet frame.
fn is_sheet(meta: &Meta) -> bool {
    meta.kind.as_deref() == Some(MAP_SHEET)
}
