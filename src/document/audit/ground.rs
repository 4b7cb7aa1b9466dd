//! The line of an audit, and which of its points are those of the text.

use super::AuditOptions;
use super::stated::StatedLeg;
use crate::document::{Course, TurningPoint};
use crate::earth::{azimuth_deg, distance_m};
use geo::Coord;
use std::collections::HashMap;

/// A line with chainages, and the places of named points on it.
pub(super) struct Ground<'a> {
    pub points: &'a [TurningPoint],
    /// Sums of geodesics from the first point, in metres.
    pub chainage: Vec<f64>,
    pub closed: bool,
    by_name: HashMap<String, usize>,
    /// How points were matched.
    pub matched_by: &'static str,
}

/// The part of the line that is a leg.
pub(super) struct Stretch {
    pub from: usize,
    pub to: usize,
    pub path_m: f64,
    pub chord_m: f64,
    /// Azimuth of the chord, and of the leg at its start.
    pub chord_deg: f64,
    pub start_deg: f64,
}

/// The most work of matching points to vertices by lengths.
const MOST_WORK: usize = 60_000_000;

impl<'a> Ground<'a> {
    pub fn of(course: &'a Course, legs: &[StatedLeg<'_>], options: &AuditOptions) -> Self {
        let points = course.points.as_slice();
        let mut chainage = vec![0.0];
        for pair in points.windows(2) {
            let last = chainage.last().copied().unwrap_or_default();
            chainage.push(last + distance_m(pair[0].position, pair[1].position));
        }
        let closed = points.len() > 3 && points.first().map(|p| p.position) == points.last().map(|p| p.position);
        let mut ground = Ground { points, chainage, closed, by_name: HashMap::new(), matched_by: "their numbers" };
        for (at, point) in points.iter().enumerate() {
            for name in [&point.number, &point.name].into_iter().flatten() {
                ground.by_name.entry(name.clone()).or_insert(at);
            }
        }
        if closed || legs.first().is_some_and(|leg| leg.from.as_deref() == Some("start")) {
            ground.by_name.entry("start".to_owned()).or_insert(0);
        }
        if ground.by_name.len() < 2 {
            ground.match_by_order(legs, options);
        }
        ground
    }

    /// Matches the ends of legs to vertices: one to one where there are as many, else by lengths and directions.
    fn match_by_order(&mut self, legs: &[StatedLeg<'_>], options: &AuditOptions) {
        let mut names: Vec<&String> = Vec::new();
        for name in legs.iter().flat_map(|leg| [&leg.from, &leg.to]).flatten() {
            if !names.contains(&name) && name != "start" {
                names.push(name);
            }
            if names.len() > 5000 {
                return;
            }
        }
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
        self.matched_by = "lengths and directions";
        let work = legs.len().saturating_mul(self.points.len()).saturating_mul(self.points.len());
        if work <= MOST_WORK {
            self.match_by_lengths(legs, options);
        }
    }

    /// The vertices that fit the stated lengths and winds best, from the first to the last.
    fn match_by_lengths(&mut self, legs: &[StatedLeg<'_>], options: &AuditOptions) {
        let count = self.points.len();
        // Costs of reaching a vertex at the end of each leg, and the vertex before it.
        let mut costs = vec![f64::INFINITY; count];
        costs[0] = 0.0;
        let mut before: Vec<Vec<usize>> = Vec::new();
        for leg in legs {
            let mut next = vec![f64::INFINITY; count];
            let mut from = vec![0; count];
            let stated = leg.length().map(|length| (length.metres(), length.half_unit_m()));
            for a in (0..count).filter(|a| costs[*a].is_finite()) {
                for b in a + 1..count {
                    let path = self.chainage[b] - self.chainage[a];
                    // A leg that misfits costs no more than one.
                    let misfit = stated.map_or(0.2, |(metres, half)| {
                        let tolerance = half + 2.0 * options.accuracy_m + options.generalisation * metres;
                        ((path - metres).abs() / (4.0 * tolerance.max(0.01))).min(1.0)
                    });
                    let turned = self.misdirected(leg, a, b);
                    let cost = costs[a] + misfit + turned;
                    if cost < next[b] {
                        next[b] = cost;
                        from[b] = a;
                    }
                }
            }
            before.push(from);
            costs = next;
        }
        // The text may end before the line does, at a price.
        let best = (0..count).filter(|at| costs[*at].is_finite()).min_by(|a, b| {
            let price = |at: usize| costs[at] + if at + 1 == count { 0.0 } else { 0.5 };
            price(*a).total_cmp(&price(*b))
        });
        let Some(mut at) = best else { return };
        for (leg, from) in legs.iter().zip(&before).rev() {
            if let Some(to) = &leg.to {
                self.by_name.entry(to.clone()).or_insert(at);
            }
            at = from[at];
            if let Some(name) = &leg.from {
                self.by_name.entry(name.clone()).or_insert(at);
            }
        }
    }

    fn misdirected(&self, leg: &StatedLeg<'_>, a: usize, b: usize) -> f64 {
        let wind = leg.directions().iter().find_map(|direction| match &direction.heading {
            crate::document::description::Heading::Wind(wind) => Some(wind.azimuth_deg()),
            crate::document::description::Heading::Bearing(bearing) => Some(bearing.azimuth_deg()),
            _ => None,
        });
        let Some(wind) = wind else { return 0.1 };
        let azimuth = azimuth_deg(self.points[a].position, self.points[b].position);
        let off = turned_deg(azimuth, wind).abs();
        (off / 90.0).min(0.7)
    }

    /// How badly the legs fit the line, by their lengths and directions; a leg that cannot be placed costs one.
    pub fn misfit(&self, legs: &[StatedLeg<'_>], options: &AuditOptions) -> f64 {
        let of_leg = |leg: &StatedLeg<'_>| {
            let Some(stretch) = self.stretch(leg) else { return 1.0 };
            let long = leg.length().map_or(0.0, |length| {
                let tolerance =
                    length.half_unit_m() + 2.0 * options.accuracy_m + options.generalisation * length.metres();
                ((stretch.path_m - length.metres()).abs() / (4.0 * tolerance.max(0.01))).min(1.0)
            });
            long + self.misdirected(leg, stretch.from, stretch.to)
        };
        legs.iter().map(of_leg).sum()
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The name that is most like another: a mark that a text may mean.
    pub fn nearest_name(&self, name: &str) -> Option<&str> {
        let likeness = |known: &&String| crate::model::edits(known, name);
        self.by_name
            .keys()
            .filter(|known| *known != "start")
            .min_by_key(|known| (likeness(known), known.len(), *known))
            .map(String::as_str)
    }

    /// The stretch of a leg; of a ring also across its start.
    pub fn stretch(&self, leg: &StatedLeg<'_>) -> Option<Stretch> {
        let from = self.index(leg.from.as_deref()?)?;
        let mut to = self.index(leg.to.as_deref()?)?;
        let length = self.chainage.last().copied()?;
        if self.closed && to == 0 && from > 0 {
            to = self.points.len() - 1;
        }
        let mut path_m = self.chainage[to] - self.chainage[from];
        if path_m < 0.0 && self.closed {
            path_m += length;
        }
        let (a, b) = (self.points[from].position, self.points[to].position);
        let second = if to > from { from + 1 } else { from.saturating_sub(1) };
        let after = self.points.get(second).map_or(b, |point| point.position);
        Some(Stretch {
            from,
            to,
            path_m: path_m.abs(),
            chord_m: distance_m(a, b),
            chord_deg: azimuth_deg(a, b).rem_euclid(360.0),
            start_deg: azimuth_deg(a, after).rem_euclid(360.0),
        })
    }

    pub fn position(&self, name: &str) -> Option<Coord> {
        self.index(name).map(|at| self.points[at].position)
    }

    /// The middle of a leg, else its end that is known.
    pub fn place(&self, leg: &StatedLeg<'_>) -> Option<Coord> {
        let ends = [&leg.from, &leg.to].map(|name| name.as_deref().and_then(|name| self.position(name)));
        match ends {
            [Some(a), Some(b)] => Some(Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 }),
            [a, b] => a.or(b),
        }
    }
}

/// The angle from one azimuth to another, from −180° to 180°.
pub(super) fn turned_deg(from: f64, to: f64) -> f64 {
    (to - from + 540.0).rem_euclid(360.0) - 180.0
}
