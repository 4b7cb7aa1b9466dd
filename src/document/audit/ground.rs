//! The line of an audit, and the matching of its points to those of the text.

use super::AuditOptions;
use super::stated::StatedLeg;
use crate::document::description::Heading;
use crate::document::stating::{length_doubt_m, turned_deg};
use crate::document::{Course, TurningPoint};
use crate::earth::edges::beside;
use crate::earth::{LocalPlane, azimuth_deg, distance_m, edge_length_as};
use crate::model::Edges;
use crate::topology::SegmentIndex;
use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::HashMap;

/// Positions of points by their numbers, each with the greatest error of its rounding in metres.
pub(super) type Places = FxHashMap<String, (Coord, f64)>;

/// A line with chainages, and the indices of named points on it.
pub(super) struct MeasuredLine<'a> {
    pub points: &'a [TurningPoint],
    /// Lengths of edges from the first point, in metres.
    pub chainage: Vec<f64>,
    pub closed: bool,
    /// The kind of edges between consecutive points.
    pub edges: Edges,
    by_name: HashMap<String, usize>,
    /// How points were matched.
    pub matched_by: &'static str,
}

/// The part of the line that corresponds to a leg.
pub(super) struct Stretch {
    pub from: usize,
    pub to: usize,
    pub path_m: f64,
    pub chord_m: f64,
    /// Azimuth of the chord in degrees.
    pub chord_deg: f64,
}

const BY_NUMBERS: &str = "their numbers";

/// Greatest number of candidate end vertices kept for each leg during matching.
const MOST_ENDS: usize = 400;

/// The most points that are matched by lengths and directions.
const MOST_MATCHED: usize = 5000;

/// The cost of a vertex at which no leg ends yet.
const UNREACHED: (f64, usize) = (f64::INFINITY, 0);

/// On shorter paths an azimuth on the plane of the start differs from that of the geodesic by less than half a degree,
/// below 70° of latitude.
const PLANE_M: f64 = 20_000.0;

/// The azimuth on the plane of a position, in degrees.
fn plane_azimuth_deg(plane: &LocalPlane, from: Coord, to: Coord) -> f64 {
    let apart = plane.to_m(beside(to, from));
    apart.x.atan2(apart.y).to_degrees()
}

/// The azimuth of the first wind or bearing that a leg states, in degrees.
fn stated_azimuth_deg(leg: &StatedLeg<'_>) -> Option<f64> {
    leg.directions().iter().find_map(|direction| match &direction.heading {
        Heading::Wind(wind) => Some(wind.azimuth_deg()),
        Heading::Bearing(bearing) => Some(bearing.azimuth_deg()),
        _ => None,
    })
}

/// The misfit of a direction, at most 0.7; a direction that is not stated costs 0.1.
fn misdirected(stated_deg: Option<f64>, azimuth_deg: impl FnOnce() -> f64) -> f64 {
    stated_deg.map_or(0.1, |stated| (turned_deg(azimuth_deg(), stated).abs() / 90.0).min(0.7))
}

/// Sorts names that are all numbers, if the numbers of most legs go up, or down: a wrong number at one end then moves no
/// other point.
fn in_numeric_order(names: &mut [&String], legs: &[StatedLeg<'_>]) {
    let number = |name: &String| name.parse::<i64>().ok();
    if names.iter().any(|name| number(name).is_none()) {
        return;
    }
    let ends = legs.iter().filter_map(|leg| Some((number(leg.from.as_ref()?)?, number(leg.to.as_ref()?)?)));
    let steps: Vec<i64> = ends.map(|(from, to)| (to - from).signum()).collect();
    let count = |sign: i64| 4 * steps.iter().filter(|step| **step == sign).count() >= 3 * steps.len().max(1);
    let turned = match (count(1), count(-1)) {
        (true, _) => 1,
        (_, true) => -1,
        _ => return,
    };
    names.sort_by_key(|name| number(name).map(|number| turned * number));
}

impl<'a> MeasuredLine<'a> {
    /// A line whose consecutive points are joined by edges of this kind.
    ///
    /// `places` are positions of points by their numbers, as the text states them.
    pub fn of(
        course: &'a Course,
        edges: Edges,
        legs: &[StatedLeg<'_>],
        places: &Places,
        options: &AuditOptions,
    ) -> Self {
        let points = course.points.as_slice();
        let mut chainage = vec![0.0];
        for pair in points.windows(2) {
            let last = chainage.last().copied().unwrap_or_default();
            // By the shorter way round the globe.
            let [from, to] = [pair[0].position, beside(pair[1].position, pair[0].position)];
            chainage.push(last + edge_length_as(from, to, edges));
        }
        let closed = points.len() > 3 && points.first().map(|p| p.position) == points.last().map(|p| p.position);
        let mut ground =
            MeasuredLine { points, chainage, closed, edges, by_name: HashMap::new(), matched_by: BY_NUMBERS };
        for (at, point) in points.iter().enumerate() {
            for name in [&point.number, &point.name].into_iter().flatten() {
                ground.by_name.entry(name.clone()).or_insert(at);
            }
        }
        if closed || legs.first().is_some_and(|leg| leg.from.as_deref() == Some("start")) {
            ground.by_name.entry("start".to_owned()).or_insert(0);
        }
        if ground.by_name.len() < 2 {
            ground.match_by_order(legs, places, options);
        }
        ground
    }

    /// Matches the ends of legs to vertices: one to one if the counts are equal, else by the positions that the text
    /// states, else by lengths and directions.
    fn match_by_order(&mut self, legs: &[StatedLeg<'_>], places: &Places, options: &AuditOptions) {
        let mut known = FxHashSet::default();
        let all = legs.iter().flat_map(|leg| [&leg.from, &leg.to]).flatten();
        let mut names: Vec<&String> = all.filter(|name| *name != "start" && known.insert(*name)).collect();
        in_numeric_order(&mut names, legs);
        let starts = legs.first().is_some_and(|leg| leg.from.as_deref() == Some("start"));
        let vertices = self.points.len() - usize::from(self.closed);
        if names.len() + usize::from(starts) == vertices {
            self.matched_by = "their order: as many points as vertices";
            let start = usize::from(starts);
            names.iter().enumerate().for_each(|(at, name)| {
                self.by_name.insert((*name).clone(), at + start);
            });
            return;
        }
        if self.match_by_places(&names, places, options) {
            self.matched_by = "positions that the text states";
            return;
        }
        if names.len() > MOST_MATCHED {
            return;
        }
        self.matched_by = "lengths and directions";
        self.match_by_lengths(legs, options);
    }

    /// Matches points to the vertices at the positions that the text states, not farther away than rounding and accuracy
    /// explain; returns whether all are found.
    fn match_by_places(&mut self, names: &[&String], places: &Places, options: &AuditOptions) -> bool {
        if places.is_empty() {
            return false;
        }
        let vertices = self.points.iter().map(|point| [point.position; 2]).zip(0_u32..);
        let index = SegmentIndex::new(vertices);
        for name in names {
            let Some((at, rounding_m)) = places.get(*name).copied() else { continue };
            let within_m = rounding_m + options.accuracy_m;
            let reach = LocalPlane::at(at).degrees(1.01 * within_m);
            let near = index.touching(at - reach, at + reach);
            let near = near.into_iter().map(|([vertex, _], number)| (distance_m(vertex, at), number));
            // Of a ring the first vertex.
            let nearest = near.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let Some((_, number)) = nearest.filter(|(away, _)| *away <= within_m) {
                self.by_name.insert((*name).clone(), number as usize);
            }
        }
        names.iter().all(|name| self.by_name.contains_key(*name))
    }

    /// Finds the vertices that best fit the stated lengths and winds, from the first leg to the last (dynamic
    /// programming): for each leg the best ends are kept, among vertices about as far away as the leg is long.
    fn match_by_lengths(&mut self, legs: &[StatedLeg<'_>], options: &AuditOptions) {
        let count = self.points.len();
        // Ends of the previous leg with their costs; for each leg, its ends with the index of their starts among those.
        let mut open: Vec<(usize, f64)> = vec![(0, 0.0)];
        let mut kept: Vec<Vec<(usize, usize)>> = Vec::new();
        // The least cost at which the leg ends at each vertex, with the index of its start.
        let mut next = vec![UNREACHED; count];
        // Starts of the legs after gaps: the vertex, and the index of the end before the gap.
        let mut jumps: FxHashMap<usize, Vec<(usize, usize)>> = FxHashMap::default();
        let gaps = gaps(legs);
        for (number, leg) in legs.iter().enumerate() {
            if gaps.contains(&number) {
                let (starts, costs) = after_gap(&open, count);
                open = starts.iter().map(|start| start.0).zip(costs).collect();
                jumps.insert(number, starts);
            }
            let stated = leg.length().map(|length| (length.metres(), length.half_unit_m()));
            let stated_deg = stated_azimuth_deg(leg);
            let tolerance = stated
                .map(|(metres, half)| half + length_doubt_m(options.accuracy_m) + options.generalisation * metres);
            let mut reached = Vec::new();
            for (place, &(a, cost)) in open.iter().enumerate() {
                let start = self.points[a].position;
                let plane = LocalPlane::at(start);
                for b in self.ends(a, stated.map(|(metres, _)| metres), tolerance.unwrap_or(0.0)) {
                    let path = self.chainage[b] - self.chainage[a];
                    // The cost of a mismatched leg is at most one.
                    let misfit = match (stated, tolerance) {
                        (Some((metres, _)), Some(tolerance)) => {
                            ((path - metres).abs() / (4.0 * tolerance.max(0.01))).min(1.0)
                        }
                        _ => 0.2,
                    };
                    // A direction adds to the cost: an end reached at less needs no azimuth.
                    let known = &mut next[b];
                    if known.0 <= cost + misfit {
                        continue;
                    }
                    // An azimuth on the plane costs a small part of one on the ellipsoid, and places the end as well.
                    let azimuth = || match path < PLANE_M {
                        true => plane_azimuth_deg(&plane, start, self.points[b].position),
                        false => azimuth_deg(start, self.points[b].position),
                    };
                    let cost = cost + misfit + misdirected(stated_deg, azimuth);
                    if known.0 == f64::INFINITY {
                        reached.push(b);
                    }
                    if cost < known.0 {
                        *known = (cost, place);
                    }
                }
            }
            let mut ends: Vec<(usize, f64, usize)> = Vec::with_capacity(reached.len());
            for b in reached {
                let (cost, place) = std::mem::replace(&mut next[b], UNREACHED);
                ends.push((b, cost, place));
            }
            ends.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            ends.truncate(MOST_ENDS);
            if ends.is_empty() {
                break;
            }
            kept.push(ends.iter().map(|(b, _, place)| (*b, *place)).collect());
            open = ends.into_iter().map(|(b, cost, _)| (b, cost)).collect();
        }
        // The text may end before the line, at a cost.
        let price = |(b, cost): &(usize, f64)| cost + if b + 1 == count { 0.0 } else { 0.5 };
        let best = (0..open.len()).min_by(|a, b| price(&open[*a]).total_cmp(&price(&open[*b])));
        let Some(mut place) = best.filter(|_| !kept.is_empty()) else { return };
        for (number, (leg, ends)) in legs.iter().zip(&kept).enumerate().rev() {
            let (b, before) = ends[place];
            if let Some(to) = &leg.to {
                self.by_name.entry(to.clone()).or_insert(b);
            }
            place = before;
            if let (Some(starts), Some(from)) = (jumps.get(&number), &leg.from) {
                let (start, end_before) = starts[before];
                self.by_name.entry(from.clone()).or_insert(start);
                place = end_before;
            }
        }
        // A leg starts where another ends, or at the start of the line.
        for (at, leg) in legs.iter().enumerate().take(kept.len()) {
            let Some(from) = leg.from.clone() else { continue };
            let begin = match at {
                0 => Some(0),
                _ => legs[at - 1].to.as_ref().and_then(|to| self.index(to)),
            };
            if let Some(begin) = begin {
                self.by_name.entry(from).or_insert(begin);
            }
        }
    }

    /// Vertices at which a leg may end, given its start: those at about its length along the line.
    fn ends(&self, from: usize, metres: Option<f64>, tolerance: f64) -> std::ops::Range<usize> {
        let count = self.points.len();
        let Some(metres) = metres else { return from + 1..(from + 1 + MOST_ENDS).min(count) };
        let reach = (8.0 * tolerance).max(0.3 * metres).max(20.0);
        let at = self.chainage[from] + metres;
        let low = self.chainage.partition_point(|c| *c < at - reach).clamp(from + 1, count);
        let high = self.chainage.partition_point(|c| *c <= at + reach).clamp(low, count);
        // At least the vertex at or after the stated length.
        let least = self.chainage.partition_point(|c| *c < at).clamp(from + 1, count);
        low..high.max((least + 1).min(count))
    }

    /// Whether points are matched by their numbers.
    pub fn is_numbered(&self) -> bool {
        self.matched_by == BY_NUMBERS
    }

    /// Whether points of the line are matched to those of the text.
    pub fn is_matched(&self) -> bool {
        self.by_name.len() > 1
    }

    /// The misfit between legs and line, by lengths and directions; a leg that cannot be placed costs one.
    pub fn misfit(&self, legs: &[StatedLeg<'_>], options: &AuditOptions) -> f64 {
        let of_leg = |leg: &StatedLeg<'_>| {
            let Some(stretch) = self.stretch(leg) else { return 1.0 };
            let long = leg.length().map_or(0.0, |length| {
                let tolerance = length.half_unit_m()
                    + length_doubt_m(options.accuracy_m)
                    + options.generalisation * length.metres();
                ((stretch.path_m - length.metres()).abs() / (4.0 * tolerance.max(0.01))).min(1.0)
            });
            long + misdirected(stated_azimuth_deg(leg), || stretch.chord_deg)
        };
        legs.iter().map(of_leg).sum()
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The known name most similar to another (edit distance): the mark that the text may mean.
    pub fn nearest_name(&self, name: &str) -> Option<&str> {
        let likeness = |known: &&String| crate::model::edits(known, name);
        self.by_name
            .keys()
            .filter(|known| *known != "start")
            .min_by_key(|known| (likeness(known), known.len(), *known))
            .map(String::as_str)
    }

    /// The stretch of a leg; on a ring, possibly across its start.
    pub fn stretch(&self, leg: &StatedLeg<'_>) -> Option<Stretch> {
        let from = self.index(leg.from.as_deref()?)?;
        let mut to = self.index(leg.to.as_deref()?)?;
        let length = self.chainage.last().copied()?;
        // Also of a ring in one leg.
        if self.closed && to == 0 {
            to = self.points.len() - 1;
        }
        let mut path_m = self.chainage[to] - self.chainage[from];
        if path_m < 0.0 && self.closed {
            path_m += length;
        }
        let (a, b) = (self.points[from].position, self.points[to].position);
        Some(Stretch {
            from,
            to,
            path_m: path_m.abs(),
            chord_m: distance_m(a, b),
            chord_deg: azimuth_deg(a, b).rem_euclid(360.0),
        })
    }

    pub fn position(&self, name: &str) -> Option<Coord> {
        self.index(name).map(|at| self.points[at].position)
    }

    /// The midpoint of a leg, else its known end.
    pub fn place(&self, leg: &StatedLeg<'_>) -> Option<Coord> {
        let ends = [&leg.from, &leg.to].map(|name| name.as_deref().and_then(|name| self.position(name)));
        match ends {
            [Some(a), Some(b)] => Some(Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 }),
            [a, b] => a.or(b),
        }
    }
}

/// Greatest number of gaps in a text over which legs are matched.
const MOST_GAPS: usize = 8;
/// Cost of vertices left out at a gap.
const GAP_COST: f64 = 0.2;

/// The legs before which one is missing: no leg ends where they start, and none starts where the one before ends. None
/// where there are more than [`MOST_GAPS`].
fn gaps(legs: &[StatedLeg<'_>]) -> Vec<usize> {
    let starts: FxHashSet<&String> = legs.iter().filter_map(|leg| leg.from.as_ref()).collect();
    let ends: FxHashSet<&String> = legs.iter().filter_map(|leg| leg.to.as_ref()).collect();
    let is_gap = |number: &usize| match (&legs[number - 1].to, &legs[*number].from) {
        (Some(end), Some(start)) => end != start && !starts.contains(end) && !ends.contains(start),
        _ => false,
    };
    let gaps: Vec<usize> = (1..legs.len()).filter(is_gap).collect();
    if gaps.len() > MOST_GAPS { Vec::new() } else { gaps }
}

/// Where a leg after a gap may start: each vertex from the first end on, with the index of the cheapest end at or before
/// it; and the costs.
fn after_gap(open: &[(usize, f64)], count: usize) -> (Vec<(usize, usize)>, Vec<f64>) {
    let mut ends: Vec<(usize, f64, usize)> = open.iter().enumerate().map(|(i, &(v, cost))| (v, cost, i)).collect();
    ends.sort_by_key(|end| end.0);
    let (mut starts, mut costs) = (Vec::new(), Vec::new());
    let (mut next, mut best) = (0, (f64::INFINITY, 0));
    for vertex in ends.first().map_or(count, |end| end.0)..count {
        let mut cost = best.0 + GAP_COST;
        let mut from = best.1;
        while next < ends.len() && ends[next].0 == vertex {
            let (_, own, index) = ends[next];
            if own < cost {
                (cost, from) = (own, index);
            }
            if own < best.0 {
                best = (own, index);
            }
            next += 1;
        }
        starts.push((vertex, from));
        costs.push(cost);
    }
    (starts, costs)
}
