//! Routes and other lines.

use super::lines::Lines;
use super::{OnlyRouteCut, RouteCut, SeveranceOptions, SeveranceReport, SeveredRoute};
use crate::earth::line_length_as;
use crate::model::{EdgeTree, Meta, Place, Route};
use crate::question::Stretch;
use crate::question::pieces::Course;
use crate::topology::{Measured, RouteIndex, line_crossings};
use geo::{Coord, LineString};

/// The data of a row, for routes and other lines.
pub(super) struct LineRow<'a> {
    pub data: &'a str,
    pub meta: &'a Meta,
    pub kind: Option<&'a str>,
    pub indicative: bool,
    pub runs: &'a [LineString],
}

impl<'a> LineRow<'a> {
    pub fn of_route(data: &'a str, route: &'a Route) -> Self {
        let kind = route.mode.as_deref().or(route.meta.kind.as_deref());
        LineRow { data, meta: &route.meta, kind, indicative: route.is_indicative(), runs: &route.runs }
    }

    pub fn of_line(data: &'a str, line: &'a crate::model::Line) -> Self {
        LineRow { data, meta: &line.meta, kind: line.meta.kind.as_deref(), indicative: false, runs: &line.runs }
    }

    /// Adds it to the totals, and as a row if the line cuts it or is near; returns its course and its cuts.
    pub fn add(
        self,
        lines: &Lines,
        near_line: &EdgeTree<'_>,
        options: &SeveranceOptions,
        out: &mut SeveranceReport,
    ) -> (Course<'a>, Vec<RouteCut>) {
        let course = Course::new(self.runs);
        let (mut cuts, mut near, mut length_m) = (Vec::new(), Vec::new(), 0.0);
        for line in &course.lines {
            let runs = || line.iter().map(|run| run.as_ref());
            if !lines.index.is_empty() {
                let found = line_crossings(runs(), self.meta.edges, &lines.index, length_m);
                cuts.extend(
                    found.into_iter().map(|at| RouteCut { chainage_m: at.chainage_m, position: at.position.into() }),
                );
            }
            if lines.comes_near(runs().flatten(), options.within_m) {
                near.extend(Measured::new(runs(), self.meta.edges, length_m).within(near_line, options.within_m));
            }
            length_m += runs().map(|run| line_length_as(run, self.meta.edges)).sum::<f64>();
        }
        let near: Vec<Stretch> = near.into_iter().map(|(from_m, to_m)| Stretch { from_m, to_m }).collect();
        let near_length_m = near.iter().fold(0.0, |sum, s| sum + s.to_m - s.from_m);
        let total = out.total(self.data, "lines", self.kind, options.within_m);
        total.count += 1;
        total.severed += usize::from(!cuts.is_empty());
        total.near += usize::from(!near.is_empty());
        total.near_length_m += near_length_m;
        if !cuts.is_empty() || !near.is_empty() {
            let between = cuts.windows(2).map(|pair| Stretch { from_m: pair[0].chainage_m, to_m: pair[1].chainage_m });
            out.routes.push(SeveredRoute {
                data: self.data.to_owned(),
                id: self.meta.id.clone(),
                kind: self.kind.map(str::to_owned),
                indicative: self.indicative,
                length_m,
                cuts: cuts.clone(),
                // It is beyond the line after the first cut, back after the second, and so on.
                excursions: between.step_by(2).collect(),
                near,
                near_length_m,
                within_m: options.within_m,
            });
        }
        (course, cuts)
    }
}

/// A route with its course and its cuts, for the settlements within reach.
pub(super) struct Served<'a> {
    pub route: &'a Route,
    pub course: Course<'a>,
    pub cuts: Vec<RouteCut>,
}

pub(super) fn only_route_cut(
    settlements: &[&Place],
    routes: &[Served<'_>],
    options: &SeveranceOptions,
) -> Vec<OnlyRouteCut> {
    let mut runs: Vec<(u32, f64, &[Coord])> = Vec::new();
    for (served, number) in routes.iter().zip(0..) {
        let mut done_m = 0.0;
        for run in served.course.lines.iter().flatten() {
            runs.push((number, done_m, run));
            done_m += line_length_as(run, served.route.meta.edges);
        }
    }
    let ways = RouteIndex::new(runs);
    let mut out = Vec::new();
    for place in settlements {
        let Some(only) = ways.only_within(place.position, options.reach_m) else { continue };
        let served = &routes[only.way as usize];
        let after = served.cuts.partition_point(|cut| cut.chainage_m < only.chainage_m);
        let nearest = served.cuts[..after].last().into_iter().chain(served.cuts.get(after));
        let along = nearest.map(|cut| (cut.chainage_m - only.chainage_m).abs()).reduce(f64::min);
        out.extend(along.map(|along_m| OnlyRouteCut {
            id: place.meta.id.clone(),
            name: place.meta.name.best(&options.languages).map(str::to_owned),
            route: served.route.meta.id.clone(),
            distance_m: only.distance_m,
            reach_m: options.reach_m,
            along_m,
        }));
    }
    out.sort_by(|a, b| a.along_m.total_cmp(&b.along_m).then_with(|| a.id.cmp(&b.id)));
    out
}
