//! Comparison of alternative routes: territories, enclaves, ascent, settlements, shared stretches.

mod climb;

use self::climb::Climb;
use super::enclave::{EnclaveOptions, enclaves};
use super::is_settlement;
use super::pieces::LineSplitter;
use super::route::{CrossingCounts, RouteOptions, RouteReport, routes};
use crate::model::{
    Answer, EdgeTree, Method, Place, Provenance, Published, Route, Territory, UncertainRule, Warning, WarningCode,
};
use crate::topology::{Measured, clean};
use geo::Coord;
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Ordering;
use thiserror::Error;

/// Heights in metres at positions (longitude and latitude in degrees), where they are known.
pub type HeightAt<'a> = &'a (dyn Fn(Coord) -> Option<f64> + Sync);

/// A comparison of routes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct CorridorReport {
    /// The figure by which they are ranked.
    pub ranked_by: String,
    /// Whether the greatest value is first.
    pub descending: bool,
    /// Distance in metres from a route within which a settlement counts.
    pub settlements_within_m: f64,
    /// Distance in metres from a line between territories within which a route counts as near it.
    pub line_within_m: f64,
    /// Distance in metres within which two routes share a stretch.
    pub shared_within_m: f64,
    /// Distance in metres between the positions at which heights are read; null if no height is known.
    pub height_step_m: Option<f64>,
    /// Accuracy of the heights in metres (1 sigma), where their source states it.
    pub height_accuracy_m: Option<f64>,
    /// The routes, by rank.
    pub alternatives: Vec<Alternative>,
    /// Stretches shared by two routes.
    pub shared: Vec<SharedStretch>,
    /// Stretches near a line between territories.
    pub near_line: Vec<NearStretch>,
}

/// One of the routes compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Alternative {
    /// Its rank, from 1; equal figures have equal ranks; null if the figure is not known.
    pub rank: Option<usize>,
    /// Id of the route.
    pub route: String,
    /// Its name, in the first of the requested languages that has one.
    pub name: Option<String>,
    /// `rail`, `road` …
    pub mode: Option<String>,
    /// `in use`, `dismantled`, `planned` …
    pub status: Option<String>,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// A published length in km: a number or a range.
    pub published_length_km: Option<Published>,
    /// The length here as a share of the published length.
    pub published_ratio: Option<Published>,
    /// Length in parts of territories that are enclaves, in metres.
    pub in_enclaves_m: f64,
    /// Length in none of the territories, in metres.
    pub outside_m: f64,
    /// Number of crossings, by whether the accuracy of positions confirms them.
    pub crossings: CrossingCounts,
    /// Sum of the ascents in metres, from start to end.
    pub climb_m: Option<f64>,
    /// Sum of the descents in metres.
    pub descent_m: Option<f64>,
    /// Least height in metres.
    pub lowest_m: Option<f64>,
    /// Greatest height in metres.
    pub highest_m: Option<f64>,
    /// Steepest grade between two positions at which heights are read, in percent.
    pub steepest_percent: Option<f64>,
    /// Number of settlements within the distance for settlements.
    pub settlements: usize,
    /// Their total stated population; null if no population is stated.
    pub population: Option<u64>,
    /// Number of these settlements without a stated population.
    pub without_population: usize,
    /// Length in metres within the distance from a line between territories.
    pub near_line_m: f64,
    /// Length in metres shared with any other of the routes.
    pub shared_m: f64,
    /// Share of its length (0 to 1) that is schematic: from a chain of waypoints, estimated, or without a source; or
    /// bridged.
    pub schematic_share: f64,
    /// Its lengths by territory, and its crossings.
    pub territories: RouteReport,
    /// Heights along it: chainage and height in metres.
    pub heights: Vec<[f64; 2]>,
}

/// A stretch shared by two routes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SharedStretch {
    /// Id of the route.
    pub route: String,
    /// Id of the other route.
    pub other: String,
    /// Chainage of its start along the route in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
    /// Its length in metres.
    pub length_m: f64,
}

/// A stretch of a route near a line between territories.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct NearStretch {
    /// Id of the route.
    pub route: String,
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
    /// Its length in metres.
    pub length_m: f64,
}

/// Options of [`corridor`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CorridorOptions {
    /// Distance in metres from a route within which a settlement counts.
    pub settlements_within_m: f64,
    /// Distance in metres from a line between territories within which a route counts as near it.
    pub line_within_m: f64,
    /// Distance in metres within which two routes share a stretch.
    pub shared_within_m: f64,
    /// Distance in metres between the positions at which heights are read.
    pub height_step_m: f64,
    /// Accuracy of the heights in metres (1 sigma), for the report.
    pub height_accuracy_m: Option<f64>,
    /// Rank by one of [`RANKS`], or by the length in the territory with this id.
    pub rank: String,
    /// Whether the greatest value is first.
    pub descending: bool,
    /// Languages of names, best first.
    pub languages: Vec<String>,
    /// Accuracy of positions, as for [`routes`].
    pub route: RouteOptions,
}

impl Default for CorridorOptions {
    fn default() -> Self {
        CorridorOptions {
            settlements_within_m: 5000.0,
            line_within_m: 1000.0,
            shared_within_m: 50.0,
            height_step_m: 1000.0,
            height_accuracy_m: None,
            rank: "length".to_owned(),
            descending: false,
            languages: Vec::new(),
            route: RouteOptions::default(),
        }
    }
}

/// Figures by which routes can be ranked.
pub const RANKS: [&str; 15] = [
    "length",
    "in_enclaves",
    "outside",
    "crossings",
    "uncertain",
    "climb",
    "descent",
    "lowest",
    "highest",
    "steepest",
    "settlements",
    "population",
    "near_line",
    "shared",
    "schematic",
];

/// Why routes cannot be compared.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum CorridorError {
    /// There are fewer than two routes.
    #[error("alternatives are two routes or more; there is {0}")]
    Few(usize),
    /// Two routes have the same id.
    #[error("two routes are called {0}")]
    SameId(String),
    /// The figure to rank by is unknown.
    #[error("\"{rank}\" is no figure to rank by, and no territory that a route runs in")]
    Rank {
        /// The figure requested.
        rank: String,
        /// The territories in which a route runs.
        territories: Vec<String>,
    },
    /// The figure is not known for any route.
    #[error("\"{0}\" is known of none of the routes: there is nothing to rank by")]
    Unknown(String),
}

/// Compares routes and ranks them by one of their figures. It makes no recommendation.
///
/// # Earth and units
/// WGS 84; metres along edges as the data define them; heights in metres above the reference level of their source.
///
/// # Method
/// Lengths by territory and crossings: see [`routes`]. Enclaves: see [`enclaves`]; a route along the outline of an
/// enclave counts in it by the same rule. Heights are read at the start, at the end and at equal steps of about
/// `height_step_m`; ascent, descent and grades are between these positions and ignore the ground between them.
/// Settlements are places of a populated kind within the distance of any edge. A stretch is shared if the route is
/// within the distance of another route, and counts once in `shared_m`. Near a line: within the distance of an outline
/// that two territories share, or that bounds one; its stretches are ordered by chainage.
///
/// # Errors
/// Fewer than two routes, duplicate ids, or an unknown figure.
///
/// # Examples
/// ```
/// use merestone::{geo::line_string, model::Route, question::{CorridorOptions, corridor}};
/// let straight = Route::new("straight", [line_string![(x: 10.0, y: 45.0), (x: 10.2, y: 45.0)]])?;
/// let detour = Route::new("detour", [line_string![(x: 10.0, y: 45.0), (x: 10.1, y: 45.1), (x: 10.2, y: 45.0)]])?;
/// let report = corridor(&[detour, straight], &[], &[], None, &CorridorOptions::default())?.report;
/// let order: Vec<_> = report.alternatives.iter().map(|row| row.route.as_str()).collect();
/// assert_eq!(order, ["straight", "detour"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn corridor(
    all: &[Route],
    territories: &[Territory],
    places: &[Place],
    heights: Option<HeightAt<'_>>,
    options: &CorridorOptions,
) -> Result<Answer<CorridorReport>, CorridorError> {
    if all.len() < 2 {
        return Err(CorridorError::Few(all.len()));
    }
    for (number, route) in all.iter().enumerate() {
        if all[..number].iter().any(|other| other.meta.id == route.meta.id) {
            return Err(CorridorError::SameId(route.meta.id.clone()));
        }
    }
    let surrounded = in_enclaves(all, territories, &options.route);
    let cleaned = clean(territories).territories;
    let splitter = LineSplitter::new(&cleaned);
    let line = EdgeTree::new(splitter.outlines().into_iter().map(|(_, run)| run));
    let settlements: Vec<&Place> = places.iter().filter(|place| is_settlement(place)).collect();
    let measured: Vec<Measured> = all.iter().map(|route| Measured::new(runs(route), route.meta.edges, 0.0)).collect();
    let trees: Vec<EdgeTree> = all.iter().map(|route| EdgeTree::new(runs(route))).collect();
    let shared = shared(all, &measured, &trees, options.shared_within_m);
    let near: Vec<Vec<(f64, f64)>> =
        measured.par_iter().map(|route| route.within(&line, options.line_within_m)).collect();
    let Answer { report: reports, mut warnings, .. } = routes(all, territories, &options.route);
    let climbs: Vec<Climb> = all
        .par_iter()
        .zip(&reports)
        .map(|(route, report)| match heights {
            Some(at) => Climb::of(route, report.length_m, at, options.height_step_m),
            None => Climb::default(),
        })
        .collect();
    // If no height is known at all, one warning replaces one for each route.
    let known = climbs.iter().any(|climb| !climb.heights.is_empty());
    if heights.is_some() && !known {
        let message = "the heights that are given cover none of the routes".to_owned();
        warnings.push(Warning { code: WarningCode::Incomplete, message, feature: None });
    }
    warnings.extend(chords(all, known));
    let mut alternatives = Vec::new();
    for (number, ((route, report), climbed)) in all.iter().zip(reports).zip(climbs).enumerate() {
        let near_m = total(&near[number]);
        let near = |place: &&&Place| trees[number].is_near(place.position, options.settlements_within_m);
        let beside: Vec<&&Place> = settlements.iter().filter(near).collect();
        let population: Vec<Option<u64>> = beside.iter().map(|place| inhabitants(place)).collect();
        let own = |stretch: &&SharedStretch| stretch.route == route.meta.id;
        if known && climbed.unknown > 0 {
            let message = format!(
                "{}: the heights of {} of {} places along it are not known; climb and grades leave them out",
                route.meta.id,
                climbed.unknown,
                climbed.unknown + climbed.heights.len()
            );
            warnings.push(Warning { code: WarningCode::Incomplete, message, feature: Some(route.meta.id.clone()) });
        }
        alternatives.push(Alternative {
            rank: None,
            route: route.meta.id.clone(),
            name: route.meta.name.best(&options.languages).map(str::to_owned),
            mode: route.mode.clone(),
            status: route.status.clone(),
            length_m: report.length_m,
            published_length_km: report.published_length_km.clone(),
            published_ratio: report.published_ratio.clone(),
            in_enclaves_m: surrounded[number],
            outside_m: report.outside_m,
            crossings: report.crossing_counts,
            climb_m: climbed.figure(climbed.up_m),
            descent_m: climbed.figure(climbed.down_m),
            lowest_m: climbed.heights.iter().map(|[_, m]| *m).reduce(f64::min),
            highest_m: climbed.heights.iter().map(|[_, m]| *m).reduce(f64::max),
            steepest_percent: climbed.figure(climbed.steepest_percent),
            settlements: beside.len(),
            population: population.iter().any(Option::is_some).then(|| population.iter().flatten().sum()),
            without_population: population.iter().filter(|figure| figure.is_none()).count(),
            near_line_m: near_m,
            shared_m: covered(shared.iter().filter(own).map(|stretch| (stretch.from_m, stretch.to_m)).collect()),
            schematic_share: schematic_share(route, report.length_m),
            territories: report,
            heights: climbed.heights,
        });
    }
    rank(&mut alternatives, options)?;
    let stretches = all.iter().zip(&near).flat_map(|(route, near)| {
        let stretch = |&(from_m, to_m): &(f64, f64)| NearStretch {
            route: route.meta.id.clone(),
            from_m,
            to_m,
            length_m: to_m - from_m,
        };
        near.iter().map(stretch)
    });
    let report = CorridorReport {
        ranked_by: options.rank.clone(),
        descending: options.descending,
        settlements_within_m: options.settlements_within_m,
        line_within_m: options.line_within_m,
        shared_within_m: options.shared_within_m,
        height_step_m: known.then_some(options.height_step_m),
        height_accuracy_m: options.height_accuracy_m.filter(|_| known),
        near_line: stretches.collect(),
        alternatives,
        shared,
    };
    let provenance = Provenance::of(all.iter().map(|route| &route.meta));
    Ok(Answer::new(report, Provenance { uncertain: Some(UncertainRule::Crossing), ..provenance }, warnings))
}

fn runs(route: &Route) -> impl Iterator<Item = &[Coord]> {
    route.runs.iter().map(|run| run.0.as_slice())
}

fn total(stretches: &[(f64, f64)]) -> f64 {
    stretches.iter().fold(0.0, |sum, (from, to)| sum + (to - from))
}

/// Total length covered by stretches; overlaps count once.
fn covered(mut stretches: Vec<(f64, f64)>) -> f64 {
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut end) = (0.0, f64::NEG_INFINITY);
    for (from, to) in stretches {
        sum += (to - from.max(end)).max(0.0);
        end = end.max(to);
    }
    sum
}

/// Length of each route in parts of territories that are enclaves.
fn in_enclaves(all: &[Route], territories: &[Territory], options: &RouteOptions) -> Vec<f64> {
    let parts = enclaves(territories, &EnclaveOptions::default()).report;
    let surrounded = parts.rows.into_iter().filter(|row| row.enclave_in.is_some());
    let land: Vec<Territory> = surrounded
        .filter_map(|row| Territory::new(format!("{}/{}", row.territory, row.part), row.polygons).ok())
        .collect();
    if land.is_empty() {
        return vec![0.0; all.len()];
    }
    let reports = routes(all, &land, options).report;
    reports.iter().map(|report| report.length_m - report.outside_m).collect()
}

/// The stretches that each pair of routes shares, route by route.
fn shared(all: &[Route], measured: &[Measured], trees: &[EdgeTree<'_>], within_m: f64) -> Vec<SharedStretch> {
    let pairs: Vec<(usize, usize)> =
        (0..all.len()).flat_map(|a| (0..all.len()).filter(move |b| *b != a).map(move |b| (a, b))).collect();
    let of_pair = |&(a, b): &(usize, usize)| {
        let stretch = |(from_m, to_m): (f64, f64)| SharedStretch {
            route: all[a].meta.id.clone(),
            other: all[b].meta.id.clone(),
            from_m,
            to_m,
            length_m: to_m - from_m,
        };
        measured[a].within(&trees[b], within_m).into_iter().map(stretch).collect::<Vec<_>>()
    };
    pairs.par_iter().flat_map_iter(of_pair).collect()
}

/// Warning: heights along a chain of waypoints are not those of the actual road.
fn chords(all: &[Route], known: bool) -> Option<Warning> {
    let chains: Vec<&str> =
        all.iter().filter(|route| is_schematic(route)).map(|route| route.meta.id.as_str()).collect();
    (known && !chains.is_empty()).then(|| Warning {
        code: WarningCode::Indicative,
        message: format!(
            "{}: heights, climb and grades are those of the ground under the straight edges of a schematic course, not of \
             the route",
            chains.join(", ")
        ),
        feature: None,
    })
}

/// The stated population of a place.
fn inhabitants(place: &Place) -> Option<u64> {
    let stated = place.meta.properties.get("population")?;
    stated.as_u64().or_else(|| stated.as_str().and_then(|text| text.trim().parse().ok()))
}

fn is_schematic(route: &Route) -> bool {
    matches!(route.meta.evidence.method, Some(Method::Waypoints | Method::Schematic | Method::Estimated))
}

fn schematic_share(route: &Route, length_m: f64) -> f64 {
    if is_schematic(route) {
        return 1.0;
    }
    let bridged_m = route.meta.properties.get("bridged_m").and_then(serde_json::Value::as_f64);
    bridged_m.map_or(0.0, |bridged_m| if length_m > 0.0 { (bridged_m / length_m).min(1.0) } else { 0.0 })
}

impl Alternative {
    /// A figure by its name; `None` if it does not exist or is not known.
    fn figure(&self, rank: &str) -> Option<f64> {
        let counts = self.crossings;
        Some(match rank {
            "length" => self.length_m,
            "in_enclaves" => self.in_enclaves_m,
            "outside" => self.outside_m,
            "crossings" => (counts.certain + counts.uncertain + counts.unknown) as f64,
            "uncertain" => counts.uncertain as f64,
            "climb" => self.climb_m?,
            "descent" => self.descent_m?,
            "lowest" => self.lowest_m?,
            "highest" => self.highest_m?,
            "steepest" => self.steepest_percent?,
            "settlements" => self.settlements as f64,
            "population" => self.population? as f64,
            "near_line" => self.near_line_m,
            "shared" => self.shared_m,
            "schematic" => self.schematic_share,
            id => self.territories.parts.iter().find(|part| part.territory == id).map_or(0.0, |part| part.length_m),
        })
    }
}

/// Ranks alternatives and sorts them by rank, then id.
fn rank(alternatives: &mut [Alternative], options: &CorridorOptions) -> Result<(), CorridorError> {
    let rank = options.rank.as_str();
    let of_all = alternatives.iter().flat_map(|row| &row.territories.parts);
    let mut territories: Vec<String> = of_all.map(|part| part.territory.clone()).collect();
    territories.sort();
    territories.dedup();
    if !RANKS.contains(&rank) && !territories.iter().any(|id| id == rank) {
        return Err(CorridorError::Rank { rank: rank.to_owned(), territories });
    }
    if alternatives.iter().all(|row| row.figure(rank).is_none()) {
        return Err(CorridorError::Unknown(rank.to_owned()));
    }
    let order = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) if options.descending => b.total_cmp(&a),
        (Some(a), Some(b)) => a.total_cmp(&b),
        // Unknown figures come last.
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    alternatives.sort_by(|a, b| order(a.figure(rank), b.figure(rank)).then_with(|| a.route.cmp(&b.route)));
    for number in 0..alternatives.len() {
        let figure = alternatives[number].figure(rank);
        let before = (number > 0).then(|| (alternatives[number - 1].figure(rank), alternatives[number - 1].rank));
        alternatives[number].rank = figure.and_then(|_| match before {
            Some((same, rank)) if order(same, figure) == Ordering::Equal => rank,
            _ => Some(number + 1),
        });
    }
    Ok(())
}
