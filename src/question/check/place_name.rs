//! Finds polygons with the name of another place.

use super::geography::{CheckReference, NamedPlace};
use crate::earth::distance_m;
use crate::io::{Form, ScanFeature};
use crate::model::{Finding, FindingCode as Code, Location, Measure, YBandIndex, interior_point};
use geo::{Coord, LineString, Polygon};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Greatest distance in metres between a polygon and the place with its name.
const NEAR_M: f64 = 10_000.0;

/// Places of a reference by name.
pub(super) struct Names<'r> {
    label: &'r str,
    by_name: BTreeMap<String, Vec<&'r NamedPlace>>,
}

impl<'r> Names<'r> {
    pub fn new(reference: &'r CheckReference) -> Self {
        let mut by_name: BTreeMap<String, Vec<&NamedPlace>> = BTreeMap::new();
        for place in &reference.names {
            let texts = place.name.texts.values().chain(&place.name.variants).flat_map(|text| forms(text));
            for name in texts.chain([place.id.to_lowercase()]).collect::<BTreeSet<_>>() {
                by_name.entry(name).or_default().push(place);
            }
        }
        Names { label: &reference.label, by_name }
    }

    /// Whether a feature has the name of a place of the reference, wherever that is.
    pub fn knows(&self, feature: &ScanFeature) -> bool {
        names(feature).iter().any(|name| self.by_name.contains_key(&name.to_lowercase()))
    }

    /// A finding if the name of a feature with polygons belongs to a place of the reference that is elsewhere.
    pub fn check(&self, file: &str, feature: &ScanFeature) -> Option<Finding> {
        let mut land = None;
        for name in names(feature) {
            let Some(places) = self.by_name.get(&name.to_lowercase()) else { continue };
            if land.is_none() {
                land = Some(Land::of(feature)?);
            }
            let off = land.as_ref().and_then(|land| places.iter().map(|place| land.off_m(place)).reduce(f64::min));
            if let (Some(distance_m), Some(land)) = (off.filter(|off| *off > NEAR_M), &land) {
                return Some(self.misplaced(file, feature, &name, (distance_m, land.middle)));
            }
        }
        None
    }

    fn misplaced(&self, file: &str, feature: &ScanFeature, name: &str, (distance_m, at): (f64, Coord)) -> Finding {
        let (label, km) = (self.label, distance_m / 1000.0);
        let message = format!("the name {name:?} is that of a place of {label} {km:.0} km away");
        let measure = Measure { distance_m: Some(distance_m), ..Measure::default() };
        let finding = Finding::warning(file, Code::MisplacedName, message).of(&feature.label).on(at).measured(measure);
        if feature.pointer.is_empty() { finding } else { finding.at(format!("{}/properties", feature.pointer)) }
    }
}

/// Splits alternative names: `Biel / Bienne` is two names.
fn forms(text: &str) -> impl Iterator<Item = String> {
    let whole = std::iter::once(text.trim().to_lowercase());
    whole.chain(text.split(" / ").map(|part| part.trim().to_lowercase())).filter(|name| !name.is_empty())
}

/// Names and codes in a feature's properties.
fn names(feature: &ScanFeature) -> Vec<String> {
    let mut out: BTreeSet<String> = feature.id.iter().cloned().collect();
    for (key, value) in &feature.properties {
        let key = key.to_lowercase();
        if !key.starts_with("name") && !["id", "a3", "iso_a3", "shapeiso", "admin"].contains(&key.as_str()) {
            continue;
        }
        match value {
            Value::String(text) => drop(out.insert(text.trim().to_owned())),
            Value::Object(texts) => out.extend(texts.values().filter_map(Value::as_str).map(|t| t.trim().to_owned())),
            _ => {}
        }
    }
    out.into_iter().filter(|name| name.chars().any(char::is_alphabetic)).collect()
}

/// The land of a feature.
struct Land {
    bands: Vec<YBandIndex>,
    middle: Coord,
    low: Coord,
    high: Coord,
}

impl Land {
    fn of(feature: &ScanFeature) -> Option<Land> {
        let polygons: Vec<&Vec<Vec<Coord>>> = feature
            .shapes
            .iter()
            .filter_map(|shape| if let Form::Polygon(rings) = &shape.form { Some(rings) } else { None })
            .collect();
        let largest = polygons.iter().max_by_key(|rings| rings[0].len())?;
        let middle = interior_point(&Polygon::new(LineString(largest[0].clone()), vec![]))?.0;
        let (mut low, mut high) = (middle, middle);
        for c in polygons.iter().flat_map(|rings| &rings[0]) {
            low = Coord { x: low.x.min(c.x), y: low.y.min(c.y) };
            high = Coord { x: high.x.max(c.x), y: high.y.max(c.y) };
        }
        let bands = polygons.iter().map(|rings| YBandIndex::new(rings.iter().map(Vec::as_slice))).collect();
        Some(Land { bands, middle, low, high })
    }

    /// Distance in metres of the land from a place; 0 if either contains the other's middle.
    fn off_m(&self, place: &NamedPlace) -> f64 {
        let holds = |bands: &YBandIndex, at: Coord| bands.locate(at) != Location::Outside;
        if self.bands.iter().any(|bands| holds(bands, place.centre)) {
            return 0.0;
        }
        let mut frame: Option<(Coord, Coord)> = None;
        for part in &place.parts {
            let rings = std::iter::once(part.exterior()).chain(part.interiors()).map(|r| r.0.as_slice());
            if holds(&YBandIndex::new(rings), self.middle) {
                return 0.0;
            }
            for c in &part.exterior().0 {
                let (low, high) = frame.get_or_insert((*c, *c));
                *low = Coord { x: low.x.min(c.x), y: low.y.min(c.y) };
                *high = Coord { x: high.x.max(c.x), y: high.y.max(c.y) };
            }
        }
        // Land beyond the frame of a clipped place may still belong to it.
        let beyond = |(low, high): (Coord, Coord)| {
            self.low.x < low.x || self.low.y < low.y || self.high.x > high.x || self.high.y > high.y
        };
        if place.clipped && frame.is_some_and(beyond) {
            return 0.0;
        }
        if !place.parts.is_empty() {
            return distance_m(self.middle, place.centre);
        }
        let nearest = Coord {
            x: place.centre.x.clamp(self.low.x, self.high.x),
            y: place.centre.y.clamp(self.low.y, self.high.y),
        };
        distance_m(nearest, place.centre)
    }
}
