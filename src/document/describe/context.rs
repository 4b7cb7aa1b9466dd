//! Objects around a line, spatially indexed: rivers, roads, ridges, parcels and places.

use super::class::{class_of, worded};
use super::uncertain::UncertainWay;
use crate::document::catalogue::continued;
use crate::document::description::{Decimal, FeatureLine, Landmark, LandmarkClass, LengthUnit, StatedLength, Words};
use crate::earth::LocalPlane;
use crate::earth::antimeridian::turns;
use crate::model::{Bounds, Content, Meta, Name, Territory, UNDETERMINED};
use crate::topology::{SegmentIndex, joined_at_antimeridian, without_cuts};
use geo::Coord;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::borrow::Cow;

/// Layers with objects that the description of a line may name.
///
/// The positions of rivers must be in downstream order. Properties used: `name`; `kind`, `class`, `waterway`,
/// `highway`, `natural`, `place` or `mode` for the class of an object; `height_m` or `ele` for heights; `width_m` for
/// rivers wider than the accuracy; `line` (`middle`, `thalweg`, `main-fairway` …) for the line of a river that is
/// drawn; `territory` for the owner of an object on the line.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct DescriptionContext {
    /// Rivers and lakes.
    pub rivers: Vec<Content>,
    /// Roads and railways.
    pub roads: Vec<Content>,
    /// Ridges.
    pub ridges: Vec<Content>,
    /// Edges of parcels and forests.
    pub parcels: Vec<Content>,
    /// Settlements, summits, bridges and other points.
    pub places: Vec<Content>,
    /// Territories: a third one at an end of the line makes it a tripoint.
    pub territories: Vec<Territory>,
}

/// A layer of lines that may be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum WayKind {
    River,
    Road,
    Ridge,
    Parcel,
}

/// A line that may be followed or crossed: all features of a layer with one name and class.
#[derive(Debug)]
pub(super) struct ContextWay {
    pub kind: WayKind,
    pub landmark: Landmark,
    pub width_m: f64,
    pub line: Option<FeatureLine>,
    /// The territory to which it belongs, if the source states it.
    pub territory: Words,
    /// Whether it is the outline of an area.
    pub is_outline: bool,
}

/// A point that may be tied to, passed or left on one side.
#[derive(Debug)]
pub(super) struct Spot {
    pub landmark: Landmark,
    pub position: Coord,
    pub accuracy_m: Option<f64>,
}

/// The context with spatial indexes.
pub(super) struct Around {
    pub ways: Vec<ContextWay>,
    pub spots: Vec<Spot>,
    /// Index of the way of each edge.
    edges: Vec<u32>,
    edge_index: SegmentIndex,
    /// Index of the way of each end of a feature.
    ends: Vec<u32>,
    end_index: SegmentIndex,
    spot_index: SegmentIndex,
    /// Ways that are less well known than the tolerance.
    pub uncertain: Vec<UncertainWay>,
}

impl From<&Name> for Words {
    /// The texts of a name; one without a stated language only if it is the only one.
    fn from(name: &Name) -> Self {
        let alone = name.texts.len() == 1;
        let texts = name.texts.iter().filter(|(code, _)| alone || code.as_str() != UNDETERMINED);
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Words(texts.map(|(code, text)| (code.clone(), one_line(text))).collect())
    }
}

fn text<'m>(meta: &'m Meta, keys: &[&str]) -> Option<&'m str> {
    keys.iter().find_map(|key| meta.properties.get(*key)?.as_str()).filter(|text| !text.trim().is_empty())
}

fn number(meta: &Meta, keys: &[&str]) -> Option<f64> {
    let read = |value: &Value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    keys.iter().find_map(|key| read(meta.properties.get(*key)?)).filter(|number| number.is_finite())
}

/// A height as stated: with the digits of the source, at most one decimal.
fn height(meta: &Meta) -> Option<StatedLength> {
    let metres = number(meta, &["height_m", "ele", "elevation_m", "height"])?;
    let decimals = usize::from((metres - metres.round()).abs() > 1e-9);
    Some(StatedLength { value: Decimal::rounded(metres, decimals), unit: LengthUnit::Metre, kind: None, approx: false })
}

/// The landmark of a feature: its name, class and height.
fn landmark(meta: &Meta, otherwise: LandmarkClass) -> Landmark {
    let keys = ["kind", "class", "waterway", "highway", "railway", "natural", "place", "man_made", "mode", "fclass"];
    let of_word = |key: &&str| class_of(meta.properties.get(*key)?.as_str()?);
    let class = keys.iter().find_map(of_word).or_else(|| class_of(meta.kind.as_deref()?));
    let class = class.and_then(worded).unwrap_or(otherwise);
    Landmark { height: height(meta), ..Landmark::of_class(class).named(Words::from(&meta.name)) }
}

/// The key of a way: features with one name and class are one; others are one each.
fn key(landmark: &Landmark, meta: &Meta) -> String {
    match landmark.name.is_empty() {
        false => format!("{:?} {:?}", landmark.class, landmark.name),
        true => format!("#{}", meta.id),
    }
}

/// The line of a river that the source draws.
fn river_line(meta: &Meta) -> Option<FeatureLine> {
    let word = text(meta, &["line"])?.replace('_', "-");
    serde_json::from_value(Value::String(word)).ok()
}

impl Around {
    /// Takes what lies within a box. Ways that are less well known than the tolerance are kept apart, because the leg on
    /// which the line meets them may be uncertain.
    pub(super) fn new(context: &DescriptionContext, within: Bounds, tolerance_m: f64) -> Self {
        let mut gathered = ContextObjects { within, tolerance_m, ..ContextObjects::default() };
        gathered.ways(&context.rivers, WayKind::River, LandmarkClass::River);
        gathered.ways(&context.roads, WayKind::Road, LandmarkClass::Road);
        gathered.ways(&context.ridges, WayKind::Ridge, LandmarkClass::Ridge);
        gathered.ways(&context.parcels, WayKind::Parcel, LandmarkClass::Parcel);
        gathered.spots(&context.places);
        let numbered = |edges: &[[Coord; 2]]| SegmentIndex::new(edges.iter().copied().zip(0_u32..));
        let points: Vec<[Coord; 2]> = gathered.spots.iter().map(|spot| [spot.position; 2]).collect();
        Around {
            edge_index: numbered(&gathered.lines),
            end_index: numbered(&gathered.end_points),
            spot_index: numbered(&points),
            ways: gathered.ways,
            spots: gathered.spots,
            edges: gathered.edges,
            ends: gathered.ends,
            uncertain: gathered.uncertain,
        }
    }

    /// Edges whose boxes intersect a box, each with its way.
    pub(super) fn edges(&self, low: Coord, high: Coord) -> impl Iterator<Item = ([Coord; 2], u32)> {
        self.edge_index.touching(low, high).map(|(edge, n)| (edge, self.edges[n as usize]))
    }

    /// Whether there are lines that may be followed.
    pub(super) fn has_ways(&self) -> bool {
        !self.ways.is_empty()
    }

    /// Ways with an end within `within_m` metres of a position, each once.
    pub(super) fn ends_near(&self, at: Coord, within_m: f64) -> Vec<u32> {
        let plane = LocalPlane::at(at);
        let reach = plane.degrees(within_m);
        let found = self.end_index.touching(at - reach, at + reach);
        let near = found.filter(|([end, _], _)| plane.nearest_on_edge(at, *end, *end).1 <= within_m);
        let mut ways: Vec<u32> = near.map(|(_, n)| self.ends[n as usize]).collect();
        ways.sort_unstable();
        ways.dedup();
        ways
    }

    /// Ways within `within_m` metres of a position, each with its distance, ordered by index.
    pub(super) fn ways_near(&self, at: Coord, within_m: f64) -> Vec<(u32, f64)> {
        let plane = LocalPlane::at(at);
        let reach = plane.degrees(within_m);
        let mut best: FxHashMap<u32, f64> = FxHashMap::default();
        for ([a, b], way) in self.edges(at - reach, at + reach) {
            let off = plane.nearest_on_edge(at, a, b).1;
            if off <= within_m {
                let known = best.entry(way).or_insert(off);
                *known = known.min(off);
            }
        }
        let mut out: Vec<(u32, f64)> = best.into_iter().collect();
        out.sort_unstable_by_key(|(way, _)| *way);
        out
    }

    /// Points within `within_m` metres of a position, the nearest first.
    pub(super) fn spots_near(&self, at: Coord, within_m: f64) -> Vec<(&Spot, f64)> {
        self.spot_numbers_near(at, within_m).into_iter().map(|(n, off)| (&self.spots[n], off)).collect()
    }

    /// The indices of these points.
    pub(super) fn spot_numbers_near(&self, at: Coord, within_m: f64) -> Vec<(usize, f64)> {
        let plane = LocalPlane::at(at);
        let reach = plane.degrees(within_m);
        let found = self.spot_index.touching(at - reach, at + reach).map(|(_, n)| n as usize);
        let off = |n: usize| (n, plane.nearest_on_edge(at, self.spots[n].position, self.spots[n].position).1);
        let mut near: Vec<(usize, f64)> = found.map(off).filter(|(_, off)| *off <= within_m).collect();
        near.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        near
    }
}

/// Objects collected for the indexes.
#[derive(Default)]
struct ContextObjects {
    within: Bounds,
    tolerance_m: f64,
    uncertain: Vec<UncertainWay>,
    uncertain_by_key: FxHashMap<(WayKind, String), usize>,
    ways: Vec<ContextWay>,
    known: FxHashMap<(WayKind, String), u32>,
    edges: Vec<u32>,
    lines: Vec<[Coord; 2]>,
    ends: Vec<u32>,
    end_points: Vec<[Coord; 2]>,
    spots: Vec<Spot>,
}

impl ContextObjects {
    fn is_near(&self, a: Coord, b: Coord) -> bool {
        let [west, south, east, north] = self.within;
        a.x.min(b.x) <= east && a.x.max(b.x) >= west && a.y.min(b.y) <= north && a.y.max(b.y) >= south
    }

    /// The turns by which positions within ±180° are moved to the longitudes of the box.
    fn turns(&self) -> impl Iterator<Item = f64> + use<> {
        turns(self.within[0], self.within[2]).map(|turn| -turn)
    }

    fn ways(&mut self, contents: &[Content], kind: WayKind, otherwise: LandmarkClass) {
        let is_beyond = self.turns().count() > 1;
        for content in contents {
            let is_area = matches!(content, Content::Territories(_) | Content::Pieces(_));
            let content = if is_beyond { continued(content) } else { Cow::Borrowed(content) };
            for (meta, runs) in content.courses() {
                let moved = if is_beyond { self.moved(&runs) } else { Vec::new() };
                let runs = if is_beyond { moved.iter().map(Vec::as_slice).collect() } else { runs };
                let near = runs.iter().any(|run| run.windows(2).any(|edge| self.is_near(edge[0], edge[1])));
                let uncertain_m = meta.evidence.position_accuracy_m.filter(|accuracy| *accuracy > self.tolerance_m);
                match uncertain_m {
                    _ if !near => {}
                    Some(accuracy_m) => self.uncertain(meta, &runs, kind, otherwise, is_area, accuracy_m),
                    None => self.way(meta, &runs, kind, otherwise, is_area),
                }
            }
        }
    }

    /// The runs that reach the box, in its longitudes; runs cut at ±180° are one.
    fn moved(&self, runs: &[&[Coord]]) -> Vec<Vec<Coord>> {
        let runs = joined_at_antimeridian(runs);
        let all = self.turns().flat_map(|turn| {
            runs.iter().map(move |run| run.iter().map(|at| Coord { x: at.x + turn, ..*at }).collect::<Vec<_>>())
        });
        all.map(without_cuts).filter(|run| run.windows(2).any(|edge| self.is_near(edge[0], edge[1]))).collect()
    }

    /// A way whose positions are accurate to `accuracy_m` metres; features of one name and class are one.
    fn uncertain(
        &mut self,
        meta: &Meta,
        runs: &[&[Coord]],
        kind: WayKind,
        otherwise: LandmarkClass,
        is_outline: bool,
        accuracy_m: f64,
    ) {
        let landmark = landmark(meta, otherwise);
        let next = self.uncertain.len();
        let way = *self.uncertain_by_key.entry((kind, key(&landmark, meta))).or_insert(next);
        if way == next {
            let unnamed = landmark.name.is_empty() && matches!(kind, WayKind::River | WayKind::Ridge);
            let landmark = Landmark { unnamed, ..landmark };
            self.uncertain.push(UncertainWay { landmark, accuracy_m, runs: Vec::new(), is_outline });
        }
        // Only what lies within the box: a network may be far longer than the line.
        let mut near: Vec<Vec<Coord>> = Vec::new();
        for run in runs {
            let mut is_open = false;
            for edge in run.windows(2) {
                if self.is_near(edge[0], edge[1]) {
                    match near.last_mut().filter(|_| is_open) {
                        Some(open) => open.push(edge[1]),
                        None => near.push(edge.to_vec()),
                    }
                }
                is_open = self.is_near(edge[0], edge[1]);
            }
        }
        let one = &mut self.uncertain[way];
        one.accuracy_m = one.accuracy_m.max(accuracy_m);
        one.runs.extend(near);
    }

    fn way(&mut self, meta: &Meta, runs: &[&[Coord]], kind: WayKind, otherwise: LandmarkClass, is_outline: bool) {
        let landmark = landmark(meta, otherwise);
        let has_name = !landmark.name.is_empty();
        let key = key(&landmark, meta);
        let next = u32::try_from(self.ways.len()).unwrap_or(u32::MAX);
        let way = *self.known.entry((kind, key)).or_insert(next);
        if way == next {
            let unnamed = !has_name && matches!(kind, WayKind::River | WayKind::Ridge);
            self.ways.push(ContextWay {
                kind,
                landmark: Landmark { unnamed, ..landmark },
                width_m: number(meta, &["width_m", "width"]).unwrap_or(0.0).max(0.0),
                line: river_line(meta),
                territory: text(meta, &["territory"]).map_or_else(Words::default, |name| Words::of("en", name)),
                is_outline,
            });
        }
        for run in runs {
            for edge in run.windows(2) {
                if edge[0] != edge[1] && self.is_near(edge[0], edge[1]) {
                    self.lines.push([edge[0], edge[1]]);
                    self.edges.push(way);
                }
            }
            for end in run.first().into_iter().chain(run.last()) {
                if !is_outline && self.is_near(*end, *end) {
                    self.end_points.push([*end; 2]);
                    self.ends.push(way);
                }
            }
        }
    }

    fn spots(&mut self, contents: &[Content]) {
        for content in contents {
            let Content::Places(places) = content else { continue };
            for place in places {
                let positions = self.turns().map(|turn| Coord { x: place.position.x + turn, ..place.position });
                let Some(position) = positions.into_iter().find(|at| self.is_near(*at, *at)) else { continue };
                let mut landmark = landmark(&place.meta, LandmarkClass::Point);
                if let Some(territory) = text(&place.meta, &["territory"]) {
                    landmark.territory = Words::of("en", territory);
                }
                let accuracy_m = place.meta.evidence.position_accuracy_m;
                // It has neither a name nor a class.
                if landmark.class == Some(LandmarkClass::Point) && landmark.name.is_empty() {
                    continue;
                }
                self.spots.push(Spot { landmark, position, accuracy_m });
            }
        }
    }
}
