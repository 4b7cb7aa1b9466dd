//! Length of a route by territory, and its crossings.

use super::doubt::{Accuracies, Held, NearLine, Verdict, doubts, of_crossings};
use super::pieces::{Course, Cut, LineSplitter, owners};
use super::{CertaintyReport, feature_warnings};
use crate::earth::distance_m;
use crate::model::{Answer, Published, Route, Territory, Warning, WarningCode};
use crate::topology::{Measured, clean};
use geo::Coord;
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// The lengths of a route by territory, with its crossings.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct RouteReport {
    /// Id of the route.
    pub route: String,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// How its coordinates were obtained (`waypoints`, `surveyed` …), if stated.
    pub method: Option<String>,
    /// A published length in km: a number or a range.
    pub published_length_km: Option<Published>,
    /// Who published it.
    pub published_source: Option<String>,
    /// The measured length as a share of the published length: a number or a range.
    pub published_ratio: Option<Published>,
    /// Whether the length is only indicative.
    pub indicative: bool,
    /// By territory, in the order in which the route reaches them.
    pub parts: Vec<RoutePart>,
    /// Length in none of the territories, in metres.
    pub outside_m: f64,
    /// Length in metres exactly on a line between two territories, or between one and land of none. It is included in
    /// the lengths by territory: `on_border` states where each stretch counts.
    pub on_border_m: f64,
    /// Stretches exactly on a line.
    pub on_border: Vec<OnBorder>,
    /// Places where it passes from one territory to another.
    pub crossings: Vec<Crossing>,
    /// Number of crossings by certainty.
    pub crossing_counts: CrossingCounts,
    /// Gaps between its recorded pieces across which the territory changes.
    pub gaps: Vec<RouteGap>,
    /// Stretches closer to a line than the positions' accuracy that are not certain crossings.
    pub near_lines: Vec<NearLine>,
    /// Lengths that are certain, if asked for: see [`certain_lengths`](super::certain_lengths).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<CertaintyReport>,
    /// The route cut into its parts, in order.
    #[serde(skip)]
    pub pieces: Vec<RoutePiece>,
}

/// Crossings by certainty, given the accuracy of positions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct CrossingCounts {
    /// Crossings that are certain.
    pub certain: usize,
    /// Crossings that the accuracy does not confirm.
    pub uncertain: usize,
    /// Crossings whose accuracy is not known.
    pub unknown: usize,
}

impl CrossingCounts {
    fn of(crossings: &[Crossing]) -> Self {
        let count = |uncertain: Option<bool>| crossings.iter().filter(|c| c.uncertain == uncertain).count();
        CrossingCounts { certain: count(Some(false)), uncertain: count(Some(true)), unknown: count(None) }
    }
}

/// A route within one territory.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct RoutePart {
    /// Id of the territory.
    pub territory: String,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// Part of it, in metres, that is exactly on a line and counts here by the rule for such stretches.
    pub on_border_m: f64,
    /// Its stretches along the route.
    pub stretches: Vec<Stretch>,
}

/// A stretch of a route exactly on a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct OnBorder {
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
    /// Its length in metres.
    pub length_m: f64,
    /// The territories whose outline it is, in alphabetical order; one if no territory covers the other side.
    pub territories: Vec<String>,
    /// The territories to which it counts: those on one side of the line, and those that cover both sides.
    pub counts_for: Vec<String>,
}

/// A gap between two recorded pieces of a route across which the territory changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct RouteGap {
    /// Chainage of the gap in metres; it has no length of its own.
    pub chainage_m: f64,
    /// Its width in metres: the ellipsoidal distance between its two ends.
    pub width_m: f64,
    /// Longitude and latitude in degrees of the end of the piece before it.
    pub position: [f64; 2],
    /// Longitude and latitude in degrees of the start of the piece after it.
    pub end: [f64; 2],
    /// The territory before it, if any.
    pub from: Option<String>,
    /// The territory after it, if any.
    pub to: Option<String>,
}

/// Options of [`routes`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct RouteOptions {
    /// Accuracy in metres (1σ) used if none is stated: for the route, the territories, or both together.
    pub accuracy_m: Option<f64>,
}

/// A stretch of a route by chainage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Stretch {
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
}

/// A position in which a route passes from one territory to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Crossing {
    /// Chainage in metres.
    pub chainage_m: f64,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
    /// The territory it leaves, if any.
    pub from: Option<String>,
    /// The territory it enters, if any.
    pub to: Option<String>,
    /// Whether the positions' accuracy leaves open if it crosses there at all; null where a missing accuracy prevents a
    /// decision.
    pub uncertain: Option<bool>,
    /// The combined accuracy in metres (1σ) of the route and the territories concerned, as far as stated.
    pub accuracy_m: Option<f64>,
}

impl Crossing {
    /// Whether it is known to be uncertain.
    pub fn is_uncertain(&self) -> bool {
        self.uncertain == Some(true)
    }
}

/// A piece of a route in one territory, or in none.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutePiece {
    /// Ids of the territories, joined by ` + ` where several hold the land.
    pub territory: Option<String>,
    /// Whether it runs exactly on a line.
    pub on_border: bool,
    /// Its chainages along the route.
    pub stretch: Stretch,
    /// Its course.
    pub runs: Vec<Vec<Coord>>,
}

/// Returns the length of a route in each of the territories, with the chainage and position of every crossing.
///
/// # Earth and units
/// WGS 84, metres along edges straight in lon/lat (see [`edge_length_m`](crate::earth::edge_length_m)); positions (lon,
/// lat) in degrees.
///
/// # Method
/// Runs that join end to end, also across ±180°, form one line, whatever their order and direction. Chainage continues
/// through the lines in the order of their first runs. Every edge is split where it meets an outline (decided exactly,
/// in planar lon/lat, where the answer is the same), and each piece belongs to the territories that contain its
/// midpoint. A piece exactly on a line has different holders on its left and right. It counts for one side, and is also
/// listed in `on_border`: for the side with more holders in common with the previous piece of its line, else with the
/// next piece, else for the left side. Along an outline with no territory on the other side it counts as inside.
/// `uncertain`: see [`UNCERTAIN`](super::UNCERTAIN); distances from lines are measured along the edges of both.
///
/// # Guarantees
/// For territories that share no land, the lengths of parts and outside add up to the total to 1 mm. The order of runs and of
/// territories has no effect; if the route is reversed or mirrored, only stretches exactly on a line may change side.
///
/// # Limitations and cost
/// Parts of one territory must share no land: see [`clean`](crate::topology::clean). If two territories cover the
/// same land, the route counts in both, with a warning. Near-linear in the positions of nearby outlines; for several
/// routes use [`routes`], which indexes the territories once.
pub fn route(route: &Route, territories: &[Territory], options: &RouteOptions) -> Answer<RouteReport> {
    let (report, warnings) = Asked::new(territories, options).answer(route);
    Answer::new(report, of_crossings(std::slice::from_ref(route), territories), warnings)
}

/// Returns the answers of [`route`] for several routes; parts of a territory that share land are merged.
///
/// # Examples
/// ```
/// # use merestone::{geo::{Rect, coord, line_string}, model::{InvalidGeometry, Territory}};
/// # let square = |id: &str, west: f64| {
/// #     Territory::new(id, [Rect::new(coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 }).to_polygon()])
/// # };
/// use merestone::{model::Route, question::{RouteOptions, routes}};
/// let road = Route::new("road", [line_string![(x: 10.5, y: 45.5), (x: 12.5, y: 45.5)]])?;
/// let reports = routes(&[road], &[square("a", 10.0)?, square("b", 11.0)?], &RouteOptions::default()).report;
/// assert_eq!(reports[0].crossings.len(), 2); // into b, and out of it
/// # Ok::<(), InvalidGeometry>(())
/// ```
pub fn routes(routes: &[Route], territories: &[Territory], options: &RouteOptions) -> Answer<Vec<RouteReport>> {
    let cleaned = clean(territories);
    let asked = Asked::new(&cleaned.territories, options);
    let answers: Vec<_> = routes.par_iter().map(|route| asked.answer(route)).collect();
    let (reports, warnings): (Vec<_>, Vec<_>) = answers.into_iter().unzip();
    let warnings = cleaned.warnings.into_iter().chain(warnings.into_iter().flatten()).collect();
    Answer::new(reports, of_crossings(routes, territories), warnings)
}

/// Territories indexed for queries with routes.
struct Asked<'a> {
    territories: Vec<&'a Territory>,
    splitter: LineSplitter<'a>,
    accuracies: Accuracies,
    options: &'a RouteOptions,
}

/// A stretch of one line of a route with one set of holders.
struct Span {
    held: Held,
    begin: End,
    end: End,
}

/// An end of a stretch, with the holders of the land beside it on its left and on its right.
#[derive(Clone)]
struct End {
    at: Coord,
    sides: [Vec<usize>; 2],
}

impl<'a> Asked<'a> {
    fn new<T: Borrow<Territory>>(territories: &'a [T], options: &'a RouteOptions) -> Self {
        let (splitter, accuracies) = (LineSplitter::new(territories), Accuracies::new(territories));
        let territories = territories.iter().map(Borrow::borrow).collect();
        Asked { territories, splitter, accuracies, options }
    }

    fn answer(&self, route: &Route) -> (RouteReport, Vec<Warning>) {
        let course = Course::new(&route.runs);
        let against = self.accuracies.against(&route.meta.evidence, self.options.accuracy_m);
        let mut report = RouteReport {
            route: route.meta.id.clone(),
            length_m: 0.0,
            method: route.meta.evidence.method.map(|method| method.word().to_owned()),
            published_length_km: route.published_length_km.clone(),
            published_source: route.published_length_km.as_ref().and_then(|p| p.source.clone()),
            published_ratio: None,
            indicative: route.is_indicative(),
            parts: Vec::new(),
            outside_m: 0.0,
            on_border_m: 0.0,
            on_border: Vec::new(),
            crossings: Vec::new(),
            crossing_counts: CrossingCounts::default(),
            gaps: Vec::new(),
            near_lines: Vec::new(),
            certainty: None,
            pieces: Vec::new(),
        };
        let (mut totals, mut overlapping, mut before) = (Totals::default(), false, None::<Span>);
        for line in &course.lines {
            let runs = || line.iter().map(|run| run.as_ref());
            let cuts = self.splitter.cut(runs(), route.meta.edges, report.length_m);
            let owners = owners(&cuts);
            let mut spans = spans(&cuts, &owners);
            let from_m = report.length_m;
            let measured = || Measured::new(runs(), route.meta.edges, from_m);
            report.length_m = cuts.last().map_or(report.length_m, |cut| cut.to_m);
            let held: Vec<Held> = spans.iter().map(|span| span.held.clone()).collect();
            let name = |territory: usize| self.id(territory).to_owned();
            let (verdicts, near_lines) = doubts(&held, measured, &self.splitter, &against, &name);
            report.near_lines.extend(near_lines);
            report.gaps.extend(before.as_ref().zip(spans.first()).and_then(|(a, b)| self.gap(a, b)));
            let crossings = spans.windows(2).zip(verdicts).map(|(pair, verdict)| self.crossing(pair, verdict, route));
            report.crossings.extend(crossings);
            for Span { held, .. } in &spans {
                overlapping |= held.by.len() > 1;
                let mut by = held.by.clone();
                by.sort_by_key(|t| self.id(*t));
                totals.add(&Held { by, ..held.clone() });
            }
            self.add_pieces(&cuts, &owners, &mut report, &mut totals);
            before = spans.pop();
        }
        report.on_border_m = report.on_border.iter().fold(0.0, |sum, stretch| sum + stretch.length_m);
        report.crossing_counts = CrossingCounts::of(&report.crossings);
        report.published_ratio = report.published_length_km.as_ref().and_then(|p| p.ratio_of(report.length_m / 1000.0));
        report.outside_m = totals.outside_m;
        report.parts =
            totals.parts.into_iter().map(|(t, part)| RoutePart { territory: self.names(&[t]), ..part }).collect();
        let warnings = warnings(route, &report, overlapping, course.put_in_order);
        (report, warnings)
    }

    fn id(&self, territory: usize) -> &str {
        &self.territories[territory].meta.id
    }

    fn ids(&self, territories: impl IntoIterator<Item = usize>) -> Vec<String> {
        let mut ids: Vec<String> = territories.into_iter().map(|t| self.id(t).to_owned()).collect();
        ids.sort();
        ids
    }

    /// Ids joined by ` + `, independent of the order of the territories.
    fn names(&self, territories: &[usize]) -> String {
        self.ids(territories.iter().copied()).join(" + ")
    }

    fn holder(&self, held: &Held) -> Option<String> {
        (!held.by.is_empty()).then(|| self.names(&held.by))
    }

    fn crossing(&self, pair: &[Span], verdict: Verdict, route: &Route) -> Crossing {
        Crossing {
            chainage_m: pair[1].held.from_m,
            position: [pair[1].begin.at.x, pair[1].begin.at.y],
            from: self.holder(&pair[0].held),
            to: self.holder(&pair[1].held),
            uncertain: if route.is_indicative() { Some(true) } else { verdict.uncertain },
            accuracy_m: verdict.accuracy_m,
        }
    }

    fn gap(&self, before: &Span, after: &Span) -> Option<RouteGap> {
        // An end exactly on a line belongs to both sides.
        let (a, b) = (&before.end, &after.begin);
        let changes = !a.sides.iter().any(|side| b.sides.contains(side));
        changes.then(|| RouteGap {
            chainage_m: after.held.from_m,
            width_m: distance_m(a.at, b.at),
            position: [a.at.x, a.at.y],
            end: [b.at.x, b.at.y],
            from: self.holder(&before.held),
            to: self.holder(&after.held),
        })
    }

    /// Adds the pieces of a line, split where it joins or leaves a boundary.
    fn add_pieces(&self, cuts: &[Cut], owners: &[&[usize]], report: &mut RouteReport, totals: &mut Totals) {
        let class = |i: usize| {
            let on_border = cuts[i].is_on_border();
            (
                owners[i],
                on_border.then(|| (cuts[i].left.as_slice()).min(&cuts[i].right)),
                on_border.then(|| cuts[i].left.as_slice().max(&cuts[i].right)),
            )
        };
        let numbers: Vec<usize> = (0..cuts.len()).collect();
        for same in numbers.chunk_by(|&a, &b| class(a) == class(b)) {
            let (first, last) = (&cuts[same[0]], &cuts[same[same.len() - 1]]);
            let (owner, on_border) = (owners[same[0]], first.is_on_border());
            let stretch = Stretch { from_m: first.from_m, to_m: last.to_m };
            let length_m = stretch.to_m - stretch.from_m;
            if on_border {
                let one_side =
                    |a: &[usize], b: &[usize]| a.iter().copied().filter(|t| !b.contains(t)).collect::<Vec<_>>();
                let (left, right) = (one_side(&first.left, &first.right), one_side(&first.right, &first.left));
                owner.iter().for_each(|&t| totals.part(t).on_border_m += length_m);
                report.on_border.push(OnBorder {
                    from_m: stretch.from_m,
                    to_m: stretch.to_m,
                    length_m,
                    territories: self.ids(left.into_iter().chain(right)),
                    counts_for: self.ids(owner.iter().copied()),
                });
            }
            let mut runs: Vec<Vec<Coord>> = Vec::new();
            for line in same.iter().map(|&i| &cuts[i].line) {
                match runs.last_mut().filter(|run| run.last() == line.first()) {
                    Some(run) => run.extend(&line[1..]),
                    None => runs.push(line.clone()),
                }
            }
            let territory = (!owner.is_empty()).then(|| self.names(owner));
            report.pieces.push(RoutePiece { territory, on_border, stretch, runs });
        }
    }
}

/// Lengths by territory, in the order in which the route reaches them.
#[derive(Default)]
struct Totals {
    parts: Vec<(usize, RoutePart)>,
    places: BTreeMap<usize, usize>,
    outside_m: f64,
}

impl Totals {
    fn part(&mut self, territory: usize) -> &mut RoutePart {
        let place = *self.places.entry(territory).or_insert_with(|| {
            let part = RoutePart { territory: String::new(), length_m: 0.0, on_border_m: 0.0, stretches: Vec::new() };
            self.parts.push((territory, part));
            self.parts.len() - 1
        });
        &mut self.parts[place].1
    }

    fn add(&mut self, held: &Held) {
        let length_m = held.to_m - held.from_m;
        for &territory in &held.by {
            let part = self.part(territory);
            part.length_m += length_m;
            part.stretches.push(Stretch { from_m: held.from_m, to_m: held.to_m });
        }
        if held.by.is_empty() {
            self.outside_m += length_m;
        }
    }
}

fn warnings(route: &Route, report: &RouteReport, overlapping: bool, put_in_order: bool) -> Vec<Warning> {
    let id = &route.meta.id;
    let warn = |code, message: String| Warning { code, message, feature: Some(id.clone()) };
    let mut warnings = Vec::new();
    if report.indicative {
        let published = report.published_length_km.as_ref().map_or(String::new(), |published| {
            let ratio = report.published_ratio.as_ref().map_or(String::new(), |ratio| {
                let [low, high] = [ratio.low, ratio.high].map(|share| format!("{share:.2}"));
                let share = if low == high { low } else { format!("{low}–{high}") };
                format!("; the chain has {share} of it")
            });
            format!(" (published: {published} km{ratio})")
        });
        let message =
            format!("{id}: a chain of waypoints; its lengths are indicative and its crossings uncertain{published}");
        warnings.push(warn(WarningCode::Indicative, message));
    }
    if overlapping {
        let message = format!("{id}: territories overlap where it runs, so its parts add up to more than its length");
        warnings.push(warn(WarningCode::Overlap, message));
    }
    if put_in_order {
        let message = format!(
            "{id}: its runs join end to end in another order or sense than the file's; chainage follows the line"
        );
        warnings.push(warn(WarningCode::Note, message));
    }
    if let Some(gap) = report.gaps.first() {
        let side = |id: &Option<String>| id.clone().unwrap_or_else(|| "outside".to_owned());
        let more = match report.gaps.len() {
            1 => String::new(),
            count => format!("; {} more such gaps", count - 1),
        };
        let message = format!(
            "{id}: it passes from {} to {} in a gap of {:.3} km between two recorded pieces, at {:.3} km{more}",
            side(&gap.from),
            side(&gap.to),
            gap.width_m / 1000.0,
            gap.chainage_m / 1000.0,
        );
        warnings.push(warn(WarningCode::Gap, message));
    }
    warnings.extend(feature_warnings(&route.meta));
    warnings
}

/// Merges consecutive pieces with the same holders.
fn spans(cuts: &[Cut], owners: &[&[usize]]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (cut, by) in cuts.iter().zip(owners) {
        let end_at = |at| End { at, sides: [cut.left.clone(), cut.right.clone()] };
        let end = end_at(cut.line[cut.line.len() - 1]);
        match spans.last_mut() {
            Some(span) if span.held.by == *by => (span.held.to_m, span.end) = (cut.to_m, end),
            _ => {
                let held = Held { from_m: cut.from_m, to_m: cut.to_m, by: by.to_vec() };
                spans.push(Span { held, begin: end_at(cut.line[0]), end });
            }
        }
    }
    spans
}
