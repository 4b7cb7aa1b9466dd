//! Routes and other lines.

use super::lines::Lines;
use super::{OnlyRouteCut, RouteCut, SeveranceOptions, SeveranceReport, SeveredRoute};
use crate::earth::{edge_length_m, line_length_m, point_along};
use crate::model::{Meta, Place, Route};
use crate::question::Stretch;
use crate::question::compare::Side;
use crate::question::compare::profile::profile;
use crate::topology::{Meeting, Nearest, meet};
use geo::{Coord, LineString};

pub(super) fn route(
    data: &str,
    route: &Route,
    lines: &Lines,
    options: &SeveranceOptions,
    out: &mut SeveranceReport,
) -> Vec<RouteCut> {
    let kind = route.mode.as_deref().or(route.meta.kind.as_deref());
    add(data, &route.meta.id, kind, route.is_indicative(), &route.runs, lines, options, out)
}

pub(super) fn line(
    data: &str,
    meta: &Meta,
    runs: &[LineString],
    lines: &Lines,
    options: &SeveranceOptions,
    out: &mut SeveranceReport,
) {
    add(data, &meta.id, meta.kind.as_deref(), false, runs, lines, options, out);
}

#[allow(clippy::too_many_arguments)] // What a row is made of, from two nouns.
fn add(
    data: &str,
    id: &str,
    kind: Option<&str>,
    indicative: bool,
    runs: &[LineString],
    lines: &Lines,
    options: &SeveranceOptions,
    out: &mut SeveranceReport,
) -> Vec<RouteCut> {
    let cuts = cuts(runs, lines);
    let near = near(runs, lines, options.within_m);
    let near_length_m: f64 = near.iter().map(|s| s.to_m - s.from_m).sum();
    let total = out.total(data, "lines", kind, options.within_m);
    total.count += 1;
    total.severed += usize::from(!cuts.is_empty());
    total.near += usize::from(!near.is_empty());
    total.near_length_m += near_length_m;
    if !cuts.is_empty() || !near.is_empty() {
        let between = cuts.windows(2).map(|pair| Stretch { from_m: pair[0].chainage_m, to_m: pair[1].chainage_m });
        // After the first cut it is beyond, after the second back, and so on.
        let excursions = between.step_by(2).collect();
        out.routes.push(SeveredRoute {
            data: data.to_owned(),
            id: id.to_owned(),
            kind: kind.map(str::to_owned),
            indicative,
            length_m: runs.iter().map(|run| line_length_m(&run.0)).sum(),
            cuts: cuts.clone(),
            excursions,
            near,
            near_length_m,
            within_m: options.within_m,
        });
    }
    cuts
}

/// Crossings in order; a route that touches the line and goes back is not cut.
fn cuts(runs: &[LineString], lines: &Lines) -> Vec<RouteCut> {
    let (mut cuts, mut chainage_m) = (Vec::new(), 0.0);
    for edge in runs.iter().flat_map(|run| run.0.windows(2)) {
        let (from, to) = (edge[0], edge[1]);
        let low = Coord { x: from.x.min(to.x), y: from.y.min(to.y) };
        let high = Coord { x: from.x.max(to.x), y: from.y.max(to.y) };
        let length_m = edge_length_m(from, to);
        let mut shares: Vec<f64> = lines
            .index
            .touching(low, high)
            .filter_map(|(other, _)| match meet([from, to], other) {
                Meeting::At { share, proper } => (proper || share > 0.0).then_some(share),
                _ => None,
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        shares.dedup();
        cuts.extend(shares.into_iter().map(|share| {
            let p = point_along(from, to, share);
            RouteCut { chainage_m: chainage_m + share * length_m, position: [p.x, p.y] }
        }));
        chainage_m += length_m;
    }
    cuts
}

/// Stretches within a distance of the line.
fn near(runs: &[LineString], lines: &Lines, within_m: f64) -> Vec<Stretch> {
    let runs: Vec<Vec<Coord>> = runs.iter().map(|run| run.0.clone()).filter(|run| run.len() > 1).collect();
    let Some(other) = lines.near.as_ref().filter(|_| !runs.is_empty()) else { return Vec::new() };
    let found = profile(&runs, other, within_m, Side::A).runs.into_iter().filter(|run| run.agree_share > 0.5);
    found.map(|run| Stretch { from_m: run.from_m, to_m: run.to_m }).collect()
}

pub(super) fn only_route_cut(
    settlements: &[&Place],
    routes: &[(&Route, Nearest, Vec<RouteCut>)],
    options: &SeveranceOptions,
) -> Vec<OnlyRouteCut> {
    let mut out = Vec::new();
    for place in settlements {
        let reach = routes.iter().map(|(route, near, cuts)| (route, near.to(place.position), cuts));
        let within: Vec<_> = reach.filter(|(_, (distance_m, _), _)| *distance_m <= options.reach_m).collect();
        let [(route, (distance_m, at), cuts)] = within.as_slice() else { continue };
        let here_m = chainage_m(route, *at);
        let Some(along_m) = cuts.iter().map(|cut| (cut.chainage_m - here_m).abs()).reduce(f64::min) else { continue };
        out.push(OnlyRouteCut {
            id: place.meta.id.clone(),
            name: place.meta.name.best(&options.languages).map(str::to_owned),
            route: route.meta.id.clone(),
            distance_m: *distance_m,
            reach_m: options.reach_m,
            along_m,
        });
    }
    out.sort_by(|a, b| a.along_m.total_cmp(&b.along_m));
    out
}

/// Chainage of the place on a route that is nearest to a position on it.
fn chainage_m(route: &Route, at: Coord) -> f64 {
    let plane = crate::earth::LocalPlane::at(at);
    let (mut best, mut done_m) = ((f64::INFINITY, 0.0), 0.0);
    for edge in route.runs.iter().flat_map(|run| run.0.windows(2)) {
        let (share, distance_m) = plane.nearest_on_edge(at, edge[0], edge[1]);
        let length_m = edge_length_m(edge[0], edge[1]);
        if distance_m < best.0 {
            best = (distance_m, done_m + share * length_m);
        }
        done_m += length_m;
    }
    best.1
}
