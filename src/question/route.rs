//! How long is this route, in which territory, and where does it cross?

use super::feature_warnings;
use super::pieces::{Cut, Cutter};
use crate::earth::LocalPlane;
use crate::model::{Published, Route, Territory, Warning, WarningCode};
use crate::topology::clean;
use geo::Coord;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

/// The lengths of a route by territory, with its crossings.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct RouteReport {
    /// Id of the route.
    pub route: String,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// How its coordinates came about (`waypoints`, `surveyed` …), where the source says.
    pub method: Option<String>,
    /// A published length in km: a number or a range.
    pub published_length_km: Option<Published>,
    /// Who published it.
    pub published_source: Option<String>,
    /// Whether the length only indicates the true one.
    pub indicative: bool,
    /// By territory, in the order in which the route reaches them.
    pub parts: Vec<RoutePart>,
    /// Length in none of the territories, in metres.
    pub outside_m: f64,
    /// Places where it passes from one territory to another.
    pub crossings: Vec<Crossing>,
    /// The route cut into its parts, in order.
    #[serde(skip)]
    pub pieces: Vec<RoutePiece>,
}

/// A route within one territory.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct RoutePart {
    /// Id of the territory.
    pub territory: String,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// Where along the route.
    pub stretches: Vec<Stretch>,
}

/// A stretch of a route by chainage.
#[derive(Debug, Clone, Copy, PartialEq, JsonSchema, Serialize)]
pub struct Stretch {
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
}

/// A place where a route passes from one territory to another.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Crossing {
    /// Distance along the route from its start, in metres.
    pub chainage_m: f64,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
    /// The territory it leaves, if any.
    pub from: Option<String>,
    /// The territory it enters, if any.
    pub to: Option<String>,
    /// Whether the positions' accuracy leaves open if it crosses there at all.
    pub uncertain: bool,
}

/// A piece of a route in one territory, or in none.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutePiece {
    /// Ids of the territories, joined by ` + ` where several hold the land.
    pub territory: Option<String>,
    /// Where along the route.
    pub stretch: Stretch,
    /// Its course.
    pub runs: Vec<Vec<Coord>>,
}

/// Returns the length of a route in each of the territories, with the chainage and place of every crossing.
///
/// # Earth and units
/// WGS 84, metres along edges straight in lon/lat; see [`edge_length_m`](crate::earth::edge_length_m).
///
/// # Method
/// Every edge of the route is cut where it meets an outline (decided exactly, in planar lon/lat, where the answer is
/// the same), and each piece belongs to the territories that hold its middle. A piece that runs exactly along a
/// shared line is given to one side: to the territory the route came from, else to the one it goes on into, else to
/// the one on its left. Along an outline without a territory on its other side it counts inside.
/// A crossing is uncertain where the route is a chain of waypoints, or where it stays, before or after it, closer to
/// the line than the combined accuracy of the positions of both.
///
/// # Guarantees
/// For territories that share no land, parts and outside add up to the total to 1 mm.
///
/// # Limitations and cost
/// Parts of one territory must share no land: see [`clean`](crate::topology::clean). Where two territories hold the
/// same land, the route counts in both and a warning says so. Near-linear in the positions of what is near; for several
/// routes [`routes`] puts the territories in order once.
pub fn route(route: &Route, territories: &[Territory]) -> (RouteReport, Vec<Warning>) {
    route_among(route, territories, &Cutter::new(territories))
}

fn route_among(route: &Route, territories: &[Territory], cutter: &Cutter<'_>) -> (RouteReport, Vec<Warning>) {
    let accuracy_m = combined_accuracy_m(route, territories);
    let cuts = cutter.cut(&route.runs, route.meta.edges);
    let owners = owners(&cuts);
    let pieces = join(&cuts, &owners, territories);
    let crossings = crossings(&pieces, &cuts, route, accuracy_m, cutter);
    let length_m = cuts.last().map_or(0.0, |cut| cut.to_m);
    let mut parts: Vec<RoutePart> = Vec::new();
    let mut overlapping = false;
    for (piece, held_by) in &pieces {
        overlapping |= held_by.len() > 1;
        for &territory in held_by {
            let id = &territories[territory].meta.id;
            let part = match parts.iter().position(|part| &part.territory == id) {
                Some(at) => &mut parts[at],
                None => {
                    parts.push(RoutePart { territory: id.clone(), length_m: 0.0, stretches: Vec::new() });
                    parts.last_mut().expect("one was pushed")
                }
            };
            part.length_m += piece.stretch.to_m - piece.stretch.from_m;
            part.stretches.push(piece.stretch);
        }
    }
    let outside = pieces.iter().filter(|(_, held_by)| held_by.is_empty());
    let outside_m = outside.map(|(piece, _)| piece.stretch.to_m - piece.stretch.from_m).sum();
    let report = RouteReport {
        route: route.meta.id.clone(),
        length_m,
        method: route.meta.evidence.method.map(|method| method.word().to_owned()),
        published_length_km: route.published_length_km.clone(),
        published_source: route.published_length_km.as_ref().and_then(|p| p.source.clone()),
        indicative: route.is_indicative(),
        parts,
        outside_m,
        crossings,
        pieces: pieces.into_iter().map(|(piece, _)| piece).collect(),
    };
    let warnings = warnings(route, &report, overlapping);
    (report, warnings)
}

/// Returns [`route`]'s answer for several routes; parts of a territory that share land are merged first.
pub fn routes(routes: &[Route], territories: Vec<Territory>) -> (Vec<RouteReport>, Vec<Warning>) {
    let cleaned = clean(territories);
    let cutter = Cutter::new(&cleaned.territories);
    let answers: Vec<_> = routes.par_iter().map(|r| route_among(r, &cleaned.territories, &cutter)).collect();
    let (reports, warnings): (Vec<_>, Vec<_>) = answers.into_iter().unzip();
    (reports, cleaned.warnings.into_iter().chain(warnings.into_iter().flatten()).collect())
}

fn warnings(route: &Route, report: &RouteReport, overlapping: bool) -> Vec<Warning> {
    let id = &route.meta.id;
    let warn = |code, message: String| Warning { code, message, feature: Some(id.clone()) };
    let mut warnings = Vec::new();
    if report.indicative {
        let published = report.published_length_km.as_ref().map_or(String::new(), |p| format!(" (published: {p} km)"));
        let message =
            format!("{id}: a chain of waypoints; its lengths are indicative and its crossings uncertain{published}");
        warnings.push(warn(WarningCode::Indicative, message));
    }
    if overlapping {
        let message = format!("{id}: territories overlap where it runs, so its parts add up to more than its length");
        warnings.push(warn(WarningCode::Overlap, message));
    }
    warnings.extend(feature_warnings(&route.meta));
    warnings
}

fn combined_accuracy_m(route: &Route, territories: &[Territory]) -> Option<f64> {
    let own = route.meta.evidence.position_accuracy_m?;
    let theirs = territories.iter().filter_map(|t| t.meta.evidence.position_accuracy_m).reduce(f64::max)?;
    Some(own.hypot(theirs))
}

/// Territories to which each piece counts, by the rule in [`route`]'s documentation.
fn owners(cuts: &[Cut]) -> Vec<Vec<usize>> {
    let on_line = |cut: &Cut| cut.inside.is_empty() && !cut.along.is_empty();
    let mut owners: Vec<Vec<usize>> = cuts.iter().map(|cut| cut.inside.clone()).collect();
    for i in 0..cuts.len() {
        if !on_line(&cuts[i]) {
            continue;
        }
        let beside =
            |candidates: &[usize]| candidates.iter().copied().find(|t| cuts[i].along.iter().any(|(a, _)| a == t));
        let before = (i > 0 && !cuts[i].starts_run).then(|| beside(&owners[i - 1])).flatten();
        let after = (i + 1..cuts.len()).find(|&j| !on_line(&cuts[j])).and_then(|j| beside(&cuts[j].inside));
        let left = cuts[i].along.iter().find(|(_, left)| *left).or(cuts[i].along.first()).map(|(t, _)| *t);
        owners[i] = before.or(after).or(left).into_iter().collect();
    }
    owners
}

/// Neighbouring pieces of the same owners become one.
fn join(cuts: &[Cut], owners: &[Vec<usize>], territories: &[Territory]) -> Vec<(RoutePiece, Vec<usize>)> {
    let mut pieces: Vec<(RoutePiece, Vec<usize>)> = Vec::new();
    for (cut, held_by) in cuts.iter().zip(owners) {
        match pieces.last_mut() {
            Some((piece, last)) if last == held_by => {
                piece.stretch.to_m = cut.to_m;
                match piece.runs.last_mut().filter(|_| !cut.starts_run) {
                    Some(run) => run.extend(&cut.line[1..]),
                    None => piece.runs.push(cut.line.clone()),
                }
            }
            _ => {
                let ids: Vec<&str> = held_by.iter().map(|&t| territories[t].meta.id.as_str()).collect();
                let territory = (!ids.is_empty()).then(|| ids.join(" + "));
                let stretch = Stretch { from_m: cut.from_m, to_m: cut.to_m };
                pieces.push((RoutePiece { territory, stretch, runs: vec![cut.line.clone()] }, held_by.clone()));
            }
        }
    }
    pieces
}

fn crossings(
    pieces: &[(RoutePiece, Vec<usize>)],
    cuts: &[Cut],
    route: &Route,
    accuracy_m: Option<f64>,
    cutter: &Cutter<'_>,
) -> Vec<Crossing> {
    let leaves_line: Vec<bool> =
        pieces.iter().map(|(piece, _)| accuracy_m.is_none_or(|m| leaves_the_line(piece, m, cutter))).collect();
    let begins_run = |from_m: f64| cuts.iter().any(|cut| cut.starts_run && cut.from_m == from_m);
    let mut crossings = Vec::new();
    for (i, pair) in pieces.windows(2).enumerate() {
        let (before, after) = (&pair[0].0, &pair[1].0);
        // Between two runs the route jumps: that is no place where it crosses.
        if begins_run(after.stretch.from_m) {
            continue;
        }
        let position = after.runs[0][0];
        crossings.push(Crossing {
            chainage_m: after.stretch.from_m,
            position: [position.x, position.y],
            from: before.territory.clone(),
            to: after.territory.clone(),
            uncertain: route.is_indicative() || !leaves_line[i] || !leaves_line[i + 1],
        });
    }
    crossings
}

/// Whether a piece gets farther from every outline than the positions' accuracy.
fn leaves_the_line(piece: &RoutePiece, accuracy_m: f64, cutter: &Cutter<'_>) -> bool {
    let far = |position: Coord| {
        let plane = LocalPlane::at(position);
        let wide = plane.degrees(accuracy_m);
        let mut near = false;
        cutter.touching(position - wide, position + wide, &mut |edge, _| {
            near |= plane.nearest_on_edge(position, edge[0], edge[1]).1 <= accuracy_m;
        });
        !near
    };
    let middles = piece.runs.iter().flat_map(|run| run.windows(2)).map(|e| (e[0] + e[1]) / 2.0);
    piece.runs.iter().flatten().copied().chain(middles).any(far)
}
