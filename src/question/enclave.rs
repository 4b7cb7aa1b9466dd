//! Enclaves and exclaves: host, order, measures and distances of every part.

use super::part_name::{Named, holds};
use super::{Overlaps, clip_frame, coverage_warnings, feature_warnings};
use crate::earth::{area_error_m2, line_length_m, polygon_area_as};
use crate::model::{Accuracy, Answer, Provenance, Published, Route, Territory, Warning, WarningCode, interior_point};
use crate::topology::{
    COINCIDENT_M, CoverageGraph, Nesting, Outline, Part, clean, nest, noded, part_distances, union, unwrap_longitudes,
    wrapped, wrapped_land,
};
use geo::{BoundingRect, Centroid, Contains, Coord, MultiPolygon, Point, Polygon};
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// Every part of every territory, with its position among the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(transparent)]
#[non_exhaustive]
pub struct EnclaveReport {
    /// Parts, territory by territory in file order.
    pub rows: Vec<EnclaveRow>,
}

/// The kind of a part: the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Kind"))]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// Wholly surrounded by one other territory.
    Enclave,
    /// Not the main part; borders another territory.
    Exclave,
    /// Not the main part; borders no territory.
    Island,
    /// The largest part of its territory; each of several equally large ones.
    Main,
}

impl PartKind {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            PartKind::Enclave => "enclave",
            PartKind::Exclave => "exclave",
            PartKind::Island => "island",
            PartKind::Main => "main",
        }
    }
}

/// The route nearest to a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct NearestRoute {
    /// Id of the route.
    pub route: String,
    /// Ellipsoidal distance in metres; 0 where it runs through the part.
    pub distance_m: f64,
}

/// A part of a territory.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct EnclaveRow {
    /// Id of its territory.
    pub territory: String,
    /// Number of the part, from 1 in file order.
    pub part: usize,
    /// Its own name, if known.
    pub name: Option<String>,
    /// The first that applies of enclave, exclave, island, main.
    pub kind: PartKind,
    /// Whether it is the largest part of its territory, or one of several equally large ones.
    pub is_main: bool,
    /// Whether other territories separate it from its territory's main part.
    pub is_exclave: bool,
    /// Id of the territory in which it is an enclave; if several claim the land around it, their ids joined by ` + `.
    pub enclave_in: Option<String>,
    /// 1 for an enclave, 2 for a counter-enclave inside one, and so on.
    pub order: Option<u32>,
    /// Ids of the territories that it borders, in alphabetical order.
    pub neighbours: Vec<String>,
    /// Ellipsoidal area in km², without holes.
    pub area_km2: f64,
    /// Accuracy of its positions in metres: that of the territory, or of the named feature of the same land if that is
    /// worse.
    pub position_accuracy_m: Option<f64>,
    /// Standard error of the area in km², from that accuracy: see [`area_error_m2`].
    pub area_error_km2: Option<f64>,
    /// Area in km² that is certainly its own, if asked for: see [`certain_areas`](super::certain_areas).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certain_area_km2: Option<f64>,
    /// The rest, nearer to its outline than half the width of the band, of which that cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided_area_km2: Option<f64>,
    /// Half the width of the band in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band_m: Option<f64>,
    /// How it was obtained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band_formula: Option<String>,
    /// A published area in km²: a number or a range.
    pub published_area_km2: Option<Published>,
    /// Ellipsoidal length of its outline in metres, including holes.
    pub perimeter_m: f64,
    /// Ellipsoidal distance in metres to the nearest other part of its territory.
    pub gap_to_parent_m: Option<f64>,
    /// Ellipsoidal distance in metres to the main part of its territory, or to the nearest of several equally large
    /// ones.
    pub gap_to_main_m: Option<f64>,
    /// A position inside it (lon, lat in degrees): its centroid where that is inside.
    pub centre: [f64; 2],
    /// The nearest route, if routes were given.
    pub nearest_route: Option<NearestRoute>,
    /// Whether it is clipped at the frame of the data.
    pub incomplete: bool,
    /// Its polygons.
    #[serde(skip)]
    pub polygons: Vec<Polygon>,
}

/// Options of [`enclaves`].
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct EnclaveOptions {
    /// Routes to which distances are measured.
    pub routes: Vec<Route>,
    /// Named features, one per part: a part that contains the middle of one gets its name.
    pub named: Vec<Territory>,
    /// Units of the territories, each with its territory as `parent`: a part that is a whole unit takes its name.
    pub units: Vec<Territory>,
    /// Languages of names, best first.
    pub languages: Vec<String>,
}

/// Returns every part of the territories with its surroundings, measures and gaps.
///
/// # Earth and units
/// WGS 84; km² and metres; edges straight in lon/lat; gaps are geodesics; positions (lon, lat) in degrees.
///
/// # Method
/// Polygons of a territory that overlap or share an edge form one part. The position of a part among the others is
/// decided by shared edges and exact point-in-polygon tests: see [`nest`](crate::topology::nest()). The order of an
/// enclave is one more than that of the part around it. Gaps: see [`Outline::gap_to`].
///
/// # Limitations and cost
/// Near-linear in the number of vertices. An island is a part that is not the main one and borders no territory in
/// the data given; whether land continues beyond the data cannot be known.
///
/// # Example
/// ```
/// # use merestone::{io::{Dataset, ReadOptions, Reference}, question::{self, EnclaveOptions, PartKind}};
/// let states = Dataset::embedded().select(&Reference::parse("states"), &ReadOptions::default()).unwrap();
/// let report = question::enclaves(&states.features, &EnclaveOptions::default()).report;
/// let largest = report.rows.iter().filter(|r| r.kind == PartKind::Enclave).map(|r| r.area_km2).fold(0.0, f64::max);
/// assert!((largest - 39.43).abs() < 0.05); // km²
/// ```
pub fn enclaves(territories: &[Territory], options: &EnclaveOptions) -> Answer<EnclaveReport> {
    let asked = territories.iter().chain(&options.named).map(|t| &t.meta);
    let provenance = Provenance { area_error: true, ..Provenance::of(asked) }.within(COINCIDENT_M);
    let cleaned = clean(territories);
    let (mut territories, mut warnings) = (cleaned.territories, cleaned.warnings);
    unwrap_longitudes(&mut territories, 0.0);
    let graph = CoverageGraph::new(&territories);
    let shared = graph.shared_edges();
    let nesting = nest(&territories, &graph, &shared);
    let perimeters = perimeters_m(&graph);
    let shapes: Vec<Vec<Polygon>> = graph
        .parts
        .iter()
        .map(|part| part.polygons.iter().map(|&p| territories[part.territory].parts()[p].clone()).collect())
        .collect();
    let areas: Vec<f64> = shapes
        .par_iter()
        .zip(&graph.parts)
        .map(|(polygons, part)| (polygons, territories[part.territory].meta.edges))
        .map(|(polygons, edges)| polygons.iter().map(|polygon| polygon_area_as(polygon, edges)).sum())
        .collect();
    let (is_main, equal) = main_parts(&territories, &graph, &areas);
    warnings.extend(equal);
    let gaps = part_distances(&graph, &shapes, &is_main);
    let mut routes: Vec<(&Route, Outline)> =
        options.routes.iter().map(|r| (r, Outline::new(r.runs.iter().map(|run| run.0.as_slice())))).collect();
    // Of equally near routes, the first in alphabetical order.
    routes.sort_by(|a, b| a.0.meta.id.cmp(&b.0.meta.id));
    let frame = clip_frame(&territories);
    let named = Named::new(&options.named, &options.units);
    let orders = orders(&nesting);
    let rows: Vec<EnclaveRow> = (0..graph.parts.len())
        .into_par_iter()
        .map(|i| {
            let part = &graph.parts[i];
            let territory = &territories[part.territory];
            let is_main = is_main[i];
            let lies = &nesting[i];
            let known = named.of(&shapes[i], areas[i], Some(&territory.meta.id));
            let apart = known.filter(|known| !known.is_unit).map(|known| &known.feature.meta);
            let known = known.map(|known| known.feature);
            // Neither depends on how the land is cut into polygons.
            let whole =
                if shapes[i].len() > 1 { Cow::Owned(union(&noded(&shapes[i]))) } else { Cow::Borrowed(&*shapes[i]) };
            let centre = wrapped(centre(&whole).into()).into();
            let accuracy_m = Accuracy::stated_m([&territory.meta].into_iter().chain(apart));
            EnclaveRow {
                territory: territory.meta.id.clone(),
                part: part.number,
                name: known.and_then(|t| t.meta.name.best(&options.languages)).map(str::to_owned),
                kind: kind(lies, is_main),
                is_main,
                is_exclave: !is_main && !lies.neighbours.is_empty(),
                enclave_in: hosts(&territories, &graph, lies),
                order: (!lies.hosts.is_empty()).then_some(orders[i]),
                neighbours: neighbours(&territories, lies),
                area_km2: areas[i] / 1e6,
                position_accuracy_m: accuracy_m,
                area_error_km2: accuracy_m.map(|accuracy_m| area_error_m2(&whole, accuracy_m) / 1e6),
                certain_area_km2: None,
                undecided_area_km2: None,
                band_m: None,
                band_formula: None,
                published_area_km2: known.and_then(|t| t.published_area_km2.clone()),
                perimeter_m: perimeters[i],
                gap_to_parent_m: gaps[i].nearest_m,
                gap_to_main_m: gaps[i].main_m,
                centre,
                nearest_route: nearest_route(&shapes[i], &routes),
                incomplete: territory.meta.clipped && touches(part.bounds, frame),
                polygons: wrapped_land(&shapes[i]),
            }
        })
        .collect();
    for (row, lies) in rows.iter().zip(&nesting) {
        warnings.extend(row_warnings(row, lies));
    }
    let overlaps = Overlaps::of(&graph, &shared);
    warnings.extend(coverage_warnings(&graph, &territories, &overlaps, |_| true));
    warnings.extend(territories.iter().flat_map(|t| feature_warnings(&t.meta)));
    warnings.extend(options.named.iter().flat_map(|t| feature_warnings(&t.meta)));
    Answer::new(EnclaveReport { rows }, provenance, warnings)
}

fn row_warnings(row: &EnclaveRow, lies: &Nesting) -> Vec<Warning> {
    let number = format!("{} part {}", row.territory, row.part);
    let what = row.name.as_ref().map_or(number.clone(), |name| format!("{name} ({number})"));
    let warn = |code, message| Warning { code, message, feature: Some(row.territory.clone()) };
    let host = row.enclave_in.as_deref().unwrap_or_default();
    let mut out = Vec::new();
    if lies.overlaps_host {
        out.push(warn(
            WarningCode::Overlap,
            format!("{what} lies inside {host}, which has no hole for it: both hold the land"),
        ));
    }
    if lies.gap_to_host {
        out.push(warn(
            WarningCode::Overlap,
            format!("{what} fills a hole of {host} only nearly: their outlines do not coincide"),
        ));
    }
    if row.incomplete {
        out.push(warn(WarningCode::Incomplete, format!("{what}: incomplete, it is cut at the frame of the data")));
    }
    if let Some(published) = row.published_area_km2.as_ref().filter(|p| !p.agrees_with(row.area_km2, 0.05)) {
        let source = published.source.as_deref().map_or(String::new(), |s| format!(" ({s})"));
        let message =
            format!("{what}: its area of {:.2} km² differs from the published {published} km²{source}", row.area_km2);
        out.push(warn(WarningCode::Published, message));
    }
    out
}

fn kind(lies: &Nesting, is_main: bool) -> PartKind {
    match (!lies.hosts.is_empty(), is_main, lies.neighbours.is_empty()) {
        (true, ..) => PartKind::Enclave,
        (_, false, false) => PartKind::Exclave,
        (_, false, true) => PartKind::Island,
        (_, true, _) => PartKind::Main,
    }
}

/// The number of parts around each part, one inside the other.
fn orders(nesting: &[Nesting]) -> Vec<u32> {
    let mut known: Vec<Option<u32>> = nesting.iter().map(|lies| lies.hosts.is_empty().then_some(0)).collect();
    let mut chain = Vec::new();
    for part in 0..nesting.len() {
        let mut at = part;
        // Bounded by the number of parts, so that inconsistent data cannot loop.
        while known[at].is_none() && chain.len() <= nesting.len() {
            chain.push(at);
            at = nesting[at].hosts[0];
        }
        let mut order = known[at].unwrap_or(0);
        for inner in chain.drain(..).rev() {
            order += 1;
            known[inner] = Some(order);
        }
    }
    known.into_iter().map(Option::unwrap_or_default).collect()
}

/// The territory around a part; if several claim the land around it, their ids in alphabetical order.
fn hosts(territories: &[Cow<'_, Territory>], graph: &CoverageGraph, lies: &Nesting) -> Option<String> {
    let mut ids: Vec<&str> =
        lies.hosts.iter().map(|&host| territories[graph.parts[host].territory].meta.id.as_str()).collect();
    ids.sort_unstable();
    (!ids.is_empty()).then(|| ids.join(" + "))
}

fn neighbours(territories: &[Cow<'_, Territory>], lies: &Nesting) -> Vec<String> {
    let mut ids: Vec<String> = lies.neighbours.iter().map(|&t| territories[t].meta.id.clone()).collect();
    ids.sort();
    ids
}

fn perimeters_m(graph: &CoverageGraph) -> Vec<f64> {
    let mut perimeters = vec![0.0; graph.parts.len()];
    for (part, from, to) in graph.outlines() {
        perimeters[part as usize] += line_length_m(&[graph.position(from), graph.position(to)]);
    }
    for (part, south, north) in graph.inner_seams() {
        perimeters[part as usize] -= 2.0 * line_length_m(&[graph.position(south), graph.position(north)]);
    }
    perimeters
}

/// Relative difference below which areas count as equal.
const EQUAL_AREA: f64 = 1e-9;

/// Marks the largest part of each territory, and warns where several are equally large.
fn main_parts(territories: &[Cow<'_, Territory>], graph: &CoverageGraph, areas: &[f64]) -> (Vec<bool>, Vec<Warning>) {
    let mut largest = vec![0.0_f64; territories.len()];
    for (part, area) in graph.parts.iter().zip(areas) {
        largest[part.territory] = largest[part.territory].max(*area);
    }
    let mut mains: Vec<Vec<usize>> = vec![Vec::new(); territories.len()];
    let is_largest = |(part, area): (&Part, &f64)| *area >= largest[part.territory] * (1.0 - EQUAL_AREA);
    let is_main: Vec<bool> = graph.parts.iter().zip(areas).map(is_largest).collect();
    for (part, _) in graph.parts.iter().zip(&is_main).filter(|(_, is_main)| **is_main) {
        mains[part.territory].push(part.number);
    }
    let several = territories.iter().zip(mains).filter(|(_, mains)| mains.len() > 1);
    let warnings = several.map(|(territory, mains)| {
        let id = territory.meta.id.clone();
        let message = format!("{id}: its parts {} are equally large; each counts as its main part", few(&mains));
        Warning { code: WarningCode::EqualParts, message, feature: Some(id) }
    });
    (is_main, warnings.collect())
}

/// Numbers joined by commas, abbreviated after the first few.
fn few(numbers: &[usize]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = numbers.iter().take(SHOWN).map(usize::to_string).collect();
    let more = numbers.len().saturating_sub(SHOWN);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// A position inside a shape: its centroid where that is inside.
pub(super) fn centre(shape: &[Polygon]) -> [f64; 2] {
    let [alone] = shape else {
        // Sorted from west to east, because the order of summation affects rounding.
        let mut polygons = shape.to_vec();
        let corner = |polygon: &Polygon| polygon.bounding_rect().map_or(Coord::zero(), |rect| rect.min());
        polygons.sort_by(|a, b| {
            let (a, b) = (corner(a), corner(b));
            a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
        });
        let whole = MultiPolygon(polygons);
        let longest = || whole.iter().filter_map(interior_point).reduce(|a, b| if b.1 > a.1 { b } else { a });
        return place(whole.centroid().filter(|c| whole.contains(c)).or_else(|| Some(Point(longest()?.0))));
    };
    place(alone.centroid().filter(|c| alone.contains(c)).or_else(|| Some(Point(interior_point(alone)?.0))))
}

fn place(position: Option<Point>) -> [f64; 2] {
    position.map_or([f64::NAN; 2], |p| [p.x(), p.y()])
}

fn touches(bounds: (Coord, Coord), frame: Option<(Coord, Coord)>) -> bool {
    const SAME_DEG: f64 = 1e-6;
    frame.is_some_and(|(low, high)| {
        let at = |a: f64, b: f64| (a - b).abs() <= SAME_DEG;
        at(bounds.0.x, low.x) || at(bounds.0.y, low.y) || at(bounds.1.x, high.x) || at(bounds.1.y, high.y)
    })
}

fn nearest_route(shape: &[Polygon], routes: &[(&Route, Outline)]) -> Option<NearestRoute> {
    if routes.is_empty() {
        return None;
    }
    let outline = Outline::new(
        shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).map(|r| r.0.as_slice()),
    );
    let is_held = |c: &Coord| shape.iter().any(|polygon| holds(polygon, *c));
    let mut nearest: Option<NearestRoute> = None;
    for (route, line) in routes {
        let known_m = nearest.as_ref().map_or(f64::INFINITY, |n| n.distance_m);
        if known_m == 0.0 {
            break;
        }
        // Most routes are excluded by their bounding boxes.
        if outline.at_least_m(line) > known_m {
            continue;
        }
        let Some(gap) = outline.gap_to(line) else { continue };
        // A run that does not cross the outline is either wholly inside or wholly outside.
        let is_inside = gap.distance_m > 0.0 && route.runs.iter().filter_map(|run| run.0.first()).any(is_held);
        let distance_m = if is_inside { 0.0 } else { gap.distance_m };
        if distance_m < known_m {
            nearest = Some(near(route, distance_m));
        }
    }
    nearest
}

fn near(route: &Route, distance_m: f64) -> NearestRoute {
    NearestRoute { route: route.meta.id.clone(), distance_m }
}
