//! Builds model features from raw features.

use super::antimeridian::recut;
use super::identity::Identity;
use super::layer::merged;
use super::polygon::{self, GeometryIssue, WrongHoles};
use super::{FeatureLabel, Problem, RawFeature, RawLayer, ReadError};
use crate::earth::densify_and_split;
use crate::model::{
    DatumNote, Edges, Evidence, LayerInfo, Line, Meta, Method, Name, Piece, Place, Published, Route, Status, Territory,
    Warning, WarningCode,
};
use geo::{Coord, LineString, Polygon};
use rayon::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

/// For each polygon of a feature, the polygon or its fault (with the number of the ring), and its geometry issues.
pub(super) type Built = Vec<(Result<Option<Polygon>, (usize, Problem)>, Vec<GeometryIssue>)>;

/// A raw layer during conversion to the model: with its manifest entry and kind of edges.
pub(super) struct Builder<'a> {
    pub raw: &'a mut RawLayer,
    pub ids: Identity,
    pub info: Option<&'a LayerInfo>,
    pub edges: Edges,
    pub wrong_holes: WrongHoles,
    /// The transformation of the file's coordinates to WGS 84.
    pub datum: Option<Arc<DatumNote>>,
}

impl Builder<'_> {
    /// Builds territories from the features at these indices.
    pub fn territories(&mut self, indices: &[usize]) -> Result<Vec<Territory>, ReadError> {
        let mut built = self.build_polygons(indices).into_iter();
        let all = self.each(indices, "polygons", |this, index| {
            let parts = this.polygons(index, built.next().unwrap_or_default())?;
            Ok((!parts.is_empty()).then(|| territory(this.meta(index), parts)))
        })?;
        // The contents of a file are listed feature by feature; land of a proposal is kept in pieces.
        let apart = self.wrong_holes == WrongHoles::Told || all.iter().all(|t| t.meta.properties.contains_key("to"));
        Ok(if apart { all } else { merged(all) })
    }

    /// Builds lines from the features at these indices.
    pub fn lines(&mut self, indices: &[usize]) -> Result<Vec<Line>, ReadError> {
        self.each(indices, "lines", |this, index| {
            let runs = this.runs(index, "a line")?;
            Ok((!runs.is_empty()).then(|| line(this.meta(index), runs)))
        })
    }

    /// Builds routes from the features at these indices.
    pub fn routes(&mut self, indices: &[usize]) -> Result<Vec<Route>, ReadError> {
        self.each(indices, "routes (lines)", |this, index| {
            let runs = this.runs(index, "a route (LineString or MultiLineString)")?;
            let properties = &this.raw.features[index].properties;
            let (mode, status) = (text(properties, "mode"), text(properties, "status"));
            let published_length_km = published(properties, "published_length_km");
            Ok((!runs.is_empty()).then(|| Route { meta: this.meta(index), mode, status, runs, published_length_km }))
        })
    }

    /// Builds places from the features at these indices.
    pub fn places(&mut self, indices: &[usize]) -> Result<Vec<Place>, ReadError> {
        self.each(indices, "places (points)", |this, index| {
            let position = this.raw.features[index].geometry.points.first().copied();
            Ok(position.map(|position| place(this.meta(index), position)))
        })
    }

    /// Builds pieces of land from the features at these indices.
    pub fn pieces(&mut self, indices: &[usize]) -> Result<Vec<Piece>, ReadError> {
        let mut built = self.build_polygons(indices).into_iter();
        self.each(indices, "polygons", |this, index| {
            let parts = this.polygons(index, built.next().unwrap_or_default())?;
            let properties = &this.raw.features[index].properties;
            let (from, to) = (text(properties, "from"), text(properties, "to"));
            let proposed_by = text(properties, "proposed_by").or_else(|| this.info.and_then(|i| i.proposed_by.clone()));
            Ok((!parts.is_empty()).then(|| Piece { meta: this.meta(index), from, to, proposed_by, parts }))
        })
    }

    fn each<T>(
        &mut self,
        indices: &[usize],
        wanted: &'static str,
        mut build: impl FnMut(&mut Self, usize) -> Result<Option<T>, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let mut out = Vec::with_capacity(indices.len());
        let before = self.raw.invalid.len();
        for &index in indices {
            match build(self, index) {
                Ok(feature) => out.extend(feature),
                Err(error) => self.raw.invalid.push(error),
            }
        }
        let none = out.is_empty() && self.raw.invalid.len() == before;
        if none && !self.raw.features.is_empty() {
            let found =
                indices.first().map(|&i| self.raw.features[i].geometry.type_name.to_owned()).unwrap_or_default();
            if indices.iter().all(|&i| is_empty(&self.raw.features[i])) {
                return Ok(out);
            }
            if indices.iter().any(|&i| wanted == "polygons" && !self.raw.features[i].geometry.polygons.is_empty()) {
                return Err(ReadError::new(&self.raw.input.path, Problem::Nothing("polygons that enclose land")));
            }
            return Err(ReadError::new(&self.raw.input.path, Problem::WrongShape { wanted, found }));
        }
        Ok(out)
    }

    fn error(&self, index: usize, steps: &str, problem: Problem) -> ReadError {
        let feature = &self.raw.features[index];
        let pointer = (!feature.pointer.is_empty()).then(|| format!("{}{steps}", feature.pointer));
        let id = (!self.ids.numbered[index]).then(|| self.ids.ids[index].clone());
        let feature = Some(FeatureLabel { index: self.raw.number(index), id });
        ReadError { feature, pointer, ..ReadError::new(&self.raw.input.path, problem) }
    }

    fn wrong_shape(&self, index: usize, wanted: &'static str) -> ReadError {
        let found = self.raw.features[index].geometry.type_name.to_owned();
        self.error(index, "", Problem::WrongShape { wanted, found })
    }

    fn runs(&mut self, index: usize, wanted: &'static str) -> Result<Vec<LineString>, ReadError> {
        recut(&mut self.raw.features[index].geometry, self.edges);
        let short_way = self.raw.short_way;
        let feature = &mut self.raw.features[index];
        if feature.geometry.lines.is_empty() && !is_empty(feature) {
            return Err(self.wrong_shape(index, wanted));
        }
        let lines = std::mem::take(&mut feature.geometry.lines);
        let (runs, issues) = runs(lines, self.edges, self.wrong_holes, short_way);
        self.report(index, &issues);
        Ok(runs)
    }

    /// Builds the polygons of features, in parallel; their rings move out of the raw layer.
    fn build_polygons(&mut self, indices: &[usize]) -> Vec<Built> {
        let mut take = |&index: &usize| -> Vec<Vec<Vec<Coord>>> {
            recut(&mut self.raw.features[index].geometry, self.edges);
            self.raw.features[index].geometry.polygons.iter_mut().map(std::mem::take).collect()
        };
        let taken: Vec<_> = indices.iter().map(&mut take).collect();
        let (edges, wrong_holes, noise_m) = (self.edges, self.wrong_holes, self.raw.noise_m);
        taken.into_par_iter().map(|rings| polygons(rings, edges, wrong_holes, noise_m)).collect()
    }

    fn polygons(&mut self, index: usize, built: Built) -> Result<Vec<Polygon>, ReadError> {
        let feature = &self.raw.features[index];
        if feature.geometry.polygons.is_empty() && !is_empty(feature) {
            return Err(self.wrong_shape(index, "a territory (Polygon or MultiPolygon)"));
        }
        let many = feature.geometry.type_name != "Polygon";
        let (mut parts, mut issues) = (Vec::with_capacity(built.len()), Vec::new());
        for (number, (polygon, odd)) in built.into_iter().enumerate() {
            issues.extend(odd);
            parts.extend(polygon.map_err(|(ring, problem)| {
                let steps = if many { format!("/{number}/{ring}") } else { format!("/{ring}") };
                self.error(index, &steps, problem)
            })?);
        }
        self.report(index, &issues);
        Ok(parts)
    }

    fn report(&mut self, index: usize, issues: &[GeometryIssue]) {
        let warnings = told(&self.ids.ids[index], issues);
        self.raw.warnings.extend(warnings);
    }

    /// The attributes of a feature; its properties move out of the raw layer.
    fn meta(&mut self, index: usize) -> Meta {
        let properties = std::mem::take(&mut self.raw.features[index].properties);
        let meta = meta(self.ids.ids[index].clone(), properties, self.info, self.edges);
        let evidence = Evidence { datum: self.datum.clone(), ..meta.evidence };
        Meta { numbered: self.ids.numbered[index], evidence, ..meta }
    }
}

/// Warnings about the geometry issues of a feature.
pub(super) fn told(id: &str, issues: &[GeometryIssue]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (geometry_issue, code, what) in [
        (
            GeometryIssue::Unclosed,
            WarningCode::UnclosedRing,
            "rings were closed that missed their first position by rounding",
        ),
        (
            GeometryIssue::LoopsCancel,
            WarningCode::Ring,
            "rings cross themselves, and their loops cancel each other: their area is none that could be told",
        ),
        (GeometryIssue::NoArea, WarningCode::Ring, "rings enclose nothing and were left out"),
        (
            GeometryIssue::HoleBeside,
            WarningCode::Ring,
            "holes lie beside their shells, take nothing away and were left out",
        ),
        (
            GeometryIssue::HolesWrong,
            WarningCode::Ring,
            "polygons have holes that lie against their shells or share land; each hole is taken away all the same",
        ),
        (
            GeometryIssue::WideEdge,
            WarningCode::Antimeridian,
            "edges span more than half the globe; what crosses ±180° is to be cut there (RFC 7946, 3.1.9)",
        ),
    ] {
        let count = issues.iter().filter(|found| **found == geometry_issue).count();
        if count > 0 {
            let message = format!("{id}: {count} {what}");
            warnings.push(Warning { code, message, feature: Some(id.to_owned()) });
        }
    }
    warnings
}

/// Attributes of a feature from its properties and, where these are missing, from its layer.
pub(super) fn meta(id: String, properties: Map<String, Value>, info: Option<&LayerInfo>, edges: Edges) -> Meta {
    let layer = |pick: fn(&LayerInfo) -> String| info.map(pick);
    let evidence = Evidence {
        source: text(&properties, "source").or_else(|| layer(|i| i.source.clone())),
        date: text(&properties, "date").or_else(|| layer(|i| i.date.clone())),
        method: text(&properties, "method").and_then(|word| Method::from_word(&word)).or(info.and_then(|i| i.method)),
        position_accuracy_m: properties
            .get("position_accuracy_m")
            .and_then(Value::as_f64)
            .or_else(|| info.map(|i| i.position_accuracy_m)),
        asserted_by: text(&properties, "asserted_by"),
        datum: None,
    };
    Meta {
        id,
        numbered: false,
        name: name(&properties),
        kind: text(&properties, "kind"),
        parent: text(&properties, "parent"),
        host: text(&properties, "host"),
        evidence,
        clipped: properties.get("clipped") == Some(&Value::Bool(true)),
        note: text(&properties, "note"),
        controlled_by: text(&properties, "controlled_by"),
        valid_from: text(&properties, "valid_from").or_else(|| info.and_then(|i| i.valid_from.clone())),
        valid_to: text(&properties, "valid_to").or_else(|| info.and_then(|i| i.valid_to.clone())),
        edges,
        properties,
    }
}

/// A territory with these parts.
pub(super) fn territory(meta: Meta, parts: Vec<Polygon>) -> Territory {
    let published_area_km2 = published(&meta.properties, "published_area_km2");
    let mut territory = Territory::from_parts_unchecked(meta, parts);
    territory.published_area_km2 = published_area_km2;
    territory
}

/// A line with these runs.
pub(super) fn line(meta: Meta, runs: Vec<LineString>) -> Line {
    let properties = &meta.properties;
    let status = text(properties, "status").and_then(|word| Status::from_word(&word)).unwrap_or_default();
    let (left, right) = (text(properties, "left"), text(properties, "right"));
    let published_length_km = published(properties, "published_length_km");
    Line { meta, left, right, status, runs, published_length_km }
}

/// A place at a position.
pub(super) fn place(meta: Meta, position: Coord) -> Place {
    let rank = meta.properties.get("rank").and_then(Value::as_u64).map_or(4, |rank| rank.clamp(1, 9) as u8);
    Place { meta, position, rank }
}

/// Builds polygons from their rings, in parallel; rings may overlap by up to `noise_m` metres.
pub(super) fn polygons(rings: Vec<Vec<Vec<Coord>>>, edges: Edges, wrong_holes: WrongHoles, noise_m: f64) -> Built {
    let build = |rings| {
        let mut odd = Vec::new();
        (polygon::build(rings, edges, (wrong_holes, noise_m), |geometry_issue| odd.push(geometry_issue)), odd)
    };
    rings.into_par_iter().map(build).collect()
}

/// Runs of a line with edges straight in lon/lat, and their geometry issues; with `short_way` an edge takes the
/// shorter way across ±180°, as geodesics and rhumb lines always do.
pub(super) fn runs(
    lines: Vec<Vec<Coord>>,
    edges: Edges,
    reading: WrongHoles,
    short_way: bool,
) -> (Vec<LineString>, Vec<GeometryIssue>) {
    let straight = edges == Edges::Lonlat && !short_way;
    let steps = lines.iter().flat_map(|line| line.windows(2)).filter(|_| straight);
    let wide = steps.filter(|step| (step[1].x - step[0].x).abs() > 180.0).count();
    // When drawn as given, a geodesic is measured between its ends and needs no chain.
    let as_drawn = straight || (edges != Edges::Lonlat && reading == WrongHoles::Told);
    let runs = match as_drawn {
        true => lines,
        false => lines.iter().flat_map(|line| densify_and_split(line, edges)).collect(),
    };
    (runs.into_iter().map(LineString).collect(), vec![GeometryIssue::WideEdge; wide])
}

fn is_empty(feature: &RawFeature) -> bool {
    let g = &feature.geometry;
    g.points.is_empty() && g.lines.is_empty() && g.polygons.is_empty()
}

pub(super) fn text(properties: &Map<String, Value>, key: &str) -> Option<String> {
    properties.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn strings(properties: &Map<String, Value>, key: &str) -> impl Iterator<Item = String> {
    properties.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned)
}

fn name(properties: &Map<String, Value>) -> Name {
    let mut name = match properties.get("name") {
        Some(Value::String(text)) if !text.is_empty() => Name::plain(text.clone()),
        Some(Value::Object(texts)) => Name {
            texts: texts.iter().filter_map(|(l, t)| Some((l.clone(), t.as_str()?.to_owned()))).collect(),
            ..Name::default()
        },
        _ => Name::default(),
    };
    // The OpenStreetMap convention.
    let by_language = properties.iter().filter_map(|(key, value)| Some((key.strip_prefix("name:")?, value.as_str()?)));
    for (language, text) in by_language.filter(|(language, text)| is_language(language) && !text.is_empty()) {
        name.texts.entry(language.to_owned()).or_insert_with(|| text.to_owned());
    }
    name.transliterated = strings(properties, "transliterated").collect();
    name.variants = strings(properties, "variant_names").collect();
    name
}

/// Whether a word is a language code (ISO 639), optionally with a script or region after a hyphen; excludes keys such
/// as `name:etymology`.
fn is_language(word: &str) -> bool {
    let code = word.split_once('-').map_or(word, |(code, _)| code);
    (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A published figure: a number, or `{"value": number or [low, high], "source": text}`.
fn published(properties: &Map<String, Value>, key: &str) -> Option<Published> {
    let value = properties.get(key)?;
    let (figure, source) = match value.as_object() {
        Some(object) => (object.get("value")?, object.get("source").and_then(Value::as_str).map(str::to_owned)),
        None => (value, None),
    };
    let (low, high) = match figure.as_array() {
        Some(range) => (range.first()?.as_f64()?, range.last()?.as_f64()?),
        None => (figure.as_f64()?, figure.as_f64()?),
    };
    Some(Published { low, high, source })
}
